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
