// A plan's tasks lead to the sections that answer them, and those lead back.

import assert from "node:assert/strict";
import { test } from "node:test";

import { withBrowser } from "./support/browser.mjs";
import { at } from "./support/pages.mjs";

const { visit } = withBrowser();
const PLAN = "/qingshi/2024/work-plan/";

test("a task leads to what answers it, and from there back to the plan", () => visit(at("special", PLAN), { javaScriptEnabled: false }, async (page) => {
  const rows = page.locator(".task-table tbody tr");
  assert.equal(await rows.count(), 2);
  assert.match(await rows.nth(0).innerText(), /規範執法[\s\S]*縣司法局[\s\S]*各執法部門/);
  assert.match(await rows.nth(1).innerText(), /未见回应/);
  await rows.nth(0).locator("td a").first().click();
  assert.match(page.url(), /\/qingshi\/2023\/#sec-1-2$/);
  await page.locator(".answers a").first().click();
  assert.match(page.url(), /\/qingshi\/2024\/work-plan\/#sec-2-1$/);
}));

test("on a phone all three columns are in view", () => visit(at("special", PLAN), { viewport: { width: 360, height: 740 } }, async (page) => {
  const box = page.locator(".tasks .table");
  assert.ok(await box.evaluate((box) => box.scrollWidth <= box.clientWidth + 1));
}));

test("a plan without a report of its year says so", () => visit(at("example", "/chibi/2019/work-plan/"), {}, async (page) => {
  assert.equal(await page.locator(".task-table tbody tr").count(), 28);
  assert.match(await page.locator(".tasks .note").innerText(), /未收录2019年度报告/);
  assert.equal(await page.locator(".task-table thead th").count(), 2);
}));
