// Search finds what a plain search for a piece of text would find, no more and no less: in an
// archive of many bundles, hundreds of queries drawn from its texts are typed
// into the page's own box and compared with a search of a few lines. XIANGWEI_QUERIES says how many
// are drawn.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { ARCHIVE, PLACES, answer, expected, folded, hits, piece, reports, swap, toTraditional } from "./support/archive.mjs";
import { look } from "./support/axe.mjs";
import { go, listen, withBrowser } from "./support/browser.mjs";
import { serve } from "./support/serve.mjs";

const { context } = withBrowser();

// Queries

const MANY = Number(process.env.XIANGWEI_QUERIES) || 70;
const wide = (text) => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
const queries = [];
const ask = (text, phrases = [text]) => queries.push({ text, phrases });
for (const text of ["政", "7", "745件", "745", "45", "％", "。", "APP", "gd", "运用ap", "条例", "《条例》", "优化营商环境条例》", "县政发〔2020〕7号", "縣政發[2020]7號", "第12县", "第1县", "行政复议行政诉讼", "行政复议法》办结", "推进公众参与", "推(tuī)進公众参与重大行政", "推进(jìn)公众", "进(jìn", "(xíng)政", "執法人員", "执法人员", "放管服", "落实“放管服”改革", "qqqq", "2019年法治政府建设报告", "（2021—2025年）", "(2021-2025年)"]) ask(text);
const drawn = (share, make) => { for (let left = Math.ceil(MANY * share); left > 0; left -= 1) make(); };
drawn(0.6, () => ask(piece(10)));
drawn(0.1, () => { const text = piece(8); ask(swap(text, toTraditional)); });
drawn(0.1, () => { const text = piece(8); ask(wide(text)); });
drawn(0.15, () => { const [one, two] = [piece(5), piece(5)]; ask(`${one} ${two}`, [one, two]); });
drawn(0.05, () => { const text = piece(9).replace(/[“”]/g, ""); ask(`“${text}”`, [text]); });
// A piece that is a quotation itself would be read as an operator.
const plainly = queries.filter(({ text, phrases }) => phrases.every((phrase) => phrase && !/^[“「"].*[”」"]$/.test(phrase)) && (phrases[0] !== text || !/\s/.test(text)));

let server;
before(async () => { server = await serve(join(ARCHIVE, "many"), "/a"); });
after(() => server?.close());

/** The addresses of all results, as far as they are shown. */
async function shown(page, most) {
  const links = page.locator(".result .entry-title");
  // A busy machine may take longer for an answer than a click waits; the button stays and is pressed again.
  for (let tries = 0; tries < 12 && await links.count() < most && await page.locator("[data-more]").isVisible(); tries += 1) {
    const before = await links.count();
    await page.locator("[data-more]").click();
    const grown = page.waitForFunction((count) => document.querySelectorAll(".result").length > count
      && !document.querySelector(".results[aria-busy]"), before, { timeout: 10_000 });
    await grown.catch((error) => { if (error.name !== "TimeoutError") throw error; });
  }
  return links.evaluateAll((all) => all.map((link) => link.pathname.replace(/^\/a/, "")));
}

test("the archive has more than one bundle", async () => {
  const { bundles } = JSON.parse(await readFile(join(ARCHIVE, "many/pagefind/contents.json"), "utf8"));
  assert.ok(bundles.length >= 2, JSON.stringify(bundles));
});

test(`${plainly.length} queries find what a plain search finds`, () => context({}, async (own) => {
  assert.ok(plainly.length >= MANY);
  const page = await own.newPage();
  const heard = listen(page);
  await go(page, `${server.url}/search/`);
  const wrong = [];
  for (const { text, phrases } of plainly) {
    const right = expected(phrases);
    const count = await answer(page, text);
    const found = await shown(page, Math.min(count, 20));
    const same = right.length <= 20 ? JSON.stringify([...found].sort()) === JSON.stringify([...right].sort()) : found.every((path) => right.includes(path));
    const marked = !count || await page.locator(".result").first().locator("mark").count() > 0;
    if (count !== right.length || !same || !marked) wrong.push(`${text}: ${count} and not ${right.length}${marked ? "" : ", unmarked"}`);
  }
  assert.deepEqual(wrong, []);
  assert.deepEqual(heard.console, []);
  assert.deepEqual(heard.elsewhere, []);
}));

test("every word is marked, in up to three excerpts that lead to their sections; hits are counted", () => context({}, async (own) => {
  const page = await own.newPage();
  await go(page, `${server.url}/search/`);
  const asked = [
    ["政", ["政"]], ["件", ["件"]], ["gd", ["gd"]], ["745", ["745"]], ["“行政复议法”", ["行政复议法"]],
    ["市政府 占全部的", ["市政府", "占全部的"]], ["总体情况 問題 法治政府", ["总体情况", "问题", "法治政府"]], ["行政 行政复议", ["行政", "行政复议"]],
  ];
  for (const [text, phrases] of asked) {
    assert.equal(await answer(page, text), expected(phrases).length, text);
    const results = await page.locator(".result").evaluateAll((items) => items.map((item) => ({
      path: item.querySelector(".entry-title").pathname.replace(/^\/a/, ""),
      count: Number(/\d+/.exec(item.querySelector(".count").textContent)[0]),
      marks: [...item.querySelectorAll("mark")].map((mark) => mark.textContent),
      pieces: [...item.querySelectorAll(".hit")].map((link) => ({ hash: link.hash, text: link.querySelector(".excerpt").textContent })),
    })));
    assert.ok(results.length > 0, text);
    for (const { path, count, marks, pieces } of results) {
      const one = reports.find((report) => report.path === path);
      assert.equal(count, hits(one, phrases), `${text}: hits of ${path}`);
      const marked = marks.map(folded);
      for (const phrase of phrases) assert.ok(marked.some((mark) => mark.includes(phrase)), `${text}: ${phrase} in ${marks}`);
      assert.ok(marked.every((mark) => phrases.some((phrase) => mark.includes(phrase))), `${text}: ${marks}`);
      assert.ok(pieces.length <= 3 && (pieces.length > 0 || marks.length > 0), text);
      for (const piece of pieces) {
        const section = /^#(?:sec-(\d)&)?mark=/.exec(piece.hash)?.[1];
        const blocks = section ? one.blocks.slice(4 + (section - 1) * 3, 7 + (section - 1) * 3) : one.blocks.slice(0, 4);
        const shown = piece.text.split("…").map((part) => part.trim()).filter(Boolean);
        assert.ok(blocks.some((block) => shown.every((part) => block.includes(part))), `${text}: ${piece.text} in ${section}`);
      }
    }
  }
}));

test("by mentions: what holds the words most often comes first, and those of one number newest first", () => context({}, async (own) => {
  const page = await own.newPage();
  await go(page, `${server.url}/search/#sort=relevance`);
  const asked = [
    ["件", ["件"]], ["法", ["法"]], ["行政", ["行政"]], ["行政复议", ["行政复议"]], ["执法", ["执法"]], ["745", ["745"]], ["gd", ["gd"]],
    ["政府", ["政府"]], ["行政 行政复议", ["行政", "行政复议"]], ["单位 培训", ["单位", "培训"]], ["“行政诉讼”", ["行政诉讼"]], ["年法治政府建设", ["年法治政府建设"]],
  ];
  const before = (a, b) => (a < b ? -1 : Number(a > b));
  const year = ({ path }) => Number(path.split("/")[2]);
  let various = 0;
  for (const [text, phrases] of asked) {
    const paths = new Set(expected(phrases));
    const holding = reports.filter((one) => paths.has(one.path)).map((one) => ({ path: one.path, count: hits(one, phrases) }));
    const right = holding.sort((a, b) => b.count - a.count || year(b) - year(a) || before(a.path, b.path)).slice(0, 10);
    await answer(page, text);
    const found = await page.locator(".result").evaluateAll((items) => items.map((item) => ({
      path: item.querySelector(".entry-title").pathname.replace(/^\/a/, ""),
      count: Number(/\d+/.exec(item.querySelector(".count").textContent)[0]),
    })));
    assert.deepEqual(found, right, text);
    various += new Set(right.map(({ count }) => count)).size > 1;
  }
  assert.ok(various >= 5, `${various} queries whose first ten differ in number`);
}));

test("newest first, filters with counts, all of it in the address", () => context({}, async (own) => {
  const page = await own.newPage();
  await go(page, `${server.url}/search/#q=${encodeURIComponent("法治政府")}&from=2019&to=2019`);
  await page.locator(".result").first().waitFor();
  assert.match(await page.locator("#search-status").innerText(), new RegExp(`共找到 ${PLACES} 份`));
  assert.ok((await shown(page, 10)).every((path) => path.endsWith("/2019/")));
  await page.locator("select[name=from]").selectOption("");
  await page.locator("select[name=to]").selectOption("");
  await page.waitForFunction((n) => document.querySelector("#search-status").textContent.includes(` ${n} `), PLACES * 2);
  assert.ok((await shown(page, 10)).every((path) => path.endsWith("/2020/")), "newest first");
  await page.locator("select[name=place]").selectOption("county7");
  await page.waitForFunction(() => document.querySelector("#search-status").textContent.includes(" 2 "));
  assert.match(page.url(), /place=county7/);
  await page.goBack();
  await page.waitForFunction((n) => document.querySelector("#search-status").textContent.includes(` ${n} `), PLACES * 2);
  // A filter works alone.
  await go(page, `${server.url}/search/#place=county3`);
  await page.waitForFunction(() => document.querySelectorAll(".result").length === 2 && document.querySelector("[data-counted]"));
  assert.match(await page.locator("select[name=place] option:checked").innerText(), /第3县 \(2\)/);
}));

test("a hit leads to its section, marked, and the mark can be put away", () => context({}, async (own) => {
  const page = await own.newPage();
  await go(page, `${server.url}/search/`);
  const text = reports[3].blocks.at(-1).split("》")[0];
  await answer(page, text);
  await page.locator(".hit").first().click();
  await page.waitForURL(/\/#sec-2$/);
  const marks = page.locator("mark.found");
  await marks.first().waitFor();
  assert.equal((await marks.allInnerTexts()).join(""), text);
  await page.waitForFunction(() => { const box = document.querySelector("mark.found").getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; });
  await page.locator(".found-away").click();
  assert.equal(await marks.count(), 0);
  await page.reload();
  assert.equal(await marks.count(), 0, "they stay away");
}));

test("no search runs on half-typed pinyin", () => context({}, async (own) => {
  const page = await own.newPage();
  await go(page, `${server.url}/search/`);
  const client = await own.newCDPSession(page);
  await page.locator("#q").focus();
  await client.send("Input.imeSetComposition", { text: "xing'zh", selectionStart: 7, selectionEnd: 7 });
  await page.waitForTimeout(700);
  assert.doesNotMatch(page.url(), /q=/);
  await client.send("Input.insertText", { text: "行政" });
  await page.waitForURL(/q=/);
  await page.locator(".result").first().waitFor();
}));

test("from the box to the results and back by keyboard; axe finds nothing", () => context({ reducedMotion: "reduce" }, async (own) => {
  const page = await own.newPage();
  await go(page, `${server.url}/search/`);
  await page.keyboard.press("/");
  await page.keyboard.type("745");
  await page.locator(".result mark").first().waitFor();
  await page.keyboard.press("Alt+ArrowDown");
  assert.ok(await page.evaluate(() => document.activeElement.matches(".result .entry-title")));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  for (const query of ["745", "qqqq zzzz"]) {
    await answer(page, query);
    assert.deepEqual((await look(page)).against, []);
  }
}));

test("a report's text is never markup in the results", () => context({}, async (own) => {
  const page = await own.newPage();
  await go(page, `${server.url}/search/#q=${encodeURIComponent("<img src=x onerror=alert(1)>")}`);
  await page.waitForFunction(() => document.querySelector("#search-status").textContent.includes("<img"));
  assert.equal(await page.locator("main img").count(), 0);
}));
