// Where sentences come from: the margin of a document is switched on, leads to the first, is remembered and
// printed; without JavaScript the shares and the list are there. The table of all is sorted and read on a phone.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { look } from "./support/axe.mjs";
import { go, withBrowser } from "./support/browser.mjs";
import { at } from "./support/pages.mjs";

const { context, visit } = withBrowser();
const REPORT = at("ancestry", "/anhe/2021/");
const tags = (page) => page.locator(".origin-tag").evaluateAll((all) => all.filter((tag) => tag.checkVisibility()).map((tag) => tag.textContent.trim()));

test("switched on with the keyboard, every sentence says where it stood first, and leads there", () => visit(REPORT, {}, async (page) => {
  assert.deepEqual(await tags(page), [], "a text is as ever until somebody asks");
  await page.locator("[data-origins-switch]").focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("[data-origins-switch]").getAttribute("aria-pressed"), "true");
  assert.deepEqual(await tags(page), ["=2019", "+新写", "≈2019", "=2019", "=2020", "↗临泽市2020"]);
  const other = page.locator(".origin-tag", { hasText: "临泽市" });
  assert.equal(await other.getAttribute("aria-label"), "同一句话先见于临泽市2020年度，2021年3月30日发布");
  await other.click();
  assert.match(page.url(), /\/linze\/2020\/(#:~:text=.*)?$/);
}));

test("signs tell origins apart without colour, and what is copied has no tags", () => visit(REPORT, {}, async (page) => {
  await page.locator("[data-origins-switch]").click();
  const styles = await page.locator("[data-o]").evaluateAll((marks) => marks.map((mark) => `${mark.dataset.o[0]} ${getComputedStyle(mark).textDecorationLine} ${getComputedStyle(mark).textDecorationStyle}`));
  assert.equal(new Set(styles.map((style) => style.slice(2))).size, new Set(styles.map((style) => style[0])).size, styles.join());
  const copied = await page.evaluate(() => {
    getSelection().selectAllChildren(document.querySelector("#text p"));
    return String(getSelection());
  });
  assert.ok(copied.includes("研究解决突出问题。新设三个"), copied);
  assert.deepEqual((await look(page)).against, []);
}));

test("the choice is remembered, and taken back", () => context({}, async (own) => {
  const page = await own.newPage();
  await go(page, REPORT);
  await page.locator("[data-origins-switch]").click();
  await go(page, at("ancestry", "/linze/2021/"));
  assert.ok((await tags(page)).length > 0);
  await page.locator("[data-origins-switch]").click();
  assert.deepEqual(await tags(page), []);
  await go(page, REPORT);
  assert.deepEqual(await tags(page), []);
}));

test("what is switched on is printed, with the list; what is not, is not", async () => {
  const folder = await mkdtemp(join(tmpdir(), "xiangwei-origins-"));
  const printed = async (page) => {
    const path = join(folder, "page.pdf");
    await page.pdf({ path, preferCSSPageSize: true });
    return (await promisify(execFile)("pdftotext", [path, "-"])).stdout.replace(/\s/gu, "");
  };
  await visit(REPORT, {}, async (page) => {
    assert.ok(!(await printed(page)).includes("同一句话先见于"));
    await page.locator("[data-origins-switch]").click();
    const text = await printed(page);
    assert.ok(text.includes("↗临泽市2020") && text.includes("同一句话先见于") && text.includes("临泽市2020，2021年3月30日发布1句"), text);
    assert.ok(text.includes("先见于他处17%"), "the shares are printed");
  });
  await rm(folder, { recursive: true, force: true });
});

test("without JavaScript the shares and the list are there, and no control that would not work", () => visit(REPORT, { javaScriptEnabled: false }, async (page) => {
  assert.equal(await page.locator("[data-origins-switch]").isVisible(), false);
  assert.deepEqual(await page.locator(".origin-shares .origin-name").allInnerTexts(), ["新写", "沿用往年", "沿用，只换数字", "先见于他处"]);
  await page.locator(".origin-shares a").click();
  assert.match(page.url(), /#origins$/);
  await page.locator(".origin-rows a", { hasText: "临泽市2020" }).click();
  assert.match(page.url(), /\/linze\/2020\/$/);
}));

test("a place shows its years and sections, and leads to all places", () => visit(at("ancestry", "/anhe/"), {}, async (page) => {
  const row = (table, head) => page.locator(".origin-table").nth(table).locator("tr", { hasText: head }).locator("td").allInnerTexts();
  assert.equal((await row(0, "2019"))[0], "首份");
  assert.deepEqual(await row(0, "2021"), ["17%", "50%", "17%", "17%"]);
  await page.locator(".origins .note a").last().click();
  assert.match(page.url(), /\/ancestry\/$/);
}));

test("the table of all is sorted by a year, and on a phone it scrolls by itself", () => visit(at("ancestry", "/ancestry/"), { viewport: { width: 360, height: 740 } }, async (page) => {
  const names = () => page.locator(".newness-table tbody th").allInnerTexts();
  const before = await names();
  await page.locator(".newness-table thead th", { hasText: "2021" }).locator("button").click();
  const values = await page.locator(".newness-table tbody tr td:last-child").evaluateAll((cells) => cells.map((cell) => cell.dataset.value).filter(Boolean).map(Number));
  assert.deepEqual(values, values.toSorted((a, b) => a - b));
  assert.notDeepEqual(await names(), before);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "the page itself does not scroll sideways");
}));
