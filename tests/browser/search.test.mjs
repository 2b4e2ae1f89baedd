// Search through the page's own box: a phrase of a report's text finds the report, and the
// link of the section leads to the section; at the root of a host and under a sub-path.

import assert from "node:assert/strict";
import { test } from "node:test";

import { go, listen, withBrowser, withConstant } from "./support/browser.mjs";
import { at } from "./support/pages.mjs";

const { context, visit } = withBrowser();

const CASES = [
  { site: "example", phrase: "综合纠错率为40.02%", address: "/jiangmen/2019/" },
  { site: "special", phrase: "晒谷场改作普法长廊", address: "/bailu/2023/" },
  { site: "special", phrase: "執法人員培訓", address: "/qingshi/2024/work-plan/" },
  { site: "english", phrase: "清理规范性文件", address: "/qingshi/2023/" },
];

/** The addresses of the results, once there are any. */
async function found(page) {
  await page.locator(".results .result").first().waitFor();
  return page.locator(".results .result h2 a").evaluateAll((links) => links.map((link) => link.pathname));
}

for (const { site, phrase, address } of CASES) {
  test(`on ${site}, “${phrase}” finds ${address}`, () => context({}, async (own) => {
    const page = await own.newPage();
    const heard = listen(page);
    await go(page, at(site, "/"));
    await page.locator("input[data-search]").fill(phrase);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/search\/#q=/);
    const addresses = await found(page);
    assert.equal(addresses[0], new URL(at(site, address)).pathname);
    assert.deepEqual(heard.console, []);
    await page.locator(".results .result h2 a").first().click();
    await page.waitForURL((url) => url.pathname.endsWith(address));
  }));
}

test("the link of a section leads to the section", () => visit(at("example", `/search/#q=${encodeURIComponent("综合纠错率为40.02%")}`), {}, async (page) => {
  await page.locator(".results .result").first().waitFor();
  const link = page.locator(".result").first().locator("a[href*='#sec-1-6-17&mark=']");
  assert.equal(await link.count(), 1, "the section that holds the phrase is among those offered");
  await link.click();
  await page.waitForURL(/\/jiangmen\/2019\/#sec-1-6-17$/);
  const [id, text] = await page.evaluate(() => {
    const target = document.querySelector(":target");
    let said = target.textContent;
    for (let next = target.nextElementSibling; next && !/^H[2-5]$/.test(next.tagName); next = next.nextElementSibling) said += next.textContent;
    return [target.id, said];
  });
  assert.match(text, /40\.02%/, `#${id} holds the phrase`);
}));

// Under a place stands what lies below it, so "jiangmen" keeps its departments and districts.
test("filters narrow, the address keeps them, the way back undoes them", () => visit(at("example", "/search/#q=%E8%A1%8C%E6%94%BF%E5%A4%8D%E8%AE%AE"), {}, async (page) => {
  const all = await found(page);
  await page.locator("select[name=place]").selectOption("jiangmen");
  await page.waitForURL(/place=jiangmen/);
  await page.waitForFunction(() => [...document.querySelectorAll(".result h2 a")].length > 0
    && [...document.querySelectorAll(".result h2 a")].every((link) => link.pathname.startsWith("/jiangmen")));
  await page.reload();
  assert.ok((await found(page)).every((path) => path.startsWith("/jiangmen")));
  await page.goBack();
  await page.waitForFunction((count) => document.querySelectorAll(".result h2 a").length === count, all.length);
}));

test("nothing found is said, and the lists are offered again", () => visit(at("example", "/search/#q=qqqqzzzz"), {}, async (page) => {
  const status = page.locator("#search-status");
  await page.waitForFunction(() => document.getElementById("search-status").textContent.includes("没有文件含有"));
  assert.equal(await status.getAttribute("role"), "status");
  assert.ok(await page.locator("section[aria-labelledby=by-year]").isVisible());
}));

test("a withdrawn text is not found", () => visit(at("special", `/search/#q=${encodeURIComponent("办结行政复议案件52件")}`), {}, async (page) => {
  await page.waitForFunction(() => document.getElementById("search-status").textContent.length > 4
    && !document.getElementById("search-status").textContent.includes("……"));
  assert.doesNotMatch(await page.locator("main").innerText(), /2024年法治政府建设年度报告/);
}));

test("where filters take much to read, they are counted when the reader comes to them", () => context({}, async (own) => {
  const address = at("example", `/search/#q=${encodeURIComponent("行政复议")}`);
  const counts = (page) => page.locator("#search select option").allInnerTexts();
  const open = async (page) => {
    await go(page, address);
    await page.waitForFunction(() => document.querySelector("[data-answered][data-counted]"));
  };
  const plain = await own.newPage();
  await open(plain);
  assert.ok((await counts(plain)).some((text) => /\(\d+\)$/.test(text)), "few filters are counted behind the answer");

  const page = await own.newPage();
  await withConstant(page, "search-worker", "UNASKED", 0);
  await open(page);
  assert.ok(!(await counts(page)).some((text) => /\(\d+\)$/.test(text)), "nobody has asked for it");
  await page.locator("select[name=from]").focus();
  await page.waitForFunction(() => /\(\d+\)$/.test(document.querySelector("select[name=from]").options[1].textContent));
  assert.deepEqual(await counts(page), await counts(plain));
  // From then on they are behind every answer.
  for (const one of [plain, page]) {
    await one.locator("#q").fill("行政诉讼");
    await one.keyboard.press("Enter");
    await one.waitForFunction(() => document.querySelector("[data-answered='行政诉讼'][data-counted='行政诉讼']"));
  }
  assert.deepEqual(await counts(page), await counts(plain));
}));
