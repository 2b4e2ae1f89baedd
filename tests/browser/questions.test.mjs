// Questions as people type them, over the example archive: a place and a year without a space, pinyin, initials,
// the other script, wide figures, words that reports do not use. Each has the page that should come first. A page that is
// called like what is asked (`name`) stands above the documents; a document is looked for among the documents.

import assert from "node:assert/strict";
import { test } from "node:test";

import { look } from "./support/axe.mjs";
import { go, listen, withBrowser } from "./support/browser.mjs";
import { at } from "./support/pages.mjs";

const { context } = withBrowser();

const DOCUMENTS = [
  ["江门2019行政复议", "/jiangmen/2019/"],
  ["jm 复议 2019", "/jiangmen/2019/"],
  ["江門２０１９行政復議", "/jiangmen/2019/"],
  ["江门２０２０年度报告", "/jiangmen/2020/"],
  ["江门2022年首长出庭应诉率", "/jiangmen/2022/"],
  ["江门市2023年常务会议研究了几次", "/jiangmen/2023/"],
  ["江门2024年复议调解", "/jiangmen/2024/reconsideration-mediation/"],
  ["江门法治建设十年成就", "/jiangmen/2022/ten-years-of-rule-of-law/"],
  ["江海区2024常务会议", "/jiangmen-jianghai/2024/"],
  ["江门司法局2024学习", "/jiangmen-justice/2024/"],
  ["珠海2018年复议纠错率", "/zhuhai/2018/reconsideration-and-litigation/"],
  ["zhuhai 2018 民告官", "/zhuhai/2018/reconsideration-and-litigation/"],
  ["梧州2020年法律援助案件有多少件", "/wuzhou/2020/"],
  ["梧州 法援", "/wuzhou/2020/"],
  ["中山2024行政复议简易程序", "/zhongshan/2024/reconsideration-and-litigation/"],
  ["中山市镇街被申请人案件2024", "/zhongshan/2024/reconsideration-and-litigation/"],
  ["方城县纠错率", "/fangcheng/2024/reconsideration-statistics/"],
  ["方城2024投诉举报复议", "/fangcheng/2024/reconsideration-statistics/"],
  ["广东2020年一审败诉率", "/guangdong/2020/litigation-report/"],
  ["广东省2019年行政复议案件数", "/guangdong/2019/litigation-and-reconsideration/"],
  ["广州2021行政复议体制改革", "/guangzhou/2021/reconsideration-reform/"],
  ["广州2023年民告官败诉率", "/guangzhou/2023/reconsideration-and-litigation/"],
  ["广州2022年调解中心调撤率", "/guangzhou/2022/litigation-white-paper/"],
  ["gz 2024 败诉", "/guangzhou/2024/litigation-and-justice-summary/"],
  ["guangzhou 执法人员", "/guangzhou/2020/rule-of-law-scorecard/"],
  ["白云区2024普法直播", "/guangzhou-baiyun/2024/"],
  ["广州白云2020年报告", "/guangzhou-baiyun/2020/"],
  ["花都区学法考试优秀率", "/guangzhou-huadu/2024/"],
  ["花都司法局法律意见多少份", "/guangzhou-huadu-justice/2019/"],
  ["南沙2020工作要点", "/guangzhou-nansha/2020/work-plan/"],
  ["赤壁2019年执法人员培训", "/chibi/2019/work-plan/"],
  ["chibi 2019 plan", "/chibi/2019/work-plan/"],
  ["佛山2022法治广东建设考评", "/foshan/2022/provincial-assessment/"],
  ["深圳司法局2024党委会议", "/shenzhen-justice/2024/"],
  ["深汕合作区2022", "/shenzhen-shenshan/2022/"],
  ["上海闵行区2023年行政诉讼败诉率", "/shanghai-minhang/2023/"],
  ["上海2024年负责人出庭", "/shanghai/2024/administrative-trials/"],
  ["闵行2019派出所窗口", "/shanghai-minhang/2019/"],
  ["闵行区２０２０年　好评率", "/shanghai-minhang/2020/"],
  ["闵行区2025年信息公开年报", "/shanghai-minhang/2025/info-annual-report/"],
  ["浦江镇2025年", "/shanghai-minhang-pujiang/2025/"],
  ["静海区2022一网通办办件", "/tianjin-jinghai/2022/"],
  ["tianjin hedong 2021", "/tianjin-hedong/2021/"],
  ["石柱2025一件事一次办", "/shizhu/2025/"],
  ["黎场乡简政放权", "/shizhu-lichang/2022/"],
  ["云岫2024复议调解率", "/yunxiu/2024/"],
  ["江门2019年红头文件有多少件", "/jiangmen/2019/"],
  ["宣城市二〇二二年复议应诉", "/xuancheng/2022/reconsideration-statistics/"],
  ["南宁2024新闻发布会", "/nanning/2024/press-conference/"],
  ["Jiangmen 2019 report", "/jiangmen/2019/"],
  ["Guangzhou Baiyun 2023", "/guangzhou-baiyun/2023/"],
];

const NAMES = [
  ["江门", "/jiangmen/"],
  ["jm", "/jiangmen/"],
  ["花都区司法局", "/guangzhou-huadu-justice/"],
  ["sh闵行", "/shanghai-minhang/"],
  ["败诉率", "/indicators/litigation_loss_rate/"],
  ["民告官败诉率是多少", "/indicators/litigation_loss_rate/"],
  ["first-instance loss rate", "/indicators/litigation_loss_rate/"],
  ["工作要点", "/kinds/work-plan/"],
  ["shanhaiguan", "/shanhaiguan/"],
];

const ALL = [...DOCUMENTS.map(([q, path]) => ({ q, path, among: ".results .entry-title" })), ...NAMES.map(([q, path]) => ({ q, path, among: "[data-named] > ul:first-of-type > li > a" }))];

/** Asks, and waits until all is answered. */
async function ask(page, q) {
  await page.locator("#q").fill(q);
  await page.keyboard.press("Enter");
  await page.waitForFunction((text) => document.querySelector("[data-answered]")?.dataset.answered === text
    && !document.querySelector("[data-named][aria-busy], .results[aria-busy]"), q.trim());
}

test(`${ALL.length} questions: the page that should come first is among the first three, and first of 55`, () => context({}, async (own) => {
  assert.ok(ALL.length >= 60);
  const page = await own.newPage();
  const heard = listen(page);
  await go(page, at("example", "/search/"));
  const late = [];
  const lost = [];
  for (const { q, path, among } of ALL) {
    await ask(page, q);
    const found = await page.locator(among).evaluateAll((links) => links.map((link) => link.pathname));
    const place = found.indexOf(path);
    if (place !== 0) late.push(`${q}: ${path} is ${place < 0 ? "not there" : `number ${place + 1}`}, first is ${found[0]}`);
    if (place < 0 || place > 2) lost.push(q);
  }
  if (process.env.XIANGWEI_LATE) console.log(late.join("\n"));
  assert.deepEqual(lost, []);
  assert.ok(late.length <= ALL.length - 55, late.join("\n"));
  assert.deepEqual(heard.console, []);
  assert.deepEqual(heard.elsewhere, []);
}));

test("what was understood can be taken off, by keyboard too, and is said", () => context({ viewport: { width: 360, height: 740 } }, async (own) => {
  const page = await own.newPage();
  await go(page, at("example", "/search/"));
  await ask(page, "江門2019行政復議");
  const chips = page.locator("[data-narrowed] button");
  assert.deepEqual(await chips.allInnerTexts(), ["江门市 ×", "2019年 ×"]);
  assert.match(await page.locator("#search-status").innerText(), /没有文件原样写着“江門2019行政復議”.*“行政復議”/);
  const paths = () => page.locator(".near h2 a").evaluateAll((links) => links.map((link) => link.pathname));
  assert.ok((await paths()).length > 0 && (await paths()).every((path) => path.startsWith("/jiangmen") && path.includes("/2019/")));
  await chips.first().focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("[data-answered]")?.dataset.answered === "2019行政復議");
  assert.ok((await paths()).some((path) => !path.startsWith("/jiangmen")));
  await page.waitForFunction(() => document.activeElement.matches("[data-narrowed] button"));
  assert.match(page.url(), /q=2019%E8%A1%8C/);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("[data-answered]")?.dataset.answered === "行政復議");
  await page.waitForFunction(() => document.activeElement.id === "q");
  assert.ok(await page.locator(".result").count() > 0, "what is left is found as it is typed");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(wide, false);
}));

test("little that is found as typed can be cut apart, and the address says so", () => context({}, async (own) => {
  const page = await own.newPage();
  await go(page, at("example", "/search/"));
  await ask(page, "江门市2019年依法行政工作要点");
  assert.ok(await page.locator(".result").count() <= 2);
  await page.locator("[data-loosen] button").click();
  await page.locator(".near").first().waitFor();
  assert.match(page.url(), /apart=1/);
  await page.reload();
  await page.locator(".near").first().waitFor();
}));

test("an order that is chosen stays, and a phrase comes newest first", () => context({}, async (own) => {
  const page = await own.newPage();
  await go(page, at("example", "/search/"));
  const years = async () => (await page.locator(":is(.result, .near) h2 a").evaluateAll((links) => links.map((link) => Number(/\/(\d{4})\//.exec(link.pathname)[1]))));
  await ask(page, "行政复议");
  assert.deepEqual(await years(), (await years()).toSorted((a, b) => b - a));
  await ask(page, "江门 行政复议");
  const fit = await years();
  await page.locator("select[name=sort]").selectOption("newest");
  await page.waitForURL(/sort=newest/);
  await page.waitForFunction(() => !document.querySelector(".results[aria-busy]"));
  assert.deepEqual(await years(), fit.toSorted((a, b) => b - a));
  await ask(page, "江门 法治政府");
  assert.match(page.url(), /sort=newest/);
}));

test("an indicator comes with its newest figures, of the place that is named; a section by its title", () => context({}, async (own) => {
  const page = await own.newPage();
  await go(page, at("example", "/search/"));
  await ask(page, "广州2023败诉率");
  const figures = await page.locator(".named-figures li").allInnerTexts();
  assert.deepEqual(figures.filter((text) => /广州市 2023年 10\.96%/.test(text)).length, 1, figures.join());
  await page.locator(".named-figures a").first().click();
  await page.waitForURL(/\/guangzhou\/2023\/reconsideration-and-litigation\/#/);
  await go(page, at("example", "/search/"));
  await ask(page, "高位统筹，推动任务落实");
  await page.locator("[data-sections] a").first().click();
  await page.waitForURL(/\/jiangmen\/2019\/#sec-/);
}));

test("axe finds nothing in an answer that is cut apart, light and dark, wide and at 360 px", async () => {
  for (const [colorScheme, width] of [["light", 1280], ["dark", 360]]) {
    await context({ colorScheme, viewport: { width, height: 800 }, reducedMotion: "reduce" }, async (own) => {
      const page = await own.newPage();
      await go(page, at("example", "/search/"));
      await ask(page, "广州2023年民告官败诉率");
      assert.deepEqual((await look(page)).against, [], `${colorScheme} ${width}`);
    });
  }
});
