// A browser for a test file, and pages in it that write down everything that goes wrong. All files of
// a run share one, which `run.mjs` starts; a context in it remembers nothing of another.

import assert from "node:assert/strict";
import { after, before } from "node:test";

import { chromium } from "playwright-core";

import { BROWSER } from "./chromium.mjs";

/** The browser of this run, or one of its own for a file that is run alone. */
function reach() {
  const shared = process.env.XIANGWEI_BROWSER;
  return shared ? chromium.connect(shared) : chromium.launch(BROWSER);
}

/** Runs in a page: all pages of a browser share the clipboard of the system, and test files run side by side, so that each page
    gets one of its own. */
function ownClipboard() {
  let items = [];
  const clipboard = {
    write: async (all) => { items = all; },
    writeText: async (text) => { items = [new ClipboardItem({ "text/plain": new Blob([text], { type: "text/plain" }) })]; },
    read: async () => items,
    readText: async () => (await items[0].getType("text/plain")).text(),
  };
  Object.defineProperty(navigator, "clipboard", { value: clipboard });
}

/** A browser as long as the test file; `context` and `visit` work in it. */
export function withBrowser() {
  let browser;
  before(async () => { browser = await reach(); });
  after(() => browser?.close());

  /** Runs `body` with a fresh context: nothing is remembered from another. */
  async function context(options, body) {
    const own = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    own.setDefaultTimeout(20_000);
    if (options?.permissions?.includes("clipboard-write")) await own.addInitScript(ownClipboard);
    try {
      return await body(own);
    } finally {
      await own.close();
    }
  }

  /** Runs `body` with a page at `entry`, in a context of its own. */
  function visit(entry, options, body) {
    return context(options, async (own) => {
      const page = await own.newPage();
      return body(page, await go(page, entry));
    });
  }

  return { context, visit };
}

/** Gives `page` a script of the theme in which a constant has another value. */
export function withConstant(page, script, name, value) {
  return page.route(new RegExp(`assets/${script}\\.\\w+\\.js$`), async (route) => {
    const response = await route.fetch();
    const before = await response.text();
    const body = before.replace(new RegExp(`const ${name} = [^;]+;`), `const ${name} = ${value};`);
    assert.notEqual(body, before, `${script}.js has a constant ${name}`);
    await route.fulfill({ response, body });
  });
}

/**
 * Leads `page` to an entry of `PAGES` or an address and waits until it has settled. A
 * redirect page is held in place, or nobody could look at it.
 */
export async function go(page, entry) {
  const wanted = typeof entry === "string" ? { url: entry } : entry;
  if (wanted.redirect) {
    await page.route(wanted.url, async (route) => {
      const response = await route.fetch();
      const body = (await response.text())
        .replace(/<meta http-equiv="refresh"[^>]*>/, "")
        .replace(/<script src="[^"]*redirect[^>]*><\/script>/, "");
      await route.fulfill({ response, body });
    });
  }
  const response = await page.goto(wanted.url, { waitUntil: "load" });
  if (wanted.settled && (await page.evaluate(() => !document.documentElement.matches(".no-js")))) {
    await page.locator(wanted.settled).waitFor();
  }
  if (wanted.results) await page.locator(".results .result").first().waitFor();
  return response;
}

/** Writes down what a page complains of or asks for elsewhere, from now on. */
export function listen(page) {
  const heard = { console: [], elsewhere: [], failed: [] };
  const host = (url) => new URL(url).host;
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) heard.console.push(message.text());
  });
  page.on("pageerror", (error) => heard.console.push(String(error)));
  page.on("request", (request) => {
    const url = request.url();
    const from = page.url().startsWith("http") ? host(page.url()) : host(url);
    if (/^https?:/.test(url) && host(url) !== from) heard.elsewhere.push(url);
  });
  page.on("requestfailed", (request) => heard.failed.push(`${request.url()} ${request.failure()?.errorText}`));
  page.on("response", (response) => {
    const own = response.request().isNavigationRequest();
    if (response.status() >= 400 && !own) heard.failed.push(`${response.url()} ${response.status()}`);
  });
  return heard;
}
