// Search itself, beside the page: what a query means, which documents hold it, where in them.
// Words are made as src/search/token.rs makes them; tests/browser/vectors.json holds the two
// together. Nothing here touches the page.

const SEAM = "\u{a480}";
const END = "\u{a481}";
const FIRST = 0xa000;
const LETTERS = 1024;

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

/** One form for what a reader takes for the same: width, case, script, brackets. */
export function fold(text) {
  const small = [...text.normalize("NFKC")].map((c) => c.toLowerCase()).join("").normalize("NFKC");
  return [...small].map(plain).join("");
}

/** A character and the marks set on it, which fold as one. */
const PIECE = /.[\p{M}\u1160-\u11ff\uff9e\uff9f]*/gsu;
const PLAIN = /^[\u4e00-\u9fff0-9a-z]$/;
const UNIT = /[0-9]{1,3}(?:,[0-9]{3}(?![0-9]))+(?:\.[0-9]+)*|[0-9]+(?:\.[0-9]+)*|[a-z]+|./gsu;
const NOTHING = /^[\s\u0085\u200b-\u200d\u2060\ufeff\u00ad]$/u;

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
    const more = PLAIN.test(piece) ? simplified.get(piece) ?? piece : fold(piece);
    folded += more;
    for (let at = 0; at < more.length; at += 1) {
      starts.push(index + passed);
      ends.push(index + passed + piece.length);
    }
  }
  const units = [];
  for (const { 0: unit, index } of folded.matchAll(UNIT)) {
    if (!NOTHING.test(unit)) units.push({ unit, start: starts[index], end: ends[index + unit.length - 1] });
  }
  return units;
}

export function units(text) {
  return located(text).map(({ unit }) => unit);
}

/** A unit as Pagefind keeps it: marks and accents in two letters each. */
export function single(unit) {
  return [...unit].map((c) => {
    if (/^[0-9a-z\u3400-\u4dbf\u4e00-\u9fff]$/.test(c)) return c;
    const code = c.codePointAt(0);
    return String.fromCharCode(FIRST + Math.floor(code / LETTERS), FIRST + (code % LETTERS));
  }).join("");
}

/** Two units joined, or the last of a block and its end. */
export function pair(unit, next) {
  if (next === undefined) return single(unit) + END;
  const seam = /[\x00-\x7f]$/.test(unit) && /^[0-9a-z]/.test(next) ? SEAM : "";
  return single(unit) + seam + single(next);
}

export function pairs(list) {
  return list.map((unit, at) => pair(unit, list[at + 1]));
}

/** What is asked: every term must occur. Quoted, a term is meant to the letter; else its last
    Latin word may be cut short. */
export function terms(query) {
  const parts = query.matchAll(/(?<=^|\s)["“”„‟「」＂](.+?)["“”„‟「」＂](?=$|\s)|\S+/gu);
  return [...parts]
    .map(([whole, quoted]) => ({ units: units(quoted ?? whole), open: quoted === undefined }))
    .filter((term) => term.units.length);
}

const isLatin = (unit) => /^[a-z]/.test(unit);

/** Where the units of a term stand in those of a text: the indexes of the first of each. */
function places(term, text) {
  const last = term.units.length - 1;
  const matches = (at) => term.units.every((unit, n) => {
    const there = text[at + n].unit;
    return there === unit || (n === last && term.open && isLatin(unit) && there.startsWith(unit));
  });
  const found = [];
  for (let at = 0; at + last < text.length; at += 1) if (matches(at)) found.push(at);
  return found;
}

// The index

let base = "";
let contents = null;
const bundles = new Map();

async function json(path) {
  const response = await fetch(base + path);
  if (!response.ok) throw new Error(`${response.status} ${path}`);
  return response.json();
}

/** The table of contents, read once; and once more if that failed. */
function open() {
  contents ??= json("contents.json").then((read) => {
    learn(read.fold);
    return read.bundles;
  });
  contents.catch(() => { contents = null; });
  return contents;
}

/** The documents of a bundle. */
function table(name) {
  if (!bundles.has(name)) {
    const bundle = json(`${name}/documents.json`).then((read) => ({ ...read, name, engine: null }));
    bundles.set(name, bundle);
    bundle.catch(() => bundles.delete(name));
  }
  return bundles.get(name);
}

function engine(bundle) {
  bundle.engine ??= import(`${base}pagefind.js`)
    .then(({ createInstance }) => createInstance({ basePath: `${base}${bundle.name}/` }));
  bundle.engine.catch(() => { bundle.engine = null; });
  return bundle.engine;
}

/** The ids of the documents of a bundle that hold a term, each with how often. */
async function holders(bundle, term) {
  const last = term.units.at(-1);
  const ends = term.open && isLatin(last) ? bundle.words.filter((word) => word.startsWith(last)) : [last];
  const found = new Map();
  const instance = await engine(bundle);
  for (const end of ends) {
    const list = [...term.units.slice(0, -1), end];
    const words = list.length === 1 ? [single(end)] : pairs(list).slice(0, -1);
    const { results } = await instance.search(`"${words.join(" ")}"`);
    for (const { id, words: hits } of results) found.set(id, (found.get(id) ?? 0) + hits.length / words.length);
  }
  return found;
}

/** The documents of a bundle that hold every term. */
async function matching(bundle, asked) {
  if (!asked.length) return bundle.documents.map((document) => ({ document, weight: 0 }));
  const found = [];
  for (const term of asked) found.push(await holders(bundle, term));
  return bundle.documents.filter(({ id }) => found.every((ids) => ids.has(id)))
    .map((document) => ({ document, weight: Math.min(...found.map((ids) => ids.get(document.id))) }));
}

const FACETS = {
  place: (document) => document.places,
  year: (document) => [String(document.year)],
  kind: (document) => [document.kind[0]],
  level: (document) => [document.level[0]],
  issuer: (document) => document.issuers ?? [],
};

/** Whether a document is what is asked for, `but` one filter. */
function passes(document, query, but) {
  const year = but === "year" || ((!query.from || document.year >= Number(query.from))
    && (!query.to || document.year <= Number(query.to)));
  return year && ["place", "kind", "level", "issuer"]
    .every((name) => name === but || !query[name] || FACETS[name](document).includes(query[name]));
}

/** How many documents every value of every filter would leave, and what it is called. */
function counted(found, query) {
  const facets = {};
  for (const [name, values] of Object.entries(FACETS)) {
    const counts = new Map();
    for (const { document } of found.filter((one) => passes(one.document, query, name))) {
      for (const value of values(document)) {
        const label = ["kind", "level"].includes(name) ? document[name][1] : value;
        counts.set(value, { value, label, count: (counts.get(value)?.count ?? 0) + 1 });
      }
    }
    facets[name] = [...counts.values()];
  }
  return facets;
}

const BEFORE = 24;
const AROUND = 90;

const texts = new Map();

/** The text of a document; the last that were read are kept. */
function textOf(bundle, id) {
  const path = `${bundle}/text/${id}.json`;
  if (!texts.has(path)) {
    if (texts.size > 200) texts.delete(texts.keys().next().value);
    const read = json(path);
    texts.set(path, read);
    read.catch(() => texts.delete(path));
  }
  return texts.get(path);
}

/** Up to three pieces of a document's text that hold a term, each with its marks. */
async function excerpts(bundle, document, asked) {
  const sections = await textOf(bundle, document.id);
  const hits = [];
  let count = 0;
  for (const [section, blocks] of sections) {
    for (const text of blocks) {
      const list = located(text);
      const marks = asked.flatMap((term, n) => places(term, list)
        .map((at) => ({ n, start: list[at].start, end: list[at + term.units.length - 1].end })));
      count += marks.length;
      if (marks.length) hits.push({ section, text, marks, heading: text === blocks[0] ? "" : blocks[0].split("。")[0] });
    }
  }
  // Every term is shown once before any is shown twice, the text before the names.
  const seen = new Set();
  const fresh = (hit) => hit.marks.some(({ n }) => !seen.has(n));
  const chosen = [];
  for (const hit of [...hits].sort((a, b) => (a.section === "") - (b.section === ""))) {
    if (chosen.length < 3 && fresh(hit)) chosen.push(hit);
    hit.marks.forEach(({ n }) => seen.add(n));
  }
  for (const hit of hits) if (chosen.length < 3 && !chosen.includes(hit) && hit.text !== document.title) chosen.push(hit);
  return { count, pieces: hits.filter((hit) => chosen.includes(hit)).map(piece) };
}

/** A character that has two halves is not cut through. */
function edge(text, at) {
  return /[\udc00-\udfff]/.test(text[at] ?? "") ? at + 1 : at;
}

function piece({ section, heading, text, marks }) {
  const sorted = marks.sort((a, b) => a.start - b.start || b.end - a.end);
  const from = edge(text, sorted[0].start <= BEFORE * 1.5 ? 0 : sorted[0].start - BEFORE);
  const to = edge(text, Math.min(text.length, Math.max(from + AROUND, sorted[0].end + BEFORE)));
  const parts = [];
  let at = from;
  for (const { start, end } of sorted) {
    if (start < at || end > to) continue;
    if (start > at) parts.push([text.slice(at, start), false]);
    parts.push([text.slice(start, end), true]);
    at = end;
  }
  parts.push([text.slice(at, to), false]);
  return { section, heading, parts, cut: [from > 0, to < text.length], phrase: text.slice(sorted[0].start, sorted[0].end) };
}

function ordered(found, query) {
  const newest = (a, b) => b.document.year - a.document.year
    || (b.document.published ?? "").localeCompare(a.document.published ?? "");
  const best = (a, b) => b.weight - a.weight || newest(a, b);
  return [...found].sort(query.sort === "relevance" ? best : newest);
}

let turn = 0;

/** Tells the page what is found so far. */
async function tell(mine, all, { query, asked, count, done }) {
  const found = ordered(all.filter(({ document }) => passes(document, query)), query);
  const shown = await Promise.all(found.slice(0, count).map(async ({ document, bundle }) => {
    const { count: hits, pieces } = asked.length ? await excerpts(bundle, document, asked) : { count: 0, pieces: [] };
    return { ...document, hits, pieces };
  }));
  if (mine === turn) self.postMessage({ turn: mine, done, total: found.length, shown, facets: counted(all, query) });
}

/** A bundle none of whose years is asked for need not be read, unless counts are wanted of it. */
function wanted(bundle, query) {
  return (!query.from || bundle.last >= Number(query.from)) && (!query.to || bundle.first <= Number(query.to));
}

async function answer({ turn: mine, query, count }) {
  turn = mine;
  const parts = (await open()).filter((bundle) => wanted(bundle, query));
  const asked = terms(query.q);
  const all = [];
  let told = false;
  for (const [n, { name }] of parts.entries()) {
    const bundle = await table(name);
    const found = await matching(bundle, asked);
    if (mine !== turn) return;
    all.push(...found.map((one) => ({ ...one, bundle: name })));
    const enough = query.sort !== "relevance" && all.length >= count;
    if (n + 1 < parts.length && enough && !told) {
      told = true;
      await tell(mine, all, { query, asked, count, done: false });
    }
  }
  if (mine === turn) await tell(mine, all, { query, asked, count, done: true });
}

/** What the newest bundle's documents are called, for suggestions. */
async function names() {
  const first = (await open())[0];
  const { documents } = first ? await table(first.name) : { documents: [] };
  const numbers = documents.flatMap((document) => document.numbers ?? []);
  self.postMessage({ names: [...new Set([...numbers, ...documents.flatMap((document) => document.issuers ?? [])])] });
}

if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) {
  self.addEventListener("message", ({ data }) => {
    if (data.base) base = data.base;
    else if (data.names) names().catch(() => {});
    else answer(data).catch((error) => self.postMessage({ turn: data.turn, failed: String(error) }));
  });
}
