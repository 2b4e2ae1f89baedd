// An invented archive with known texts: both scripts, figures inside longer figures, numbers of
// documents, names of laws, pinyin in brackets; and a plain search through it, which the site's
// own is compared with.

import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { simplified, table } from "./folds.mjs";
import { project } from "./sites.mjs";

export const PLACES = 120;
export const YEARS = [2019, 2020];

/** The same numbers at every run. */
export function dice(seed) {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

export const roll = dice(7);
export const pick = (list) => list[roll(list.length)];

const WHO = ["市政府", "司法局", "各级行政机关", "行政執法單位", "乡镇人民政府", "市场监管部门", "公安機關", "应急管理局"];
const WHAT = ["办结行政复议案件", "受理行政诉讼应诉案件", "开展行政执法公示制度检查", "清理规范性文件", "組織執法人員培訓", "推进公众参与重大决策", "推(tuī)进(jìn)公众参与重大行(xíng)政决策", "落实“放管服”改革", "审查合同、协议", "发放《行政处罚法》读本", "回覆人大代表建議", "运用APP和GDP核算系统审核"];
const HOW = ["，同比上升", "，同比下降", "；综合纠错率为", "，占全部的", "、办结率"];
const LAW = ["《中华人民共和国行政复议法》", "《优化营商环境条例》", "《法治政府建设实施纲要（2021—2025年）》", "〈暂行办法〉"];

function sentence() {
  const many = pick([`${1 + roll(99)}`, `${100 + roll(900)}`, `1,${100 + roll(900)}`, "７４５"]);
  const rate = `${roll(100)}.${10 + roll(90)}${pick(["%", "％"])}`;
  return `${pick(WHO)}依据${pick(LAW)}${pick(WHAT)}${many}${pick(["件", "次", "份", "人次"])}${pick(HOW)}${rate}。`;
}

function report(place, year) {
  const name = `第${place}县`;
  const number = `县政发〔${year + 1}〕${place}号`;
  const title = `${name}${year}年法治政府建设报告`;
  const sections = ["一、总体情况", "二、存在问题"].map((heading) => [heading, sentence() + sentence(), sentence()]);
  const source = ["---", `title: ${title}`, `issuer: ${name}人民政府`, `document_number: ${number}`, `written: ${year + 1}-03-01`, `published: ${year + 1}-03-20`, "---",
    ...sections.flatMap(([heading, ...rest]) => ["", `## ${heading}`, ...rest.flatMap((text) => ["", text])]), ""].join("\n");
  const names = [title, name, number, `${name}人民政府`];
  // A phrase may run over the paragraphs of a section, and over nothing else.
  const runs = [...names, ...sections.flatMap(([heading, ...rest]) => [heading, rest.join("")])];
  return { path: `/county${place}/${year}/`, blocks: [...names, ...sections.flat()], runs, source };
}

export const reports = YEARS.flatMap((year) => Array.from({ length: PLACES }, (_, place) => report(place + 1, year)));

// The plain search

export const toTraditional = new Map(simplified.map(([traditional, plain]) => [plain, traditional]));
export const swap = (text, table) => [...text].map((c) => table.get(c) ?? c).join("");

/** Copying sites put pinyin behind characters; nothing else stands in brackets so in these texts. */
const PINYIN = /(?<=\p{Script=Han})\([a-zīíìǐ]+\)/gu;

export function folded(text) {
  return swap(text.normalize("NFKC").toLowerCase(), table)
    .replace(/[【〔〈[]/g, "(").replace(/[】〕〉\]]/g, ")").replace(/[“”「」]/g, '"').replace(/[‘’]/g, "'").replace(/[–—]/g, "-").replace(/\s/g, "").replace(PINYIN, "");
}

for (const one of reports) one.folded = one.runs.map(folded);

/** How often a text holds a phrase, figures whole and Latin words from their first letter. */
function times(text, phrase) {
  const figure = (from) => /\d[.,]?$/.test(text.slice(0, from)) && /^\d/.test(phrase);
  let count = 0;
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    const end = at + phrase.length;
    const inFigure = figure(at) || (/\d$/.test(phrase) && /^(\d|[.,]\d)/.test(text.slice(end)));
    const inWord = /^[a-z]/.test(phrase) && /[a-z]$/.test(text.slice(0, at));
    if (!inFigure && !inWord) count += 1;
  }
  return count;
}

export const holds = (text, phrase) => times(text, phrase) > 0;

/** How often a report holds the phrases. */
export const hits = (one, phrases) => phrases.reduce((sum, phrase) => sum + one.folded.reduce((all, text) => all + times(text, folded(phrase)), 0), 0);

export const expected = (phrases) => reports.filter((one) => phrases.every((phrase) => one.folded.some((text) => holds(text, folded(phrase))))).map((one) => one.path);

/** A piece of a text that cuts through no figure and no word. */
export function piece(most) {
  const text = pick(pick(reports).blocks);
  let from = roll(text.length);
  let to = Math.min(text.length, from + 1 + roll(most));
  const inside = (at) => at > 0 && /[\dA-Za-z０-９.,]/.test(text[at - 1]) && /[\dA-Za-z０-９.,]/.test(text[at] ?? "");
  while (inside(from)) from -= 1;
  while (inside(to)) to += 1;
  return text.slice(from, to);
}

// The files

/** How many documents are in a bundle of the archive, by the name of the site that it is built into. */
const BUNDLES = { one: 1000, many: 10 };

/** Builds the archive into a site for each size of bundles; once for all files of a run. */
export async function construct(folder) {
  await write(folder);
  for (const [name, size] of Object.entries(BUNDLES)) await build(folder, name, ["--search-bundle", String(size)]);
}

/** Where the sites of the archive are. */
export const ARCHIVE = join(process.env.XIANGWEI_BUILT ?? "", "archive");

/** Writes the archive into a folder. */
async function write(folder) {
  await mkdir(folder);
  await writeFile(join(folder, "site.yaml"), "title: 检索试验\nbase_url: https://www.example.org/a/\n");
  for (const [n, one] of reports.entries()) {
    const place = (n % PLACES) + 1;
    const at = join(folder, "content", `county${place}`);
    await mkdir(at, { recursive: true });
    await writeFile(join(at, "_index.md"), `---\nname: 第${place}县\nlevel: county\n---\n`);
    await writeFile(join(at, `${YEARS[Math.floor(n / PLACES)]}.md`), one.source);
  }
}

/** Builds a site into a folder within its own; where that is. */
export async function build(folder, name = "out", more = []) {
  const program = process.env.XIANGWEI ?? join(project, "target/debug/xiangwei");
  const output = join(folder, name);
  await promisify(execFile)(program, ["build", "--quiet", "--site", folder, "--output", output, ...more], { maxBuffer: 2 ** 26 });
  return output;
}

// The page

/** Types a query and waits for its answer, and for what filters would leave; how many are said to be found. */
export async function answer(page, text) {
  await page.locator("#q").fill(text);
  await page.keyboard.press("Enter");
  const answered = (text) => {
    const { answered, counted } = document.getElementById("search-status").dataset;
    return answered === text && counted === text;
  };
  await page.waitForFunction(answered, text.trim(), { timeout: 60_000 });
  const said = await page.locator("#search-status").innerText();
  return Number(/共找到 (\d+) 份/.exec(said)?.[1] ?? 0);
}
