// Comparison: one text or two columns, any two years, and the same truth whether the program
// or the browser compares.

import assert from "node:assert/strict";
import { test } from "node:test";

import { go, withBrowser } from "./support/browser.mjs";
import { at } from "./support/pages.mjs";

const { context, visit } = withBrowser();
const PAIR = at("compared", "/jiangmen/compare/2019-2020/");
const YEARS = at("compared", "/jiangmen/compare/");

const pair = (page, text) => page.locator(".prose > p[id]", { hasText: text }).first();
const stayed = (page) => page.locator(".prose > p[data-stayed]").first();
const left = async (locator) => (await locator.boundingBox()).x;

async function sideBySide(page) {
  const changed = pair(page, "办结行政复议案件");
  assert.equal(await changed.locator(".a, .b").count(), 0, "one text at first");
  assert.match(await changed.innerText(), /745.*超812/s);
  await page.locator("[name=view][value=side]").check();
  assert.ok(await left(changed.locator(".a")) < await left(changed.locator(".b")), "two columns");
  assert.doesNotMatch(await changed.locator(".a").innerText(), /812/);
  assert.doesNotMatch(await changed.locator(".b").innerText(), /745/);
  const added = pair(page, "查处哄抬物价");
  assert.ok(await left(added.locator(".b")) > 300, "what is new stands on the right");
  assert.match(await stayed(page).innerText(), /^（\d+句未变）$/u);
  await page.locator("[name=show][value=whole]").check();
  await page.locator(".prose > p[data-stayed]", { hasText: "。" }).first().waitFor();
  assert.ok(await changed.isVisible());
}

test("one text becomes two columns, and the choice is kept", () => context({}, async (own) => {
  const page = await own.newPage();
  await go(page, PAIR);
  await sideBySide(page);
  await go(page, at("compared", "/jiangmen/compare/2018-2019/"));
  assert.ok(await page.locator("[name=view][value=side]").isChecked());
  assert.ok(await page.locator("[name=show][value=whole]").isChecked());
}));

test("what stayed is shown as the later report has it, and counted again", () => visit(PAIR, {}, async (page) => {
  const runs = page.locator(".prose > p[data-stayed]");
  const counts = await runs.allInnerTexts();
  await page.locator("[name=show][value=whole]").check();
  await page.locator(".prose > p[data-stayed]", { hasText: "。" }).first().waitFor();
  const texts = await runs.allInnerTexts();
  await page.locator("[name=show][value=counted]").check();
  assert.deepEqual(await runs.allInnerTexts(), counts);
  await go(page, at("compared", "/jiangmen/2020/"));
  const whole = (await page.locator("#text").innerText()).replace(/\s/gu, "");
  for (const [nth, text] of texts.entries()) {
    const sentences = text.match(/[^。；]+[。；]?/gu);
    assert.ok(sentences.length >= Number(/\d+/u.exec(counts[nth])[0]), text);
    for (const sentence of sentences) assert.ok(whole.includes(sentence.replace(/\s/gu, "")), sentence);
  }
}));

test("without JavaScript one text tells all that changed, and how much stayed", () => visit(PAIR, { javaScriptEnabled: false }, async (page) => {
  assert.equal(await page.locator(".views, .steps, .permalink").count(), 0, "what needs a script is not offered");
  const changed = pair(page, "办结行政复议案件");
  assert.match(await changed.innerText(), /745.*超812/s);
  assert.match(await stayed(page).innerText(), /^（\d+句未变）$/u);
}));

test("one text comes back as it was, and what a link points at stays in view", () => visit(PAIR, {}, async (page) => {
  const text = () => page.locator(".comparison .prose").innerHTML();
  const link = page.locator(".changes th a").first();
  await link.click();
  await page.locator("p[aria-current]:target").waitFor();
  const first = await text();
  await page.locator("[name=view][value=side]").check();
  assert.notEqual(await text(), first);
  assert.equal(await page.locator(".comparison p:target .a").count(), 1);
  await page.locator("[name=view][value=inline]").check();
  assert.equal(await text(), first);
}));

test("the views are chosen by keyboard", () => visit(PAIR, {}, async (page) => {
  await page.locator("[name=view][value=inline]").focus();
  await page.keyboard.press("ArrowRight");
  assert.ok(await pair(page, "办结行政复议案件").locator(".b").isVisible());
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await page.locator(".prose > p[data-stayed]", { hasText: "。" }).first().waitFor();
}));

test("a figure leads to its words, here and in the reports", () => visit(PAIR, {}, async (page) => {
  const row = page.locator(".changes tr", { hasText: "综合纠错率" });
  assert.match(await row.innerText(), /40\.02%.*43\.50%.*\+3\.48个百分点/s);
  await row.locator("th a").first().click();
  assert.match(await page.locator(":target").innerText(), /综合纠错率/);
  await row.locator("td a").nth(1).click();
  await page.waitForURL(/\/jiangmen\/2020\/#fig-correction_rate$/);
  assert.equal(await page.locator(":target").innerText(), "43.50%");
}));

test("deletions and insertions are said and not only coloured", () => visit(PAIR, {}, async (page) => {
  const said = (name) => page.locator(`.prose p ${name}`).first().evaluate((element) => {
    const style = getComputedStyle(element);
    return [style.textDecorationLine, getComputedStyle(element, "::before").content];
  });
  assert.deepEqual(await said("del"), ["line-through", "\"［删去］\""]);
  assert.deepEqual(await said("ins"), ["underline", "\"［新增］\""]);
}));

test("any two years are compared in the browser, and the address says which", () => visit(YEARS, {}, async (page) => {
  await page.locator("[name=from]").selectOption("2018");
  await page.locator("[name=to]").selectOption("2020");
  await page.locator(".choose button").click();
  await page.locator(".any .comparison").waitFor();
  assert.match(page.url(), /\?from=2018&to=2020$/);
  assert.equal(await page.evaluate(() => document.activeElement.className), "any-title");
  assert.match(await page.locator(".any .changes tr", { hasText: "专题讲座" }).innerText(), /12场.*18场.*\+6场/s);
  const fates = await page.locator(".any .atlas li").allInnerTexts();
  const fate = (title) => fates.find((text) => text.includes(title));
  assert.match(fate("存在的问题"), /删去/);
  assert.match(fate("统筹疫情防控"), /新增/);
  await page.locator(".any [value=side]").check();
  assert.ok(await page.locator(".any p > .a + .b").first().isVisible());
  await page.goBack();
  assert.ok(!(await page.locator(".any").isVisible()), "the way back");
}));

test("a pair that has a page leads there, and wrong years are told", () => context({}, async (own) => {
  const page = await own.newPage();
  await go(page, `${YEARS}?from=2019&to=2020`);
  await page.waitForURL(PAIR);
  await go(page, `${YEARS}?from=2020&to=2020`);
  await page.locator(".any", { hasText: "两个不同的年份" }).waitFor();
  await go(page, `${YEARS}?from=1999&to=2020`);
  await page.locator(".any", { hasText: "没有收录" }).waitFor();
}));

test("without JavaScript every pair is still there", () => visit(YEARS, { javaScriptEnabled: false }, async (page) => {
  assert.ok(!(await page.locator(".choose").first().isVisible()));
  assert.match(await page.locator(".unscripted").first().innerText(), /不能运行时/u);
  assert.deepEqual(await page.locator(".pair-rows li > a").allInnerTexts(), ["2018—2019", "2019—2020", "2020—2022", "2019—2020"]);
}));

/** What a comparison shows, without the spaces that only part the lines of a template. */
function shown(nodes) {
  const plain = (node) => {
    const copy = node.cloneNode(true);
    const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
    const all = [];
    while (texts.nextNode()) all.push(texts.currentNode);
    for (const text of all) text.data = text.data.replace(/\s*\n\s*/gu, "");
    return copy.outerHTML;
  };
  return nodes.map(plain);
}

test("what is drawn of two years is what their page shows", () => context({}, async (own) => {
  const page = await own.newPage();
  await page.addInitScript(`window.shown = ${shown}`);
  let held = 0;
  for (const [site, base] of [["compared", "/jiangmen/compare/"], ["example", "/shenzhen/compare/"], ["example", "/guangzhou/compare/"], ["english", "/qingshi/compare/"]]) {
    await go(page, at(site, base));
    const drawn = await page.evaluate(async () => {
      const { compare, draw } = await import(document.querySelector("script[src*='compare']").src);
      const told = [];
      for (const form of document.querySelectorAll("form.choose")) {
        const [code, texts] = await Promise.all([form.dataset.program, form.dataset.texts].map(async (address) => (await fetch(address)).arrayBuffer()));
        const program = await WebAssembly.compile(code);
        for (const { href, dataset: { from, to } } of form.parentElement.querySelectorAll(".pair-rows [data-from]")) {
          const nodes = draw(await compare(program, texts, Number(from), Number(to)), form.dataset.texts).slice(1);
          told.push({ href, nodes: window.shown(nodes).map((html) => html.replace(/(<\/?h)([34])/gu, (_, tag, level) => tag + (level - 1))) });
        }
      }
      return told;
    });
    for (const { href, nodes } of drawn) {
      await go(page, href);
      const own = await page.evaluate(() => window.shown([...document.querySelectorAll(":is(dl, p.notice, section):has(~ nav.pairs)")]));
      assert.deepEqual(nodes, own, href);
      held += 1;
    }
  }
  assert.ok(held >= 8, `${held} pages`);
}));

test("the program is fetched when two years have no page, and then once", () => visit(YEARS, {}, async (page) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const programs = () => asked.filter((path) => path.endsWith(".wasm")).length;
  await go(page, `${YEARS}?from=2019&to=2020`);
  await page.waitForURL(PAIR);
  assert.equal(programs(), 0, "not for a page that is there");
  await go(page, `${YEARS}?from=2018&to=2020`);
  await page.locator(".any .comparison").waitFor();
  assert.equal(programs(), 1);
}));

for (const [why, break_] of [
  ["without WebAssembly", (page) => page.addInitScript(() => { delete window.WebAssembly; })],
  ["where the texts do not load", (page) => page.route("**/texts.json.gz", (route) => route.abort())],
]) {
  test(`the years between are offered ${why}`, () => context({}, async (own) => {
    const page = await own.newPage();
    await break_(page);
    await go(page, `${YEARS}?from=2018&to=2020`);
    await page.locator(".any li").first().waitFor();
    assert.match(await page.locator(".any .notice").innerText(), /没能对照/u);
    assert.deepEqual(await page.locator(".any li").allInnerTexts(), ["2018—2019", "2019—2020"]);
    assert.equal(await page.locator(".any .comparison").count(), 0);
  }));
}

test("of digests nothing is called new or gone, whichever two are chosen", () => context({}, async (own) => {
  const page = await own.newPage();
  await go(page, `${at("example", "/guangzhou/compare/")}?from=2016&to=2021`);
  await page.locator(".any .apart").first().waitFor();
  assert.match(await page.locator(".any .notice").last().innerText(), /都是摘编.*不能说删去或新增/u);
  for (const gone of [".any .shares", ".any ins", ".any del", ".any .fate-added", ".any .fate-removed", ".any .views"]) {
    assert.equal(await page.locator(gone).count(), 0, gone);
  }
  await go(page, at("example", "/guangzhou/compare/2016-2017/"));
  assert.equal(await page.locator(".shares, .comparison ins, .comparison del, .views").count(), 0, "nor on the page of two");
}));

test("on paper the changes are there and the controls are not", () => visit(PAIR, {}, async (page) => {
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await page.locator(".views").isVisible()));
  const changed = pair(page, "办结行政复议案件");
  assert.ok(await changed.locator("del").first().isVisible() && await changed.locator("ins").first().isVisible());
  await page.emulateMedia({ media: "screen" });
  await page.locator("[value=side]").check();
  await page.emulateMedia({ media: "print" });
  assert.ok(await changed.locator(".b").isVisible());
}));
