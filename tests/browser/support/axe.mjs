// axe-core on a page, by itself: the way through Playwright's own package loads it anew for every
// look, and goes through frames, which no page has.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What is promised, as axe calls it. */
export const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/** The rules that colours and sizes decide; all others look at the same elements in every mode. */
export const LOOKS = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"];

/**
 * What axe has against a page, or the part of it that a selector names: a line for each of the
 * first elements, with the rule, what is wrong, and where. `only` are the rules to look at; without
 * it those of `TAGS`. `looked` tells that there were colours to look at.
 */
export async function look(page, { part, only } = {}) {
  if (!await page.evaluate(() => "axe" in window)) await page.evaluate(source);
  const options = { runOnly: only ? { type: "rule", values: only } : { type: "tag", values: TAGS }, resultTypes: ["violations"] };
  const { violations, passes } = await page.evaluate(async ([part, options]) => {
    const { violations, passes } = await window.axe.run(part ?? document, options);
    return { violations, passes: passes.map(({ id }) => id) };
  }, [part, options]);
  return { against: violations.flatMap(describe), looked: passes.includes("color-contrast") };
}

function describe({ id, help, nodes }) {
  return nodes.slice(0, 5).map(({ target, html, failureSummary }) => `${id} (${help}): ${target.join(" ")}\n  ${html.slice(0, 160)}\n  ${failureSummary.replaceAll("\n", " ")}`);
}
