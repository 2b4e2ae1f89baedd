// What is shown of a text around the words that were searched for.

import { fold, located, places, simplified } from "./search-words.js";

const BEFORE = 24;
const AROUND = 90;
/** Two pieces of a text that are so near are shown as one. */
const NEAR = 12;

/** Characters that fold into others in ways that are not looked into here. */
const ODD = /[\u2e80-\u2fdf\u3130-\u33ff\uf900-\ufaff\u{1f100}-\u{1f2ff}\u{2f800}-\u{2fa1f}]/u;

/** What every text holds in which the terms may stand: a quick look that spares most texts
    the slow one. A term's characters stand in it, in one script or the other. */
export function outlook(asked) {
  const variants = new Map();
  for (const [traditional, plain] of simplified) variants.set(plain, (variants.get(plain) ?? "") + traditional);
  const han = (unit) => /^[\u4e00-\u9fff]$/.test(unit);
  const looks = asked.map((term) => term.units.filter(han).map((unit) => new RegExp(`[${unit}${variants.get(unit) ?? ""}]`, "u")));
  return (text) => ODD.test(text) || looks.some((signs) => signs.every((sign) => sign.test(text)));
}

/** Every place in a text where a term stands. */
export function marked(text, asked) {
  const list = located(text);
  return asked.flatMap((term, n) => places(term, list)
    .map(([first, last]) => ({ n, start: list[first].start, end: list[last].end })))
    .sort((a, b) => a.start - b.start || b.end - a.end);
}

/** What of some paragraphs is shown around the marks in them: of each mark the paragraphs that it
    stands in, once. */
function passages(paragraphs, marks) {
  const found = [];
  let at = 0;
  const ends = paragraphs.map((text) => (at += text.length + 1) - 1);
  const text = paragraphs.join("\n");
  for (const mark of marks) {
    const from = (ends[ends.findIndex((end) => mark.start < end) - 1] ?? -1) + 1;
    const to = ends.find((end) => mark.end <= end);
    const last = found.at(-1);
    if (last && from < last.to) Object.assign(last, { to: Math.max(last.to, to), marks: [...last.marks, mark] });
    else found.push({ from, to, marks: [mark] });
  }
  return found.map(({ from, to, marks: own }) => ({
    text: text.slice(from, to),
    marks: own.map(({ n, start, end }) => ({ n, start: start - from, end: end - from })),
  }));
}

/** Up to three pieces of a document's text that hold the terms; how often they stand in all of it, and which of them do. */
export function excerpts(sections, title, asked, { likely, word }) {
  const passing = [];
  const held = new Set();
  let hits = 0;
  for (const [section, blocks] of sections) {
    for (const paragraphs of blocks) {
      const text = paragraphs.join("\n");
      if (!likely(text)) continue;
      const marks = marked(text, asked).map((mark) => (word ? { ...mark, n: word[mark.n] } : mark));
      hits += marks.length;
      for (const { n } of marks) held.add(n);
      if (text === title) continue;
      const heading = paragraphs === blocks[0] ? "" : blocks[0][0].split("。")[0];
      passing.push(...passages(paragraphs, marks).map((passage) => ({ section, heading, ...passage })));
    }
  }
  return { pieces: chosen(passing).map(piece), hits, held };
}

/** What stands before the title of a section: 第三部分, （一）, 3.2. */
const ORDINAL = /^(?:第?[一二三四五六七八九十百0-9]+(?:部分|[章节条编])|\(?[一二三四五六七八九十百0-9]+(?:[.][0-9]+)*[).、,])?[\s、.,:]*/u;

/** A section whose title is what is asked, with its ordinal or without. */
export function titled(sections, query) {
  const wanted = fold(query).replace(/\s/gu, "");
  for (const [section, blocks] of sections) {
    const heading = section && blocks[0]?.length === 1 ? blocks[0][0] : "";
    if (!heading || heading.length > 4 * wanted.length + 12) continue;
    const folded = fold(heading).replace(/\s/gu, "");
    const bare = folded.replace(ORDINAL, "");
    const ordinal = folded.slice(0, folded.length - bare.length).replace(/[、.,:()]/gu, "");
    if ([folded, bare, ordinal].includes(wanted)) return { section, heading };
  }
  return null;
}

/** A sentence that only says that something is missing: 全年未收到行政复议申请。 One that gives a number says more. */
const MISSING = /没有|未收到|未接到|未发生|未出现|未受理|未办理|不存在|[尚暂]?无(?![论障关偿形须需偏人法线])|[^0-9.]0[件次起项个宗]/u;
const NUMBER = /[1-9][0-9]*(?![0-9]*年)/u;
const SENTENCE = /[。！？；;\n]/u;

/** Whether the mark stands in such a sentence. */
function isMissing(text, { start, end }) {
  let from = start;
  while (from > 0 && !SENTENCE.test(text[from - 1])) from -= 1;
  let to = end;
  while (to < text.length && !SENTENCE.test(text[to])) to += 1;
  const sentence = text.slice(from, to).normalize("NFKC").replace(/(?:19|20)[0-9]{2}/gu, "");
  return sentence.length < 80 && MISSING.test(sentence) && !NUMBER.test(sentence);
}

/**
 * Where words stand in a text: the most of them that one section has, and whether something is said of one that is
 * not only that there is none. `word` tells of which word a term is.
 */
export function stand(sections, asked, { likely, word }) {
  let most = 0;
  let says = false;
  for (const [section, blocks] of sections) {
    const here = new Set();
    for (const paragraphs of blocks) {
      const text = paragraphs.join("\n");
      if (!likely(text)) continue;
      for (const mark of marked(text, asked)) {
        here.add(word[mark.n]);
        says ||= section !== "" && !isMissing(text, mark);
      }
    }
    if (section) most = Math.max(most, here.size);
  }
  return { most, says };
}

/** Every term is shown once before any is shown twice, the text before the names. */
function chosen(hits) {
  const seen = new Set();
  const most = [];
  const empty = (hit) => hit.marks.every((mark) => isMissing(hit.text, mark));
  const sorted = [...hits].sort((a, b) => (a.section === "") - (b.section === "") || empty(a) - empty(b));
  for (const hit of sorted) {
    hit.leads = hit.marks.filter(({ n }) => !seen.has(n) && seen.add(n));
    if (hit.leads.length && most.length < 3) most.push(hit);
  }
  for (const hit of sorted) if (most.length < 3 && !most.includes(hit)) most.push(hit);
  return hits.filter((hit) => most.includes(hit));
}

/** A character that has two halves is not cut through. */
function edge(text, at) {
  return /[\udc00-\udfff]/.test(text[at] ?? "") ? at + 1 : at;
}

/** The stretches of a text that are shown: around the first place of every term that is shown
    here first, and never ending within what is marked. */
function stretches({ text, marks, leads }) {
  const found = [];
  for (const { start, end } of leads.length ? leads : marks.slice(0, 1)) {
    const last = found.at(-1);
    const from = start <= BEFORE * 1.5 ? 0 : start - BEFORE;
    const wanted = last ? end + BEFORE : Math.max(from + AROUND, end + BEFORE);
    const to = Math.max(wanted, ...marks.filter((mark) => mark.start < wanted).map((mark) => mark.end));
    if (last && from - last[1] < NEAR) last[1] = Math.max(last[1], to);
    else found.push([from, to]);
  }
  return found.map(([from, to]) => [edge(text, from), edge(text, Math.min(text.length, to))]);
}

/** Stretches of a text in parts, each with whether it is marked. */
export function cut(text, marks, parts) {
  return parts.map(([from, to]) => {
    const made = [];
    let at = from;
    for (const { start, end } of marks) {
      if (end <= at || start >= to) continue;
      if (start > at) made.push([text.slice(at, start), false]);
      made.push([text.slice(Math.max(at, start), end), true]);
      at = end;
    }
    return at < to ? [...made, [text.slice(at, to), false]] : made;
  });
}

function piece(hit) {
  const { section, heading, text, marks } = hit;
  const parts = stretches(hit);
  const shown = marks.filter(({ start }) => parts.some(([from, to]) => start >= from && start < to));
  const phrases = [...new Set(shown.map(({ start, end }) => text.slice(start, end)))].slice(0, 5);
  return { section, heading, parts: cut(text, marks, parts), open: [parts[0][0] > 0, parts.at(-1)[1] < text.length], phrases };
}
