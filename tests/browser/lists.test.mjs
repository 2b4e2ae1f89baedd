// A long list can be narrowed to the rows with some words, which is said; without JavaScript it is whole.

import assert from "node:assert/strict";
import { test } from "node:test";

import { withBrowser } from "./support/browser.mjs";
import { at } from "./support/pages.mjs";

const { visit } = withBrowser();
const KIND = at("example", "/kinds/annual-report/");

const seen = (page, what) => page.locator(`${what}:visible`).count();

test("a long list is narrowed, and comes back", () => visit(KIND, {}, async (page) => {
  const all = await seen(page, ".entry");
  assert.ok(all > 60, `${all} rows`);
  await page.locator("#narrow").fill("江门　2019");
  const rows = await page.locator(".entry:visible").allInnerTexts();
  assert.ok(rows.length > 0 && rows.length < all && rows.every((row) => row.includes("江门") && row.includes("2019")), rows.join("\n"));
  assert.match(await page.locator("#announce").textContent(), new RegExp(`^${rows.length}`));
  assert.ok(await seen(page, ".annal") <= rows.length, "years without a row are gone");
  await page.locator("#narrow").fill("");
  assert.equal(await seen(page, ".entry"), all);
}));

test("without JavaScript a list is whole and nothing is offered", () => visit(KIND, { javaScriptEnabled: false }, async (page) => {
  assert.ok(await seen(page, ".entry") > 60);
  assert.ok(!(await page.locator("#narrow").isVisible()));
}));

test("a short list has no box", () => visit(at("compared", "/kinds/annual-report/"), {}, async (page) => {
  assert.ok(!(await page.locator("#narrow").isVisible()));
}));
