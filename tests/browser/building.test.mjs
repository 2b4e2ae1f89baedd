// An index that is being built, as in a preview, answers 503 with Retry-After: the search page
// says so and tries again by itself. An index that was replaced meanwhile is read anew.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";

import { go, withBrowser } from "./support/browser.mjs";
import { serve } from "./support/serve.mjs";
import { SUB_PATH } from "./support/sites.mjs";

const { context } = withBrowser();
const PHRASE = "综合纠错率为40.02%";
const folder = (site) => join(process.env.XIANGWEI_BUILT, site);
const encoded = encodeURIComponent;

/** A table of contents as the program writes it, with the digest of all behind it before it. */
function proving({ sum, ...contents }) {
  const rest = JSON.stringify(contents).slice(1);
  return `{"sum":"${createHash("sha256").update(rest).digest("hex")}",${rest}`;
}

/** Answers what `path` fits that it is not there yet, some times. */
function busy(path, times) {
  let left = times;
  return (request, response) => {
    if (!path.test(request.url) || left <= 0) return false;
    left -= 1;
    response.writeHead(503, { "retry-after": "1", "content-type": "text/plain" }).end("soon\n");
    return true;
  };
}

/** Runs `body` with a page on a site whose requests `first` sees; whatever the status line says
    is written down, and what goes wrong. */
async function watched({ site = "example", base = "", first, fails = false }, body) {
  const server = await serve(folder(site), base, first);
  await context({}, async (own) => {
    const page = await own.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    // That a request failed the browser says itself.
    page.on("console", (message) => { if (message.type() === "error" && !/Failed to load resource/.test(message.text())) errors.push(message.text()); });
    await page.addInitScript(() => {
      window.said = [];
      addEventListener("DOMContentLoaded", () => {
        const status = document.getElementById("search-status");
        new MutationObserver(() => { if (status.textContent) window.said.push(status.textContent); }).observe(status, { childList: true });
      });
    });
    await body(page, server.url);
    if (!fails) assert.deepEqual(errors, []);
  });
  await server.close();
}

const answered = (page, word) => page.waitForFunction((q) => document.querySelector("[data-answered]")?.dataset.answered === q, word);

/** What the status line has said, one after the other, since it first said more than that it searches. */
async function said(page) {
  const all = await page.evaluate(() => window.said.map((text) => text.slice(0, 4)));
  const first = all.findIndex((text) => text !== "正在检索");
  return all.slice(first).filter((text, n, rest) => text !== rest[n - 1]);
}

test("an index that is being built is waited for", () => watched({ first: busy(/\/pagefind\/contents\.json/, 2) }, async (page, url) => {
  await go(page, `${url}/search/`);
  const start = Date.now();
  await page.locator("#q").pressSequentially(PHRASE);
  await page.waitForFunction(() => document.getElementById("search-status").textContent.includes("索引正在建立"));
  assert.equal(await page.locator("#q").inputValue(), PHRASE);
  await answered(page, PHRASE);
  assert.equal(await page.locator("#q").inputValue(), PHRASE);
  assert.ok(await page.locator(".result mark").count() > 0);
  assert.ok(Date.now() - start > 1000, "it was not asked for again and again");
  assert.deepEqual(await said(page), ["检索索引", "共找到 "], "nothing flickers");
}));

test("so is a file of a bundle, and every language says so", () => watched({ site: "english", base: SUB_PATH, first: busy(/pagefind\/directory\//, 2) }, async (page, url) => {
  await go(page, `${url}/search/#q=${encoded("清理规范性文件")}`);
  await page.waitForFunction(() => document.getElementById("search-status").textContent.includes("being built"));
  await answered(page, "清理规范性文件");
  assert.ok(await page.locator(".result").count() > 0);
}));

test("what is typed meanwhile is what is answered", () => watched({ first: busy(/\/pagefind\//, 6) }, async (page, url) => {
  await go(page, `${url}/search/#q=${encoded("第一责任人")}`);
  await page.waitForFunction(() => document.getElementById("search-status").textContent.includes("索引正在建立"));
  await page.locator("#q").fill(PHRASE);
  await answered(page, PHRASE);
  assert.match(await page.locator(".result h2 a").first().getAttribute("href"), /\/jiangmen\/2019\//);
  assert.deepEqual(await said(page), ["检索索引", "共找到 "]);
}));

test("an index that was replaced is read anew", async () => {
  const contents = JSON.parse(await readFile(join(folder("example"), "pagefind/contents.json"), "utf8"));
  const [{ name }] = contents.bundles;
  let newer = false;
  // The newer index has the same bundle under another name.
  const first = (request, response) => {
    if (!newer) return false;
    if (request.url === "/pagefind/contents.json") {
      response.writeHead(200, { "content-type": "application/json" })
        .end(proving({ ...contents, bundles: contents.bundles.map((bundle) => ({ ...bundle, name: `${bundle.name}-b` })) }));
      return true;
    }
    const old = request.url.startsWith(`/pagefind/${name}/`);
    request.url = old ? "/gone" : request.url.replace(`/pagefind/${name}-b/`, `/pagefind/${name}/`);
    return false;
  };
  await watched({ first }, async (page, url) => {
    await go(page, `${url}/search/#q=${encoded("第一责任人")}`);
    await answered(page, "第一责任人");
    newer = true;
    await page.locator("#q").fill(PHRASE);
    await answered(page, PHRASE);
    assert.match(await page.locator(".result h2 a").first().getAttribute("href"), /\/jiangmen\/2019\//);
  });
});

test("an index that is not there at all is said to be missing", () => watched({ fails: true, first: (request, response) => request.url.startsWith("/pagefind/") && Boolean(response.writeHead(404).end()) }, async (page, url) => {
  await go(page, `${url}/search/#q=${encoded("第一责任人")}`).catch(() => {});
  await page.waitForFunction(() => document.getElementById("search-status").textContent.includes("暂时无法使用"));
  assert.ok(await page.locator("section[aria-labelledby=by-year]").isVisible());
}));
