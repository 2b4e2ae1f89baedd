// Print gives the pages of GB/T 9704: A4, and on a page of text 22 lines of 28 characters.
// What Chromium prints is measured in the PDF, with the tools of poppler-utils.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { withBrowser } from "./support/browser.mjs";
import { PAGES, at } from "./support/pages.mjs";

const { visit } = withBrowser();
const run = promisify(execFile);
const MM = 72 / 25.4;
const LINE = 28.98;

let folder;
before(async () => { folder = await mkdtemp(join(tmpdir(), "xiangwei-print-")); });
after(() => rm(folder, { recursive: true, force: true }));

/** The page printed: one list of lines for each sheet, each with its box in points and its text. */
async function printed(url, name) {
  const path = join(folder, `${name}.pdf`);
  await visit(url, {}, (page) => page.pdf({ path, preferCSSPageSize: true }));
  const { stdout } = await run("pdftotext", ["-bbox-layout", path, "-"], { maxBuffer: 2 ** 26 });
  return stdout.split("<page ").slice(1).map((sheet) => ({
    width: Number(sheet.match(/width="([\d.]+)"/)[1]),
    height: Number(sheet.match(/height="([\d.]+)"/)[1]),
    lines: [...sheet.matchAll(/<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)"[^>]*>(.*?)<\/line>/gs)].map(([, left, top, right, words]) => ({
      left: Number(left),
      top: Number(top),
      right: Number(right),
      text: words.replace(/<[^>]*>|\s/g, ""),
    })),
  }));
}

/** The lines of text: what is left without the page number. */
const text = (sheet) => sheet.lines.filter((line) => !/^—\d+—$/.test(line.text)).sort((a, b) => a.top - b.top);

test("every page type prints on A4, within the margins of the standard", async () => {
  for (const [i, entry] of PAGES.filter((page) => !page.redirect && !page.results).entries()) {
    for (const sheet of await printed(entry, `all-${i}`)) {
      // A table of many years lies on its side, with margins of its own.
      const [width, height, left, right] = entry.sideways ? [297, 210, 20, 20] : [210, 297, 28, 26];
      assert.ok(Math.abs(sheet.width - width * MM) < 1 && Math.abs(sheet.height - height * MM) < 1, `${entry.name}: A4`);
      for (const line of text(sheet)) {
        assert.ok(line.left > left * MM - 2 && line.right < (width - right) * MM + 6, `${entry.name}: “${line.text}” from ${line.left} to ${line.right}`);
      }
    }
  }
});

test("a page of text has 22 lines of 28 characters", async () => {
  const sheets = await printed(at("example", "/jiangmen/2019/"), "jiangmen");
  const first = text(sheets[0]);
  const second = text(sheets[1]);
  assert.equal(second.length, 22);
  const bottom = second.at(-1).top;
  assert.ok(Math.abs(first.at(-1).top - bottom) < 1, "the first page ends on the same line as the second");
  for (let i = 1; i < second.length; i += 1) {
    const step = second[i].top - second[i - 1].top;
    assert.ok(Math.abs(step - LINE) < 0.8, `line ${i + 1} is ${step} pt below the one before`);
  }
  // Only lines of full-width characters can be counted; two marks of punctuation that meet
  // share a square, a mark that may not begin a line takes the last one with it, and a browser that
  // leaves no single character on the last line of a paragraph takes one more.
  const full = sheets.slice(0, 5).flatMap(text)
    .filter((line) => line.left < 81 && line.right > 521 && /^[\p{Script=Han}，。、；：“”《》（）]+$/u.test(line.text))
    .map((line) => line.text.length).sort((a, b) => a - b);
  assert.ok(full.length >= 5, `${full.length} full lines`);
  assert.equal(full[Math.floor(full.length / 2)], 28, `full lines hold ${full.join(", ")}`);
  assert.ok(full[0] >= 26 && full.at(-1) <= 29, `full lines hold ${full.join(", ")}`);
});

test("the title is in the middle, and what belongs to the screen is not printed", async () => {
  const sheets = await printed(at("example", "/jiangmen/2019/"), "title");
  const [title] = text(sheets[0]);
  const middle = (28 + (210 - 26)) / 2 * MM;
  assert.ok(Math.abs((title.left + title.right) / 2 - middle) < 4, `“${title.text}” from ${title.left} to ${title.right}`);
  const all = sheets.flatMap(text).map((line) => line.text).join("\n");
  for (const word of ["跳到正文", "大字版", "目录", "复制引用", "§"]) assert.ok(!all.includes(word), word);
  assert.match(all, /江门市人民政府网站/, "where it comes from is printed");
});

test("a covering letter comes on a page of its own, before the title", async () => {
  const sheets = await printed(at("special", "/qingshi/2023/"), "letter");
  assert.match(text(sheets[0])[0].text, /^关于报送/);
  assert.ok(text(sheets[0]).length < 10, "nothing but the letter");
  assert.match(text(sheets[1])[0].text, /^青石县人民政府关于2023年度/);
});
