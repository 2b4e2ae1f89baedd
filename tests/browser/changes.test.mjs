// A reader follows what changed and shares it: every change has an address that survives corrections elsewhere,
// the address says how the text is shown, n and p lead from change to change, and what is shown is what is printed.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { go, withBrowser } from "./support/browser.mjs";
import { at } from "./support/pages.mjs";

const { context, visit } = withBrowser();
const run = promisify(execFile);
const PAIR = at("compared", "/jiangmen/compare/2019-2020/");
const YEARS = at("compared", "/jiangmen/compare/");
const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };

const changes = (page) => page.locator(".comparison .prose > p[id]");
const current = (page) => page.evaluate(() => document.querySelector("[aria-current=true]")?.id);
const status = (page) => page.locator("#announce").innerText();
const inView = (locator) => locator.evaluate((node) => {
  const { top, bottom } = node.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
});

test("a change is shared by its mark, and opens on the same change, shown in the same way", () => context(CLIPBOARD, async (own) => {
  const page = await own.newPage();
  await go(page, PAIR);
  await page.locator("[name=view][value=side]").check();
  await page.locator("[name=show][value=changes]").check();
  const change = changes(page).filter({ hasText: "查处哄抬物价" });
  await change.hover();
  await change.locator(".permalink").click();
  assert.match(await status(page), /地址已复制/);
  const address = await page.evaluate(() => navigator.clipboard.readText());
  const id = await change.getAttribute("id");
  assert.equal(address, `${PAIR}?view=side&show=changes#${id}`);

  const other = await (await own.browser().newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" })).newPage();
  await go(other, address);
  assert.ok(await other.locator("[name=view][value=side]").isChecked() && await other.locator("[name=show][value=changes]").isChecked());
  assert.equal(await current(other), id);
  assert.ok(await inView(other.locator(`[id="${id}"]`)));
  assert.equal(await other.locator(".prose > p[data-stayed]:visible").count(), 0);
  await other.context().close();

  // Without scripts the fragment works alone.
  const plain = await (await own.browser().newContext({ javaScriptEnabled: false })).newPage();
  await go(plain, address);
  assert.match(await plain.locator(":target").innerText(), /查处哄抬物价/);
  await plain.context().close();
}));

test("the same sentence has the same address whichever two years are compared", () => visit(PAIR, {}, async (page) => {
  const id = await changes(page).filter({ hasText: "查处哄抬物价" }).getAttribute("id");
  await go(page, `${YEARS}?from=2018&to=2020#${id}`);
  await page.locator(".any .comparison").waitFor();
  await page.waitForFunction(() => document.querySelector("[aria-current=true]"));
  assert.equal(await current(page), id);
  assert.match(await page.locator(`[id="${id}"]`).innerText(), /查处哄抬物价/);
  await page.locator(`[id="${id}"] .permalink`).click();
  await page.locator(".any .comparison").waitFor({ timeout: 1000 });
  assert.match(page.url(), /\?from=2018&to=2020#s[0-9a-z]{5}$/, "a link to a change asks for nothing new");
}));

test("n and p lead from change to change and say which of how many; not in a field, and not for who turns them off", () => visit(PAIR, { reducedMotion: "reduce" }, async (page) => {
  const ids = await changes(page).evaluateAll((all) => all.map((change) => change.id));
  const label = () => page.evaluate(() => document.activeElement.getAttribute("aria-label"));
  await page.keyboard.press("n");
  assert.equal(await current(page), ids[0]);
  assert.match(await label(), new RegExp(`^“第1处变化，共${ids.length}处，.+”的固定地址$`, "u"));
  assert.match(page.url(), new RegExp(`#${ids[0]}$`));
  await page.keyboard.press("n");
  assert.equal(await current(page), ids[1]);
  assert.ok(await inView(page.locator(`[id="${ids[1]}"]`)));
  await page.keyboard.press("p");
  assert.equal(await current(page), ids[0]);
  await page.keyboard.press("p");
  assert.match(await status(page), /前面没有/);
  await page.keyboard.press("Control+n").catch(() => {});
  assert.equal(await current(page), ids[0], "not with another key held");
  await page.locator("#place-pick").focus();
  await page.keyboard.type("n");
  assert.equal(await current(page), ids[0], "not while something is typed");
  await page.locator("[name=keys]").uncheck();
  await page.locator("h1").click();
  await page.keyboard.press("n");
  assert.equal(await current(page), ids[0], "not for who turned it off");
  await page.reload();
  assert.ok(!(await page.locator("[name=keys]").isChecked()), "and that is kept");
}));

test("buttons lead from change to change, keep the focus and say where the reader is", () => visit(PAIR, { reducedMotion: "reduce" }, async (page) => {
  const count = await changes(page).count();
  const next = page.locator("[data-step='1']");
  assert.equal(await page.locator(".steps .count").innerText(), `${count}处变化`);
  await next.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator(".steps .count").innerText(), `第2处，共${count}处`);
  assert.match(await status(page), /^第2处变化，共\d+处，.+：.{4}/u);
  assert.ok(await next.evaluate((button) => button === document.activeElement));
  // Who has read on goes on from there.
  await changes(page).last().scrollIntoViewIfNeeded();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await page.locator("[data-step='-1']").click();
  assert.ok(await inView(page.locator("[aria-current=true]")));
  assert.ok((await changes(page).evaluateAll((all) => all.findIndex((change) => change.hasAttribute("aria-current")))) > 2);
}));

test("one section is shown with what stands below it, and the address says which", () => visit(PAIR, {}, async (page) => {
  const select = page.locator("select[name=section]");
  const options = await select.locator("option").evaluateAll((all) => all.slice(1).map(({ value, text }) => ({ value, text })));
  const one = options.find(({ text }) => !text.startsWith("　"));
  await select.selectOption(one.value);
  assert.equal(new URL(page.url()).searchParams.get("section"), one.value);
  const heads = await page.locator(".prose > h3:visible").evaluateAll((all) => all.map(({ id, className }) => ({ id, className })));
  assert.equal(heads[0].id, one.value);
  assert.ok(heads.slice(1).every(({ className }) => !className.includes("depth-1")));
  await page.reload();
  assert.equal(await select.inputValue(), one.value);
  const hidden = await page.locator(".prose > p[id]").evaluateAll((all) => all.find((change) => change.hidden)?.id);
  assert.ok(hidden, "changes of other sections are left out");
  await page.evaluate((id) => { location.hash = id; }, hidden);
  await page.waitForFunction((id) => document.querySelector("[aria-current=true]")?.id === id, hidden);
  assert.ok(await page.locator(`[id="${hidden}"]`).isVisible(), "an address opens what hides its place");
}));

test("an address of a sentence that stayed opens the run that folds it, and one that is gone is said to be", () => visit(PAIR, { reducedMotion: "reduce" }, async (page) => {
  await page.locator("[name=show][value=whole]").check();
  const sentence = page.locator(".prose > p[data-stayed] > span").nth(1);
  await sentence.waitFor();
  const [id, text] = [await sentence.getAttribute("id"), await sentence.innerText()];
  await page.locator("[name=show][value=counted]").check();
  await page.evaluate(() => localStorage.clear());
  await go(page, `${PAIR}#${id}`);
  await page.locator(`[id="${id}"]`).waitFor();
  assert.equal(await page.locator(".led").innerText(), text);
  assert.ok(await inView(page.locator(".led")));
  await go(page, `${PAIR}#szzzzz`);
  await page.locator(".lost", { hasText: "可能已经更正" }).waitFor();
}));

test("where the texts do not load, what stayed stays counted, and that is what the address says", () => context({}, async (own) => {
  const page = await own.newPage();
  await page.route("**/texts.json.gz", (route) => route.abort());
  await go(page, `${PAIR}?show=whole`);
  await page.locator("[name=show][value=whole]:disabled").waitFor({ state: "attached" });
  assert.ok(await page.locator("[name=show][value=counted]").isChecked());
  assert.match(await page.locator(".prose > p[data-stayed]").first().innerText(), /句未变/u);
  assert.equal(new URL(page.url()).search, "");
}));

test("two years of the address are in title and heading, with their dates and counts", () => visit(`${YEARS}?from=2018&to=2020`, {}, async (page) => {
  await page.locator(".any .comparison").waitFor();
  assert.match(await page.locator("h1").innerText(), /江门市.*2018与2020/);
  assert.match(await page.title(), /^江门市.*2018与2020 - /);
  const said = await page.locator(".any-counts").innerText();
  assert.match(said, /2018：.*发布.*共 \d+ 句；2020：.*共 \d+ 句；(\d+)处变化；\d+个数字变了/u);
  const marked = await page.locator(".any .prose > p[id]").count();
  assert.equal(Number(said.match(/(\d+)处变化/u)[1]), marked);
  await go(page, YEARS);
  assert.doesNotMatch(await page.title(), /2018/);
}));

test("a figure has a place of its own", () => visit(PAIR, CLIPBOARD, async (page) => {
  const row = page.locator(".changes tr[id]", { hasText: "综合纠错率" });
  assert.equal(await row.getAttribute("id"), "f-correction_rate");
  await row.locator(".permalink").click();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), `${PAIR}#f-correction_rate`);
}));

test("only changes are printed where only changes are shown", () => visit(PAIR, {}, async (page) => {
  const folder = await mkdtemp(join(tmpdir(), "xiangwei-changes-"));
  const printed = async (name) => {
    const path = join(folder, `${name}.pdf`);
    await page.pdf({ path, preferCSSPageSize: true });
    const { stdout } = await run("pdftotext", ["-layout", path, "-"], { maxBuffer: 2 ** 26 });
    return stdout.replace(/\s/gu, "");
  };
  try {
    const whole = await printed("whole");
    assert.match(whole, /（\d+句未变）/u);
    await page.locator("[name=show][value=changes]").check();
    const only = await printed("changes");
    assert.doesNotMatch(only, /句未变/u);
    for (const text of await changes(page).evaluateAll((all) => all.map((change) => [...change.childNodes].filter((node) => !node.matches?.(".permalink, .elsewhere")).map((node) => node.textContent).join("")))) {
      assert.ok(only.includes(text.replace(/\s/gu, "").slice(0, 24)), text);
    }
    for (const tool of ["下一处变化", "显示方式", "§"]) assert.ok(!only.includes(tool), tool);
    assert.ok(only.includes("只看变化"), "every sheet says so");
    assert.ok(only.length < whole.length);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}));
