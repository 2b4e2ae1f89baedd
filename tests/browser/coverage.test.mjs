// The table of coverage: narrowed by level and judgement, kept in the address, whole without
// JavaScript, readable on a phone and on paper, and told without colour.

import assert from "node:assert/strict";
import { test } from "node:test";

import { go, withBrowser } from "./support/browser.mjs";
import { taken } from "./support/download.mjs";
import { at } from "./support/pages.mjs";

const { context, visit } = withBrowser();
const table = (page) => page.locator("[data-kind=annual-report]");
const shown = (page) => table(page).locator("tbody tr:visible");

test("narrowed by judgement, the rows that have it stay, and those over them", () => visit(at("example", "/coverage/"), {}, async (page) => {
  const all = await shown(page).count();
  await table(page).locator("[data-filter=standing]").selectOption("late");
  const rows = await shown(page).evaluateAll((rows) => rows.map((row) => ({
    late: row.querySelector(".late") !== null,
    aside: row.classList.contains("aside"),
  })));
  assert.ok(rows.length > 0 && rows.length < all, `${rows.length} of ${all}`);
  assert.ok(rows.every((row) => row.late !== row.aside), "a row is here for itself or for those below it");
  assert.match(await page.locator("#announce").innerText(), /显示\d+个地方/);
  await table(page).locator("[data-filter=standing]").selectOption("");
  assert.equal(await shown(page).count(), all);
}));

test("narrowed by level, with the keyboard", () => visit(at("example", "/coverage/"), {}, async (page) => {
  const level = table(page).locator("[data-filter=level]");
  await level.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const wanted = await level.inputValue();
  assert.notEqual(wanted, "");
  const levels = await shown(page).evaluateAll((rows) => rows.filter((row) => !row.classList.contains("aside")).map((row) => row.dataset.level));
  assert.ok(levels.length > 0 && levels.every((one) => one === wanted), levels.join());
}));

test("the choice stands in the address and can be passed on", () => context({}, async (own) => {
  const page = await own.newPage();
  await go(page, at("example", "/coverage/"));
  await table(page).locator("[data-filter=standing]").selectOption("late");
  assert.match(page.url(), /\?standing=late$/);
  const count = await shown(page).count();
  const other = await own.newPage();
  await go(other, page.url());
  assert.equal(await shown(other).count(), count);
  assert.equal(await table(other).locator("[data-filter=standing]").inputValue(), "late");
  await go(other, at("example", "/coverage/?standing=%22%5D&level=nowhere"));
  assert.ok(await shown(other).count() > count, "nonsense in the address narrows nothing");
}));

test("late reports of one year under one place are listed, sorted, taken away and named on paper", () => visit(at("example", "/coverage/?year=2024&standing=late"), {}, async (page) => {
  assert.deepEqual(await table(page).locator("thead tr:first-child th:visible").evaluateAll((heads) => heads.map((head) => head.textContent)), ["地方", "2024", "收录"]);
  const own = (rows) => rows.filter((row) => !row.classList.contains("aside")).map((row) => row.cells[0].textContent.trim());
  const names = await shown(page).evaluateAll(own);
  assert.ok(names.length > 0);
  const csv = await taken(page, table(page).locator("[data-take=csv]"));
  const lines = csv.text.replace("\uFEFF", "").trim().split("\r\n").slice(1).map((line) => line.slice(1, -1).split('","'));
  assert.deepEqual(lines.map(([place]) => place), names);
  const json = JSON.parse((await taken(page, table(page).locator("[data-take=json]"))).text);
  assert.deepEqual(json.map((row) => [row.place, row.year, row.standing]), names.map((name) => [name, 2024, "late"]));
  assert.ok(json.every((row) => /^\d/.test(row.published) && row.address.startsWith("http")), JSON.stringify(json));
  await page.evaluate(() => { print = () => {}; dispatchEvent(new Event("beforeprint")); });
  assert.match(await page.locator(".printed").getAttribute("data-chosen"), /迟于期限.*2024/);
}));

test("a column of a year is sorted from the worst, and what lies under a place is listed by itself", () => visit(at("example", "/coverage/"), {}, async (page) => {
  await table(page).getByRole("button", { name: "按2024排序" }).click();
  const values = await shown(page).evaluateAll((rows) => rows.map((row) => row.querySelector("td:nth-last-child(3)").dataset.value).filter(Boolean).map(Number));
  assert.deepEqual(values, values.toSorted((a, b) => b - a));
  await table(page).locator("[data-filter=parent]").selectOption("广东省");
  const places = await shown(page).evaluateAll((rows) => rows.map((row) => row.cells[0].textContent.trim()));
  assert.ok(places.includes("广州市") && places.includes("江门市司法局") && !places.includes("上海市闵行区"), places.join());
  assert.match(page.url(), /parent=/);
}));

test("the totals are those of the home page, and it is said of whom they are", () => visit(at("example", "/coverage/"), {}, async (page) => {
  const totals = (root) => root.locator("tr.totals td:not(.of-years)").evaluateAll((cells) => cells.map((cell) => cell.textContent.trim()));
  const whole = await totals(table(page));
  const said = (await table(page).locator(".note").first().textContent()).match(/应公开报告的\d+个地方和部门/)[0];
  await page.goto(at("example", "/"));
  const glance = await totals(page.locator(".coverage"));
  assert.deepEqual(glance, whole.slice(-glance.length));
  assert.ok((await page.locator(".coverage .note").last().textContent()).includes(said));
}));

test("without JavaScript all rows are there and no control that would not work", () => visit(at("example", "/coverage/"), { javaScriptEnabled: false }, async (page) => {
  assert.equal(await page.locator("[data-filter]:visible").count(), 0);
  assert.ok(await shown(page).count() > 30);
  assert.match(await table(page).locator(".legend").first().innerText(), /按时/);
}));

test("on a phone the table scrolls by itself, the names stay, and the newest year is in view", () => visit(at("example", "/coverage/"), { viewport: { width: 360, height: 740 } }, async (page) => {
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  const box = table(page).locator(".standings-box");
  assert.ok(await box.evaluate((box) => box.scrollWidth > box.clientWidth && box.scrollLeft > 0));
  const left = () => table(page).locator("tbody th").nth(3).evaluate((th) => th.getBoundingClientRect().left);
  const before = await left();
  await box.evaluate((box) => { box.scrollLeft = 0; });
  assert.equal(await left(), before, "names do not scroll away");
  await box.evaluate((box) => { box.scrollTop = 400; });
  const gap = await box.evaluate((box) => box.querySelector("thead th").getBoundingClientRect().top - box.getBoundingClientRect().top);
  assert.ok(Math.abs(gap) < 2, "years do not scroll away");
}));

test("where a page is written from right to left the newest year is in view as well", () => context({ viewport: { width: 360, height: 740 } }, async (own) => {
  const page = await own.newPage();
  await page.route("**/coverage/", async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace("<html ", "<html dir=rtl ");
    await route.fulfill({ response, body });
  });
  await go(page, at("example", "/coverage/"));
  const box = table(page).locator(".standings-box");
  await box.and(page.locator(".more-before")).waitFor();
  const isInView = await box.evaluate((box) => {
    const heads = [...box.querySelectorAll("thead tr:first-child th")].filter((head) => /^2025/.test(head.textContent));
    const { left, right } = box.getBoundingClientRect();
    return heads.every((head) => head.getBoundingClientRect().left >= left - 2 && head.getBoundingClientRect().right <= right + 2);
  });
  assert.ok(isInView);
}));

test("every judgement has a shape of its own", () => visit(at("special", "/coverage/"), {}, async (page) => {
  const shapes = await page.evaluate(() => {
    const names = ["on-time", "on-the-day", "late", "date-unknown", "no-deadline", "withdrawn", "missing", "not-yet-due", "unjudged"];
    return names.map((name) => {
      const mark = document.createElement("span");
      mark.className = `mark ${name}`;
      document.querySelector("main").append(mark);
      const { content, inlineSize, blockSize, borderWidth, borderStyle, borderRadius, transform } = getComputedStyle(mark, "::before");
      return [content, inlineSize, blockSize, borderWidth, borderStyle, borderRadius, transform].join(" ");
    });
  });
  assert.equal(new Set(shapes).size, shapes.length, shapes.join("\n"));
}));

test("on paper the whole table is there, on its side, without controls", () => visit(at("example", "/coverage/"), {}, async (page) => {
  const rows = await shown(page).count();
  await page.emulateMedia({ media: "print" });
  assert.equal(await shown(page).count(), rows);
  assert.equal(await page.locator("[data-filter]:visible").count(), 0);
  const box = await table(page).locator(".standings-box").evaluate((box) => [box.scrollHeight, box.clientHeight]);
  assert.ok(box[0] <= box[1] + 1, "nothing is cut off");
}));

test("home and places show the same marks, and lead to the whole", () => visit(at("example", "/"), {}, async (page) => {
  const cell = page.locator("#coverage ~ .standings-box a.mark").first();
  assert.match(await cell.innerText(), /\d{4} \S+/);
  await page.locator("section.coverage .note a").click();
  assert.match(page.url(), /\/coverage\/$/);
}));
