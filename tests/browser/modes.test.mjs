// What the reader chose stays chosen: large type and colours, after a reload and on the next
// page; and where nothing was chosen the system decides.

import assert from "node:assert/strict";
import { test } from "node:test";

import { go, withBrowser } from "./support/browser.mjs";
import { at } from "./support/pages.mjs";

const { context } = withBrowser();

const size = (page) => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
const paper = (page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const light = (colour) => colour.match(/\d+/g).slice(0, 3).every((part) => Number(part) > 200);

test("the reader mode stays chosen after a reload and on the next page", () => context({}, async (own) => {
  const page = await own.newPage();
  await go(page, at("example", "/"));
  const before = await size(page);
  const button = page.locator("[data-mode=reader]");
  await button.focus();
  await page.keyboard.press("Enter");
  assert.equal(await button.getAttribute("aria-pressed"), "true");
  const large = await size(page);
  assert.ok(large >= before * 1.25, `type grows from ${before} to ${large}`);
  await page.reload();
  assert.equal(await size(page), large);
  await page.locator(".entries a.entry-title").first().click();
  await page.waitForLoadState();
  assert.equal(await size(page), large);
  assert.equal(await button.getAttribute("aria-pressed"), "true");
  await button.click();
  await page.reload();
  assert.equal(await size(page), before);
}));

test("the colours stay chosen after a reload, on the next page and against the system", () => context({ colorScheme: "light" }, async (own) => {
  const page = await own.newPage();
  await go(page, at("example", "/"));
  const start = await paper(page);
  assert.ok(light(start));
  await page.locator("[data-mode=theme]").selectOption("dark");
  const dark = await paper(page);
  assert.ok(!light(dark));
  await page.reload();
  assert.equal(await paper(page), dark);
  await go(page, at("example", "/jiangmen/2019/"));
  assert.equal(await paper(page), dark);
  assert.equal(await page.locator("[data-mode=theme]").inputValue(), "dark");
  await page.locator("[data-mode=theme]").selectOption("light");
  await page.emulateMedia({ colorScheme: "dark" });
  assert.equal(await paper(page), start);
  await page.locator("[data-mode=theme]").selectOption("");
  assert.equal(await paper(page), dark);
}));

test("high contrast is black on white, or white on black where the system is dark", () => context({ colorScheme: "light" }, async (own) => {
  const page = await own.newPage();
  await go(page, at("example", "/jiangmen/2019/"));
  await page.locator("[data-mode=theme]").selectOption("contrast");
  assert.equal(await paper(page), "rgb(255, 255, 255)");
  await page.emulateMedia({ colorScheme: "dark" });
  assert.equal(await paper(page), "rgb(0, 0, 0)");
}));

test("a page without storage still works", () => context({}, async (own) => {
  await own.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("closed", "SecurityError"); } });
  });
  const page = await own.newPage();
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  await go(page, at("example", "/"));
  const before = await size(page);
  await page.locator("[data-mode=reader]").click();
  assert.ok(await size(page) > before);
  assert.deepEqual(complaints, []);
}));
