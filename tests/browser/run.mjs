// Builds and serves the sites once, starts one browser, then runs every test file against them with
// Node's own runner: node run.mjs [FILE…]. The program is XIANGWEI or target/debug/xiangwei, the
// browser is CHROMIUM or one that is installed. The exit code is 1 if a test fails. At the end it says
// how long the tests of each file took.

import { readdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { construct } from "./support/archive.mjs";
import { BROWSER } from "./support/chromium.mjs";
import { open } from "./support/sites.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** So many files at once; a page waits more than it works. */
const AT_ONCE = 3;

/** What takes longest begins first, so that nothing long is left alone at the end. */
const LONG = ["axe-example", "axe-special", "preview", "phrases", "bundles", "scripts", "memory", "print"].map((name) => `${name}.test.mjs`);

/** What searches the invented archive, which is built for them alone. */
const SEARCHING = ["bundles.test.mjs", "memory.test.mjs", "phrases.test.mjs"];

async function files() {
  if (process.argv.length > 2) return process.argv.slice(2);
  const every = (await readdir(here)).filter((name) => name.endsWith(".test.mjs")).sort();
  return [...LONG.filter((name) => every.includes(name)), ...every.filter((name) => !LONG.includes(name))];
}

/** Runs the files; how long the tests of each took, in seconds. */
async function test(names, signal) {
  const times = new Map();
  const events = run({ files: names.map((name) => resolve(here, name)), concurrency: AT_ONCE, timeout: 1_200_000, signal });
  const done = ({ file, nesting, details }) => {
    if (file && nesting === 0) times.set(file, (times.get(file) ?? 0) + details.duration_ms / 1000);
  };
  events.on("test:pass", done);
  events.on("test:fail", (test) => { process.exitCode = 1; done(test); });
  const report = events.compose(new spec());
  report.pipe(process.stdout, { end: false });
  await new Promise((resolve, reject) => report.on("end", resolve).on("error", reject));
  return [...times].map(([file, seconds]) => [basename(file), seconds]);
}

const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => { process.exitCode = 1; stop.abort(); });
const names = await files();
const sites = await open();
if (names.some((name) => SEARCHING.includes(name))) await construct(join(sites.folder, "archive"));
const browser = await chromium.launchServer(BROWSER);
process.env.XIANGWEI_SITES = JSON.stringify(sites.urls);
process.env.XIANGWEI_BUILT = sites.folder;
process.env.XIANGWEI_BROWSER = browser.wsEndpoint();
try {
  const times = await test(names, stop.signal);
  for (const [name, seconds] of times.sort(([, one], [, other]) => other - one)) console.log(`${seconds.toFixed(1).padStart(7)} s  ${name}`);
} finally {
  await browser.close();
  await sites.close();
}
