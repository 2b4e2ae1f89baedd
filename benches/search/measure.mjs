// Measures search in Chromium on a finished site: `node benches/search/measure.mjs SITE [--sources SITE]
// [--queries N] [--cold N] [--plain] [--detail] [--limits]`, where SITE is the folder that `xiangwei build` has
// written. The queries are of its sources, or of those of another site: one that repeat.rs made has none. With
// `--limits` what was measured is held against the goals for so many documents, and fails where one was missed. The
// browser is the one of the browser tests, whose packages must be installed.
//
// Warm is one page on which query after query is sent, each another one, after twenty that are not
// counted. Cold is a browser with an empty cache that opens the address of a search on a line of
// 60 ms and 8 Mbit/s. The clock runs from sending, or from opening, until the first results
// stand in the page, and until all bundles have answered.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

import { BROWSER } from "../../tests/browser/support/chromium.mjs";
import { host } from "./link.mjs";
import { queries } from "./queries.mjs";

const { chromium } = createRequire(new URL("../../tests/browser/package.json", import.meta.url))("playwright-core");

const option = (name, fallback) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const folder = resolve(process.argv[2] ?? "public");
const from = process.argv.indexOf("--sources");
const sources = from < 0 ? folder : resolve(process.argv[from + 1]);
const wanted = { queries: option("--queries", 200), cold: option("--cold", 21) };
const packed = !process.argv.includes("--plain");
const LINE = { bytes: 1_000_000, delay: 60 };
const UNCOUNTED = 20;

/** The goals, by the number of documents up to which they count: milliseconds, bytes and requests of a cold browser at the
    median, to the first ten and to the count of all; and of a warm one milliseconds to the first ten, at the median and for
    95 of 100. Where nothing is said nothing was asked for. */
const GOALS = [
  { documents: 10_000, first: [1200, 300_000, 20], all: [3000, 1_500_000, 40], warm: [100, 400] },
  { documents: 100_000, first: [1500, 400_000, 24], all: [3000, 1_500_000, 40] },
  { documents: 400_000, first: [2000, 400_000, 24] },
];

/** In the page: notes when the first results of a search and when all are there. */
function watch() {
  const begin = () => {
    const list = document.querySelector(".results ol");
    const status = document.getElementById("search-status");
    let first = 0;
    let change = null;
    window.ask = (q) => new Promise((resolve) => {
      change = resolve;
      first = 0;
      const start = performance.now();
      window.started = start;
      document.getElementById("q").value = q;
      document.getElementById("search").requestSubmit();
    });
    window.asked = new Promise((resolve) => { change = resolve; });
    window.started = 0;
    new MutationObserver((records) => {
      const now = performance.now();
      const done = status.dataset.answered !== undefined;
      const shown = records.some(({ target, addedNodes }) => target === list && addedNodes.length > 0);
      if (!first && (shown || done)) first = now;
      if (done && change) {
        const found = Number(/\d+/.exec(status.textContent)?.[0] ?? 0);
        change({ first: first - window.started, all: now - window.started, found });
        change = null;
      }
    }).observe(list.closest("main"), { childList: true, subtree: true, attributes: true, attributeFilter: ["data-answered"] });
  };
  addEventListener("DOMContentLoaded", begin);
}

const at = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))];
const ms = (value) => `${Math.round(value)} ms`;
const kb = (value) => `${Math.round(value / 1000)} kB`;

async function page(browser) {
  const context = await browser.newContext();
  const opened = await context.newPage();
  await opened.addInitScript(watch);
  return { context, opened };
}

async function warm(browser, server, asked) {
  const { context, opened } = await page(browser);
  await opened.goto(`${server.url}/search/`);
  await opened.locator("#q").focus();
  const times = [];
  for (const [n, { kind, text }] of asked.entries()) {
    const one = await opened.evaluate((q) => window.ask(q), text);
    if (n >= UNCOUNTED) times.push({ kind, text, ...one });
  }
  await context.close();
  return times;
}

async function cold(browser, server, asked) {
  server.slow(LINE);
  const times = [];
  for (const { kind, text } of asked) {
    const { context, opened } = await page(browser);
    server.sent.length = 0;
    await opened.goto(`${server.url}/search/#${new URLSearchParams({ q: text })}`, { waitUntil: "commit" });
    await opened.waitForFunction(() => document.querySelector(".results ol li, [data-answered]"), null, { polling: 10, timeout: 120_000 });
    const bytes = server.sent.reduce((sum, one) => sum + one.bytes, 0);
    const requests = server.sent.length;
    const one = await opened.evaluate(() => window.asked);
    const everything = server.sent.length;
    times.push({ kind, text, ...one, bytes, requests, everything, rest: server.sent.reduce((sum, sent) => sum + sent.bytes, 0) });
    await context.close();
  }
  server.slow();
  return times;
}

function row(name, times, extra = "") {
  const firsts = times.map(({ first }) => first);
  const alls = times.map(({ all }) => all);
  console.log(`| ${name} | ${times.length} | ${ms(at(firsts, 0.5))} | ${ms(at(firsts, 0.95))} | ${ms(at(alls, 0.5))} | ${ms(at(alls, 0.95))} | ${extra} |`);
}

const html = await readFile(join(folder, "search/index.html"), "utf8");
const base = /data-bundle="(.*?)\/pagefind\/"/.exec(html)?.[1];
if (base === undefined) throw new Error(`${folder} has no search`);
const { bundles } = JSON.parse(await readFile(join(folder, "pagefind/contents.json"), "utf8"));
const documents = bundles.flatMap(({ years }) => years).reduce((sum, [, count]) => sum + count, 0);
const asked = await queries(sources, wanted.queries + UNCOUNTED);
const server = await host(folder, base, packed);
const browser = await chromium.launch(BROWSER);
console.log(`${documents} documents in ${bundles.length} bundles, texts ${packed ? "with" : "without"} gzip, ${browser.version()}\n`);
console.log("| | queries | first results, median | 95 of 100 | all results, median | 95 of 100 | |\n| --- | ---: | ---: | ---: | ---: | ---: | --- |");
const times = await warm(browser, server, asked);
row("warm", times);
for (const kind of new Set(times.map((one) => one.kind))) row(`warm, ${kind}`, times.filter((one) => one.kind === kind));
const slow = await cold(browser, server, asked.slice(0, wanted.cold));
row("cold", slow, `${kb(at(slow.map(({ bytes }) => bytes), 0.5))} in ${at(slow.map(({ requests }) => requests), 0.5)} requests to the first ten, ${kb(at(slow.map(({ rest }) => rest), 0.5))} in ${at(slow.map(({ everything }) => everything), 0.5)} to all`);
if (process.argv.includes("--detail")) {
  for (const one of [...times].sort((a, b) => b.first - a.first).slice(0, 15)) console.log("slow, warm", JSON.stringify(one));
  for (const one of slow) console.log("cold", JSON.stringify(one));
}
if (process.argv.includes("--limits")) limit();
await browser.close();
await server.close();

/** Holds what was measured against the goals. */
function limit() {
  const goals = GOALS.find((one) => documents <= one.documents) ?? GOALS.at(-1);
  const firsts = times.map(({ first }) => first);
  const of = (name) => at(slow.map((one) => one[name]), 0.5);
  const measured = {
    first: [of("first"), of("bytes"), of("requests")],
    all: [of("all"), of("rest"), of("everything")],
    warm: [at(firsts, 0.5), at(firsts, 0.95)],
  };
  const units = { first: ["ms", "bytes", "requests"], all: ["ms", "bytes", "requests"], warm: ["ms at the median", "ms for 95 of 100"] };
  console.log(`\nGoals for ${goals.documents} documents:`);
  for (const [name, most] of Object.entries(goals)) {
    if (name === "documents") continue;
    most.forEach((least, n) => {
      const is = Math.round(measured[name][n]);
      if (is > least) process.exitCode = 1;
      console.log(`${is > least ? "MISSED " : "reached"} ${name}: ${is} ${units[name][n]}, at most ${least}`);
    });
  }
}
