// The search page holds no more after many queries than after a few, and lets what searches go once it
// has read enough: what is counted is what is left
// when all garbage is collected, so that it does not depend on when the browser does that.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { ARCHIVE, answer, piece } from "./support/archive.mjs";
import { go, withBrowser, withConstant } from "./support/browser.mjs";
import { scales } from "./support/memory.mjs";
import { serve } from "./support/serve.mjs";

const { context } = withBrowser();
const ROUNDS = 3;
const QUERIES = 10;
/** What the caches may hold, and some room for what a browser keeps of its own. */
const ROOM = { page: 2 * 2 ** 20, worker: 6 * 2 ** 20, nodes: 1500, listeners: 40 };

let server;
before(async () => { server = await serve(join(ARCHIVE, "many"), "/a"); });
after(() => server?.close());

test(`${ROUNDS * QUERIES} queries hold what ${QUERIES} do`, () => context({}, async (own) => {
  const page = await own.newPage();
  const scale = await scales(page);
  await go(page, `${server.url}/search/`);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let n = 0; n < QUERIES; n += 1) await answer(page, piece(6));
    // Each round is weighed at the same results.
    await answer(page, "行政");
    rounds.push(await scale.held());
  }
  const [first, ...later] = rounds;
  assert.ok(first.worker > 0 && first.nodes > 0, JSON.stringify(first));
  for (const held of later) {
    for (const [what, room] of Object.entries(ROOM)) {
      assert.ok(held[what] <= first[what] + room, `${what}: ${held[what]} after ${first[what]}`);
    }
  }
}));

test("a search that has read enough is let go, and the next one answers alike", () => context({}, async (own) => {
  const page = await own.newPage();
  // One byte is enough.
  await withConstant(page, "search", "ENOUGH", 1);
  const other = await own.newPage();
  let workers = 0;
  page.on("worker", () => { workers += 1; });
  await Promise.all([go(page, `${server.url}/search/`), go(other, `${server.url}/search/`)]);
  const seen = (page) => page.evaluate(() => ({
    status: document.getElementById("search-status").textContent,
    results: [...document.querySelectorAll(".result")].map((item) => item.textContent),
    named: [...document.querySelectorAll("[data-named] a")].map((link) => link.href),
    places: [...document.querySelectorAll("select[name=place] option")].map((option) => option.textContent),
  }));
  for (const q of ["行政复议", "第12县", "745件", piece(6), "同比上升"]) {
    await Promise.all([answer(page, q), answer(other, q)]);
    await page.locator("[data-named][aria-busy]").waitFor({ state: "detached" });
    await other.locator("[data-named][aria-busy]").waitFor({ state: "detached" });
    assert.deepEqual(await seen(page), await seen(other), q);
  }
  assert.ok(workers >= 5, `${workers} workers`);
}));
