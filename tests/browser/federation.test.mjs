// A site over those of other offices: what is searched there is found on all of them, and leads to where it stands.

import assert from "node:assert/strict";
import { test } from "node:test";

import { withBrowser } from "./support/browser.mjs";
import { at } from "./support/pages.mjs";

const { visit } = withBrowser();

const CASES = [
  { phrase: "建成全市统一的行政执法监督平台", address: at("ancestry", "/anhe/2021/") },
  { phrase: "法治建设考评名次为全省第5名", address: at("across", "/baihe/2021/") },
];

for (const { phrase, address } of CASES) {
  test(`“${phrase}” leads to the office's own page`, () => visit(at("hub", `/search/#q=${encodeURIComponent(phrase)}`), {}, async (page) => {
    await page.locator(".results .result").first().waitFor();
    const links = await page.locator(".results .result a").evaluateAll((all) => all.map((link) => link.href));
    assert.ok(links.some((link) => link.split("#")[0] === address), `${address} is not among ${links}`);
    const own = new URL(at("hub", "/")).origin;
    assert.ok(links.every((link) => new URL(link).origin !== own), `a result stays here: ${links}`);
    await page.locator(`.results .result h2 a[href^="${address}"]`).first().click();
    await page.waitForURL((url) => url.href.startsWith(address));
    assert.match(await page.locator("main").textContent(), new RegExp(phrase.slice(0, 6)));
  }));
}

test("a figure that search tells leads to its sentence there", () => visit(at("hub", `/search/#q=${encodeURIComponent("办结行政复议案件 白河")}`), {}, async (page) => {
  const figure = page.locator(`[data-named] a[href^="${at("across", "/baihe/")}"]`).first();
  await figure.waitFor();
  assert.match(await figure.getAttribute("href"), /#fig-/);
}));

test("the page of offices is the same without scripts, and says of each how it stands", () => visit(at("hub", "/offices/"), { javaScriptEnabled: false }, async (page) => {
  const rows = page.locator(".log-list > li");
  assert.deepEqual(await rows.evaluateAll((all) => all.map((row) => row.id)), ["office-across", "office-ancestry", "office-nobody"]);
  assert.match(await rows.nth(0).textContent(), /最新/);
  assert.match(await rows.nth(2).textContent(), /没有内容[\s\S]*manifest\.json/);
  assert.equal(await rows.nth(1).locator("a").getAttribute("href"), at("ancestry", "/"));
}));
