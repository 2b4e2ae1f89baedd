// A place is picked by name, pinyin, initials or code, by keyboard alone, on every page that offers it; and without
// JavaScript the lists by hierarchy are there.

import assert from "node:assert/strict";
import { test } from "node:test";

import { look } from "./support/axe.mjs";
import { go, listen, withBrowser } from "./support/browser.mjs";
import { at } from "./support/pages.mjs";

const { context, visit } = withBrowser();

/** Types into the box and waits for the offers. */
async function offered(page, text) {
  await page.locator("#place-pick").fill(text);
  await page.locator("#place-pick-list [role=option]").first().waitFor();
  return page.locator("#place-pick-list [role=option] span").allInnerTexts();
}

test("by name, pinyin, initials, code and the English name", () => visit(at("example", "/"), {}, async (page) => {
  const heard = listen(page);
  for (const typed of ["江门", "jiangm", "jm", "440700", "Jiangmen", "ＪＭ"]) assert.equal((await offered(page, typed))[0], "江门市", typed);
  assert.equal((await offered(page, "江门 江海"))[0], "江门市江海区");
  assert.equal((await offered(page, "chongqing"))[0], "重庆市");
  assert.deepEqual(heard.elsewhere, []);
  assert.deepEqual(heard.console, []);
}));

test("a combobox as W3C's practices have it: arrows, escape, enter", () => visit(at("example", "/"), {}, async (page) => {
  const box = page.locator("#place-pick");
  const state = () => box.evaluate((input) => ({ isOpen: input.getAttribute("aria-expanded"), at: document.getElementById(input.getAttribute("aria-activedescendant"))?.textContent ?? null }));
  await box.focus();
  await offered(page, "guangzhou");
  assert.deepEqual(await state(), { isOpen: "true", at: null });
  await page.keyboard.press("ArrowDown");
  const first = (await state()).at;
  assert.match(first, /^广州市/);
  await page.keyboard.press("ArrowUp");
  assert.equal((await state()).at, null, "above the first is the box");
  await page.keyboard.press("Escape");
  assert.deepEqual(await state(), { isOpen: "false", at: null });
  await page.keyboard.press("ArrowDown");
  await page.locator("#place-pick-list [role=option]").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/guangzhou[a-z-]*\/$/);
}));

const GOALS = [
  ["/coverage/", "jm", (page) => page.waitForFunction(() => document.activeElement.matches("tr.sought a") && document.activeElement.textContent === "江门市")],
  ["/indicators/", "jm", (page) => page.waitForURL(/\/jiangmen\/#indicators$/)],
  ["/indicators/litigation_loss_rate/", "广州", (page) => page.waitForFunction(() => document.activeElement.matches("tr.sought a") && document.activeElement.textContent === "广州市")],
  ["/guangzhou/compare/", "jm", (page) => page.waitForURL(/\/jiangmen\/compare\/$/)],
  ["/guangzhou/compare/2023-2024/", "jm", (page) => page.waitForURL(/\/jiangmen\/compare\/$/)],
  ["/search/", "jm", (page) => page.waitForURL(/#place=jiangmen$/)],
];
for (const [path, typed, arrived] of GOALS) {
  test(`on ${path} “${typed}” leads on`, () => visit(at("example", path), {}, async (page) => {
    await offered(page, typed);
    await page.keyboard.press("Enter");
    await arrived(page);
  }));
}

test("axe finds nothing against the open list, wide and in the dark, and at 360 px", async () => {
  for (const [path, colorScheme, width] of [["/", "dark", 1280], ["/search/", "light", 360]]) {
    await context({ viewport: { width, height: 740 }, colorScheme, reducedMotion: "reduce" }, async (own) => {
      const page = await own.newPage();
      await go(page, at("example", path));
      // On a phone the filters are folded in.
      if (!await page.locator("#place-pick").isVisible()) await page.locator(".narrowing > summary").click();
      await offered(page, "guang");
      assert.deepEqual((await look(page)).against, [], path);
    });
  }
});

test("without JavaScript there is no box, and all places are listed", () => context({ javaScriptEnabled: false }, async (own) => {
  const page = await own.newPage();
  await page.goto(at("example", "/"));
  assert.equal(await page.locator("#place-pick").isVisible(), false);
  assert.ok(await page.locator(".territories a").count() > 30);
  await page.goto(at("example", "/coverage/"));
  await page.locator("noscript a, a[href$='#places']").first().click();
  await page.waitForURL(/\/#places$/);
}));
