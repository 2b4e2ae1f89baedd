// axe-core finds nothing on any page type in any mode. Both test files `axe-*.test.mjs` call
// this for their share of the pages, so that the two run side by side.

import assert from "node:assert/strict";
import { test } from "node:test";

import { LOOKS, look } from "./support/axe.mjs";
import { go, withBrowser } from "./support/browser.mjs";

/**
 * What the reader or the system may have chosen; all are emulated on the same loaded page. Every
 * rule is looked at once, and in the other modes those that they can change. Colours that are `like`
 * those of another mode are compared with them, element by element.
 */
const MODES = {
  light: { media: {} },
  reader: { media: {}, reader: true, only: LOOKS },
  "forced colours": { media: { colorScheme: "dark", forcedColors: "active" }, only: LOOKS },
  dark: { media: { colorScheme: "dark" }, only: LOOKS },
  "dark, chosen": { media: {}, theme: "dark", like: "dark" },
  contrast: { media: {}, theme: "contrast", only: LOOKS },
  "contrast of a system": { media: { contrast: "more" }, like: "contrast" },
  "contrast of a dark system": { media: { colorScheme: "dark", contrast: "more" }, only: LOOKS },
  "contrast, chosen on a dark system": { media: { colorScheme: "dark" }, theme: "contrast", like: "contrast of a dark system" },
};

const NEUTRAL = { colorScheme: "light", contrast: "no-preference", forcedColors: "none" };

async function choose(page, mode) {
  await page.emulateMedia({ ...NEUTRAL, ...mode.media });
  await page.evaluate(({ theme, reader }) => {
    const root = document.documentElement;
    if (theme) root.setAttribute("data-theme", theme);
    else root.removeAttribute("data-theme");
    root.toggleAttribute("data-reader", Boolean(reader));
  }, mode);
}

/** The colours of every element, one line for each. */
function colours(page) {
  return page.evaluate(() => [...document.querySelectorAll("body, body *")].map((element) => {
    const { color, backgroundColor, borderTopColor, fill, stroke, textDecorationLine } = getComputedStyle(element);
    return `${element.tagName} ${[color, backgroundColor, borderTopColor, fill, stroke, textDecorationLine].join(" ")}`;
  }));
}

async function isAsGood(page, { only }) {
  const { against, looked } = await look(page, { only });
  assert.ok(looked || only?.length < LOOKS.length, "axe looked at the page");
  assert.deepEqual(against, []);
}

/** One test for each page, with every mode as a part of it. */
export function examine(pages) {
  const { context } = withBrowser();
  for (const entry of pages) {
    // The interface in English has the words of another language in the same templates and colours.
    const modes = Object.entries(MODES).filter(([name]) => entry.site !== "english" || name === "light");
    test(`axe finds nothing: ${entry.name}`, (t) => context({ reducedMotion: "reduce" }, async (own) => {
      const page = await own.newPage();
      await go(page, entry);
      const seen = {};
      for (const [name, mode] of modes) {
        await t.test(name, async () => {
          await choose(page, mode);
          seen[name] = await colours(page);
          if (mode.like) assert.deepEqual(seen[name], seen[mode.like]);
          else await isAsGood(page, mode);
        });
      }
      // Colours do not depend on the width; sizes do, and so does what covers what.
      await page.setViewportSize({ width: 360, height: 740 });
      for (const name of ["light", "reader"]) {
        await t.test(`${name}, 360 px wide`, async () => {
          await choose(page, MODES[name]);
          // Names of rows stand over what is moved beneath them, and nobody aims at that.
          await page.evaluate(async () => {
            // A table that has another width goes to its last columns, in the frame in which it is laid out.
            const frame = () => new Promise((drawn) => requestAnimationFrame(drawn));
            await frame();
            await frame();
            for (const box of document.querySelectorAll(".table")) box.scrollLeft = 0;
          });
          await isAsGood(page, { only: ["target-size", "scrollable-region-focusable"] });
        });
      }
    }));
  }
}
