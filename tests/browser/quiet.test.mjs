// Every page type keeps to itself: no request to another host, nothing that its security
// policy forbids, no complaint on the console, nothing missing. And the home page is light.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { go, listen, withBrowser } from "./support/browser.mjs";
import { PAGES, at } from "./support/pages.mjs";

const { context } = withBrowser();

for (const entry of PAGES) {
  test(`quiet: ${entry.name}`, () => context({}, async (own) => {
    await own.addInitScript(() => {
      window.violations = [];
      document.addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
    });
    const page = await own.newPage();
    const heard = listen(page);
    const response = await go(page, entry);
    await page.waitForLoadState("networkidle");
    assert.equal(response.status(), entry.status ?? 200);
    const own404 = (text) => entry.status === 404 && /status of 404/.test(text);
    assert.deepEqual(heard.console.filter((text) => !own404(text)), [], "the console is silent");
    assert.deepEqual(heard.elsewhere, [], "no other host is asked");
    assert.deepEqual(heard.failed, [], "nothing is missing");
    assert.deepEqual(await page.evaluate(() => window.violations), [], "the policy is kept");
  }));
}

test("raw HTML of a report brings neither script nor style nor foreign image", () => context({}, async (own) => {
  const page = await own.newPage();
  await go(page, at("special", "/qingshi/2023/"));
  assert.notEqual(await page.title(), "不应执行");
  const text = page.locator(".text");
  assert.equal(await text.locator("script, style, [style], [onclick], [src^='http']").count(), 0);
  assert.equal(await text.locator("td, th", { hasText: "合并的表头" }).count(), 1);
}));

test("the home page of the example archive is under 60 KB before search is used", () => context({}, async (own) => {
  const page = await own.newPage();
  const asked = new Map();
  page.on("response", (response) => asked.set(response.url(), response));
  await go(page, at("example", "/"));
  await page.waitForLoadState("networkidle");
  let total = 0;
  for (const response of asked.values()) total += gzipSync(await response.body()).length;
  assert.ok(asked.size >= 3, "page, style and script were counted");
  assert.ok(total < 60_000, `${total} bytes compressed, in ${asked.size} files`);
}));

test("the policy allows no inline script and no other host", async () => {
  const page = await readFile(`${process.env.XIANGWEI_BUILT}/example/index.html`, "utf8");
  const policy = page.match(/http-equiv=Content-Security-Policy content="([^"]+)"/)[1];
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /'unsafe-inline'|'unsafe-eval'|https?:|\*/);
});
