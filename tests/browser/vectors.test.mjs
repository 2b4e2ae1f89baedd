// The browser folds texts and makes words of them as the builder does; the same vectors are
// read by a test in src/search/token.rs.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";

import { fold, learn, located, units } from "../../themes/gongbao/assets/search-words.js";
import { folds } from "./support/folds.mjs";

learn(folds());
// What it imports is made with the site.
const common = await readFile(new URL("../../themes/gongbao/assets/common.js", import.meta.url), "utf8");
const { fill } = await import(`data:text/javascript,${encodeURIComponent(common.replace(/^import .*$/gmu, ""))}`);
const vectors = JSON.parse(await readFile(new URL("vectors.json", import.meta.url), "utf8"));

for (const vector of vectors) {
  test(`“${vector.text}”`, () => {
    assert.deepEqual(units(vector.text), vector.units);
    assert.equal(fold(fold(vector.text)), fold(vector.text), "folding twice is folding once");
    for (const { unit, start, end } of located(vector.text)) {
      assert.ok(fold(vector.text.slice(start, end)).replace(/(?<=[0-9]),(?=[0-9])/g, "").includes(unit), "the way back to the text is right");
    }
  });
}

test("a mark goes from the first unit of a phrase to its last, over pinyin between them", () => {
  const text = "在政(zhèng)（zheng）府(fǔ)工作";
  const list = located(text);
  const at = list.findIndex(({ unit }) => unit === "政");
  assert.equal(text.slice(list[at].start, list[at + 1].end), "政(zhèng)（zheng）府");
  assert.equal(text.slice(list[at + 1].start, list[at + 2].end), "府(fǔ)工");
  assert.equal(units(text).join(""), "在政府工作");
});

test("holes in texts are filled as the program fills them; src/interface/filled.rs reads the same", async () => {
  for (const [text, values, wanted] of JSON.parse(await readFile(new URL("holes.json", import.meta.url), "utf8"))) {
    assert.equal(fill(text, values, "en"), wanted, text);
  }
});
