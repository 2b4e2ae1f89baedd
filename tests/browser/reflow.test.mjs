// Narrow screens, large text and wide spacing: the page never scrolls sideways, nothing is cut
// off, and tables scroll in their own region.

import assert from "node:assert/strict";
import { test } from "node:test";

import { go, withBrowser } from "./support/browser.mjs";
import { PAGES, at } from "./support/pages.mjs";

const { context, visit } = withBrowser();

/** How far the page can be scrolled sideways, and what sticks out of it. */
function sideways(page) {
  return page.evaluate(() => {
    const root = document.documentElement;
    const excess = root.scrollWidth - root.clientWidth;
    if (excess <= 0) return [];
    const scrolls = (element) => element && element !== root && (["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    return [`${excess} px too wide`].concat([...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(element.parentElement))
      .map((element) => `${element.localName}.${element.className} ${element.textContent.trim().slice(0, 20)}`).slice(0, 5));
  });
}

/** What hides a part of its own text. Regions that scroll, text for the ear alone, and entries of the outline, whose whole heads stand in the text, may. */
function cut(page) {
  return page.evaluate(() => {
    const out = [];
    for (const element of document.body.querySelectorAll("*")) {
      if (!element.checkVisibility() || element.closest(".hidden, .mode-name, .runner-here, .outline a, svg, select, option")) continue;
      const style = getComputedStyle(element);
      const hides = (overflow) => overflow === "hidden" || overflow === "clip";
      const wide = hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
      const high = hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
      if ((wide || high) && element.textContent.trim()) out.push(`${element.localName}.${element.className}`);
    }
    return out;
  });
}

// 320 px in plain type is a desktop at 400 %.
const SIZES = {
  "360 px": { width: 360, height: 740, reader: false },
  "320 px in large type": { width: 320, height: 640, reader: true },
  "a desktop at 200 %": { width: 640, height: 450, reader: false },
  "a desktop at 400 %": { width: 320, height: 256, reader: false },
};

for (const entry of PAGES) {
  test(`no scrolling sideways: ${entry.name}`, (t) => visit(entry, { viewport: { width: 320, height: 640 } }, async (page) => {
    for (const [name, { width, height, reader }] of Object.entries(SIZES)) {
      await t.test(name, async () => {
        await page.setViewportSize({ width, height });
        await page.evaluate((on) => document.documentElement.toggleAttribute("data-reader", on), reader);
        assert.deepEqual(await sideways(page), []);
        assert.deepEqual(await cut(page), []);
      });
    }
  }));
}

test("in a table a number stays whole and a name is not set one character to a line", (t) => visit(at("special", "/qingshi/2023/"), { viewport: { width: 360, height: 740 } }, async (page) => {
  for (const width of [360, 1280]) {
    await t.test(`${width} px`, async () => {
      await page.setViewportSize({ width, height: 740 });
      const broken = await page.locator("main :is(td, th)").evaluateAll((cells) => cells.filter((cell) => {
        const range = document.createRange();
        range.selectNodeContents(cell);
        const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
        const text = cell.textContent.trim();
        return /^[\d.,%]+$/.test(text) ? lines > 1 : text.length > 2 && lines >= text.length;
      }).map((cell) => cell.textContent));
      assert.deepEqual(broken, []);
    });
  }
}));

// The content security policy keeps foreign styles out, as it should; a reader's own style
// comes from the browser, which this imitates.
const SPACING = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }";

for (const entry of PAGES) {
  test(`wider spacing cuts nothing off: ${entry.name}`, () => context({ bypassCSP: true, viewport: { width: 360, height: 740 } }, async (own) => {
    const page = await own.newPage();
    await go(page, entry);
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 740 });
      if (width === 360) await page.addStyleTag({ content: SPACING });
      assert.deepEqual(await sideways(page), []);
      assert.deepEqual(await cut(page), []);
    }
  }));
}

test("the sign of a section takes no line of its own", () => visit(at("example", "/zhongshan/2024/"), { viewport: { width: 360, height: 740 } }, async (page) => {
  const higher = await page.evaluate(() => [...document.querySelectorAll(".text .permalink")].filter((sign) => {
    const height = sign.parentElement.offsetHeight;
    sign.style.display = "none";
    return sign.parentElement.offsetHeight < height;
  }).length);
  assert.equal(higher, 0);
}));

test("a wide table scrolls in a region of its own, by keyboard too", () => visit(at("special", "/qingshi/2023/"), { viewport: { width: 360, height: 740 } }, async (page) => {
  const region = page.locator(".text .table").first();
  const [inner, outer] = await region.evaluate((element) => [element.scrollWidth, element.clientWidth]);
  assert.ok(inner > outer, `the table of ${inner} px is wider than its region of ${outer} px`);
  assert.equal(await region.getAttribute("tabindex"), "0");
  assert.ok(await region.getAttribute("aria-label"));
  await region.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => document.querySelector(".text .table").scrollLeft > 0);
}));
