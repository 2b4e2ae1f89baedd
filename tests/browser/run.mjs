// Builds and serves the sites once, then runs every test file against them with Node's own
// runner: node run.mjs [FILE…]. The program is XIANGWEI or target/debug/xiangwei, the browser
// is CHROMIUM or /usr/bin/chromium. The exit code is the runner's.

import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

import { open } from "./support/sites.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const every = (await readdir(here)).filter((name) => name.endsWith(".test.mjs")).sort();
const files = process.argv.length > 2 ? process.argv.slice(2) : every;

const sites = await open();
const runner = spawn(
  process.execPath,
  ["--test", "--test-concurrency=3", "--test-reporter=spec", "--test-timeout=1200000", ...files],
  {
    cwd: here,
    stdio: "inherit",
    env: { ...process.env, XIANGWEI_SITES: JSON.stringify(sites.urls), XIANGWEI_BUILT: sites.folder },
  },
);
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => runner.kill(signal));
process.exitCode = await new Promise((resolve) => runner.on("close", (code) => resolve(code ?? 1)));
await sites.close();
