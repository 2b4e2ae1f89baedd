// Pictures of the sites for people to look at: node pictures.mjs FOLDER takes every page type
// on a desktop and on a phone, in dark, in large type and printed; node pictures.mjs --docs
// FOLDER takes those of the documentation.

import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";

import { chromium } from "playwright-core";

import { open } from "./support/sites.mjs";

const documentation = process.argv[2] === "--docs";
const folder = process.argv[documentation ? 3 : 2];
if (!folder) {
  console.error("pictures: name the folder that the pictures go to");
  process.exit(2);
}
const target = resolve(folder);
await mkdir(target, { recursive: true });
const sites = await open();
process.env.XIANGWEI_SITES = JSON.stringify(sites.urls);
const { BROWSER } = await import("./support/chromium.mjs");
const { go } = await import("./support/browser.mjs");
const { PAGES, at } = await import("./support/pages.mjs");
const browser = await chromium.launch(BROWSER);

const DESKTOP = { viewport: { width: 1280, height: 860 } };
const PHONE = { viewport: { width: 360, height: 780 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

async function shoot(entry, name, { reader, print, whole, ...options }) {
  const context = await browser.newContext({ ...options, reducedMotion: "reduce" });
  const page = await context.newPage();
  await go(page, entry);
  if (reader) await page.locator("[data-mode=reader]").click();
  await page.evaluate(() => document.fonts.ready);
  const path = join(target, name);
  if (print) await page.pdf({ path: `${path}.pdf`, preferCSSPageSize: true });
  else await page.screenshot({ path: `${path}.png`, fullPage: whole });
  await context.close();
  console.log(`${path}.${print ? "pdf" : "png"}`);
}

const slug = (name) => name.replaceAll(" ", "-");

async function everyPage() {
  for (const entry of PAGES) {
    await shoot(entry, `${slug(entry.name)}.desktop`, { ...DESKTOP, whole: true });
    await shoot(entry, `${slug(entry.name)}.phone`, { ...PHONE, deviceScaleFactor: 1, whole: true });
  }
  for (const entry of PAGES.filter((page) => ["home", "document with indicators", "place"].includes(page.name))) {
    await shoot(entry, `${slug(entry.name)}.dark`, { ...DESKTOP, colorScheme: "dark" });
    await shoot(entry, `${slug(entry.name)}.large`, { ...DESKTOP, reader: true });
    await shoot(entry, `${slug(entry.name)}.print`, { print: true });
  }
}

async function documentationOnly() {
  await shoot(at("example", "/"), "screenshot-home", DESKTOP);
  await shoot(at("example", "/jiangmen/2019/"), "screenshot-document", DESKTOP);
  await shoot(at("example", "/jiangmen/2019/"), "screenshot-phone", PHONE);
  const tall = { viewport: { width: 1280, height: 1500 } };
  await shoot(at("compared", "/jiangmen/compare/2019-2020/"), "screenshot-compare", tall);
  await shoot(at("example", "/guangzhou/compare/2023-2024/"), "screenshot-compare-example", tall);
  await shoot(at("example", "/guangzhou/compare/"), "screenshot-years", tall);
  await shoot(at("example", "/indicators/litigation_loss_rate/"), "screenshot-indicator", { viewport: { width: 1280, height: 1150 } });
  await shoot(at("example", "/coverage/"), "screenshot-coverage", { viewport: { width: 1280, height: 1250 } });
}

try {
  await (documentation ? documentationOnly() : everyPage());
} finally {
  await browser.close();
  await sites.close();
}
