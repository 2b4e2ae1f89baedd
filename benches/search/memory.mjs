// Measures what the search page takes of memory on a finished site: `node benches/search/memory.mjs SITE
// [--queries N] [--most MB]`. Query after query is sent on one page, each another one; what is printed is the
// resident memory of the page's process on Linux, as it is and without the browser's own files that are
// mapped into it, and what is left of it when all garbage is collected. With --most it fails if the
// resident memory is ever more.

import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { browser } from "./bare.mjs";
import { host } from "./link.mjs";
import { queries } from "./queries.mjs";

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
const documents = bundles.flatMap(({ years }) => years).reduce((sum, [, count]) => sum + count, 0);
const asked = await queries(folder, option("--queries", 30));
const server = await host(folder, base, true);
const chromium = await browser();
const { product } = await chromium.ask("Browser.getVersion");
console.log(`${documents} documents in ${bundles.length} bundles, ${asked.length} queries, ${product}\n`);
const page = await chromium.open(`${server.url}/search/`);
while (!await page.value("document.readyState === 'complete' && Boolean(document.getElementById('q'))")) {
  await new Promise((wait) => { setTimeout(wait, 50); });
}

/** In the page: asks for something and waits until all bundles have answered; how many documents are found. */
function ask(text) {
  const status = document.getElementById("search-status");
  document.getElementById("q").value = text;
  document.getElementById("search").requestSubmit();
  return new Promise((resolve, reject) => {
    const look = () => {
      if (status.dataset.answered !== text) return;
      if (document.querySelector("[data-retry]").hidden) resolve(Number(/\d+/.exec(status.textContent)?.[0] ?? 0));
      else reject(new Error(status.textContent));
    };
    new MutationObserver(look).observe(status, { attributes: true, attributeFilter: ["data-answered"] });
    look();
    setTimeout(() => reject(new Error(`${text}: ${status.textContent}`)), 120_000);
  });
}

/** The process of the page: the renderer that takes most of its own. */
async function resident() {
  const { processInfo } = await chromium.ask("SystemInfo.getProcessInfo");
  const sizes = processInfo.filter(({ type }) => type === "renderer").map(async ({ id }) => {
    const said = await readFile(`/proc/${id}/smaps_rollup`, "utf8").catch(() => "");
    const size = (name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(said)?.[1] ?? 0) / 1024;
    return { all: size("Rss"), own: size("Anonymous") };
  });
  return (await Promise.all(sizes)).sort((a, b) => b.own - a.own)[0];
}

let worst = 0;
let found = 0;
async function report(when) {
  const { all, own } = await resident();
  worst = Math.max(worst, all);
  console.log(`| ${when} | ${Math.round(all)} MB | ${Math.round(own)} MB |`);
}

console.log("| | resident | of it its own |\n| --- | ---: | ---: |");
await report("at first");
for (const [n, { text }] of asked.entries()) {
  found += await page.value(`(${ask})(${JSON.stringify(text.trim())})`);
  if (n % 5 === 4) await report(`after ${n + 1} queries`);
}
for (let round = 0; round < 3; round += 1) {
  await page.ask("HeapProfiler.collectGarbage");
  await page.worker("HeapProfiler.collectGarbage");
}
await report("garbage collected");
const mb = (usage) => (usage ? size(usage) : "none");
const size = ({ usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 }) => `${((usedSize + embedderHeapUsedSize + backingStorageSize) / 2 ** 20).toFixed(1)} MB`;
console.log(`\n${found} documents were found. Held then: page ${mb(await page.ask("Runtime.getHeapUsage"))}, worker ${mb(await page.worker("Runtime.getHeapUsage"))}.`);
await chromium.close();
await server.close();
if (worst > most) {
  console.error(`memory: ${Math.round(worst)} MB, and ${most} at most`);
  process.exitCode = 1;
}
