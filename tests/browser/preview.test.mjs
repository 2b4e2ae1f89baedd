// The preview in a real browser: a page is loaded again only if it is another by now, stays
// where it was, changes its styles in place, shows mistakes while they stand, and comes back to
// a server that was away.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { withBrowser } from "./support/browser.mjs";
import { project } from "./support/sites.mjs";

const { visit } = withBrowser();
const program = process.env.XIANGWEI ?? join(project, "target/debug/xiangwei");
const REPORT = "content/jiangmen/2020.md";

let folder;
let server;

/** Starts a preview of the folder and waits until it is ready. */
async function start(port = 0) {
  const args = ["serve", "--site", folder, "--port", String(port), "--message-language", "zh"];
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
  const url = await new Promise((resolve, reject) => {
    let said = "";
    child.stderr.on("data", (words) => {
      said += words;
      const found = said.match(/http:\/\/127\.0\.0\.1:(\d+)\//);
      if (found) resolve(found[0]);
    });
    child.on("exit", () => reject(new Error(said)));
  });
  const close = () => new Promise((resolve) => { child.on("close", resolve); child.kill("SIGINT"); });
  return { url, port: Number(new URL(url).port), close };
}

const at = (path) => new URL(path, server.url).href;
const text = () => readFile(join(folder, REPORT), "utf8");
const write = (path, words) => writeFile(join(folder, path), words);

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "xiangwei-preview-"));
  for (const name of ["content", "themes", "site.yaml", "indicators.yaml"]) {
    await cp(join(project, name), join(folder, name), { recursive: true });
  }
  server = await start();
});
after(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Marks the document, so that it shows whether it was loaded again. */
const mark = (page) => page.evaluate(() => { window.isTheSame = true; });
const isTheSame = (page) => page.evaluate(() => window.isTheSame === true);

test("a page that changed is loaded again where it was, and what changed is marked", () => visit(at("/jiangmen/2020/"), {}, async (page) => {
  await page.evaluate(() => {
    document.querySelectorAll("details").forEach((one) => { one.open = !one.open; });
    scrollTo({ top: 1500, behavior: "instant" });
  });
  const open = await page.evaluate(() => [...document.querySelectorAll("details")].map((one) => one.open));
  // Opening details moves what is below them; the place is where the page comes to rest.
  await page.waitForTimeout(300);
  const place = await page.evaluate(() => Math.round(scrollY));
  assert.ok(place > 500);
  await mark(page);
  await write(REPORT, `${await text()}\n\n为预览新写的一段。\n`);
  await page.locator(".preview-changed", { hasText: "为预览新写的一段" }).waitFor();
  assert.equal(await isTheSame(page), false);
  assert.equal(await page.evaluate(() => Math.round(scrollY)), place);
  assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll("details")].map((one) => one.open)), open);
  await page.waitForFunction(() => !document.querySelector(".preview-changed"));
}));

test("a page that did not change stays as it is", () => visit(at("/chibi/2019/"), {}, async (page) => {
  await mark(page);
  const asked = page.waitForResponse((response) => response.url().includes("/@preview/state"));
  await write(REPORT, `${await text()}\n\n又一段。\n`);
  await asked;
  await page.waitForTimeout(300);
  assert.equal(await isTheSame(page), true);
}));

test("styles are swapped in the open page", () => visit(at("/jiangmen/2020/"), {}, async (page) => {
  await mark(page);
  const styles = await readFile(join(project, "themes/gongbao/assets/style.css"), "utf8");
  await write("themes/gongbao/assets/style.css", `${styles}\nmain { outline: 7px solid red; }\n`);
  await page.waitForFunction(() => getComputedStyle(document.querySelector("main")).outlineWidth === "7px");
  await write("themes/gongbao/assets/style.css", styles);
  await page.waitForFunction(() => getComputedStyle(document.querySelector("main")).outlineWidth !== "7px");
  assert.equal(await isTheSame(page), true);
}));

test("a mistake is shown over the last good page and goes when it is mended", () => visit(at("/jiangmen/2020/"), {}, async (page) => {
  const good = await text();
  const heading = await page.locator("h1").innerText();
  await write(REPORT, good.replace(/^title:.*$/m, "title: ["));
  const overlay = page.locator(".preview-mistakes");
  await overlay.waitFor();
  assert.match(await overlay.innerText(), /content\/jiangmen\/2020\.md:\d+:\d+/);
  assert.match(await overlay.locator("pre").first().innerText(), /title: \[/);
  assert.match(await overlay.locator("a").first().getAttribute("href"), /^vscode:\/\/file\/.*\/content\/jiangmen\/2020\.md:\d+:\d+$/);
  assert.equal(await page.locator("h1").innerText(), heading);
  await page.keyboard.press("Escape");
  await overlay.waitFor({ state: "detached" });
  await write(REPORT, good.replace(/^title:.*$/m, "title: {"));
  await overlay.waitFor();
  await write(REPORT, good);
  await overlay.waitFor({ state: "detached" });
}));

test("a template that cannot be drawn shows its frame, and the page comes back", () => visit(at("/jiangmen/2020/"), {}, async (page) => {
  await mkdir(join(folder, "templates"), { recursive: true });
  await write("templates/document.html", "{{ nothing.at.all }}\n");
  const overlay = page.locator(".preview-mistakes");
  await overlay.waitFor();
  assert.match(await overlay.innerText(), /templates\/document\.html:1/);
  await rm(join(folder, "templates"), { recursive: true });
  await overlay.waitFor({ state: "detached" });
  await page.locator("#content .column").waitFor();
}));

test("broken settings keep the server alive and are shown on every page", () => visit(at("/"), {}, async (page) => {
  const good = await readFile(join(folder, "site.yaml"), "utf8");
  await write("site.yaml", "title: [\n");
  await page.locator(".preview-mistakes", { hasText: "site.yaml:" }).waitFor();
  assert.equal((await page.request.get(at("/jiangmen/"))).status(), 200);
  await write("site.yaml", good);
  await page.locator(".preview-mistakes").waitFor({ state: "detached" });
}));

test("a server that was away is found again, with what changed meanwhile", () => visit(at("/jiangmen/2020/"), {}, async (page) => {
  const { port } = server;
  await server.close();
  await write(REPORT, `${await text()}\n\n服务器不在时写的一段。\n`);
  server = await start(port);
  assert.equal(server.port, port);
  await page.locator("p", { hasText: "服务器不在时写的一段" }).waitFor();
}));
