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

/** What has been read of an index. A newer one, as a preview makes them, is read anew. */
function unread() {
  let leave = null;
  const gone = new Promise((_, reject) => { leave = reject; });
  gone.catch(() => {});
  return { contents: null, first: null, wasm: new Map(), tables: new Map(), engines: new Map(), texts: new Map(), gone, leave };
}

let base = "";
let index = unread();

class Gone extends Error {}

const never = () => new Promise(() => {});
const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });

/** Lets in what the page has asked meanwhile. */
const breathe = () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { port1.close(); resolve(); };
  port2.postMessage(null);
});

/** How long to wait for an index that is being built, in milliseconds. */
const patience = (response) => Math.min(Math.max(Number(response.headers.get("Retry-After")) || 1, 0.5), 10) * 1000;

/** Asks for every file of the index, Pagefind's as well as ours. While an index is being built,
    as in a preview, a file is asked for until it is there. One that is gone stands in a newer
    index under another name: whoever waits for it is left waiting, and the search begins anew. */
function patiently(get) {
  return async (address, options) => {
    const mine = index;
    for (;;) {
      const response = await get(address, options);
      if (response.status === 404) mine.leave(new Gone(String(address)));
      if (response.status === 404 || mine !== index) return never();
      if (response.status !== 503 || !response.headers.has("Retry-After")) return response;
      self.postMessage({ building: true });
      await pause(patience(response));
    }
  };
}

/** Every bundle brings the same WebAssembly; it is loaded once. */
function sparingly(get) {
  return async (address, options) => {
    const name = /\/(wasm\.[^/]+\.pagefind)$/.exec(String(address))?.[1];
    if (!name) return get(address, options);
    const bytes = await once(index.wasm, name, async () => {
      const response = await get(address, options);
      if (!response.ok) throw new Error(`${response.status} ${name}`);
      return response.arrayBuffer();
    });
    return new Response(bytes.slice(0));
  };
}

async function json(path, options) {
  const response = await fetch(base + path, options);
  if (!response.ok) throw new Error(`${response.status} ${path}`);
  return response.json();
}

/** What `key` gives in `map`, made when it is first asked for, and again if that failed. */
function once(map, key, make) {
  if (!map.has(key)) {
    const made = make();
    map.set(key, made);
    made.catch(() => map.delete(key));
  }
  return map.get(key);
}

/** The bundles, newest first. */
function open() {
  const mine = index;
  mine.contents ??= json("contents.json", { cache: "no-cache" }).then((read) => {
    learn(read.fold);
    return read.bundles;
  });
  mine.contents.catch(() => { mine.contents = null; });
  return mine.contents;
}

const before = (a, b) => (a < b ? -1 : Number(a > b));

/** Newest first; those of one day by their addresses, so that their order does not depend on
    the bundles they are in. */
const newest = (a, b) => b.year - a.year || before(b.published ?? "", a.published ?? "") || before(a.url, b.url);

/** The documents of a bundle, newest first. Its digest is in the address, so that none of an older
    index is taken out of a cache. */
function table({ name, digest }) {
  return once(index.tables, name, () => json(`${name}/documents.json?${digest}`).then((read) => {
    for (const document of read.documents) document.bundle = name;
    const documents = read.documents.sort(newest);
    const names = documents.flatMap((document) => [...(document.numbers ?? []), ...(document.issuers ?? [])]);
    self.postMessage({ names: [...new Set(names)] });
    return { ...read, documents };
  }));
}

let pagefind = null;
let failures = 0;

/** Pagefind itself. A browser remembers that an import failed, so the next has another address. */
function module() {
  pagefind ??= import(`${base}pagefind.js${failures ? `?${failures}` : ""}`);
  pagefind.catch(() => { pagefind = null; failures += 1; });
  return pagefind;
}

/** Pagefind with the index of a bundle. The first brings the WebAssembly and the others wait for
    it: of two that brought it at once, one would point into the memory of the other. */
function engine({ name, digest }) {
  const mine = index;
  return once(mine.engines, name, async () => {
    await open();
    // Pagefind would ask for this only after another file.
    if (!mine.first) fetch(`${base}${name}/wasm.unknown.pagefind`).catch(() => {});
    const { createInstance } = await module();
    const begin = async () => {
      const instance = createInstance({ basePath: `${base}${name}/`, metaCacheTag: digest });
      await instance.filters();
      return instance;
    };
    if (mine.first) {
      await mine.first;
      return begin();
    }
    mine.first = begin();
    mine.first.catch(() => { mine.first = null; });
    return mine.first;
  });
}

/** The ids of the documents of a bundle that hold a term, each with how often. */
async function holders(part, term) {
  const last = term.units.at(-1);
  const ends = term.open && isLatin(last) ? (await table(part)).words.filter((word) => word.startsWith(last)) : [last];
  const found = new Map();
  const instance = await engine(part);
  for (const end of ends) {
    const list = [...term.units.slice(0, -1), end];
    const words = list.length === 1 ? [single(end)] : pairs(list).slice(0, -1);
    const { results } = await instance.search(`"${words.join(" ")}"`);
    for (const { id, words: hits } of results) found.set(id, (found.get(id) ?? 0) + hits.length / words.length);
  }
  return found;
}

/** The documents of a bundle that hold every term, newest first. */
async function matching(part, asked) {
  const terms = Promise.all(asked.map((term) => holders(part, term)));
  const [{ documents }, found] = await Promise.all([table(part), terms]);
  if (!found.length) return documents.map((document) => ({ document, weight: 0 }));
  return documents.filter(({ id }) => found.every((ids) => ids.has(id)))
    .map((document) => ({ document, weight: Math.min(...found.map((ids) => ids.get(document.id))) }));
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

/** How many documents every value of every filter would leave, and what it is called. */
function counted(found, query) {
  const set = filters(query);
  const all = Object.keys(FACETS);
  const facets = Object.fromEntries(all.map((name) => [name, new Map()]));
  for (const { document } of found) {
    const against = set.filter(([, passes]) => !passes(document));
    if (against.length > 1) continue;
    for (const name of against.length ? [against[0][0]] : all) {
      for (const value of FACETS[name](document)) {
        const one = facets[name].get(value);
        const label = ["kind", "level"].includes(name) ? document[name][1] : value;
        if (one) one.count += 1;
        else facets[name].set(value, { value, label, count: 1 });
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

/** The text of a document; the last that were read are kept. */
function textOf({ bundle, id }) {
  const { texts } = index;
  if (texts.size > 200) texts.delete(texts.keys().next().value);
  return once(texts, `${bundle}/${id}`, () => json(`${bundle}/text/${id}.json`));
}

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
    .map((at) => ({ n, start: list[at].start, end: list[at + term.units.length - 1].end })))
    .sort((a, b) => a.start - b.start || b.end - a.end);
}

/** How often the terms occur in a document, and up to three pieces of its text that hold them. */
async function excerpts(document, asked, likely) {
  const sections = await textOf(document);
  const hits = [];
  let count = 0;
  for (const [section, blocks] of sections) {
    for (const text of blocks) {
      const marks = likely(text) ? marked(text, asked) : [];
      count += marks.length;
      const heading = text === blocks[0] ? "" : blocks[0].split("。")[0];
      if (marks.length && text !== document.title) hits.push({ section, text, marks, heading });
    }
  }
  return { hits: count, pieces: chosen(hits).map(piece), title: cut(document.title, marked(document.title, asked), [[0, document.title.length]]) };
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

/** A document as it is shown; one that was shown for the same words is not made again. */
async function entry(document, { query, asked, likely }) {
  if (made.q !== query.q || made.index !== index) Object.assign(made, { q: query.q, index, documents: new Map() });
  const { url, place, year, kind } = document;
  if (!asked.length) return { url, place, year, kind, title: [[[document.title, false]]], hits: 0, pieces: [] };
  return once(made.documents, url, async () => ({ url, place, year, kind, ...await excerpts(document, asked, likely) }));
}

/** What is found comes newest first; if it is asked for, what holds the words most often. */
function ordered(found, { sort }) {
  return sort === "relevance" ? [...found].sort((a, b) => b.weight - a.weight || newest(a.document, b.document)) : found;
}

/** Tells the page what is found so far; of what is found at the end, also what filters would leave. */
async function tell(found, about) {
  const { mine, query, count, done } = about;
  const all = ordered(passing(found, query), query);
  const shown = await Promise.all(all.slice(0, count).map(({ document }) => entry(document, about)));
  if (!current(about)) return;
  const facets = done ? counted(found, query) : null;
  self.postMessage({ turn: mine, done, total: all.length, shown, facets, read: about.read, elsewhere: about.elsewhere });
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

/** How many ages are fetched ahead of the one that is searched. */
const AHEAD = 3;

function fetchAhead(parts, asked) {
  for (const part of parts.flat()) {
    table(part).catch(() => {});
    if (asked.length) engine(part).catch(() => {});
  }
}

/** All that is found in some bundles, the newest first; what is found so far is told once there
    is something, and again now and then. `null` when something else is asked meanwhile. */
async function search(parts, about) {
  const all = [];
  const groups = ages(parts);
  let told = -Infinity;
  for (const [n, group] of groups.entries()) {
    const found = (await Promise.all(group.map((part) => matching(part, about.asked)))).flat();
    await breathe();
    if (!current(about)) return null;
    all.push(...(group.length > 1 ? found.sort((a, b) => newest(a.document, b.document)) : found));
    const due = !about.quiet && about.query.sort !== "relevance" && performance.now() - told > 500;
    if (n + 1 < groups.length && due && passing(all, about.query).length) {
      await tell(all, { ...about, done: false });
      told = performance.now();
    }
    fetchAhead(groups.slice(n + 1, n + 1 + AHEAD), about.asked);
  }
  return all;
}

async function answer({ turn: mine, query, count }) {
  const parts = await open();
  const asked = terms(query.q);
  const about = { mine, index, query, asked, count, likely: outlook(asked) };
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
  const read = [...inside, ...outside].map(({ first, last }) => [first, last]);
  await tell(all, { ...about, done: true, read, elsewhere });
}

/** Answers, and once more from a newer index if the one that was read is gone. */
async function respond(question) {
  turn = question.turn;
  for (const again of [true, false]) {
    const mine = index;
    try {
      return await Promise.race([answer(question), mine.gone]);
    } catch (error) {
      if (!again || !(error instanceof Gone)) throw error;
      if (mine === index) index = unread();
    }
  }
}

/** Reads the newest documents before anything is asked. */
async function warm() {
  module().catch(() => {});
  const [group] = ages(await open());
  fetchAhead(group ?? [], [null]);
}

/** Looks for a newer index, as there may be one when the reader comes back to the page. */
async function look() {
  const mine = index;
  if (!mine.contents) return;
  const known = JSON.stringify(await mine.contents);
  const { bundles } = await json("contents.json", { cache: "no-cache" });
  if (mine !== index || JSON.stringify(bundles) === known) return;
  index = unread();
  self.postMessage({ renewed: true });
}

if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) {
  self.fetch = sparingly(patiently(self.fetch.bind(self)));
  self.addEventListener("message", ({ data }) => {
    if (data.base) {
      base = data.base;
      warm().catch(() => {});
    } else if (data.look) {
      look().catch(() => {});
    } else {
      respond(data).catch((error) => self.postMessage({ turn: data.turn, failed: String(error) }));
    }
  });
}
