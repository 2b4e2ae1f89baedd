// Search itself, beside the page: which documents hold what is typed, and where in them; and where none does, what a
// question means. Nothing here touches the page.

import { found as foundApart, narrowings, passes, reaches, worded } from "./search-apart.js";
import { Vocabulary, read as understood } from "./search-asked.js";
import { cut, excerpts, marked, outlook, stand, titled } from "./search-excerpts.js";
import { Index, Replaced, Unread, newest } from "./search-index.js";
import { landmarks as named } from "./search-names.js";
import { isSeveral, ranked } from "./search-order.js";
import { fold, isLatin, learn, mapped, terms } from "./search-words.js";

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

// Answers

let turn = 0;

/** Whether what is asked is still the last that was, of the index that is there. */
const current = (about) => about.mine === turn && about.index === index;

const made = { key: null, index: null, documents: new Map() };

/** A document as it is shown; one that was shown for the same words is not made again. Where its
    text could not be read, it is there without excerpts, and says so. */
async function entry({ document, hits }, { query, asked, likely, word, apart }) {
  const key = `${query.q}\n${Boolean(apart)}`;
  if (made.key !== key || made.index !== index) Object.assign(made, { key, index, documents: new Map() });
  const { url, place, year, kind, title } = document;
  const bare = { url, place, year, kind, hits, pieces: [], title: cut(title, marked(title, asked), [[0, title.length]]) };
  if (!asked.length) return bare;
  const known = made.documents.get(url);
  if (known) return known;
  try {
    const sections = await index.text(document);
    const section = apart || asked.length > 1 ? null : titled(sections, query.q);
    const whole = { ...bare, pieces: excerpts(sections, title, asked, { likely, word }), titled: section };
    made.documents.set(url, whole);
    return whole;
  } catch (error) {
    if (error instanceof Unread) return { ...bare, unread: true };
    throw error;
  }
}

/** Whether what is found comes by how well it fits: as the reader chose, or because of what was asked. */
const fits = ({ query, apart, question, asked }) => !query.sort && (Boolean(apart) || isSeveral(question, asked));

/** Where the words stand in the text of a document; nothing is known of one that could not be read. */
const placed = ({ asked, likely, word }) => async (document) => {
  if (!asked.length) return { most: 0, says: true };
  try {
    return stand(await index.text(document), asked, { likely, word: word ?? asked.map((_, n) => n) });
  } catch (error) {
    if (error instanceof Unread) return { most: 0, says: true };
    throw error;
  }
};

/** What is found in the order that was chosen: newest first; what holds the words most often; else a phrase newest first, and what
    answers a question that names a place or several words by how well it fits. */
async function ordered(found, about) {
  const { query, question, apart } = about;
  if (query.sort === "relevance") return [...found].sort((a, b) => b.hits - a.hits || newest(a.document, b.document));
  if (!fits(about)) return found;
  // Of a place by itself the newest documents are wanted, however often it is named in others.
  const isName = !apart && question && !question.words.length && !question.kinds.length;
  const scored = apart ? found : found.map((one) => ({ ...one, score: isName ? 0 : one.hits }));
  return ranked(scored, question, placed(about));
}

/** Tells the page what is found so far; of what is found at the end, also what filters would leave,
    and which years could not be read. */
async function tell(found, about) {
  const { mine, query, count, done, read, elsewhere, apart } = about;
  const all = await ordered(passing(found, query), about);
  const shown = await Promise.all(all.slice(0, count).map((one) => entry(one, about)));
  if (!current(about)) return;
  const facets = done ? counted(found, query) : null;
  const missing = about.missing.map(({ first, last }) => [first, last]);
  const order = apart && { ...apart, isTogether: apart.words.length > 1 && (all[0]?.together ?? 0) >= apart.words.length };
  const could = Boolean(!apart && done && about.question && isComposed(about.question));
  const place = query.place && about.vocabulary?.place(query.place)?.title;
  self.postMessage({ turn: mine, done, total: all.length, shown, facets, read, elsewhere, missing, apart: order, could, place, fits: fits(about), spent: index.spent, sum: index.sum });
}

/** Whether a question can be cut apart. */
const isComposed = ({ places, years, kinds, words }) => places.length + years.length + kinds.length + words.length > 1;

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
    const due = !about.quiet && about.query.sort !== "relevance" && !fits(about) && performance.now() - told > 500;
    if (n + 1 < groups.length && due && passing(all, about.query).length) {
      await tell(all, { ...about, done: false });
      told = performance.now();
    }
  }
  return all;
}

/** What is found of a question that is cut apart; `null` when something else is asked meanwhile, or nothing of it is known. */
async function answerApart(about, parts) {
  const { query, question } = about;
  for (const narrowing of narrowings(question, query)) {
    const inside = parts.filter((bundle) => wanted(bundle, query) && reaches(bundle, narrowing));
    const tables = (await Promise.all(inside.map((part) => read(part, about, table)))).filter(Boolean);
    const isThere = ({ documents }) => passing(documents.map((document) => ({ document })), query).some(({ document }) => passes(document, narrowing));
    if (!current(about)) return null;
    if (!tables.some(isThere)) continue;
    const has = async (text) => {
      for (const part of inside) if (terms(text).length && (await read(part, about, (one) => holders(one, terms(text)[0])))?.size) return true;
      return false;
    };
    const { words, unknown } = await worded(question, has);
    const isNarrow = narrowing.places.length + narrowing.years.length + narrowing.kinds.length > 0;
    if (!current(about) || !(words.length || isNarrow)) return null;
    return gather({ inside, narrowing, words, unknown }, about);
  }
  return null;
}

/** What a bundle gives; one that cannot be read is noted, and gives nothing. */
async function read(part, about, how) {
  try {
    return await how(part);
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    if (!about.missing.includes(part)) about.missing.push(part);
    return null;
  }
}

/** Looks the words up in every bundle, and takes what holds all or most of them. */
async function gather({ inside, narrowing, words, unknown }, about) {
  const documents = [];
  const holding = words.map(() => 0);
  let total = 0;
  for (const part of inside) {
    const found = await read(part, about, (one) => weighed(one, words));
    await breathe();
    if (!current(about)) return null;
    for (const one of found ?? []) {
      total += 1;
      one.each.forEach((count, n) => { holding[n] += count > 0; });
      if (passes(one.document, narrowing)) documents.push(one);
    }
  }
  const { most, all } = foundApart(documents.filter((one) => passing([one], about.query).length), { total, holding });
  const { places, years, kinds, dropped } = narrowing;
  const asked = words.flatMap((word) => word.terms);
  return {
    all: all.sort((a, b) => newest(a.document, b.document)),
    asked,
    word: words.flatMap((word, n) => word.terms.map(() => n)),
    apart: { places, years, kinds, dropped, unknown, most, words: words.map(({ text, span }) => (span ? about.query.q.trim().slice(about.question.starts[span.start], about.question.ends[span.end - 1]) : text)), same: words.flatMap(({ same }) => same) },
  };
}

/** Every document of a bundle with how often each word stands in it, whichever way it is said. */
async function weighed(part, words) {
  const { documents } = await table(part);
  const counts = await Promise.all(words.map(async (word) => Promise.all(word.terms.map((term) => holders(part, term)))));
  // What is of a kind need not say so.
  const isOfKind = (document, n) => Number(document.kind[0] === words[n].kind);
  const often = (document) => counts.map((ways, n) => ways.reduce((sum, way) => sum + (way.get(document.number) ?? 0), isOfKind(document, n)));
  return documents.map((document) => ({ document, each: often(document) }));
}

async function answer({ turn: mine, query, count }) {
  const { bundles: parts } = await open();
  const asked = terms(query.q);
  if (query.q && !asked.length) return self.postMessage({ turn: mine, blank: true });
  const { question, vocabulary } = await meaning(query.q);
  const about = { mine, index, query, asked, count, question, vocabulary, likely: outlook(asked), missing: [] };
  if (query.apart && question && await tellApart(about, parts)) return;
  const inside = parts.filter((bundle) => wanted(bundle, query));
  const found = await search(inside, about);
  if (!found) return;
  // Where the years that were chosen have nothing, others may; else they are not read.
  const empty = !passing(found, query).length;
  const outside = empty ? parts.filter((bundle) => !inside.includes(bundle)) : [];
  const others = await search(outside, { ...about, quiet: true });
  if (!others) return;
  const all = [...found, ...others];
  // What could not be read may hold it as it was typed.
  if (!all.length && !about.missing.length && question && await tellApart(about, parts)) return;
  const elsewhere = empty ? passing(all, { ...query, from: "", to: "" }).length : 0;
  const known = [...inside, ...outside].filter((part) => !about.missing.includes(part));
  const read = known.map(({ first, last }) => [first, last]);
  await tell(all, { ...about, done: true, read, elsewhere });
}

/** Tells the page what is found of a question that is cut apart; whether there is anything to tell. */
async function tellApart(about, parts) {
  const found = await answerApart(about, parts);
  if (!found) return !current(about);
  if (!found.all.length) return false;
  const { all, asked, word, apart } = found;
  const spans = (one) => ({ ...one, spans: one.spans.map(({ start, end }) => [about.question.starts[start], about.question.ends[end - 1]]) });
  const said = { ...apart, places: apart.places.map(spans), years: apart.years.map(spans), kinds: apart.kinds.map(spans) };
  const read = parts.filter((part) => reaches(part, apart) && !about.missing.includes(part)).map(({ first, last }) => [first, last]);
  await tell(all, { ...about, asked, word, apart: said, likely: outlook(asked), done: true, read, elsewhere: 0 });
  return true;
}

/** Names that could not be read are not waited for again for so long, in milliseconds. */
const AGAIN = 30_000;
const known = { index: null, made: null, failed: Infinity };

/** The names that the site knows; nothing where they cannot be read. */
async function names() {
  const { names: digest } = await open();
  if (!digest) return null;
  if (known.index !== index || performance.now() - known.failed > AGAIN) {
    const made = index.landmarks(digest).then((table) => ({ digest, table, vocabulary: new Vocabulary(table, fold) }));
    Object.assign(known, { index, made, failed: Infinity });
    made.catch(() => { known.failed = performance.now(); });
  }
  return known.made;
}

/** What a question means by these names; `question` is `null` where it is quoted or they cannot be read. */
async function meaning(q) {
  try {
    const { vocabulary } = await names() ?? {};
    if (!vocabulary || !q) return { question: null, vocabulary };
    const { folded, starts, ends } = mapped(q);
    const isQuoted = /^\s*"[^"]+"\s*$/.test(folded);
    const question = isQuoted ? null : { ...understood(folded, vocabulary), starts, ends };
    if (question) question.told = await told(question);
    return { question, vocabulary };
  } catch (error) {
    if (error instanceof Replaced) throw error;
    return { question: null, vocabulary: null };
  }
}

/** The documents that tell a figure of the indicators that are asked for. */
async function told({ indicators }) {
  const urls = new Set();
  for (const indicator of indicators.slice(0, MOST_INDICATORS)) {
    for (const { url } of await figures(indicator)) urls.add(url.split("#")[0]);
  }
  return urls;
}

/** Of so many indicators figures are read. */
const MOST_INDICATORS = 4;
/** So many figures of an indicator are told. */
const MOST_FIGURES = 3;

/** The figures of an indicator, those of a place together, oldest first; none where they cannot be read. */
async function figures({ id }) {
  const { digest } = await names();
  return index.figures(id, digest).then((read) => read.figures, () => []);
}

/** The newest figures of an indicator, of the places and years that are asked for. */
async function latest(indicator, question, vocabulary) {
  const all = await figures(indicator);
  const { places = [], years = [] } = question ?? {};
  const own = all.filter(({ place }) => places.some(({ id }) => place === id));
  const below = all.filter(({ place }) => places.some(({ id }) => vocabulary.isWithin(place, id)));
  const there = places.length ? (own.length ? own : below) : all;
  const then = there.filter(({ year }) => years.some(({ from, to }) => from <= year && year <= to));
  return (then.length ? then : there).map((figure, at) => ({ figure, at })).sort((a, b) => b.figure.year - a.figure.year || a.at - b.at).slice(0, MOST_FIGURES).map(({ figure }) => figure);
}

/** So many names are shown. */
const MOST_NAMES = 6;

/** The places, indicators, kinds and pages that are named in what is asked, or called like it. */
async function called(q) {
  const known = await names();
  if (!known || !q) return [];
  const { digest, table, vocabulary } = known;
  const { question } = await meaning(q);
  const places = question?.places.map(({ id }) => vocabulary.place(id)) ?? [];
  const kinds = question?.kinds.map(({ id }) => table.landmarks.find((one) => one.sort === "kind" && one.id === id)) ?? [];
  const like = await named({ base, digest, table, query: q, fold });
  const isAlone = like.length > 0 && !question?.words.length;
  const all = isAlone ? [...like, ...places, ...kinds] : [...places, ...question?.indicators ?? [], ...kinds, ...like];
  const shown = [...new Set(all)].slice(0, MOST_NAMES);
  return Promise.all(shown.map(async ({ names: _, ...landmark }) => ({
    ...landmark,
    figures: landmark.sort === "indicator" ? await latest(landmark, question, vocabulary) : [],
  })));
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
