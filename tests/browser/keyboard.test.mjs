// Everything works by keyboard: the order of the stops, a focus that can be seen, "/" for
// search, the outline and its sheet, Escape.

import assert from "node:assert/strict";
import { test } from "node:test";

import { withBrowser } from "./support/browser.mjs";
import { PAGES, at } from "./support/pages.mjs";

const { visit } = withBrowser();
const PHONE = { viewport: { width: 360, height: 740 } };

/** Notes what has the focus, and how it shows, each time that Tab has led to it. */
function note() {
  window.stops = [];
  addEventListener("keyup", ({ key }) => { if (key === "Tab") window.stops.push(stop()); }, true);

  function stop() {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    element.dataset.visited = "";
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const inside = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return {
      what: `${element.localName}${element.className ? `.${element.className}` : ""} “${element.textContent.trim().slice(0, 20)}”`,
      tag: element.localName,
      className: element.className,
      ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
      inside,
      covered: inside && !reaches(element, box),
    };
  }

  /** Whether some point of the element is not under something that is fixed or sticky. */
  function reaches(target, area) {
    const points = [...target.getClientRects()].flatMap((rect) => [
      [rect.left + rect.width / 2, rect.top + rect.height / 2],
      [rect.left + 2, rect.top + 2],
      [rect.right - 2, rect.bottom - 2],
    ]);
    return points.concat([[area.left + area.width / 2, area.top + area.height / 2]]).some(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top && (target.contains(top) || top.contains(target));
    });
  }
}

/** So many times Tab is pressed before the page is asked where that led. */
const AT_ONCE = 20;

/** Presses Tab until the page is left; what was met, in order. */
async function walk(page, limit = 900) {
  await page.evaluate(note);
  for (let pressed = 0; pressed < limit; pressed += AT_ONCE) {
    for (let i = 0; i < AT_ONCE; i += 1) await page.keyboard.press("Tab");
    const stops = await page.evaluate(() => window.stops);
    const left = stops.findIndex((stop, at) => !stop || (at > 0 && stop.className === "skip"));
    if (left >= 0) return stops.slice(0, left);
  }
  return page.evaluate(() => window.stops);
}

/** What can be seen and operated, but was never met. */
function unvisited(page) {
  return page.evaluate(() => {
    const operable = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    return [...document.querySelectorAll(operable)]
      .filter((element) => !("visited" in element.dataset) && element.checkVisibility({ visibilityProperty: true }))
      .filter((element) => element.tabIndex >= 0 && !element.disabled)
      // Of a group of radio buttons the chosen one is the stop, and the arrows lead on.
      .filter((element) => !(element.type === "radio" && !element.checked))
      .map((element) => element.outerHTML.slice(0, 120));
  });
}

const walked = PAGES.filter((entry) => !entry.redirect && !/list|kind|home$/.test(entry.name));
for (const entry of walked) {
  test(`a keyboard walk: ${entry.name}`, () => visit(entry, { reducedMotion: "reduce" }, async (page) => {
    const stops = await walk(page);
    assert.equal(stops[0]?.className, "skip", "the skip link comes first");
    assert.deepEqual(stops.filter((stop) => !stop.ringed).map((stop) => stop.what), [], "the focus is visible");
    assert.deepEqual(stops.filter((stop) => !stop.inside).map((stop) => stop.what), [], "the focus is in sight");
    assert.deepEqual(stops.filter((stop) => stop.covered).map((stop) => stop.what), [], "nothing lies over the focus");
    assert.deepEqual(await unvisited(page), [], "everything is reached");
  }));
}

test("the skip link leads to the text", () => visit(at("example", "/jiangmen/2019/"), {}, async (page) => {
  await page.keyboard.press("Tab");
  assert.ok(await page.locator(".skip").isVisible());
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "content");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.closest("main") !== null));
}));

test("a slash goes to the search box, but not while something is typed", () => visit(at("example", "/"), {}, async (page) => {
  await page.keyboard.press("/");
  assert.ok(await page.evaluate(() => document.activeElement.matches("input[data-search]")));
  await page.keyboard.type("a/b");
  assert.equal(await page.locator("input[data-search]").inputValue(), "a/b");
}));

test("the search form is sent by Enter", () => visit(at("special", "/"), {}, async (page) => {
  await page.keyboard.press("/");
  await page.keyboard.type("行政复议");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/fzzf\/open\/search\/#q=/);
  await page.locator(".results .result").first().waitFor();
}));

test("the outline leads to a section and follows the reader", () => visit(at("example", "/jiangmen/2019/"), { reducedMotion: "reduce" }, async (page) => {
  const link = page.locator("nav.outline a:visible").nth(3);
  const target = decodeURIComponent((await link.getAttribute("href")).slice(1));
  await link.focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction((id) => {
    const top = document.getElementById(id).getBoundingClientRect().top;
    return top >= 0 && top < innerHeight / 2;
  }, target);
  // The section's first part may stand so close below that it is marked already.
  await page.locator(`nav.outline li:has(> a[href="#${target}"]) a[aria-current]`).waitFor();
}));

test("on a phone the outline is a sheet that opens, leads and closes by keyboard", () => visit(at("example", "/jiangmen/2019/"), { ...PHONE, reducedMotion: "reduce" }, async (page) => {
  const sheet = page.locator("nav.outline");
  assert.ok(!(await sheet.isVisible()), "closed at first");
  await page.locator(".runner-button").focus();
  await page.keyboard.press("Enter");
  await sheet.waitFor({ state: "visible" });
  await page.keyboard.press("Escape");
  await sheet.waitFor({ state: "hidden" });
  assert.ok(await page.evaluate(() => document.activeElement.matches(".runner-button")), "the focus returns");

  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement.closest("nav.outline") !== null), "the next stop is in the sheet");
  const id = await page.evaluate(() => decodeURIComponent(document.activeElement.hash.slice(1)));
  await page.keyboard.press("Enter");
  await sheet.waitFor({ state: "hidden" });
  const top = await page.evaluate((target) => document.getElementById(target).getBoundingClientRect().top, id);
  assert.ok(top >= 0 && top < 370, `the section is in sight, at ${top}`);
}));
