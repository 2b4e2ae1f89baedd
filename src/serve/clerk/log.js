// What an import has done and found: what was changed in the text, what is missing, and the figures
// that could be declared, which somebody accepts one by one beside their sentences.

import { button, element, pick } from "./words.js";

/** What is told of an import; `ways` are `accept` a figure, `point` to words on the page, `select` them in the text. */
export function log(opened, ways) {
  const { suggestions = [], changes: changed = [], notes = [] } = opened.imported ?? {};
  const box = element("section", { className: "imported", "aria-label": pick("导入", "The import"), hidden: !opened.imported });
  let drawn = "";
  /** The sentence as the text has it, without what the import has added of the year before. */
  const plain = (one) => one.sentence.replace(/（上年 [^）]*）$/, "");

  /** A sentence with its figure marked. */
  function sentence({ sentence, mark }) {
    const at = mark ? sentence.indexOf(mark) : -1;
    if (at < 0) return element("q", { textContent: sentence });
    return element("q", {}, sentence.slice(0, at), element("mark", { textContent: mark }), sentence.slice(at + mark.length));
  }

  function figure(one, index, sheet) {
    const isTaken = sheet.accepted?.has(one.id);
    const drop = () => {
      suggestions.splice(suggestions.indexOf(one), 1);
      drawn = "";
      show(sheet);
      (box.querySelectorAll(".figure button.take")[index] ?? box).focus?.();
    };
    const take = () => {
      ways.accept({ id: one.id, entry: one.entry });
      drop();
    };
    return element("li", { className: "figure" },
      element("p", {}, element("b", { textContent: one.name }), ` ${one.value}`),
      element("p", {}, sentence(one)),
      element("div", { className: "ways" },
        button(pick("采用", "Accept"), take, { className: "take", disabled: isTaken, "aria-label": pick(`采用 ${one.name} ${one.value}`, `Accept ${one.name} ${one.value}`) }),
        button(pick("不用", "Leave out"), drop, { "aria-label": pick(`不用 ${one.name} ${one.value}`, `Leave out ${one.name} ${one.value}`) }),
        button(pick("看原句", "See it"), () => { ways.select(plain(one)); ways.point(plain(one)); }, { "aria-label": pick(`看 ${one.name} 的原句`, `See the sentence of ${one.name}`) })));
  }

  function show(sheet) {
    if (!opened.imported) return;
    const says = JSON.stringify([suggestions.map(({ id, value }) => [id, value]), changed.length]);
    if (says === drawn) return;
    drawn = says;
    const parts = [];
    if (suggestions.length) {
      parts.push(element("h2", { textContent: pick(`可以采用的指标（${suggestions.length}）`, `Figures that could be declared (${suggestions.length})`) }));
      parts.push(element("ul", { className: "figures" }, ...suggestions.map((one, index) => figure(one, index, sheet))));
    }
    if (notes.length) parts.push(element("h2", { textContent: pick("导入时发现", "Found by the import") }), element("ul", {}, ...notes.map((words) => element("li", { textContent: words }))));
    if (changed.length) {
      const rows = changed.map(({ rule, count, example }) => element("li", {}, element("b", { textContent: rule }), pick(` ${count} 处`, ` ${count}×`), example ? element("q", { textContent: example }) : null));
      parts.push(element("details", {}, element("summary", { textContent: pick(`导入时改了什么（${changed.length} 种）`, `What the import changed (${changed.length} kinds)`) }), element("ul", {}, ...rows)));
    }
    box.replaceChildren(...parts);
    box.hidden = parts.length === 0;
  }

  return { box, show };
}
