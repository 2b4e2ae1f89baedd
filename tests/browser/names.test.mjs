// What is asked for by name is led to: places, indicators and pages stand above the documents,
// however much of a name is typed, in either script and under a sub-path; and where their index
// cannot be read, the documents are found all the same.

import assert from "node:assert/strict";
import { test } from "node:test";

import { go, withBrowser } from "./support/browser.mjs";
import { at } from "./support/pages.mjs";

const { context, visit } = withBrowser();

const CASES = [
  { site: "example", typed: "江门", first: "/jiangmen/" },
  { site: "example", typed: "江門市", first: "/jiangmen/" },
  { site: "example", typed: "jiangm", first: "/jiangmen/" },
  { site: "example", typed: "440700", first: "/jiangmen/" },
  { site: "example", typed: "江门 2019", first: "/jiangmen/" },
  { site: "example", typed: "败诉率", first: "/indicators/litigation_loss_rate/" },
  { site: "example", typed: "一审敗訴率", first: "/indicators/litigation_loss_rate/" },
  { site: "example", typed: "综合纠错率为40.02%", first: "/indicators/reconsideration_correction_rate/" },
  { site: "special", typed: "白鹭", first: "/bailu/" },
];

const search = (site, typed) => at(site, `/search/#q=${encodeURIComponent(typed)}`);
const named = (page) => page.locator("[data-named] a").evaluateAll((links) => links.map((link) => link.pathname));

for (const { site, typed, first } of CASES) {
  test(`on ${site}, “${typed}” leads to ${first}`, () => visit(search(site, typed), {}, async (page) => {
    await page.locator("[data-named] a").first().waitFor();
    assert.equal((await named(page))[0], new URL(at(site, first)).pathname);
    await page.locator("[data-named] a").first().click();
    await page.waitForURL((url) => url.pathname.endsWith(first));
  }));
}

test("a phrase that is no name, and a year alone, lead to no page by name", async () => {
  for (const typed of ["综合执法", "2019"]) {
    await visit(search("example", typed), {}, async (page) => {
      await page.locator(".results .result").first().waitFor();
      await page.locator("[data-named][aria-busy]").waitFor({ state: "detached" });
      assert.deepEqual(await named(page), [], typed);
    });
  }
});

test("names that cannot be read cost the links by name and nothing else", () => context({}, async (own) => {
  const page = await own.newPage();
  await page.route("**/pagefind/names/**", (route) => route.fulfill({ status: 500, body: "" }));
  await go(page, search("example", "江门"));
  await page.locator(".results .result").first().waitFor();
  assert.deepEqual(await named(page), []);
}));
