// What is searched for stays in the browser: no request holds it, in an address, a header or a
// body, on the way to the results, to a document, back and after a reload. It is kept on the
// device only if the reader says so.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { go, withBrowser } from "./support/browser.mjs";
import { at } from "./support/pages.mjs";
import { serve } from "./support/serve.mjs";

const { context, visit } = withBrowser();
const PHRASE = "综合纠错率";
const OTHER = "第一责任人";
const encoded = encodeURIComponent;

let server;
let sent = [];
before(async () => {
  server = await serve(join(process.env.XIANGWEI_BUILT, "example"), "", (request) => {
    sent.push(`${request.method} ${request.url}\n${request.rawHeaders.join("\n")}`);
    request.on("data", (bytes) => sent.push(String(bytes)));
    return false;
  });
});
after(() => server?.close());

/** The requests since the last look that hold one of the words, in any writing, or a query. */
function telling(...words) {
  assert.ok(sent.length > 0, "something was asked for");
  const plain = (text) => text.replace(/(%[0-9A-F]{2})+/gi, (bytes) => { try { return decodeURIComponent(bytes); } catch { return bytes; } });
  const found = sent.filter((request) => /[?&](q|mark|kind)=/.test(request) || words.some((word) => plain(request).includes(word)));
  sent = [];
  return found;
}

const settled = (page, word) => page.waitForFunction((q) => document.querySelector("[data-answered]")?.dataset.answered === q, word);

test("no request holds what is searched for", () => context({}, async (own) => {
  const page = await own.newPage();
  sent = [];
  await go(page, `${server.url}/`);
  await page.locator("input[data-search]").fill(PHRASE);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${server.url}/search/#q=${encoded(PHRASE)}`);
  await settled(page, PHRASE);
  await page.locator("#q").fill(OTHER);
  await settled(page, OTHER);
  await page.locator("select[name=kind]").selectOption("annual-report");
  await page.waitForURL(/kind=annual-report/);
  await page.reload();
  await settled(page, OTHER);
  await page.locator(".hit").first().click();
  await page.locator("mark.found").first().waitFor();
  await page.reload();
  await page.locator("mark.found").first().waitFor();
  await page.goBack();
  await settled(page, OTHER);
  assert.deepEqual(telling(PHRASE, OTHER), []);
}));

test("not even before the scripts are there, or without them", async () => {
  await context({}, async (own) => {
    const page = await own.newPage();
    await page.route(/\/assets\/(search|site)\..*\.js$/, (route) => route.abort());
    for (const path of ["/", "/search/"]) {
      await go(page, `${server.url}${path}`);
      sent = [];
      await page.locator("input[data-search]").fill(PHRASE);
      await page.keyboard.press("Enter");
      // The search page's own form goes nowhere.
      if (path === "/") await page.waitForURL(/\/search\//);
      else await page.waitForTimeout(500);
      assert.equal(new URL(page.url()).pathname, "/search/");
      assert.deepEqual(sent.filter((request) => decodeURIComponent(request.split("\n")[0]).includes(PHRASE)), []);
    }
  });
  await visit(`${server.url}/`, { javaScriptEnabled: false }, async (page) => {
    sent = [];
    await page.locator("input[data-search]").fill(PHRASE);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/search\//);
    assert.deepEqual(telling(PHRASE), []);
    assert.match(await page.locator("noscript .notice").innerText(), /JavaScript/);
    assert.ok(await page.locator("section[aria-labelledby=by-place] a").first().isVisible());
  });
});

test("an old address with the query behind ? is read and replaced", () => visit(at("example", `/search/?q=${encoded(OTHER)}&year=2019`), {}, async (page) => {
  await settled(page, OTHER);
  assert.equal(page.url(), at("example", `/search/#q=${encoded(OTHER)}&year=2019`));
  assert.deepEqual(await page.evaluate(() => ["from", "to"].map((name) => document.querySelector(`[name=${name}]`).value)), ["2019", "2019"]);
  await go(page, at("example", `/jiangmen/2019/?mark=${encoded(PHRASE)}#sec-1-6-17`));
  await page.locator("mark.found").first().waitFor();
  assert.equal(page.url(), at("example", "/jiangmen/2019/#sec-1-6-17"));
}));

test("browsers search the site with the words behind #", async () => {
  const text = await (await fetch(at("special", "/opensearch.xml"))).text();
  assert.match(text, /template="[^"?]*\/search\/#q=\{searchTerms\}"/);
  await visit(at("special", `/search/#q=${encoded("行政复议")}+${encoded("培训")}`), {}, async (page) => {
    await settled(page, "行政复议 培训");
  });
});

test("a document's address is its section's, and a reload and the way back mark again", () => visit(at("example", `/jiangmen/2019/#sec-1-6-17&mark=${encoded("综合纠错率为40.02%")}&mark=${encoded("行政复议")}`), {}, async (page) => {
  const marks = page.locator("mark.found");
  const there = () => page.evaluate(() => [location.hash, document.querySelector(":target")?.id, document.querySelector("nav.outline [aria-current]")?.hash]);
  await marks.first().waitFor();
  await page.waitForFunction(() => document.querySelector("nav.outline [aria-current]")?.hash === "#sec-1-6-17");
  assert.deepEqual(await there(), ["#sec-1-6-17", "sec-1-6-17", "#sec-1-6-17"]);
  assert.match(await page.locator(".citation-text").textContent(), /#sec-1-6-17/);
  assert.doesNotMatch(await page.locator(".citation-text").textContent(), /mark/);
  const texts = async () => [...new Set(await marks.allInnerTexts())];
  assert.ok((await texts()).includes("行政复议"));
  assert.match((await marks.allInnerTexts()).join(""), /综合纠错率为40\.02%/);
  const before = await marks.count();
  await page.reload();
  await marks.first().waitFor();
  assert.equal(await marks.count(), before);
  // Within the document, too, and from another page back.
  await page.locator("nav.outline a:visible").first().click();
  await page.reload();
  assert.equal(await marks.count(), before);
  await go(page, at("example", "/about/"));
  await page.goBack();
  await marks.first().waitFor();
  await page.locator(".found-away").click();
  assert.equal(await marks.count(), 0);
  await page.reload();
  assert.equal(await marks.count(), 0);
}));

test("back from a document to the same results at the same place", () => visit(at("example", `/search/#q=${encoded("行政")}`), { reducedMotion: "reduce" }, async (page) => {
  await settled(page, "行政");
  await page.locator("[data-more]").click();
  await page.waitForFunction(() => document.querySelectorAll(".result").length === 20);
  const hit = page.locator(".result").nth(14).locator(".hit").first();
  // The pointer moves the page as the click below would, so that the click leaves it where it is.
  await hit.hover();
  const titles = await page.locator(".result h2").allInnerTexts();
  const top = await page.evaluate(() => scrollY);
  await hit.click();
  await page.locator(".document").waitFor();
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll(".result").length === 20);
  await settled(page, "行政");
  assert.deepEqual(await page.locator(".result h2").allInnerTexts(), titles);
  // A busy browser comes there a moment after the results are there.
  await page.waitForFunction((top) => Math.abs(scrollY - top) < 2, top);
}));

test("the skip link leads to the text and keeps the search", () => visit(at("example", `/search/#q=${encoded(OTHER)}`), {}, async (page) => {
  await settled(page, OTHER);
  const url = page.url();
  await page.locator(".skip").focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction((wanted) => location.href === wanted, url);
  assert.equal(await page.evaluate(() => document.activeElement.id), "content");
  assert.equal(await page.locator("#q").inputValue(), OTHER);
}));

test("searches are kept on the device only if the reader says so", () => visit(at("example", "/search/"), {}, async (page) => {
  const stored = () => page.evaluate(() => JSON.stringify(localStorage));
  const ask = async (text) => {
    await page.locator("#q").fill(text);
    await page.keyboard.press("Enter");
    await settled(page, text);
  };
  const recent = page.locator(".recent");
  await ask(PHRASE);
  await page.locator("#q").fill("");
  assert.equal(await stored(), "{}", "nothing while it is off");
  assert.ok(!(await recent.isVisible()));

  await page.locator("[data-remember]").check();
  for (const text of ["一", "二", "三", "四", "五", "六", "七", "八", "九", "二"]) await ask(text);
  assert.ok(!(await recent.isVisible()), "not beside something that is typed");
  await page.locator("#q").fill("");
  assert.deepEqual(await recent.locator("a").allInnerTexts(), ["二", "九", "八", "七", "六", "五", "四", "三"]);

  // By keyboard from the box: the first search, its removal, the next.
  await page.locator("#q").focus();
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "删除“二”");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "删除“九”");
  assert.match(await page.locator("#announce").textContent(), /已删除“二”/);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await settled(page, "九");

  await page.reload();
  assert.ok(await page.locator("[data-remember]").isChecked());
  await page.locator("#q").fill("");
  await recent.waitFor();
  assert.equal(await recent.locator("li").count(), 7);
  await page.locator("[data-forget-all]").click();
  assert.ok(!(await recent.isVisible()));
  await ask("十");
  assert.match(await stored(), /十/);
  await page.locator("[data-remember]").uncheck();
  assert.equal(await stored(), "{}", "all of it goes");
}));

test("where storage is closed the page works as well", () => context({}, async (own) => {
  const page = await own.newPage();
  await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new Error("closed"); } }));
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await go(page, at("example", "/search/"));
  await page.locator("[data-remember]").check();
  await page.locator("#q").fill(OTHER);
  await page.keyboard.press("Enter");
  await settled(page, OTHER);
  await page.locator("#q").fill("");
  assert.deepEqual(await page.locator(".recent a").allInnerTexts(), [OTHER]);
  assert.deepEqual(errors, []);
}));
