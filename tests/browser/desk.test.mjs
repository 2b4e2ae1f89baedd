// What a clerk does at the desk: she opens the printed link, makes a document of a file or a text, fills in
// the form, meets a mistake and mends it, saves and sees the page; all of it with the keyboard, too.
// Whoever has not the link can only look.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { look } from "./support/axe.mjs";
import { withBrowser } from "./support/browser.mjs";
import { project } from "./support/sites.mjs";

const { visit } = withBrowser();
const program = process.env.XIANGWEI ?? join(project, "target/debug/xiangwei");

const FILES = {
  "site.yaml": "title: 江门市法治政府建设档案\nbase_url: https://www.example.org/fzzf/\n",
  "indicators.yaml": `reconsideration_closed: { name: 办结行政复议案件, unit: 件, kind: flow }
corrected_rate: { name: 综合纠错率, unit: "%", kind: ratio }
trainings: { name: 执法培训, unit: 期, kind: flow }
`,
  "content/jiangmen/_index.md": "---\nname: 江门市\nlevel: prefecture\n---\n",
  "content/jiangmen/2018.md": `---
title: 江门市人民政府2018年度法治政府建设情况报告
# 两家联合发文
issuer: 江门市人民政府 # 全称
published: 2019-03-20
source: 江门市司法局
---
## 一、总体情况

全年办结行政复议案件512件。
`,
};

const NEW = `江门市人民政府2019年度法治政府建设情况报告

一、化解行政争议

全年办结行政复议案件745件，综合纠错率为40.02%。

二、队伍建设

举办执法培训6期。
`;

let folder;
let server;

async function start(more = []) {
  const child = spawn(program, ["serve", "--site", folder, "--port", "0", "--message-language", "zh", ...more], { stdio: ["ignore", "ignore", "pipe"] });
  const link = await new Promise((resolve, reject) => {
    let said = "";
    child.stderr.on("data", (words) => {
      said += words;
      const found = said.match(/http:\/\/127\.0\.0\.1:\d+\/[^（(\s]*/);
      if (found) resolve(found[0]);
    });
    child.on("exit", () => reject(new Error(said)));
  });
  return { link, close: () => new Promise((resolve) => { child.on("close", resolve); child.kill("SIGINT"); }) };
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "xiangwei-desk-"));
  await mkdir(join(folder, "content/jiangmen"), { recursive: true });
  for (const [path, text] of Object.entries(FILES)) await writeFile(join(folder, path), text);
  server = await start();
});
after(async () => {
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

const read = (path) => readFile(join(folder, path), "utf8");
const at = (path) => new URL(path, server.link).href;
const paper = (page) => page.frameLocator(".paper iframe");
const field = (page, key) => page.locator(`#field-${key}`);
const told = (page, key) => page.locator(`#field-${key}-told`);
const status = (page, words) => page.locator(".status", { hasText: words }).waitFor();

/** Opens a page of the desk as somebody does who came by the printed link. */
async function come(page, path) {
  await page.goto(server.link);
  await page.goto(at(path));
}

/** axe finds nothing in light and dark, wide and narrow. */
async function isGood(page) {
  for (const [width, colorScheme] of [[1280, "light"], [1280, "dark"], [360, "dark"], [360, "light"]]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    assert.deepEqual((await look(page)).against, [], `${width} ${colorScheme}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(over <= 0, `${width}: ${over} px too wide`);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}

test("the key stays in the tab and out of the address", () => visit(server.link, {}, async (page) => {
  assert.equal(new URL(page.url()).hash, "");
  await page.locator(".preview-bar a", { hasText: "新建或导入" }).click();
  await page.getByRole("heading", { name: "一、放在哪里" }).waitFor();
  assert.deepEqual(await page.context().cookies(), []);
  // Another window without the link can only look.
  const other = await page.context().newPage();
  await other.goto(at("/@preview/desk?at=/jiangmen/2018/"));
  await other.getByText("打开终端里的链接").first().waitFor();
  await isGood(other);
}));

test("a clerk makes a report of a text, meets a mistake, mends it, saves and sees the page", () => visit(server.link, {}, async (page) => {
  await page.locator(".preview-bar a", { hasText: "新建或导入" }).click();
  await page.locator("#year").fill("2019");
  await page.locator("#paste").fill(NEW);
  await isGood(page);
  await page.getByRole("button", { name: "下一步" }).click();
  await page.locator("#body").waitFor();
  // Three figures are offered, each marked in its sentence, and accepted one by one.
  const figures = page.locator(".figure");
  await figures.locator("q mark", { hasText: "745" }).first().waitFor();
  for (let left = 3; left > 0; left -= 1) {
    assert.equal(await figures.count(), left);
    await figures.first().locator(".take").click();
  }
  const title = "江门市人民政府2019年度法治政府建设情况报告";
  if (await field(page, "title").inputValue() !== title) await field(page, "title").fill(title);
  await field(page, "issuer").fill("江门市人民政府");
  await field(page, "written").fill("2020年3月32日");
  await field(page, "published").fill("2020年3月20日");
  await told(page, "written").locator(".wrong").waitFor();
  await isGood(page);
  await field(page, "written").fill("2020年3月2日");
  await told(page, "written").locator(".wrong").waitFor({ state: "detached" });
  await status(page, "没有错误");
  await page.keyboard.press("Control+s");
  await status(page, "已保存");
  const text = await read("content/jiangmen/2019.md");
  assert.match(text, /^written: 2020-03-02\npublished: 2020-03-20$/m);
  for (const figure of [/^ {2}reconsideration_closed: .*745/m, /^ {2}corrected_rate: .*40\.02/m, /^ {2}trainings: .*6/m]) assert.match(text, figure);
  await page.getByRole("link", { name: "看页面" }).click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
}));

test("a slip is mended in the text with the page beside it, and nothing else in the file changes", () => visit(server.link, {}, async (page) => {
  const before = await read("content/jiangmen/2018.md");
  await page.goto(at("/fzzf/jiangmen/2018/"));
  await page.locator(".preview-bar a", { hasText: "修改" }).click();
  await page.locator("#body").waitFor();
  await paper(page).getByText("案件512件").waitFor();
  const body = await page.locator("#body").inputValue();
  await page.locator("#body").fill(body.replace("512", "513"));
  await paper(page).getByText("案件513件").waitFor();
  await field(page, "source").fill("江门市司法局办公室");
  await page.getByRole("button", { name: "保存" }).click();
  await status(page, "已保存");
  assert.equal(await read("content/jiangmen/2018.md"), before.replace("512", "513").replace("source: 江门市司法局", "source: 江门市司法局办公室"));
  await writeFile(join(folder, "content/jiangmen/2018.md"), before);
}));

test("what was changed elsewhere is shown beside one's own and not written over", () => visit(server.link, {}, async (page) => {
  const before = await read("content/jiangmen/2018.md");
  await come(page, "/@preview/desk?at=/jiangmen/2018/");
  await page.locator("#body").fill("## 一、总体情况\n\n我写的。\n");
  await paper(page).getByText("我写的").waitFor();
  await writeFile(join(folder, "content/jiangmen/2018.md"), before.replace("512", "600"));
  await page.keyboard.press("Control+s");
  const dialog = page.getByRole("alertdialog");
  await dialog.locator("mark", { hasText: "600" }).waitFor();
  await dialog.locator("mark", { hasText: "我写的" }).waitFor();
  await isGood(page);
  assert.match(await read("content/jiangmen/2018.md"), /600/);
  await dialog.getByRole("button", { name: "用文件里的" }).click();
  await paper(page).getByText("案件600件").waitFor();
  assert.match(await page.locator("#body").inputValue(), /600/);
  await page.locator("#body").fill("## 一、总体情况\n\n又是我写的。\n");
  await writeFile(join(folder, "content/jiangmen/2018.md"), before);
  await page.keyboard.press("Control+s");
  await page.getByRole("button", { name: "用我的覆盖" }).click();
  await status(page, "已保存");
  assert.match(await read("content/jiangmen/2018.md"), /又是我写的/);
  await writeFile(join(folder, "content/jiangmen/2018.md"), before);
}));

test("all of it is done with the keyboard", (t) => visit(server.link, {}, async (page) => {
  let keys = 0;
  const press = async (...names) => { for (const name of names) { await page.keyboard.press(name); keys += 1; } };
  const type = async (text) => { await page.keyboard.type(text); keys += text.length; };
  /** Tabs on until the element has the focus. */
  const reach = async (locator) => {
    for (let step = 0; step < 60; step += 1) {
      if (await locator.evaluate((element) => element === document.activeElement)) return;
      await press("Tab");
    }
    assert.fail("it is not reached");
  };
  await come(page, "/@preview/desk");
  await page.locator("#place").waitFor();
  await reach(page.locator("#year"));
  await press("Control+a");
  await type("2016");
  await reach(page.locator("#paste"));
  await page.keyboard.insertText(NEW.replaceAll("2019", "2016"));
  await reach(page.getByRole("button", { name: "下一步" }));
  await press("Enter");
  await page.locator("#body").waitFor();
  await reach(field(page, "title"));
  await press("Control+a");
  await page.keyboard.insertText("江门市人民政府2016年度法治政府建设情况报告");
  await reach(field(page, "issuer"));
  await press("Control+a");
  await page.keyboard.insertText("江门市人民政府");
  await reach(field(page, "published"));
  await type("2017-03-40");
  await told(page, "published").locator(".wrong").waitFor();
  await press("Backspace", "Backspace");
  await type("20");
  await status(page, "没有错误");
  await press("Control+s");
  await status(page, "已保存");
  await press("Enter");
  await page.getByRole("heading", { level: 1, name: "2016年度" }).waitFor();
  t.diagnostic(`${keys} keys, the pasted texts aside`);
  assert.ok(keys < 120, `${keys} keys`);
}));
