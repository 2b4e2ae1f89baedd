// axe-core finds nothing on any page type in any mode. Both test files `axe-*.test.mjs` call
// this for their share of the pages, so that the two run side by side.

import assert from "node:assert/strict";
import { test } from "node:test";

import { AxeBuilder } from "@axe-core/playwright";

import { go, withBrowser } from "./support/browser.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

/** Where a mode changes nothing but colours, only the rules that look at colours run again. */
const COLOUR = ["cat.color"];

/** What the reader or the system may have chosen; all are emulated on the same loaded page. */
const MODES = {
  light: { tags: TAGS, media: {} },
  reader: { tags: TAGS, media: {}, reader: true },
  "forced colours": { tags: TAGS, media: { colorScheme: "dark", forcedColors: "active" } },
  dark: { tags: COLOUR, media: { colorScheme: "dark" } },
  "dark, chosen": { tags: COLOUR, media: {}, theme: "dark" },
  contrast: { tags: COLOUR, media: {}, theme: "contrast" },
  "contrast of a dark system": { tags: COLOUR, media: { colorScheme: "dark", contrast: "more" } },
};

const NEUTRAL = { colorScheme: "light", contrast: "no-preference", forcedColors: "none" };

async function choose(page, mode) {
  await page.emulateMedia({ ...NEUTRAL, ...mode.media });
  await page.evaluate(({ theme, reader }) => {
    const root = document.documentElement;
    if (theme) root.setAttribute("data-theme", theme);
    else root.removeAttribute("data-theme");
    root.toggleAttribute("data-reader", Boolean(reader));
  }, mode);
}

/**
 * No page has frames, so axe's slower way through all of them is not needed. The contrast of
 * level AAA belongs to the rules about colour, but not to what is promised.
 */
function look(page, tags) {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).withTags(tags);
  return axe.disableRules(["color-contrast-enhanced"]).analyze();
}

/** A violation in a line for each of its first elements: rule, what is wrong, where. */
function describe(violation) {
  return violation.nodes.slice(0, 5).map((node) => `${violation.id} (${violation.help}): ${node.target.join(" ")}\n  ${node.html.slice(0, 160)}\n  ${node.failureSummary.replaceAll("\n", " ")}`);
}

/** One test for each page, with every mode as a part of it. */
export function examine(pages) {
  const { context } = withBrowser();
  for (const entry of pages) {
    test(`axe finds nothing: ${entry.name}`, (t) => context({ reducedMotion: "reduce" }, async (own) => {
      const page = await own.newPage();
      await go(page, entry);
      for (const [name, mode] of Object.entries(MODES)) {
        await t.test(name, async () => {
          await choose(page, mode);
          const { violations, passes } = await look(page, mode.tags);
          assert.ok(passes.some((rule) => rule.id === "color-contrast"), "axe looked at the page");
          assert.deepEqual(violations.flatMap(describe), []);
        });
      }
    }));
  }
}
