// Search over a server that fails: every kind of file of the index is broken in every way, for
// good and for a while. The page never says more than it knows: what it could not read is missing,
// what it found stays, and it tries again.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { go, withBrowser } from "./support/browser.mjs";
import { WAYS, faulty } from "./support/faulty.mjs";
import { built } from "./support/several.mjs";

const { context } = withBrowser();

/** A word that stands in a document of every year. */
const WORD = "行政复议";
const YEARS = [2019, 2020, 2021, 2022];
/** The year whose bundle is broken. */
const BROKEN = 2020;

let site;
before(async () => { site = await built(YEARS, `${WORD}。`.repeat(3)); });
after(() => site?.close());

/** The files of a kind: the table of contents, what is made of all bundles, those of one year's bundle. */
const KINDS = {
  contents: /^\/pagefind\/contents\.json/,
  directory: /^\/pagefind\/directory\/documents\/.*\.pack/,
  places: /^\/pagefind\/directory\/places\/.*\.pack/,
  filters: /^\/pagefind\/directory\/filters\/.*\.pack/,
  head: new RegExp(`^/pagefind/${BROKEN}/[^/]*\\.pack`),
  cards: new RegExp(`^/pagefind/${BROKEN}/cards/.*\\.pack`),
  text: new RegExp(`^/pagefind/${BROKEN}/text/.*\\.pack`),
};

/** What the page says at last, and what it shows. */
async function answered(page) {
  await page.waitForFunction(() => document.querySelector("[data-answered][data-counted], [data-retry]:not([hidden])"), null, { timeout: 90_000 });
  return page.evaluate(() => ({
    said: document.getElementById("search-status").textContent,
    found: [...document.querySelectorAll(".result .entry-title")].map((link) => link.pathname),
    unread: document.querySelectorAll(".result > .note").length,
    excerpts: document.querySelectorAll(".result .excerpt").length,
    retry: !document.querySelector("[data-retry]").hidden,
    helps: !document.querySelector("[data-help]").hidden,
    counts: [...document.querySelectorAll("select[name=from] option")].map((option) => option.textContent),
    busy: document.querySelector(".results").hasAttribute("aria-busy"),
  }));
}

const paths = (years) => years.map((year) => `/jiangmen/${year}/`);
const whole = paths([...YEARS].reverse());
const rest = paths(YEARS.filter((year) => year !== BROKEN).reverse());

/** What is true of the page where a kind of file could not be read. */
function judge(kind, seen, name) {
  assert.equal(seen.retry, true, `${name}: it can be tried again`);
  assert.equal(seen.busy, false, name);
  assert.doesNotMatch(seen.said, /没有文件含有|正在/, name);
  const counts = seen.counts.filter((text) => /\(\d/.test(text));
  const { said, found } = { contents: { said: /暂时无法使用/, found: [] }, directory: { said: /不能断定没有/, found: [] }, filters: { said: /共找到 4 份/, found: whole }, cards: { said: /至少找到 4 份.*2020年.*未能读取/, found: rest }, head: { said: /至少找到 4 份.*2020年.*未能读取/, found: rest }, places: { said: /至少找到 4 份.*未能读取/, found: whole } }[kind];
  assert.match(seen.said, said, name);
  assert.deepEqual(seen.found, found, name);
  assert.deepEqual(counts, [], name);
}

for (const kind of ["contents", "directory", "places", "filters", "head", "cards"]) {
  test(`${kind}: whatever happens to it, the page says what is missing, and finds all once it is there`, () => context({}, async (own) => {
    await Promise.all(Object.keys(WAYS).map(async (way) => {
      const server = await faulty(site.folder, { path: KINDS[kind], way });
      const page = await own.newPage();
      await go(page, `${server.url}/search/#q=${encodeURIComponent(WORD)}`);
      judge(kind, await answered(page), `${kind}, ${way}`);
      server.mend();
      await page.locator("[data-retry] button").click();
      await page.waitForFunction(() => document.querySelector("[data-answered]") && document.querySelector("[data-retry]").hidden, null, { timeout: 60_000 });
      const seen = await answered(page);
      assert.match(seen.said, /共找到 4 份/, `${kind}, ${way}`);
      assert.deepEqual(seen.found, whole, `${kind}, ${way}`);
      await page.close();
      await server.close();
    }));
  }));
}

test("text: only its own excerpt is missing", () => context({}, async (own) => {
  await Promise.all(Object.keys(WAYS).map(async (way) => {
    const server = await faulty(site.folder, { path: KINDS.text, way });
    const page = await own.newPage();
    await go(page, `${server.url}/search/#q=${encodeURIComponent(WORD)}`);
    const seen = await answered(page);
    assert.match(seen.said, /共找到 4 份/, way);
    assert.deepEqual([seen.found, seen.unread, seen.excerpts, seen.retry], [whole, 1, 3, true], way);
    server.mend();
    await page.locator("[data-retry] button").click();
    await page.waitForFunction(() => document.querySelectorAll(".result .excerpt").length === 4, null, { timeout: 60_000 });
    assert.equal((await answered(page)).retry, false, way);
    await page.close();
    await server.close();
  }));
}));

test("what fails twice and then comes is as good as new", () => context({}, async (own) => {
  await Promise.all(Object.entries(KINDS).map(async ([kind, path]) => {
    const server = await faulty(site.folder, { path, way: "500", times: 2 });
    const page = await own.newPage();
    await go(page, `${server.url}/search/#q=${encodeURIComponent(WORD)}`);
    const seen = await answered(page);
    assert.match(seen.said, /共找到 4 份/, kind);
    assert.deepEqual([seen.found, seen.retry, seen.unread], [whole, false, 0], kind);
    await server.close();
  }));
}));

test("a word that only the missing year has is not said to be nowhere", () => context({}, async (own) => {
  const server = await faulty(site.folder, { path: KINDS.directory, way: "429" });
  const page = await own.newPage();
  await go(page, `${server.url}/search/#q=${encodeURIComponent(`独见于${BROKEN}年`)}`);
  const seen = await answered(page);
  assert.match(seen.said, /不能断定没有/);
  assert.doesNotMatch(seen.said, /没有文件含有/);
  assert.deepEqual([seen.found, seen.retry, seen.helps], [[], true, false]);
  await server.close();
}));

test("a server that stops while the page is open: nothing new is claimed", () => context({}, async (own) => {
  const server = await faulty(site.folder, { path: /^\/pagefind\//, way: "refused", times: 0 });
  const page = await own.newPage();
  await go(page, `${server.url}/search/#q=${encodeURIComponent(WORD)}&from=2022`);
  assert.match((await answered(page)).said, /共找到 1 份/);
  server.fail();
  await page.locator("select[name=from]").selectOption("");
  await page.waitForFunction(() => !document.querySelector("[data-retry]").hidden, null, { timeout: 90_000 });
  const seen = await answered(page);
  // Where the words stand was read already; what the others are called was not.
  assert.match(seen.said, /至少找到 4 份.*2019年.*未能读取/);
  assert.deepEqual(seen.found, paths([2022]));
  await server.close();
}));

test("an index that was replaced while it was searched is begun anew", async () => {
  const contents = await readFile(join(site.folder, "pagefind/contents.json"), "utf8");
  const newer = await built([2019, 2020, 2021, 2022, 2023], "另有说明。");
  await context({}, async (own) => {
    const server = await faulty(site.folder, { path: /nothing/, way: "500" });
    const page = await own.newPage();
    await go(page, `${server.url}/search/`);
    await page.locator("#q").focus();
    await page.waitForTimeout(500);
    server.serve(newer.folder);
    await page.locator("#q").fill(WORD);
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelectorAll(".result").length === 5, null, { timeout: 60_000 });
    assert.match((await answered(page)).said, /共找到 5 份/);
    await server.close();
  });
  assert.notEqual(contents, await readFile(join(newer.folder, "pagefind/contents.json"), "utf8"));
  await newer.close();
});

test("an index of another form has the page loaded anew once, and is never read", () => context({}, async (own) => {
  const folder = await mkdtemp(join(tmpdir(), "xiangwei-form-"));
  await cp(site.folder, folder, { recursive: true });
  // What another version of the program would publish: other files in other places.
  const { sum: _, format, ...contents } = JSON.parse(await readFile(join(folder, "pagefind/contents.json"), "utf8"));
  const rest = JSON.stringify({ format: format + 1, ...contents, bundles: [] }).slice(1);
  await writeFile(join(folder, "pagefind/contents.json"), `{"sum":"${createHash("sha256").update(rest).digest("hex")}",${rest}`);
  for (const name of ["directory", ...YEARS.map(String)]) await rm(join(folder, "pagefind", name), { recursive: true });
  const server = await faulty(site.folder, { path: /nothing/, way: "500" });
  const page = await own.newPage();
  let loads = 0;
  page.on("request", (request) => { loads += Number(new URL(request.url()).pathname === "/search/"); });
  await go(page, `${server.url}/search/#q=${encodeURIComponent("独见于2019年")}`);
  assert.match((await answered(page)).said, /共找到 1 份/);
  server.serve(folder);
  await page.locator("#q").fill(WORD);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.getElementById("search-status")?.textContent.includes("本站刚刚更新"), null, { timeout: 60_000 });
  const seen = await answered(page);
  assert.deepEqual([loads, seen.found, seen.retry], [2, [], true]);
  assert.equal(await page.locator("#q").inputValue(), WORD);
  // The page that goes with the index is there by now.
  server.serve(site.folder);
  await page.locator("[data-retry] button").click();
  await page.waitForFunction(() => document.querySelectorAll(".result").length === 4, null, { timeout: 60_000 });
  assert.equal(loads, 3);
  await server.close();
  await rm(folder, { recursive: true, force: true });
}));
