// A site of one bundle and one of twenty give the same answers: the same documents in the same
// order, the same counts, the same excerpts, newest first and by mentions.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { ARCHIVE, answer, piece } from "./support/archive.mjs";
import { go, withBrowser } from "./support/browser.mjs";
import { serve } from "./support/serve.mjs";

const { context } = withBrowser();
const NAMES = ["one", "many"];
const QUERIES = ["政", "7", "％", "行政", "745件", "45", "gd", "《条例》", "优化营商环境", "第12县", "县政发〔2020〕7号", "行政复议 行政诉讼", "“执法”", "办结 占全部的 市政府", "qqqq", "2020", "同比上升", "市政府依据"];
while (QUERIES.length < 28) QUERIES.push(piece(5));

const servers = {};
before(async () => {
  for (const name of NAMES) servers[name] = await serve(join(ARCHIVE, name), "/a");
});
after(async () => {
  for (const server of Object.values(servers)) await server.close();
});

test("the archive is one bundle, and twenty or more", async () => {
  const bundles = async (name) => JSON.parse(await readFile(join(ARCHIVE, name, "pagefind/contents.json"), "utf8")).bundles.length;
  assert.equal(await bundles("one"), 1);
  assert.ok(await bundles("many") >= 20, `${await bundles("many")} bundles`);
});

/** Everything that is shown for a query. */
async function shown(page, text) {
  const total = await answer(page, text);
  return { total, ...await page.evaluate(() => ({
    status: document.getElementById("search-status").textContent,
    results: [...document.querySelectorAll(".result")].map((item) => item.innerHTML.replace(/\/\d+(?=\/pagefind)/, "")),
    filters: [...document.querySelectorAll("#search select")].map((select) => [select.name, ...[...select.options].map((option) => option.textContent)]),
  })) };
}

for (const sort of ["", "relevance"]) {
  test(`${QUERIES.length} queries, ${sort ? "by mentions" : "newest first"}`, () => context({}, async (own) => {
    const [one, many] = await Promise.all(NAMES.map(async (name) => {
      const page = await own.newPage();
      await go(page, `${servers[name].url}/search/${sort && "#sort=relevance"}`);
      return page;
    }));
    assert.equal(await many.locator("select[name=sort]").inputValue(), sort);
    const wrong = [];
    for (const text of QUERIES) {
      const [all, parts] = [await shown(one, text), await shown(many, text)];
      for (const what of Object.keys(all)) if (JSON.stringify(all[what]) !== JSON.stringify(parts[what])) wrong.push(`${text}: ${what}`);
    }
    assert.deepEqual(wrong, []);
  }));
}

test("with filters, too", () => context({}, async (own) => {
  const pages = await Promise.all(NAMES.map(async (name) => {
    const page = await own.newPage();
    await go(page, `${servers[name].url}/search/#q=${encodeURIComponent("行政")}&from=2020&place=county7`);
    await page.waitForFunction(() => document.querySelector("[data-answered]"));
    return page;
  }));
  const seen = await Promise.all(pages.map((page) => page.locator(".results").innerText()));
  assert.match(seen[0], /第7县2020年/);
  assert.equal(seen[0], seen[1]);
}));

test("what a query reads does not grow with the bundles", () => context({}, async (own) => {
  const { bundles } = JSON.parse(await readFile(join(ARCHIVE, "many", "pagefind/contents.json"), "utf8"));
  for (const [query, most] of [["行政复议法", 30], ["政", 30], ["qqqq", 8]]) {
    const page = await own.newPage();
    const asked = [];
    page.on("request", (request) => {
      const path = new URL(request.url()).pathname.split("/pagefind/")[1];
      if (path && !path.startsWith("names/")) asked.push(path);
    });
    await go(page, `${servers.many.url}/search/#q=${encodeURIComponent(query)}`);
    await page.waitForFunction(() => document.querySelector("[data-answered]"));
    // The contents, the directory, the filters; and of ten results the cards and texts, in as many bundles.
    assert.ok(asked.length > 0 && asked.length <= most, `${query}: ${asked.length} requests, ${bundles.length} bundles: ${asked}`);
    const opened = new Set(asked.map((path) => /^[^/]+\/text\//.exec(path)?.[0]).filter(Boolean));
    assert.ok(opened.size <= 10, `${query}: texts of ${opened.size} bundles`);
    await page.close();
  }
}));

test("what stands in many bundles is read from them side by side", () => context({}, async (own) => {
  const page = await own.newPage();
  const heads = new Set();
  let proceed = null;
  const enough = new Promise((resolve) => { proceed = resolve; });
  // What leads to the documents of a bundle only comes once that of five was asked for.
  await own.route(/\/pagefind\/(?!directory)[^/]+\/[0-9a-f]{12}\.pack/, async (route) => {
    heads.add(route.request().url());
    if (heads.size === 5) proceed();
    await enough;
    await route.continue();
  });
  await go(page, `${servers.many.url}/search/#q=${encodeURIComponent("依据《优化营商环境条例》清理规范性文件")}`);
  await page.waitForFunction(() => document.querySelectorAll(".result").length > 5);
}));
