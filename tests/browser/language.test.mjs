// On a page in English every word that is Chinese says so (WCAG 2.2, 3.1.2): it is read aloud and set as
// Chinese then.

import assert from "node:assert/strict";
import { test } from "node:test";

import { withBrowser } from "./support/browser.mjs";
import { PAGES, at } from "./support/pages.mjs";

const { visit } = withBrowser();

/** Texts of the page that are in another language than the page says. The words of a picture, and terms and
    figures that a sentence of the interface holds, stand within a sentence that is read as one. */
function misread(page) {
  return page.evaluate(() => {
    const out = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { data, parentElement } = walker.currentNode;
      if (parentElement.closest("script, style, template, svg, .data-fields td, .why, .changed, code")) continue;
      const isChinese = parentElement.closest("[lang]").lang.startsWith("zh");
      if (/\p{Script=Han}/u.test(data) && !isChinese) out.push(`${parentElement.localName}.${parentElement.className}: ${data.trim().slice(0, 30)}`);
    }
    return out;
  });
}

for (const entry of PAGES.filter(({ name }) => name.includes("in English"))) {
  test(`Chinese words are told from English ones: ${entry.name}`, () => visit(entry, {}, async (page) => {
    assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
    assert.deepEqual(await misread(page), []);
  }));
}

test("in English a place has its English name, and its own beside it", () => visit(at("english", "/qingshi/"), {}, async (page) => {
  assert.equal(await page.locator("h1").textContent(), "Qingshi County");
  assert.equal(await page.locator(".subline [lang=zh]").textContent(), "青石县");
}));

test("a reader goes over to the other language and back, and stays in it", () => visit(at("bilingual", "/qingshi/"), {}, async (page) => {
  const other = page.locator(".languages a");
  await other.click();
  await page.waitForURL("**/en/qingshi/");
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
  assert.equal(await page.locator("h1").textContent(), "Qingshi County");
  assert.deepEqual(await misread(page), []);
  await page.locator(".sections a", { hasText: "Coverage" }).click();
  await page.waitForURL("**/en/coverage/");
  await other.click();
  await page.waitForURL((url) => url.pathname.endsWith("/open/coverage/"));
  assert.equal(await page.evaluate(() => document.documentElement.lang), "zh-CN");
}));

test("a document says that the other language has lists alone", () => visit(at("bilingual", "/qingshi/2023/"), {}, async (page) => {
  const other = page.locator(".languages a");
  assert.equal(await other.textContent(), "Lists in English");
  await other.click();
  await page.waitForURL("**/en/qingshi/");
  await page.locator("main .entry-title", { hasText: "2023" }).first().click();
  await page.waitForURL((url) => url.pathname.endsWith("/open/qingshi/2023/"));
}));

test("search in the other language finds its places by name and the same documents", () => visit(at("bilingual", "/en/search/"), {}, async (page) => {
  await page.fill("#q", "Qingshi");
  const named = page.locator("[data-named] a", { hasText: "Qingshi County" });
  await named.waitFor();
  assert.match(await named.getAttribute("href"), /\/en\/qingshi\/$/);
  await page.fill("#q", "行政复议");
  await page.locator("#q").press("Enter");
  await page.locator(".results .hit").first().waitFor();
  assert.doesNotMatch(await page.locator(".results .hit").first().getAttribute("href"), /\/en\//);
}));

test("two years that a reader picks are told of in the language of the page", () => visit(at("bilingual", "/en/bailu/compare/"), {}, async (page) => {
  const form = page.locator("form.choose").first();
  await form.waitFor();
  await form.locator("button").click();
  await page.locator(".any .comparison").first().waitFor();
  assert.deepEqual(await misread(page), []);
}));
