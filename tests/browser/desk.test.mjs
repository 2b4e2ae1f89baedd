// What a clerk does at the desk of a site that `init` has just made: she opens the printed link, drops a
// Word file, fills in the form, meets a mistake and mends it, saves and sees the page; all of it with the
// keyboard, too. The manual says how many steps and keys that takes. Whoever has not the link can only look.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { look } from "./support/axe.mjs";
import { withBrowser } from "./support/browser.mjs";
import { PICTURE, docx } from "./support/docx.mjs";
import { project } from "./support/sites.mjs";

const { visit } = withBrowser();
const program = process.env.XIANGWEI ?? join(project, "target/debug/xiangwei");

const SITE = { title: "江门市法治政府建设档案", publisher: "江门市司法局", "base-url": "https://www.example.org/fzzf/", place: "jiangmen", "place-name": "江门市", level: "prefecture" };

const EARLIER = `---
title: 江门市人民政府2018年度法治政府建设情况报告
# 两家联合发文
issuer: 江门市人民政府 # 全称
published: 2019-03-20
source: 江门市司法局
---
## 一、总体情况

全年办结行政复议案件512件。
`;

const title = (year) => `江门市人民政府${year}年度法治政府建设情况报告`;

/** A report as it comes from Word: its ordinals are numbering and no text, its issuer and day are signed. */
const report = (year, ...more) => docx([
  title(year),
  "# 化解行政争议", "## 行政复议", "全年办结行政复议案件745件，综合纠错率为40.02%。", ...more,
  "# 队伍建设", "## 执法培训", "全年执法培训860人。",
  "江门市人民政府", `${year + 1}年3月2日`,
]);

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
  const options = Object.entries(SITE).flatMap(([name, value]) => [`--${name}`, value]);
  await promisify(execFile)(program, ["init", folder, "--message-language", "zh", ...options]);
  await writeFile(join(folder, "content/jiangmen/2018.md"), EARLIER);
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

/** What the manual, in each of its languages, says in its words. */
async function manualSays(...wanted) {
  for (const [path, words] of [["docs/import.md", wanted[0]], ["docs/zh-CN/import.md", wanted[1]]]) {
    const manual = (await readFile(join(project, path), "utf8")).replace(/\s+/g, " ");
    assert.ok(manual.includes(words), `${path} does not say: ${words}`);
  }
}

/** Drops a file on the desk as a hand does. */
async function drop(page, name, bytes) {
  const given = [name, bytes.toString("base64")];
  const dataTransfer = await page.evaluateHandle(([name, base64]) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
    return transfer;
  }, given);
  await page.locator(".drop").dispatchEvent("drop", { dataTransfer });
}

test("a clerk drops a Word file, accepts three figures, meets a mistake, mends it, saves and sees the page", () => visit(server.link, {}, async (page) => {
  const count = { steps: 0, keys: 0 };
  const step = async (done) => { await done; count.steps += 1; };
  /** Types in the place of what is there, which so many clicks select. */
  const type = async (locator, text, clickCount) => {
    await step(locator.click({ clickCount }));
    await page.keyboard.type(text);
    count.keys += text.length;
  };
  await step(page.locator(".preview-bar a", { hasText: "新建或导入" }).click());
  await page.locator("#year").waitFor();
  await type(page.locator("#year"), "2019", 2);
  await step(drop(page, "年报.docx", report(2019)));
  await page.getByText("已选：年报.docx").waitFor();
  await isGood(page);
  await step(page.getByRole("button", { name: "下一步" }).click());
  await page.locator("#body").waitFor();
  const body = await page.locator("#body").inputValue();
  for (const heading of ["## 一、化解行政争议", "### （一）行政复议", "## 二、队伍建设", "### （一）执法培训"]) assert.ok(body.split("\n").includes(heading), heading);
  // Three figures are offered, each marked in its sentence, and accepted one by one.
  const figures = page.locator(".figure");
  await figures.locator("q mark", { hasText: "745" }).first().waitFor();
  for (let left = 3; left > 0; left -= 1) {
    assert.equal(await figures.count(), left);
    await step(figures.first().locator(".take").click());
  }
  // What the file says stands in the form already, and only the day of publication is asked for.
  assert.deepEqual(await Promise.all(["title", "issuer", "written"].map((key) => field(page, key).inputValue())), [title(2019), "江门市人民政府", "2020-03-02"]);
  await type(field(page, "published"), "2020年3月32日", 1);
  await told(page, "published").locator(".wrong").waitFor();
  await isGood(page);
  await type(field(page, "published"), "2020年3月20日", 3);
  await told(page, "published").locator(".wrong").waitFor({ state: "detached" });
  await status(page, "没有错误");
  await step(page.getByRole("button", { name: "保存" }).click());
  await status(page, "已保存");
  const text = await read("content/jiangmen/2019.md");
  assert.match(text, /^published: 2020-03-20$/m);
  for (const figure of [/^ {2}reconsideration_concluded: .*745/m, /^ {2}reconsideration_correction_rate: .*40\.02/m, /^ {2}enforcement_trained: .*860/m]) assert.match(text, figure);
  assert.match(await read("content/jiangmen/2019.import.json"), /"sha256"/);
  await step(page.getByRole("link", { name: "看页面" }).click());
  await page.getByRole("heading", { level: 1, name: title(2019) }).waitFor();
  await manualSays(`${count.steps} steps and ${count.keys} keys with the mouse`, `用鼠标 ${count.steps} 步、${count.keys} 次按键`);
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

test("all of it is done with the keyboard, and a picture stands beside the document", () => visit(server.link, {}, async (page) => {
  let keys = 0;
  const press = async (...names) => { for (const name of names) { await page.keyboard.press(name); keys += 1; } };
  const type = async (text) => { await page.keyboard.type(text); keys += text.length; };
  /** Goes on until the element has the focus. */
  const reach = async (locator, key = "Tab") => {
    for (let step = 0; step < 60; step += 1) {
      if (await locator.evaluate((element) => element === element.getRootNode().activeElement)) return;
      await press(key);
    }
    assert.fail("it is not reached");
  };
  // The bar is the last thing on every page.
  await page.locator(".preview-bar a", { hasText: "新建或导入" }).waitFor();
  await reach(page.locator(".preview-bar a", { hasText: "新建或导入" }), "Shift+Tab");
  await press("Enter");
  await page.locator("#place").waitFor();
  // Asked for early: a browser takes a moment before it hands its dialogue over.
  const asked = page.waitForEvent("filechooser");
  await reach(page.locator("#year"));
  await press("Control+a");
  await type("2016");
  await reach(page.locator("#file"));
  await press("Enter");
  await (await asked).setFiles({ name: "年报.docx", mimeType: "application/octet-stream", buffer: report(2016, "!") });
  await page.getByText("已选：年报.docx").waitFor();
  await reach(page.getByRole("button", { name: "下一步" }));
  await press("Enter");
  await page.locator("#body").waitFor();
  const drawn = paper(page).getByRole("img", { name: "办案情况图" });
  await drawn.evaluate((image) => image.decode());
  for (let left = 3; left > 0; left -= 1) {
    await reach(page.locator(".figure .take").first());
    await press("Enter");
    await page.locator(".figure").nth(left - 1).waitFor({ state: "detached" });
  }
  await reach(field(page, "published"));
  await type("2017-03-40");
  await told(page, "published").locator(".wrong").waitFor();
  await press("Backspace", "Backspace");
  await type("20");
  await status(page, "没有错误");
  await press("Control+s");
  await status(page, "已保存");
  assert.deepEqual(await readFile(join(folder, "content/jiangmen/2016/image1.png")), PICTURE);
  await press("Enter");
  await page.getByRole("heading", { level: 1, name: title(2016) }).waitFor();
  const picture = page.getByRole("img", { name: "办案情况图" });
  await picture.scrollIntoViewIfNeeded();
  assert.equal(await picture.evaluate(async (image) => { await image.decode(); return image.naturalWidth; }), 1);
  await manualSays(`${keys} keys with the keyboard alone`, `只用键盘 ${keys} 次按键`);
}));
