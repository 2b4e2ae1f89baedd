// The preview in a real browser: a page is loaded again only if it is another by now, stays
// where it was, changes its styles in place, shows mistakes while they stand, and comes back to
// a server that was away. The editor's bar says what is to be said of a document, and what
// changed since it was published.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { look } from "./support/axe.mjs";
import { withBrowser } from "./support/browser.mjs";
import { project } from "./support/sites.mjs";

const { context, visit } = withBrowser();
const program = process.env.XIANGWEI ?? join(project, "target/debug/xiangwei");
const REPORT = "content/jiangmen/2020.md";

let folder;
let server;

/** Starts a preview of the folder and waits until it is ready. */
async function start(port = 0, more = []) {
  const args = ["serve", "--site", folder, "--port", String(port), "--message-language", "zh", ...more];
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

/** Builds the site into its own `public/`, as an editor does before publishing. */
const publish = () => promisify(execFile)(program, ["build", "--quiet", "--no-search", "--site", folder]);

/** Runs `body`, and puts the file back as it was. */
async function edited(path, body) {
  const good = await readFile(join(folder, path), "utf8");
  try {
    return await body(good, (words) => write(path, words));
  } finally {
    await write(path, good);
  }
}

/** The button of the bar that opens this panel. */
const opener = (page, name) => page.locator(`.preview-bar [data-panel="${name}"]`);
const panel = (page) => page.locator(".preview-panel");

/** Where an element stands in the window. */
const topOf = (locator) => locator.evaluate((element) => Math.round(element.getBoundingClientRect().top));

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
  // Half a pixel may be rounded up or down.
  assert.ok(Math.abs(await page.evaluate(() => scrollY) - place) < 2);
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

test("a picture that is overwritten is new in the open page, which stays", async () => {
  const square = (side) => `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"/>`;
  await mkdir(join(folder, "static"), { recursive: true });
  await write("static/square.svg", square(40));
  await edited(REPORT, async (good) => {
    await write(REPORT, `${good}\n\n![方](/square.svg)\n`);
    await visit(at("/jiangmen/2020/"), {}, async (page) => {
      const picture = page.locator('main img[alt="方"]');
      await picture.waitFor();
      const isWide = (side) => page.waitForFunction((side) => document.querySelector('main img[alt="方"]').naturalWidth === side, side);
      await isWide(40);
      await mark(page);
      await write("static/square.svg", square(70));
      await isWide(70);
      assert.equal(await isTheSame(page), true);
    });
  });
  await rm(join(folder, "static/square.svg"));
});

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

test("the bar says what is missing, and its figures lead to their words", () => visit(at("/jiangmen/2020/"), {}, async (page) => {
  await opener(page, "missing").click();
  assert.match(await panel(page).innerText(), /索引号.*index_number: /s);
  assert.match(await panel(page).locator("a").last().getAttribute("href"), /^vscode:\/\/file\/.*content\/jiangmen\/2020\.md:1:1$/);
  await opener(page, "figures").click();
  assert.equal(await opener(page, "missing").getAttribute("aria-expanded"), "false");
  const entry = panel(page).locator("li", { hasText: "23" }).first();
  assert.match(await entry.locator("q").innerText(), /专题学法23次/);
  await entry.locator("a").click();
  const figure = page.locator("#fig-law_study_sessions");
  await page.waitForFunction(() => {
    const { top, bottom } = document.querySelector("#fig-law_study_sessions").getBoundingClientRect();
    return top > 0 && bottom < document.querySelector(".preview-bar").getBoundingClientRect().top;
  });
  assert.match(await figure.innerText(), /23/);
  assert.match(await panel(page).innerText(), /\d{4}年登记过、这份没有登记的/);
  const last = panel(page).locator("ul").last().locator("a").first();
  assert.match(await last.getAttribute("href"), /^\/jiangmen\/2019\/#fig-/);
  const beside = page.locator(".preview-strip a", { hasText: "与2019年比较" });
  await beside.click();
  await page.waitForURL(at("/jiangmen/compare/2019-2020/"));
}));

test("what changed since the last publication leads to its paragraph", () => edited(REPORT, (good, save) => visit(at("/jiangmen/2020/"), {}, async (page) => {
  const button = opener(page, "since");
  await button.filter({ hasText: "还没有发布过网站" }).waitFor();
  await publish();
  await save(good.replaceAll("专题学法23次", "专题学法24次").replace("value: 23,", "value: 24,"));
  await button.filter({ hasText: /改了 2 处/ }).waitFor();
  await button.click();
  const changes = panel(page).locator("li");
  assert.equal(await changes.count(), 2);
  assert.deepEqual(await changes.last().locator("del, ins").allInnerTexts(), ["23", "24"]);
  await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: "instant" }));
  await changes.last().locator(".preview-jump").click();
  await page.locator(".preview-changed", { hasText: "专题学法24次" }).waitFor();
  await page.waitForFunction(() => {
    const { top, bottom } = [...document.querySelectorAll("main p")].find((one) => one.textContent.includes("专题学法24次")).getBoundingClientRect();
    return top > 0 && bottom < document.querySelector(".preview-bar").getBoundingClientRect().top;
  });
  await save(good);
  await button.filter({ hasText: /正文未改|与已发布的相同/ }).waitFor();
})));

test("a draft is marked where it is shown, and told of where it is not", () => edited(REPORT, async (good, save) => {
  await save(good.replace("title:", "status: draft\ntitle:"));
  await visit(at("/jiangmen/2020/"), {}, async (page) => {
    await page.locator(".preview-bar strong", { hasText: "--drafts" }).waitFor();
  });
  const drafts = await start(0, ["--drafts"]);
  try {
    await visit(new URL("/jiangmen/2020/", drafts.url).href, {}, async (page) => {
      await page.locator(".preview-bar strong", { hasText: "草稿" }).waitFor();
      await save(good.replace("title:", "status: withdrawn\ntitle:"));
      await page.locator(".preview-bar strong", { hasText: "已撤回" }).waitFor();
    });
  } finally {
    await drafts.close();
  }
}));

test("the bar is put away for the session, and mistakes are shown all the same", () => edited(REPORT, (good, save) => visit(at("/jiangmen/2020/"), {}, async (page) => {
  await opener(page, "figures").waitFor();
  await page.locator(".preview-away").click();
  await page.locator(".preview-bar").waitFor({ state: "detached" });
  const asked = [];
  page.on("request", (request) => { if (request.url().includes("/@preview/bar?")) asked.push(request.url()); });
  for (const path of ["/jiangmen/2020/", "/jiangmen/2019/"]) {
    const answered = page.waitForResponse((response) => response.url().includes("/@preview/state"));
    await page.goto(at(path));
    await answered;
    await page.waitForTimeout(500);
    assert.equal(await page.locator(".preview-bar").count(), 0);
  }
  assert.deepEqual(asked, []);
  await page.goto(at("/jiangmen/2020/"));
  await save("---\ntitle: [\n---\n");
  await page.locator(".preview-mistakes").waitFor();
  await save(good);
  await page.locator(".preview-bar").waitFor({ state: "detached" });
})));

test("the bar is reached and left with the keyboard", () => visit(at("/jiangmen/2020/"), {}, async (page) => {
  const button = opener(page, "figures");
  await button.waitFor();
  // The bar is the last thing on the page.
  await page.locator("main").focus();
  for (let step = 0; step < 12 && !(await button.evaluate((element) => element === document.activeElement)); step += 1) {
    await page.keyboard.press("Shift+Tab");
    if (step === 0) await page.locator(".preview-away").focus();
  }
  assert.ok(await button.evaluate((element) => element === document.activeElement));
  await page.keyboard.press("Enter");
  await panel(page).waitFor();
  assert.equal(await button.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("Escape");
  await panel(page).waitFor({ state: "detached" });
  assert.ok(await button.evaluate((element) => element === document.activeElement));
}));

test("on a phone the bar stands behind the page and covers nothing", () => visit(at("/jiangmen/2020/"), { viewport: { width: 360, height: 740 } }, async (page) => {
  const bar = page.locator(".preview-bar");
  await opener(page, "figures").waitFor();
  assert.equal(await bar.evaluate((element) => getComputedStyle(element).position), "static");
  const { end, wide } = await page.evaluate(() => ({
    end: document.querySelector("main").getBoundingClientRect().bottom <= document.querySelector(".preview-bar").getBoundingClientRect().top,
    wide: document.documentElement.scrollWidth,
  }));
  assert.ok(end);
  assert.equal(wide, 360);
  await opener(page, "figures").click();
  await panel(page).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
}));

test("at the foot of a wide window the bar lets the page be read to its end", () => visit(at("/jiangmen/2020/"), {}, async (page) => {
  await opener(page, "figures").waitFor();
  await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: "instant" }));
  const { foot, bar } = await page.evaluate(() => ({
    foot: document.querySelector("footer").getBoundingClientRect().bottom,
    bar: document.querySelector(".preview-bar").getBoundingClientRect().top,
  }));
  assert.ok(foot <= bar, `${foot} and ${bar}`);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".preview-bar").isVisible(), false);
}));

test("the width of a phone is a real one, and leads back to the same paragraph", () => visit(at("/jiangmen/2020/"), {}, async (page) => {
  const heading = page.locator("h2, h3, p").filter({ hasText: "依法行政能力建设" }).last();
  await page.locator(".preview-bar").waitFor();
  await heading.evaluate((element) => element.scrollIntoView({ block: "start", behavior: "instant" }));
  const before = await topOf(heading);
  await page.locator(".preview-strip a", { hasText: "手机" }).click();
  const frame = page.frameLocator("iframe");
  await frame.locator("h1").waitFor();
  const inner = page.frames().find((one) => one.url().endsWith("/jiangmen/2020/"));
  assert.equal(await inner.evaluate(() => innerWidth), 360);
  assert.ok(await inner.evaluate(() => matchMedia("(max-width: 30rem)").matches));
  await inner.waitForFunction(() => scrollY > 200);
  await page.locator("button", { hasText: "390" }).click();
  await inner.waitForFunction(() => innerWidth === 390);
  assert.equal(await frame.locator(".preview-bar").count(), 0);
  await edited(REPORT, async (good, save) => {
    await save(good.replace("专题学法23次。", "专题学法23次。另有一场讲座。"));
    await frame.locator("p", { hasText: "另有一场讲座" }).waitFor();
  });
  await page.waitForTimeout(500);
  await page.locator("nav a", { hasText: "返回页面" }).click();
  await page.waitForURL(at("/jiangmen/2020/"));
  assert.ok(Math.abs((await topOf(heading)) - before) < 300);
}));

test("paper is A4 with the rules for printing in force", () => visit(at("/jiangmen/2020/"), { colorScheme: "dark" }, async (page) => {
  await page.locator(".preview-strip a", { hasText: "打印" }).click();
  const frame = page.frameLocator("iframe");
  await page.locator("#note", { hasText: /约 \d+ 页/ }).waitFor();
  assert.equal(await frame.locator(".masthead").isVisible(), false);
  assert.equal(await frame.locator("h1").isVisible(), true);
  // 210 mm less the margins that the theme gives its sheet.
  const inner = page.frames().find((one) => one.url().endsWith("/jiangmen/2020/"));
  assert.equal(await inner.evaluate(() => Math.round((innerWidth * 25.4) / 96)), 156);
  assert.equal(await inner.evaluate(() => getComputedStyle(document.querySelector("h1")).color), "rgb(0, 0, 0)");
  const printed = inner.evaluate(() => new Promise((resolve) => { window.print = () => resolve(true); }));
  await page.locator("button", { hasText: "打印窗口" }).click();
  assert.equal(await printed, true);
}));

test("a frame shows nothing but pages of the preview", () => context({}, async (own) => {
  const page = await own.newPage();
  for (const path of ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/@preview/frame"]) {
    await page.goto(at(`/@preview/frame?as=phone&path=${encodeURIComponent(path)}`));
    assert.equal(await page.locator("iframe").evaluate((frame) => frame.getAttribute("src")), "/", path);
  }
}));

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing wrong with the bar, ${colorScheme}`, () => edited(REPORT, (good, save) => context({ colorScheme, reducedMotion: "reduce" }, async (own) => {
    const page = await own.newPage();
    const isGood = async (part) => {
      const { against, looked } = await look(page, { part });
      assert.ok(looked);
      assert.deepEqual(against, []);
    };
    await publish();
    await page.goto(at("/jiangmen/2020/"));
    await save(good.replace("专题学法23次。", "专题学法23次。另有一场讲座。").replace("这里叙述；", ""));
    await opener(page, "since").filter({ hasText: "改了" }).waitFor();
    for (const name of ["missing", "figures", "since"]) {
      await opener(page, name).click();
      await panel(page).waitFor();
      await isGood(".preview-bar");
    }
    await save("---\ntitle: [\n---\n");
    await page.locator(".preview-mistakes").waitFor();
    await isGood(".preview-bar");
    await save(good);
    await page.locator(".preview-mistakes").waitFor({ state: "detached" });
    for (const kind of ["phone", "paper"]) {
      await page.goto(at(`/@preview/frame?as=${kind}&path=/jiangmen/2020/`));
      await isGood("header");
    }
  })));
}

for (const width of [360, 900, 1280]) test(`an edit far above leaves the reader at the same paragraph, ${width} px wide`, () => edited(REPORT, (good, save) => visit(at("/jiangmen/2020/"), { viewport: { width, height: 500 } }, async (page) => {
  const reading = page.locator("main p", { hasText: "参加年度学法考试的有" }).last();
  await reading.evaluate((element) => { element.scrollIntoView({ block: "start", behavior: "instant" }); });
  await page.waitForTimeout(300);
  const place = await topOf(reading);
  const more = Array.from({ length: 8 }, (_, at) => `预览时在前面加的第${at + 1}段，长到足以把后面的文字推开很远。`).join("\n\n");
  await save(good.replace("## 一、", `${more}\n\n## 一、`));
  await page.locator("main p", { hasText: "加的第8段" }).waitFor();
  await page.waitForTimeout(500);
  assert.ok(Math.abs((await topOf(reading)) - place) <= 2, `${await topOf(reading)} was ${place}`);
  // The paragraph that is read is edited itself: it begins where it began.
  await save(good.replace("## 一、", `${more}\n\n## 一、`).replace("参加年度学法考试的有", "经统计，参加年度学法考试的有"));
  await page.locator("main p", { hasText: "经统计，参加" }).waitFor();
  await page.waitForTimeout(500);
  assert.ok(Math.abs((await topOf(reading)) - place) <= 2, `${await topOf(reading)} was ${place}`);
})));

test("edits in quick succession end with the last one, and the reader where he was", () => edited(REPORT, (good, save) => visit(at("/jiangmen/2020/"), { viewport: { width: 900, height: 500 } }, async (page) => {
  const reading = page.locator("main p", { hasText: "参加年度学法考试的有" }).last();
  await reading.evaluate((element) => { element.scrollIntoView({ block: "start", behavior: "instant" }); });
  await page.waitForTimeout(300);
  const place = await topOf(reading);
  for (let count = 1; count <= 30; count += 1) {
    await save(good.replace("## 一、", `这是第${count}次保存。\n\n## 一、`));
    await page.waitForTimeout(count % 7 * 9);
  }
  await page.locator("main p", { hasText: "这是第30次保存" }).waitFor();
  await page.waitForTimeout(500);
  assert.ok(Math.abs((await topOf(reading)) - place) <= 2, `${await topOf(reading)} was ${place}`);
})));

test("styles that change in quick succession are swapped without a reload", () => visit(at("/jiangmen/2020/"), {}, async (page) => {
  await mark(page);
  const path = "themes/gongbao/assets/style.css";
  await edited(path, async (styles, save) => {
    for (let width = 1; width <= 9; width += 1) {
      await save(`${styles}\nmain { outline: ${width}px solid red; }\n`);
      await page.waitForTimeout(width % 3 * 25);
    }
    await page.waitForFunction(() => getComputedStyle(document.querySelector("main")).outlineWidth === "9px");
  });
  await page.waitForFunction(() => getComputedStyle(document.querySelector("main")).outlineWidth !== "9px");
  assert.equal(await isTheSame(page), true);
  await page.waitForFunction(() => document.querySelectorAll('link[rel="stylesheet"][href*="/style."]').length === 1);
}));

test("every open tab is told, and a page that one comes back to is the one of now", () => edited(REPORT, (good, save) => context({}, async (own) => {
  const [one, other] = [await own.newPage(), await own.newPage()];
  for (const page of [one, other]) await page.goto(at("/jiangmen/2020/"));
  await other.goto(at("/chibi/2019/"));
  await save(good.replace("## 一、", "离开以后写的一段。\n\n## 一、"));
  await one.locator("main p", { hasText: "离开以后写的一段" }).waitFor();
  await other.goBack();
  await other.locator("main p", { hasText: "离开以后写的一段" }).waitFor();
})));

test("details stay open when others come before them", () => edited(REPORT, (good, save) => visit(at("/jiangmen/2020/"), {}, async (page) => {
  const inside = (more) => good.replace("## 一、", `${more}<details><summary>附表甲</summary><p>甲的内容</p></details>\n\n## 一、`);
  await save(inside(""));
  const details = page.locator("main details", { hasText: "附表甲" });
  await details.locator("summary").click();
  await save(inside("<details><summary>附表乙</summary><p>乙的内容</p></details>\n\n"));
  await page.locator("summary", { hasText: "附表乙" }).waitFor();
  assert.equal(await details.evaluate((one) => one.open), true);
  assert.equal(await page.locator("main details", { hasText: "附表乙" }).evaluate((one) => one.open), false);
})));

test("a server that stays away is told of, until it is back", () => visit(at("/jiangmen/2020/"), {}, async (page) => {
  const { port } = server;
  await opener(page, "figures").waitFor();
  await server.close();
  const away = page.locator(".preview-bar strong", { hasText: "预览已断开" });
  await away.waitFor();
  server = await start(port);
  await away.waitFor({ state: "detached" });
}));
