// Search itself, beside the page: what a query means, which documents hold it, where in them.
// Words are made as src/search/token.rs makes them; tests/browser/vectors.json holds the two
// together. Nothing here touches the page.

import { Index, Replaced, Unread, newest } from "./search-index.js";
import { landmarks as named } from "./search-names.js";

/** Traditional characters and their simplified forms; filled from the contents of the index. */
const simplified = new Map();

export function learn(pairs) {
  const characters = [...pairs];
  for (let at = 0; at + 1 < characters.length; at += 2) simplified.set(characters[at], characters[at + 1]);
}

function plain(c) {
  if ("【〔〈〖〘〚[".includes(c)) return "(";
  if ("】〕〉〗〙〛]".includes(c)) return ")";
  if (/[\u2010-\u2015\u2212]/.test(c)) return "-";
  if ("“”„‟「」〝〞〟".includes(c)) return '"';
  if ("‘’‚‛『』".includes(c)) return "'";
  return simplified.get(c) ?? c;
}

/** Characters that are not seen by themselves; what they stand in reads as if they were not there. */
const UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}";
const ALL_UNSEEN = new RegExp(`[${UNSEEN}]`, "gu");

/** One form for what a reader takes for the same: width, case, script, brackets. */
export function fold(text) {
  const seen = text.replace(ALL_UNSEEN, "");
  const small = [...seen.normalize("NFKC")].map((c) => c.toLowerCase()).join("").normalize("NFKC");
  return [...small].map(plain).join("");
}

/** A character and the marks set on it, which fold as one. */
const PIECE = new RegExp(`.[\\p{M}\\u1160-\\u11ff\\uff9e\\uff9f${UNSEEN}]*`, "gsu");
const PLAIN = /^[\u4e00-\u9fff0-9a-z]$/;
/** Characters that fold to figures and are no part of one: raised and circled ones, fractions. */
const MARK = /^[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209f\u2150-\u2189\u2460-\u249b\u24ea\u3251-\u325f\u32b1-\u32cb\u3358-\u3370\u33e0-\u33fe\u{1f100}-\u{1f10a}]/u;
/** A comma of Chinese. Only where all is of full width it parts thousands. */
const COMMA = "，";
/** What of the decimals of a figure is none: one or two digits and a dot before 2019年 are an ordinal. */
const DECIMALS = "(?:(?!(?<=(?<![0-9])[0-9]{1,2})\\.(?:19|20)[0-9]{2}年)(?:\\.[0-9]+)+)?";
/** A figure, a word in Latin letters, any other character. Commas belong to a figure where they part
    all of it into thousands. src/han/figure.rs reads figures by the same rules. */
const UNIT = new RegExp(`(?<![0-9],)[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]|,[0-9])${DECIMALS}|[0-9]+${DECIMALS}|[a-z]+|.`, "gsu");

/** The syllables of pinyin: the finals of every initial. `v` is ü. */
const FINALS = {
  "": "a ai an ang ao e ei en eng er o ou",
  b: "a ai an ang ao ei en eng i ian iao ie in ing o u",
  p: "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
  m: "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
  f: "a an ang ei en eng o ou u",
  d: "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
  t: "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
  n: "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue uo v ve",
  l: "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan ue un uo v ve",
  g: "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
  k: "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
  h: "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
  j: "i ia ian iang iao ie in ing iong iu u uan ue un",
  q: "i ia ian iang iao ie in ing iong iu u uan ue un",
  x: "i ia ian iang iao ie in ing iong iu u uan ue un",
  zh: "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
  ch: "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
  sh: "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
  r: "an ang ao e en eng i ong ou u ua uan ui un uo",
  z: "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
  c: "a ai an ang ao e en eng i ong ou u uan ui un uo",
  s: "a ai an ang ao e en eng i ong ou u uan ui un uo",
  y: "a an ang ao e i in ing o ong ou u uan ue un",
  w: "a ai an ang ei en eng o u",
};
const SYLLABLES = new Set(Object.entries(FINALS)
  .flatMap(([initial, finals]) => finals.split(" ").map((end) => initial + end)));
/** What stands in brackets behind a Han character. */
const BEHIND = /(?<=[\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{323af}])(?:[([（［【〔〈〖〘〚][^([（［【〔〈〖〘〚)\]）］】〕〉〗〙〛]{1,12}[)\]）］】〕〉〗〙〛])+/gu;

/** Whether a text is one syllable in small letters. A single letter without its tone is rather the
    number of an item, as in (a). */
function isSyllable(text) {
  const letters = text.normalize("NFD").replaceAll("u\u0308", "v").replaceAll("ɑ", "a").replaceAll("ɡ", "g");
  const bare = letters.replace(/[\u0300\u0301\u0304\u030c]/g, "");
  const tones = letters.length - bare.length;
  return tones <= 1 && bare.length + tones > 1 && SYLLABLES.has(bare);
}

/** Where pinyin stands in brackets, as copying sites put it behind characters: 推(tuī)进. */
function readings(text) {
  const found = [];
  for (const { 0: run, index } of text.matchAll(BEHIND)) {
    let length = 0;
    for (const inner of run.slice(1, -1).split(/[)\]）］】〕〉〗〙〛]./u)) {
      if (!isSyllable(inner)) break;
      length += inner.length + 2;
    }
    if (length) found.push([index, index + length]);
  }
  return found;
}

/** A piece as it folds, parted by spaces from figures that it is no part of. */
function parted(piece, before, behind) {
  const folded = fold(piece);
  if (MARK.test(piece)) return ` ${folded} `;
  const isPause = piece.startsWith(COMMA) && (/[0-9]$/.test(before) || /^[0-9]/.test(behind));
  return isPause ? `${folded} ` : folded;
}

/** The units of a text with the places in it where each begins and ends. Pinyin in brackets is in
    none of them. */
export function located(text) {
  const dropped = readings(text);
  const parts = [0, ...dropped.flat(), text.length];
  let bare = "";
  for (let at = 0; at < parts.length; at += 2) bare += text.slice(parts[at], parts[at + 1]);
  let folded = "";
  let passed = 0;
  const starts = [];
  const ends = [];
  for (const { 0: piece, index } of bare.matchAll(PIECE)) {
    while (dropped.length && index + passed >= dropped[0][0]) {
      const [from, to] = dropped.shift();
      passed += to - from;
    }
    const more = PLAIN.test(piece) ? simplified.get(piece) ?? piece : parted(piece, bare.slice(Math.max(index - 1, 0), index), bare.slice(index + piece.length, index + piece.length + 1));
    folded += more;
    for (let at = 0; at < more.length; at += 1) {
      starts.push(index + passed);
      ends.push(index + passed + piece.length);
    }
  }
  const units = [];
  for (const { 0: unit, index } of folded.matchAll(UNIT)) {
    if (/^\s$/.test(unit)) continue;
    const figure = /^[0-9]/.test(unit) ? unit.replaceAll(",", "") : unit;
    units.push({ unit: figure, start: starts[index], end: ends[index + unit.length - 1] });
  }
  return units;
}

export function units(text) {
  return located(text).map(({ unit }) => unit);
}

/** What is asked: every term must occur. Quoted, a term is meant to the letter; else its last
    Latin word may be cut short. The space in 73. 63% parts no terms. */
export function terms(query) {
  const parts = query.replace(/(?<=[0-9０-９][.．])\s+(?=[0-9０-９]+(?:[.．][0-9０-９]+)*\s*[%％‰])/gu, "")
    .matchAll(/(?<=^|\s)["“”„‟「」＂](.+?)["“”„‟「」＂](?=$|\s)|\S+/gu);
  return [...parts]
    .map(([whole, quoted]) => ({ units: units(quoted ?? whole), open: quoted === undefined }))
    .filter((term) => term.units.length)
    .map((term) => ({ ...term, ways: ways(term.units) }));
}

/** How many figures of a term may be written in two ways. */
const TWOFOLD = 4;

/** The rows of units that a row may stand for: some write the decimals of a figure behind a space. */
function ways(units) {
  let found = [[]];
  let decimals = 0;
  for (const unit of units) {
    const cut = /^[0-9]+\.[0-9]+$/.test(unit) && decimals < TWOFOLD ? unit.split(/(\.)/) : null;
    if (cut) decimals += 1;
    found = [...found.map((row) => [...row, unit]), ...(cut ? found.map((row) => [...row, ...cut]) : [])];
  }
  return found;
}

const isLatin = (unit) => /^[a-z]/.test(unit);

/** Where a term stands among the units of a text: the indexes of the first and the last of each. */
function places(term, text) {
  const found = [];
  for (const way of term.ways) {
    const last = way.length - 1;
    const matches = (at) => way.every((unit, n) => {
      const there = text[at + n].unit;
      return there === unit || (n === last && term.open && isLatin(unit) && there.startsWith(unit));
    });
    for (let at = 0; at + last < text.length; at += 1) if (matches(at)) found.push([at, at + last]);
  }
  return found;
}

// The index

let base = "";
let index = null;

/** An index that nothing is known of. A newer one, as a preview makes them, is read anew. */
const unread = () => new Index(base, () => self.postMessage({ building: true }));

/** Lets in what the page has asked meanwhile. */
const breathe = () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { port1.close(); resolve(); };
  port2.postMessage(null);
});

/** The table of contents: the bundles, newest first, and how to tell the index of names. */
async function open() {
  const contents = await index.contents();
  learn(contents.fold);
  return contents;
}

const suggested = new Set();

/** The documents of a bundle, newest first. The numbers and issuers in it are suggested to whoever types. */
async function table(part) {
  const read = await index.table(part);
  if (!suggested.has(part.name)) {
    suggested.add(part.name);
    const names = read.documents.flatMap((document) => [...(document.numbers ?? []), ...(document.issuers ?? [])]);
    self.postMessage({ names: [...new Set(names)] });
  }
  return read;
}

/** How often a term stands in each document of a bundle, by the documents' numbers. */
async function holders(part, term) {
  const last = term.units.at(-1);
  const ends = term.open && isLatin(last) ? (await table(part)).words.filter((word) => word.startsWith(last)) : [last];
  const rows = isLatin(last) ? ends.flatMap((end) => term.ways.map((way) => [...way.slice(0, -1), end])) : term.ways;
  const all = await Promise.all(rows.map((row) => index.rows(part, row)));
  if (all.length === 1) return all[0];
  const found = new Map();
  for (const row of all) {
    for (const [number, count] of row) found.set(number, (found.get(number) ?? 0) + count);
  }
  return found;
}

/** The documents of a bundle that hold every term, newest first, each with how often they stand in it. */
async function matching(part, asked) {
  const terms = Promise.all(asked.map((term) => holders(part, term)));
  const [{ documents }, found] = await Promise.all([table(part), terms]);
  return documents.filter(({ number }) => found.every((counts) => counts.has(number)))
    .map((document) => ({ document, hits: found.reduce((sum, counts) => sum + counts.get(document.number), 0) }));
}

// Filters

const FACETS = {
  place: (document) => document.places,
  year: (document) => [String(document.year)],
  kind: (document) => [document.kind[0]],
  level: (document) => [document.level[0]],
  issuer: (document) => document.issuers ?? [],
};

/** The filters that are set, each with what passes it. */
function filters(query) {
  const chosen = ["place", "kind", "level", "issuer"].filter((name) => query[name])
    .map((name) => [name, (document) => FACETS[name](document).includes(query[name])]);
  const from = Number(query.from) || -Infinity;
  const to = Number(query.to) || Infinity;
  const years = query.from || query.to ? [["year", ({ year }) => year >= from && year <= to]] : [];
  return [...chosen, ...years];
}

/** The documents that pass every filter. */
function passing(found, query) {
  const set = filters(query);
  return set.length ? found.filter(({ document }) => set.every(([, passes]) => passes(document))) : found;
}

/** How many documents every value of every filter would leave, and what it is called. A document that one filter
    alone keeps out counts for the values of that one. */
function counted(found, query) {
  const set = filters(query);
  const all = Object.keys(FACETS);
  const facets = Object.fromEntries(all.map((name) => [name, new Map()]));
  for (const { document } of found) {
    let against = null;
    let times = 0;
    for (const [name, passes] of set) {
      if (passes(document)) continue;
      against = name;
      times += 1;
    }
    if (times > 1) continue;
    for (const name of all) {
      if (against && name !== against) continue;
      for (const value of FACETS[name](document)) {
        const one = facets[name].get(value);
        if (one) one.count += 1;
        else facets[name].set(value, { value, label: ["kind", "level"].includes(name) ? document[name][1] : value, count: 1 });
      }
    }
  }
  return Object.fromEntries(all.map((name) => [name, [...facets[name].values()]]));
}

// Excerpts

const BEFORE = 24;
const AROUND = 90;
/** Two pieces of a text that are so near are shown as one. */
const NEAR = 12;

/** Characters that fold into others in ways that are not looked into here. */
const ODD = /[\u2e80-\u2fdf\u3130-\u33ff\uf900-\ufaff\u{1f100}-\u{1f2ff}\u{2f800}-\u{2fa1f}]/u;

/** What every text holds in which the terms may stand: a quick look that spares most texts
    the slow one. A term's characters stand in it, in one script or the other. */
function outlook(asked) {
  const variants = new Map();
  for (const [traditional, plain] of simplified) variants.set(plain, (variants.get(plain) ?? "") + traditional);
  const han = (unit) => /^[\u4e00-\u9fff]$/.test(unit);
  const looks = asked.map((term) => term.units.filter(han).map((unit) => new RegExp(`[${unit}${variants.get(unit) ?? ""}]`, "u")));
  return (text) => ODD.test(text) || looks.some((signs) => signs.every((sign) => sign.test(text)));
}

/** Every place in a text where a term stands. */
function marked(text, asked) {
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

/** Up to three pieces of a document's text that hold the terms. */
async function excerpts(document, asked, likely) {
  const hits = [];
  for (const [section, blocks] of await index.text(document)) {
    for (const paragraphs of blocks) {
      const text = paragraphs.join("\n");
      if (text === document.title || !likely(text)) continue;
      const heading = paragraphs === blocks[0] ? "" : blocks[0][0].split("。")[0];
      hits.push(...passages(paragraphs, marked(text, asked)).map((passage) => ({ section, heading, ...passage })));
    }
  }
  return chosen(hits).map(piece);
}

/** Every term is shown once before any is shown twice, the text before the names. */
function chosen(hits) {
  const seen = new Set();
  const most = [];
  for (const hit of [...hits].sort((a, b) => (a.section === "") - (b.section === ""))) {
    hit.leads = hit.marks.filter(({ n }) => !seen.has(n) && seen.add(n));
    if (hit.leads.length && most.length < 3) most.push(hit);
  }
  for (const hit of hits) if (most.length < 3 && !most.includes(hit)) most.push(hit);
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
function cut(text, marks, parts) {
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

// Answers

let turn = 0;

/** Whether what is asked is still the last that was, of the index that is there. */
const current = (about) => about.mine === turn && about.index === index;

const made = { q: null, index: null, documents: new Map() };

/** A document as it is shown; one that was shown for the same words is not made again. Where its
    text could not be read, it is there without excerpts, and says so. */
async function entry({ document, hits }, { query, asked, likely }) {
  if (made.q !== query.q || made.index !== index) Object.assign(made, { q: query.q, index, documents: new Map() });
  const { url, place, year, kind, title } = document;
  const bare = { url, place, year, kind, hits, pieces: [], title: cut(title, marked(title, asked), [[0, title.length]]) };
  if (!asked.length) return bare;
  const known = made.documents.get(url);
  if (known) return known;
  try {
    const whole = { ...bare, pieces: await excerpts(document, asked, likely) };
    made.documents.set(url, whole);
    return whole;
  } catch (error) {
    if (error instanceof Unread) return { ...bare, unread: true };
    throw error;
  }
}

/** What is found comes newest first; if it is asked for, what holds the words most often. */
function ordered(found, { sort }) {
  return sort === "relevance" ? [...found].sort((a, b) => b.hits - a.hits || newest(a.document, b.document)) : found;
}

/** Tells the page what is found so far; of what is found at the end, also what filters would leave,
    and which years could not be read. */
async function tell(found, about) {
  const { mine, query, count, done, read, elsewhere } = about;
  const all = ordered(passing(found, query), query);
  const shown = await Promise.all(all.slice(0, count).map((one) => entry(one, about)));
  if (!current(about)) return;
  const facets = done ? counted(found, query) : null;
  const missing = about.missing.map(({ first, last }) => [first, last]);
  self.postMessage({ turn: mine, done, total: all.length, shown, facets, read, elsewhere, missing, spent: index.spent, sum: index.sum });
}

/** Bundles that have years in common, which are read together: what is newest in them is only
    known when all are read. */
function ages(parts) {
  const found = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (last && part.last >= last.first) {
      last.parts.push(part);
      last.first = Math.min(last.first, part.first);
    } else found.push({ first: part.first, parts: [part] });
  }
  return found.map((age) => age.parts);
}

/** A bundle none of whose years is asked for need not be read. */
function wanted(bundle, query) {
  return (!query.from || bundle.last >= Number(query.from)) && (!query.to || bundle.first <= Number(query.to));
}

/** How many ages are read ahead of the one that is waited for. */
const AHEAD = 3;

/** What is found in the bundles of an age. One that cannot be read is noted and is no reason to
    drop what others have. */
async function look(group, about) {
  const found = await Promise.all(group.map((part) => matching(part, about.asked).catch((error) => {
    if (!(error instanceof Unread)) throw error;
    console.error(error.message);
    about.missing.push(part);
    return [];
  })));
  return group.length > 1 ? found.flat().sort((a, b) => newest(a.document, b.document)) : found.flat();
}

/** All that is found in some bundles, the newest first; what is found so far is told once there
    is something, and again now and then. `null` when something else is asked meanwhile. */
async function search(parts, about) {
  const all = [];
  const groups = ages(parts);
  const begun = [];
  const begin = (n) => {
    begun[n] ??= look(groups[n], about);
    begun[n].catch(() => {});
    return begun[n];
  };
  let told = -Infinity;
  for (const n of groups.keys()) {
    all.push(...await begin(n));
    begun[n] = null;
    await breathe();
    if (!current(about)) return null;
    for (let next = n + 1; next <= n + AHEAD && next < groups.length; next += 1) begin(next);
    const due = !about.quiet && about.query.sort !== "relevance" && performance.now() - told > 500;
    if (n + 1 < groups.length && due && passing(all, about.query).length) {
      await tell(all, { ...about, done: false });
      told = performance.now();
    }
  }
  return all;
}

async function answer({ turn: mine, query, count }) {
  const { bundles: parts } = await open();
  const asked = terms(query.q);
  if (query.q && !asked.length) return self.postMessage({ turn: mine, blank: true });
  const about = { mine, index, query, asked, count, likely: outlook(asked), missing: [] };
  const inside = parts.filter((bundle) => wanted(bundle, query));
  const found = await search(inside, about);
  if (!found) return;
  // Where the years that were chosen have nothing, others may; else they are not read.
  const empty = !passing(found, query).length;
  const outside = empty ? parts.filter((bundle) => !inside.includes(bundle)) : [];
  const others = await search(outside, { ...about, quiet: true });
  if (!others) return;
  const all = [...found, ...others];
  const elsewhere = empty ? passing(all, { ...query, from: "", to: "" }).length : 0;
  const known = [...inside, ...outside].filter((part) => !about.missing.includes(part));
  const read = known.map(({ first, last }) => [first, last]);
  await tell(all, { ...about, done: true, read, elsewhere });
}

/** The places, indicators and pages that are called like what is asked. */
async function called(q) {
  const { names: digest } = await open();
  if (!digest || !q) return [];
  return named({ base, digest, table: await index.landmarks(digest), query: q, fold });
}

/** Tells the page what is called like what is asked; nothing where that cannot be read. */
async function point({ turn: mine, query }) {
  const landmarks = await called(query.q).catch((error) => {
    console.error(error);
    return [];
  });
  if (mine === turn) self.postMessage({ turn: mine, landmarks });
}

/** How long a publication is taken for the newest while questions are asked, in milliseconds. */
const FRESH = 60_000;
let looked = 0;

/** How many publications may take each other's place while one question is answered. */
const RENEWALS = 3;

/** Answers, and anew from a newer index if another publication took the place of the one that was read. */
async function respond(question) {
  turn = question.turn;
  index.hope();
  for (let times = 0; turn === question.turn; times += 1) {
    const mine = index;
    try {
      await answer(question);
      if (performance.now() - looked > FRESH) await renew();
      return;
    } catch (error) {
      if (!(error instanceof Replaced) || times === RENEWALS) throw error;
      if (mine === index) index = unread();
    }
  }
}

/** Reads the newest documents before anything is asked. */
async function warm() {
  const [group] = ages((await open()).bundles);
  await Promise.all((group ?? []).map(table));
}

/** Looks for a newer index, as there may be one when the reader comes back to the page. */
async function renew() {
  const mine = index;
  looked = performance.now();
  if (!await mine.isReplaced() || mine !== index) return;
  index = unread();
  self.postMessage({ renewed: true });
}

/** Learns from the page where everything is, and of which publication what it shows is. */
function begin({ base: address, sum }) {
  base = address;
  index = unread();
  warm().then(() => { if (sum && sum !== index.sum) self.postMessage({ renewed: true }); }, () => {});
}

if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) {
  self.addEventListener("message", async ({ data }) => {
    try {
      if (data.base) begin(data);
      if (data.look) await renew();
      else if (data.query) await Promise.all([respond(data), point(data)]);
    } catch (error) {
      self.postMessage({ turn: data.turn, failed: String(error) });
    }
  });
}
