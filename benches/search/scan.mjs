// Holds search on a finished site against a plain search through all of its texts: `node benches/search/scan.mjs
// SITE [--queries N]`. The queries are those of measure.mjs. Each is asked in the page, and what is counted there has to be what is
// counted here: how many documents have every piece of it, after folding. The texts are those from which the page cuts
// its excerpts; of words and places nothing is read. It fails if one count is another.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

import { folded, holds } from "../../tests/browser/support/archive.mjs";
import { BROWSER } from "../../tests/browser/support/chromium.mjs";
import { texts } from "../../tests/browser/support/texts.mjs";
import { host } from "./link.mjs";
import { queries } from "./queries.mjs";

const { chromium } = createRequire(new URL("../../tests/browser/package.json", import.meta.url))("playwright-core");

const folder = resolve(process.argv[2] ?? "public");
const at = process.argv.indexOf("--queries");
const many = at < 0 ? 500 : Number(process.argv[at + 1]);

const asked = (await queries(folder, many)).map(({ text }) => ({ text, phrases: text.replaceAll('"', "").split(/\s+/).map(folded), count: 0 }));
let documents = 0;
for await (const [, sections] of texts(folder)) {
  // Folding takes out white space, which parts two figures.
  const blocks = sections.flatMap(([, own]) => own.map((block) => folded(block.join("\n").replace(/(?<=\d)\s+(?=\d)/g, "\u0001"))));
  documents += 1;
  for (const one of asked) if (one.phrases.every((phrase) => blocks.some((block) => holds(block, phrase)))) one.count += 1;
}

const html = await readFile(join(folder, "search/index.html"), "utf8");
const server = await host(folder, /data-bundle="(.*?)\/pagefind\/"/.exec(html)[1], false);
const browser = await chromium.launch(BROWSER);
const page = await browser.newPage();
await page.goto(`${server.url}/search/`);
const wrong = [];
for (const { text, count } of asked) {
  await page.locator("#q").fill(text);
  await page.keyboard.press("Enter");
  await page.waitForFunction((wanted) => document.querySelector("[data-answered]")?.dataset.answered === wanted, text, { timeout: 120_000 });
  const said = await page.locator("#search-status").textContent();
  if (Number(/\d+/.exec(said)?.[0] ?? 0) !== count) wrong.push(`${text}: ${said} and not ${count}`);
}
await browser.close();
await server.close();
console.log(`${documents} documents, ${asked.length} queries, ${wrong.length} with another count than a plain search`);
for (const one of wrong) console.log(one);
process.exitCode = wrong.length ? 1 : 0;
