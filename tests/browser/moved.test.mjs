// An old address leads to the new one and takes along what was cited.

import assert from "node:assert/strict";
import { test } from "node:test";

import { withBrowser } from "./support/browser.mjs";
import { at } from "./support/pages.mjs";

const { visit } = withBrowser();

test("a citation of a section arrives at the section", () => visit(at("special", "/zwgk/fzzf/report-2023.html#sec-2"), {}, async (page) => {
  await page.waitForURL(/\/qingshi\/2023\/#sec-2$/);
  assert.equal(await page.locator(":target").getAttribute("id"), "sec-2");
  // The old address is no step in the history: one step back is where the reader came from.
  assert.equal(await page.evaluate(() => history.length), 2);
}));
