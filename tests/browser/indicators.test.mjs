// Indicators across places: the chart that the program draws and the one that the script draws
// are the same, readers choose places and sort, the choice stands in the address.

import assert from "node:assert/strict";
import { test } from "node:test";

import { go, listen, withBrowser } from "./support/browser.mjs";
import { at } from "./support/pages.mjs";

const { context, visit } = withBrowser();
const PHONE = { viewport: { width: 360, height: 740 } };
const OFF = { javaScriptEnabled: false };

const CHARTS = [
  at("across", "/indicators/closed/"),
  at("across", "/indicators/corrected_rate/"),
  at("across", "/indicators/standing/"),
  at("across", "/indicators/trained/"),
  at("example", "/indicators/exam_participants/"),
  at("example", "/indicators/litigation_loss_rate/"),
  at("example", "/indicators/reconsideration_cases_growth/"),
  at("example", "/indicators/leadership_rule_of_law_agenda/"),
  at("english", "/indicators/reconsideration_closed/"),
];

/** What a chart looks like, without what only scripts need. */
function picture(page) {
  return page.evaluate(() => {
    const field = document.querySelector(".chart-field")?.cloneNode(true);
    if (!field) return null;
    for (const element of field.querySelectorAll(".points, .points a")) {
      for (const name of ["aria-hidden", "role", "aria-label", "tabindex"]) element.removeAttribute(name);
    }
    const notes = document.querySelector(".chart figcaption")?.textContent.trim() ?? "";
    return { label: field.getAttribute("aria-label"), svg: field.innerHTML, notes };
  });
}

const names = (page) => page.locator(".lines text.name").allTextContents();
const rows = (table) => table.locator("tbody tr:not([hidden]) th a").allTextContents();
const status = (page) => page.locator("#announce").innerText();

for (const url of CHARTS) {
  test(`the script draws what the program drew: ${new URL(url).pathname}`, () => context({}, async (own) => {
    const page = await own.newPage();
    const heard = listen(page);
    // The places by default, asked for by name, are drawn by the script alone.
    await go(page, url);
    const chosen = await page.locator("tr[data-drawn]").evaluateAll((all) => all.map((row) => row.dataset.place));
    await page.close();
    const plain = await (await own.browser().newContext({ ...OFF, viewport: { width: 1280, height: 900 } })).newPage();
    await go(plain, url);
    const expected = await picture(plain);
    await plain.context().close();
    const drawn = await own.newPage();
    await go(drawn, `${url}?places=${chosen.join(",")}`);
    if (!chosen.length) return assert.equal(expected, null);
    await drawn.evaluate(() => { document.querySelector(".chart-field").dataset.own = "kept"; });
    assert.deepEqual(await picture(drawn), expected);
    assert.deepEqual(heard.console, []);
  }));
}

test("readers choose places, and the choice stays in the address", () => visit(at("across", "/indicators/closed/"), {}, async (page) => {
  const box = (place) => page.locator(`tr[data-place=${place}] .pick input`);
  const before = await names(page);
  assert.deepEqual(before, ["石里市", "白河市", "青江市"], "the level with a course, each of its places");
  await box("yunhe").check();
  assert.deepEqual(await names(page), ["云河省", ...before]);
  assert.match(page.url(), /\?places=yunhe,shili,baihe,qingjiang$/);
  assert.match(await page.locator(".lines .mark-unit").innerHTML(), /万件/, "the scale follows the choice");
  assert.match(await status(page), /4 个地方/);
  await page.reload();
  assert.deepEqual(await names(page), ["云河省", ...before]);
  for (const place of ["yunhe", "shili", "baihe", "qingjiang"]) await box(place).uncheck();
  assert.match(await page.locator(".chart-field").innerText(), /还没有选地方/);
  await page.locator("[data-default]").click();
  assert.deepEqual(await names(page), before);
  assert.doesNotMatch(page.url(), /places/);
}));

test("a ninth place is refused and said so", () => visit(at("across", "/indicators/closed/"), {}, async (page) => {
  const boxes = page.locator(".pick input");
  await page.locator("[data-clear]").click();
  for (let i = 0; i < 8; i += 1) await boxes.nth(i).check();
  await boxes.nth(8).click();
  assert.ok(!(await boxes.nth(8).isChecked()));
  assert.match(await status(page), /最多画 8 个/);
  assert.equal((await names(page)).length, 8);
}));

test("an address with places that do not exist shows those that do", () => visit(`${at("across", "/indicators/closed/")}?places=baihe,%3Cscript%3E,nowhere`, {}, async (page) => {
  assert.deepEqual(await names(page), ["白河市"]);
}));

test("the table is narrowed by level and by the place above, and the address keeps it", () => visit(at("across", "/indicators/closed/"), {}, async (page) => {
  const table = page.locator("#places");
  await page.locator("select[name=level]").selectOption("county");
  assert.equal((await rows(table)).length, 6);
  await page.locator("select[name=parent]").selectOption("shili");
  assert.deepEqual(await rows(table), ["东山县", "西山县", "南山县"]);
  assert.match(await status(page), /3 个地方/);
  await page.reload();
  assert.deepEqual(await rows(table), ["东山县", "西山县", "南山县"]);
}));

test("a column sorts both ways, gaps last, by keyboard, and says so", () => visit(at("across", "/years/2021/"), {}, async (page) => {
  const table = page.locator("table[data-sortable]", { has: page.locator("text=石里市") }).first();
  const head = table.locator("th[data-order]", { hasText: "培训执法人员" });
  const first = await rows(table);
  await head.locator("button").focus();
  await page.keyboard.press("Enter");
  assert.equal(await head.getAttribute("aria-sort"), "descending");
  assert.match(await status(page), /培训执法人员从大到小/);
  assert.deepEqual(await rows(table), ["石里市", "白河市", "青江市"]);
  assert.ok(await head.locator("button").evaluate((button) => button === document.activeElement), "the focus stays");
  await page.keyboard.press("Enter");
  assert.equal(await head.getAttribute("aria-sort"), "ascending");
  assert.deepEqual(await rows(table), ["白河市", "石里市", "青江市"], "a gap is last in any order");
  assert.equal(await table.locator("[aria-sort]").count(), 1);
  await table.locator("th[data-order=rows] button").click();
  assert.deepEqual(await rows(table), first);
  const rank = table.locator("th[data-order]", { hasText: "法治建设考评名次" });
  await rank.locator("button").click();
  assert.equal(await rank.getAttribute("aria-sort"), "ascending", "the first of a rank comes first");
}));

test("a choice and an order do not disturb one another", () => visit(at("across", "/indicators/closed/"), {}, async (page) => {
  await page.locator("th[data-order]", { hasText: "2020" }).locator("button").click();
  assert.deepEqual((await rows(page.locator("#places"))).slice(0, 2), ["云河省", "石里市"]);
  await page.locator("tr[data-place=dongshan] .pick input").check();
  assert.deepEqual(await names(page), ["石里市", "白河市", "青江市", "东山县"]);
}));

test("the points of a chart are one stop, and arrows lead from one to the next", () => visit(at("across", "/indicators/trained/"), {}, async (page) => {
  const here = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  await page.locator(".chart-field").focus();
  await page.keyboard.press("Tab");
  assert.equal(await here(), "石里市2019年：超过300人");
  await page.keyboard.press("ArrowRight");
  assert.equal(await here(), "石里市2020年：320人");
  await page.keyboard.press("ArrowDown");
  assert.equal(await here(), "白河市2020年：160人");
  await page.keyboard.press("End");
  assert.equal(await here(), "石里市司法局2021年：60人");
  await page.keyboard.press("Home");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => !document.activeElement.closest(".points")), "the next stop is elsewhere");
  await page.locator(".points a").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/shili\/2019\/#fig-trained$/);
  assert.match(await page.locator(":target").innerText(), /300/);
}));

test("a mouse follows a point", () => visit(at("across", "/indicators/trained/"), {}, async (page) => {
  const point = page.locator(".points a").nth(3);
  await point.click();
  await page.waitForURL(/\/shili\/2023\/#fig-trained$/);
}));

test("without scripts the chart, the table and every sentence are there", () => visit(at("across", "/indicators/trained/"), OFF, async (page) => {
  assert.equal(await page.locator(".lines svg[role=img]").count(), 1);
  assert.ok(await page.locator(".lines").isVisible());
  assert.match(await page.locator("figcaption").innerText(), /空心符号/);
  assert.ok(!(await page.locator(".picker").isVisible()));
  assert.ok(!(await page.locator(".readout").isVisible()));
  assert.equal(await page.locator("#places td[data-value] a").count(), 8);
  assert.equal(await page.locator(".points a[tabindex='-1']").count(), 8, "the table has these stops already");
  await page.locator("#places td a").first().click();
  assert.match(page.url(), /#fig-trained$/);
}));

test("on a phone names stand below the lines and nothing has to be pushed sideways", () => visit(at("across", "/indicators/closed/"), PHONE, async (page) => {
  const field = page.locator(".chart-field");
  const [inner, outer] = await field.evaluate((box) => [box.scrollWidth, box.clientWidth]);
  assert.ok(inner <= outer, `the chart of ${inner} px fits into ${outer} px`);
  assert.deepEqual(await names(page), ["石里市", "白河市", "青江市"]);
  const size = await page.locator(".lines text.name").first().evaluate((name) => name.getBoundingClientRect().height);
  assert.ok(size > 11, `names are ${size} px high`);
}));

test("print has the chart and the table, and no tools", () => visit(at("across", "/indicators/closed/"), {}, async (page) => {
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(".lines").isVisible());
  assert.ok(!(await page.locator(".picker").isVisible()));
  assert.ok(!(await page.locator(".sort").first().isVisible()));
  assert.ok(!(await page.locator(".pick").first().isVisible()));
}));
