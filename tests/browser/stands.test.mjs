// What stands on a page is found, however it is set: beside the text, over line breaks, pictures
// and paragraphs, with characters that nobody sees; and what a hit leads to is marked there.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { answer, build } from "./support/archive.mjs";
import { go, withBrowser } from "./support/browser.mjs";
import { serve } from "./support/serve.mjs";

const { context } = withBrowser();

const LONG = Array.from({ length: 30 }, (_, n) => `第${n + 1}项任务由牵头单位按期办结`).join("，");

const REPORT = `---
title: 清河县2022年法治政府建设情况报告
issuer: 清河县人民政府
published: 2023-03-01
summary: 概述里独有的提要
subjects: [独有的主题词]
keywords: [独有的关键词]
attachments: [{ file: list.csv, title: 独有的附件名 }]
corrections: [{ date: 2023-04-01, note: 独有的更正说明 }]
wrapper: { role: issuing-notice, title: 独有的来文标题, text: 来文里独有的一句 }
---
# 与题名不同的正标题

## 一、主要工作

加强<br>巡查，严格
考核，突出**重**点领域，提升![图](a.png)效能。

上一段末尾的推进

落实在下一段开头。${LONG}。

## 二、数据

总产值①18774亿元，投资6,175亿元，同比73. 63%，走访745，200户，回收率50.5%。行\u200e政\ufe00检查7\u200b31次。

### 1.2019年起步

### 2.6个试点
`;

let folder;
let server;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "xiangwei-stands-"));
  await writeFile(join(folder, "site.yaml"), "title: 检索试验\nbase_url: https://www.example.org/\n");
  const at = join(folder, "content/qinghe/2022");
  await mkdir(at, { recursive: true });
  await writeFile(join(folder, "content/qinghe/_index.md"), "---\nname: 清河县\nlevel: county\n---\n");
  await writeFile(join(at, "index.md"), REPORT);
  await writeFile(join(at, "list.csv"), "甲,乙\n");
  await writeFile(join(at, "a.png"), Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64"));
  server = await serve(await build(folder));
});
after(async () => {
  await server?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const FOUND = [
  "概述里独有的提要", "独有的主题词", "独有的关键词", "独有的附件名", "独有的更正说明", "独有的来文标题", "来文里独有的一句", "与题名不同的正标题",
  "加强巡查", "严格考核", "突出重点领域", "提升效能", "推进落实在下一段",
  "18774亿元", "6175亿元", "6,175亿元", "73.63%", "“73. 63%”", "同比73. 63%", "745，200户", "200户", "行政检查731次", "731",
  "2019年起步", "6个试点", "2.6个试点", "50.5%",
];
const NOT_FOUND = ["118774", "745200", "11877", "26个试点", "工作加强", "报告与题名", "独有的主题词独有"];

test("what stands on the page is found, and nothing that does not", () => context({}, async (own) => {
  const page = await own.newPage();
  await go(page, `${server.url}/search/`);
  const wrong = [];
  for (const text of FOUND) if (await answer(page, text) !== 1) wrong.push(`not found: ${text}`);
  for (const text of NOT_FOUND) if (await answer(page, text) !== 0) wrong.push(`found: ${text}`);
  assert.deepEqual(wrong, []);
}));

test("blanks and what is not seen find nothing, and the page says so", () => context({}, async (own) => {
  const page = await own.newPage();
  await go(page, `${server.url}/search/`);
  for (const text of ['" "', "\u200b", "“\u3000”", "\u200e\ufe0f", "\u2060"]) {
    await answer(page, "清河");
    assert.equal(await page.locator(".result").count(), 1);
    await answer(page, text);
    assert.match(await page.locator("#search-status").innerText(), /没有可以检索的文字/, JSON.stringify(text));
    assert.equal(await page.locator(".result:visible").count(), 0);
  }
}));

for (const [what, text] of [["of more than 200 characters", LONG], ["that runs over two paragraphs", "末尾的推进落实在下一段"], ["parted by a line break", "加强巡查"]]) {
  test(`a phrase ${what} is marked where it leads to`, () => context({}, async (own) => {
    const page = await own.newPage();
    await go(page, `${server.url}/search/`);
    assert.equal(await answer(page, text), 1);
    await page.locator(".hit").first().click();
    await page.waitForURL(/\/qinghe\/2022\/#sec-1$/);
    await page.locator("mark.found").first().waitFor();
    const marked = (await page.locator("mark.found").allInnerTexts()).join("").replace(/\s/g, "");
    assert.equal(marked, text);
  }));
}

/** What the page shows of the state of an answer. */
const state = () => ({
  busy: document.querySelector(".results").getAttribute("aria-busy"),
  said: document.getElementById("search-status").textContent,
  faint: Number(getComputedStyle(document.querySelector(".results")).opacity) < 1,
  counted: [...document.querySelectorAll("select[name=from] option")].some((option) => option.textContent.includes("(")),
});

test("until a query is answered, what was found before is not taken for the answer", () => context({}, async (own) => {
  const page = await own.newPage();
  await go(page, `${server.url}/search/`);
  await answer(page, "清河");
  assert.deepEqual({ ...await page.evaluate(state), said: "" }, { busy: null, said: "", faint: false, counted: true });
  // The answer comes by a message, and so not before this function has ended.
  const during = await page.evaluate(`(() => {
    document.getElementById("q").value = "加强";
    document.getElementById("search").requestSubmit();
    return (${state})();
  })()`);
  assert.deepEqual(during, { busy: "true", said: "正在检索……", faint: true, counted: false });
  await page.waitForFunction(() => document.querySelector("[data-answered='加强'][data-counted='加强']"));
  assert.deepEqual({ ...await page.evaluate(state), said: "" }, { busy: null, said: "", faint: false, counted: true });
}));
