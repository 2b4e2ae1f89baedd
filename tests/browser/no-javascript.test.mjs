// Without JavaScript everything can be read and reached: texts, outlines, lists; and nothing
// is shown that would not work.

import assert from "node:assert/strict";
import { test } from "node:test";

import { withBrowser } from "./support/browser.mjs";
import { PAGES, at } from "./support/pages.mjs";

const { visit } = withBrowser();
const OFF = { javaScriptEnabled: false };
const PHONE = { ...OFF, viewport: { width: 360, height: 740 } };

for (const entry of PAGES.filter((page) => !page.results)) {
  test(`readable: ${entry.name}`, () => visit(entry, OFF, async (page) => {
    assert.ok((await page.locator("h1").innerText()).trim().length > 1);
    assert.ok((await page.locator("main").innerText()).trim().length > 10);
    const dead = page.locator("[data-mode], [data-print], [data-copy], [data-more], [data-example]");
    for (const control of await dead.all()) assert.ok(!(await control.isVisible()), await control.evaluate((element) => element.outerHTML));
    const hidden = await page.locator("[hidden]").evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.outerHTML));
    assert.deepEqual(hidden, [], "what is hidden is not shown");
  }));
}

test("a report: its text, its outline, its notes", () => visit(at("special", "/qingshi/2023/"), OFF, async (page) => {
  assert.match(await page.locator(".text").innerText(), /全年参加培训的执法人员312人/);
  await page.locator("nav.outline a", { hasText: "数据" }).first().click();
  assert.match(page.url(), /#sec-2$/);
  await page.locator(".footnote-reference a").first().click();
  assert.match(await page.locator(":target").innerText(), /数字截至2023年12月31日/);
}));

test("every link of a deep outline can be seen", () => visit(at("example", "/jiangmen/2019/"), OFF, async (page) => {
  const links = page.locator("nav.outline a");
  assert.ok(await links.count() > 20);
  const hidden = [];
  for (const link of await links.all()) if (!(await link.isVisible())) hidden.push(await link.textContent());
  assert.deepEqual(hidden, []);
}));

test("on a phone the outline opens and leads", () => visit(at("special", "/qingshi/2023/"), PHONE, async (page) => {
  const sheet = page.locator("nav.outline");
  assert.ok(!(await sheet.isVisible()));
  await page.locator(".runner-button").click();
  assert.ok(await sheet.isVisible());
  await sheet.locator("a", { hasText: "数据" }).first().click();
  assert.match(page.url(), /#sec-2$/);
}));

test("the search page says that it cannot search and offers every list", () => visit(at("example", "/search/"), OFF, async (page) => {
  assert.match(await page.locator("noscript .notice, .notice").first().innerText(), /JavaScript/);
  assert.ok(!(await page.locator("#q").isVisible()), "no box that would not answer");
  for (const list of ["by-year", "by-kind", "by-place"]) {
    const links = page.locator(`section[aria-labelledby=${list}] a`);
    assert.ok(await links.count() > 3, list);
    assert.ok(await links.first().isVisible(), list);
  }
}));

test("an old address leads to the new one", () => visit(at("special", "/zwgk/fzzf/report-2023.html"), OFF, async (page) => {
  await page.waitForURL(/\/fzzf\/open\/qingshi\/2023\/$/);
  assert.match(await page.locator("h1").innerText(), /青石县/);
}));

test("a withdrawn document says so and shows no text", () => visit(at("special", "/qingshi/2024/"), OFF, async (page) => {
  assert.match(await page.locator(".notice").innerText(), /已撤回/);
  assert.doesNotMatch(await page.content(), /全年办结行政复议案件52件/);
}));
