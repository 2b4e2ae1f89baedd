// Measures what the search page takes of memory on a finished site: `node benches/search/memory.mjs SITE
// [--queries N] [--most MB]`. Query after query is sent on one page, each another one; what is printed is the
// resident memory of the page's process on Linux, as it is and without the browser's own files that are
// mapped into it, and what is left of it when all garbage is collected. With --most it fails if the
// resident memory is ever more.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

import { scales } from "../../tests/browser/support/memory.mjs";
import { host } from "./link.mjs";
import { queries } from "./queries.mjs";

const { chromium } = createRequire(new URL("../../tests/browser/package.json", import.meta.url))("playwright-core");

const option = (name, fallback) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const folder = resolve(process.argv[2] ?? "public");
const most = option("--most", Infinity);

const html = await readFile(join(folder, "search/index.html"), "utf8");
const base = /data-bundle="(.*?)\/pagefind\/"/.exec(html)?.[1];
if (base === undefined) throw new Error(`${folder} has no search`);
const { bundles } = JSON.parse(await readFile(join(folder, "pagefind/contents.json"), "utf8"));
const asked = await queries(folder, option("--queries", 30));
const server = await host(folder, base, true);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
console.log(`${bundles.reduce((sum, { count }) => sum + count, 0)} documents in ${bundles.length} bundles, ${asked.length} queries, Chromium ${browser.version()}\n`);

const page = await browser.newPage();
const scale = await scales(page);
await page.goto(`${server.url}/search/`);
await page.locator("#q").focus();

/** The process of the page: the renderer that takes most. */
async function resident() {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  const sizes = processInfo.filter(({ type }) => type === "renderer").map(async ({ id }) => {
    const said = await readFile(`/proc/${id}/smaps_rollup`, "utf8").catch(() => "");
    const size = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(said)?.[1] ?? 0) / 1024;
    return { all: size("Rss"), own: size("Anonymous") };
  });
  return (await Promise.all(sizes)).sort((a, b) => b.all - a.all)[0];
}

let worst = 0;
async function report(when) {
  const { all, own } = await resident();
  worst = Math.max(worst, all);
  console.log(`| ${when} | ${Math.round(all)} MB | ${Math.round(own)} MB |`);
}

console.log("| | resident | of it its own |\n| --- | ---: | ---: |");
await report("at first");
for (const [n, { text }] of asked.entries()) {
  await page.locator("#q").fill(text);
  await page.keyboard.press("Enter");
  await page.waitForFunction((q) => document.querySelector("[data-answered]")?.dataset.answered === q, text.trim(), { timeout: 120_000 });
  if (n % 5 === 4) await report(`after ${n + 1} queries`);
}
const mb = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`;
const held = await scale.held();
await report("garbage collected");
console.log(`\nHeld then: page ${mb(held.page)}, worker ${mb(held.worker)}, ${held.nodes} nodes, ${held.listeners} listeners.`);
await browser.close();
await server.close();
if (worst > most) {
  console.error(`memory: ${Math.round(worst)} MB, and ${most} at most`);
  process.exitCode = 1;
}
