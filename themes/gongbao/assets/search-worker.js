// Search itself, beside the page: which documents hold what is typed, and where in them; and where none does, what a
// question means. Nothing here touches the page.

import { found as foundApart, narrowings, passes, reaches, worded } from "./search-apart.js";
import { Vocabulary, possible as mayBeNames, read as understood } from "./search-asked.js";
import { cut, excerpts, marked, outlook, stand, titled } from "./search-excerpts.js";
import { chosen, counted, filters, having, isNarrow, issuers, members, passing, wanted } from "./search-filters.js";
import { candidates, counted as mentions, held, holders } from "./search-held.js";
import { Index, OtherForm, Replaced, Unread, documents, newest } from "./search-index.js";
import { landmarks as named } from "./search-names.js";
import { bearings, isComposed, isSeveral, mayName, ranked } from "./search-order.js";
import { fold, learn, mapped, terms } from "./search-words.js";

// The index

let base = "";
let index = null;

/** An index that nothing is known of. A newer one, as a preview makes them, is read anew. */
const unread = (handed = null) => new Index(base, () => self.postMessage({ building: true }), handed);

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

let suggested = new Set();

/** Suggests names to whoever types: numbers and issuers, once each. */
function suggest(names) {
  const fresh = names.filter((name) => !suggested.has(name));
  if (!fresh.length) return;
  suggested = suggested.union?.(new Set(fresh)) ?? new Set([...suggested, ...fresh]);
  self.postMessage({ names: fresh });
}

/** So many bytes of what documents are narrowed by are read unasked. */
const UNASKED = 32 * 1024;

/** All that documents are narrowed by; nothing where that is long and nobody wants to know it. The issuers are suggested to whoever
    types. */
async function values(isWanted = false) {
  if (!isWanted && await index.size("filters") > UNASKED) return null;
  const all = await index.words("filters", "", true);
  suggest(issuers(all));
  return all;
}

/** What a document is listed with; its numbers are suggested. */
async function card(document) {
  const read = await index.card(document);
  suggest(read.numbers ?? []);
  return read;
}

/** The documents of a bundle that hold what is asked, newest first; how often, where that counts. */
async function matching(part, { terms: all, counts }) {
  if (!all.length) return documents(part).map((document) => ({ document, hits: 0 }));
  if (!counts) return (await holders(index, all, part)).map((number) => ({ document: documents(part)[number] }));
  if (!candidates(all, part).size) return [];
  const [first, ...others] = await Promise.all(all.map((term) => mentions(index, term, part)));
  return [...first].filter(([number]) => others.every((one) => one.has(number))).sort(([a], [b]) => a - b)
    .map(([number, hits]) => ({ document: documents(part)[number], hits: others.reduce((sum, one) => sum + one.get(number), hits) }));
}

// Answers

let turn = 0;

/** Whether what is asked is still the last that was, of the index that is there. */
const current = (about) => about.mine === turn && about.index === index;

const made = { key: null, index: null, documents: new Map() };

/** A document as it is shown; one that was shown for the same words is not made again. Where its
    text could not be read, it is there without excerpts, and says so; nothing is shown of it where it is not known how
    it is called. */
async function entry({ document, hits }, { query, asked, likely, word, apart, missing }) {
  const key = `${query.q}\n${Boolean(apart)}`;
  if (made.key !== key || made.index !== index) Object.assign(made, { key, index, documents: new Map() });
  const known = made.documents.get(document);
  if (known) return known;
  let bare = null;
  const reading = asked.length ? index.text(document) : null;
  reading?.catch(() => {});
  try {
    const { url, place, year, kind, title, extent } = await card(document);
    bare = { url, place, year, kind, extent, hits, pieces: [], title: cut(title, marked(title, asked), [[0, title.length]]) };
    if (!asked.length) return bare;
    const sections = await reading;
    const section = apart || asked.length > 1 ? null : titled(sections, query.q);
    const { hits: often, ...shown } = excerpts(sections, title, asked, { likely, word });
    const whole = { ...bare, ...shown, hits: apart ? hits : often, titled: section };
    made.documents.set(document, whole);
    return whole;
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    if (bare) return { ...bare, unread: true };
    miss(document.part, missing, error);
    return null;
  }
}

/** Notes a bundle that could not be read. */
function miss(part, missing, error) {
  console.error(error.message);
  if (!missing.includes(part)) missing.push(part);
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
  if (question) question.told ??= await told(question);
  return ranked(scored, question, { look: placed(about), has: about.has, count: about.count });
}

/** Tells the page what is found so far, and which years could not be read; of what is found at the end, behind that, what
    filters would leave. `total` are so many as are known of, if that is more than what was found so far. */
async function tell(found, about) {
  const { mine, query, count, done, elsewhere, apart } = about;
  const passed = passing(found, about.set);
  const all = await ordered(passed, about);
  const shown = (await Promise.all(all.slice(0, count).map((one) => entry(one, about)))).filter(Boolean);
  if (!current(about)) return;
  if (done) about.shown();
  const missing = about.missing.map(({ first, last }) => [first, last]);
  const order = apart && { ...apart, isTogether: apart.words.length > 1 && (all[0]?.together ?? 0) >= apart.words.length };
  const could = Boolean(!apart && done && about.question && isComposed(about.question));
  const place = query.place && about.vocabulary?.place(query.place)?.title;
  const said = shown.map(({ held: _, ...one }) => one);
  self.postMessage({ turn: mine, done, total: about.total ?? all.length, isAll: about.total !== undefined, shown: said, elsewhere, missing, apart: order, could, place, fits: fits(about), spent: index.spent, sum: index.sum });
  if (!done) return;
  last = { ...about, found };
  await tally(last, query.counts);
}

/** What was answered last. */
let last = null;

/** Tells the page what filters would leave of what was found: nothing where it cannot be read by what documents are narrowed, and
    that it is left for later where that is long and nobody wants to know it. */
async function tally(about, isWanted) {
  const { mine, found, set, read, missing } = about;
  let left = null;
  try {
    const all = await values(isWanted);
    left = all ? { facets: counted(found, set, all), read, least: missing.length > 0 } : { isLater: true };
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    console.error(error.message);
  }
  if (current(about)) self.postMessage({ turn: mine, left, spent: index.spent });
}

/** How many bundles are read ahead of the one that is waited for. */
const AHEAD = 6;

/** What is found in a bundle. One that cannot be read is noted and is no reason to drop what others have. */
async function look(part, about) {
  try {
    return await matching(part, about.held);
  } catch (error) {
    if (!(error instanceof Unread)) throw error;
    miss(part, about.missing, error);
    // What its texts have proved stays found.
    return about.proved?.filter(({ document }) => document.part === part) ?? [];
  }
}

/** The documents of a bundle that may hold what is asked and pass the filters, newest first. */
function possible(part, about) {
  const may = candidates(about.held.terms, part);
  const all = [...may ?? documents(part).map(({ number }) => [number, true])].map(([number, isSure]) => ({ document: documents(part)[number], isSure }));
  return passing(all.sort((a, b) => newest(a.document, b.document)), about.set);
}

/** The documents of some bundles that may hold what is asked, newest first; of no more bundles than are come to. */
function* allPossible(parts, about) {
  for (const part of parts) yield* possible(part, about);
}

/** So many of what is left, or all. */
function taken(left, many) {
  const some = [];
  while (some.length < many) {
    const { value, done } = left.next();
    if (done) break;
    some.push(value);
  }
  return some;
}

/** The newest documents that hold what is asked, as many as are shown: of those of which the directory alone does not know,
    the texts are read, which are shown anyway. `null` when something else is asked meanwhile. */
async function first(parts, about) {
  const found = [];
  const left = allPossible(parts, about);
  while (found.length < about.count) {
    // What is rare stands in many bundles, which are read side by side.
    const some = taken(left, about.count - found.length);
    const looked = await Promise.all(some.map(async (one) => ({ one, shown: await entry(one, about) })));
    if (!current(about)) return null;
    const proved = looked.filter(({ one, shown }) => shown && (one.isSure || shown.held?.size === about.asked.length)).map(({ one }) => one);
    found.push(...proved);
    // Where the directory says little, the places of words cost less than texts.
    if (2 * proved.length < some.length || !some.length) break;
  }
  return found;
}

/** How many documents hold what is asked, where the directory alone tells it. */
function certain(parts, { held: { terms: all }, query }) {
  if (query.from || query.to || isNarrow(query)) return undefined;
  const may = parts.map((part) => candidates(all, part) ?? new Map(documents(part).map(({ number }) => [number, true])));
  return may.every((one) => ![...one.values()].includes(false)) ? may.reduce((sum, one) => sum + one.size, 0) : undefined;
}

/** All that is found in some bundles, the newest first; what is found so far is told once there
    is something, and again now and then. `null` when something else is asked meanwhile. */
async function search(parts, about) {
  const all = [];
  const isByAge = !about.quiet && about.query.sort !== "relevance" && !fits(about);
  let told = -Infinity;
  if (isByAge && parts.length > 1) {
    const some = await first(parts, about).catch((error) => {
      if (error instanceof Unread) return [];
      throw error;
    });
    if (!some) return null;
    about.proved = some;
    if (some.length) {
      await tell(some, { ...about, total: certain(parts, about), done: false });
      told = performance.now();
    }
  }
  const begun = [];
  const begin = (n) => {
    begun[n] ??= look(parts[n], about);
    begun[n].catch(() => {});
    return begun[n];
  };
  for (const n of parts.keys()) {
    for (let next = n; next <= n + AHEAD && next < parts.length; next += 1) begin(next);
    all.push(...await begin(n));
    begun[n] = null;
    await breathe();
    if (!current(about)) return null;
    const due = isByAge && performance.now() - told > 500;
    if (n + 1 < parts.length && due && passing(all, about.set).length >= about.count) {
      await tell(all, { ...about, done: false });
      told = performance.now();
    }
  }
  return all;
}

/** What is found of a question that is cut apart; `null` when something else is asked meanwhile, or nothing of it is known. */
async function answerApart(about, parts) {
  const { query, question } = about;
  await acquainted(about, true);
  if (!current(about)) return null;
  for (const narrowing of narrowings(question, query)) {
    const inside = parts.filter((bundle) => wanted(bundle, query) && reaches(bundle, narrowing));
    const isThere = (part) => passing(documents(part).map((document) => ({ document })), about.set).some(({ document }) => passes(document, narrowing, about.has));
    if (!inside.some(isThere)) continue;
    const has = async (text) => {
      const [term] = terms(text);
      if (!term) return false;
      const ways = await held(index, term);
      for (const part of inside) if ((await read(part, about, (one) => holders(index, [ways], one)))?.length) return true;
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
    miss(part, about.missing, error);
    return null;
  }
}

/** Looks the words up in every bundle, and takes what holds all or most of them. */
async function gather({ inside, narrowing, words, unknown }, about) {
  const those = [];
  const holding = words.map(() => 0);
  const ways = await Promise.all(words.map((word) => Promise.all(word.terms.map((term) => held(index, term)))));
  let total = 0;
  for (const part of inside) {
    const found = await read(part, about, (one) => weighed(one, { words, ways, has: about.has }));
    await breathe();
    if (!current(about)) return null;
    for (const one of found ?? []) {
      total += 1;
      one.each.forEach((count, n) => { holding[n] += count > 0; });
      if (passes(one.document, narrowing, about.has)) those.push(one);
    }
  }
  const { most, all } = foundApart(passing(those, about.set), { total, holding });
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
async function weighed(part, { words, ways, has }) {
  const counts = await Promise.all(ways.map((terms) => Promise.all(terms.map((term) => mentions(index, term, part)))));
  // What is of a kind need not say so.
  const isOfKind = (document, n) => Number(Boolean(words[n].kind) && has(document, "kind", words[n].kind));
  const often = (document) => counts.map((said, n) => said.reduce((sum, way) => sum + (way.get(document.number) ?? 0), isOfKind(document, n)));
  return documents(part).map((document) => ({ document, each: often(document) }));
}

/** Answers a question. What names no place is answered before it is known what it means: the table of names is long, and what
    it says only counts where little is found. */
async function answer({ turn: mine, query, count }, shown) {
  const { bundles: parts, begins } = await open();
  const asked = terms(query.q);
  if (query.q && !asked.length) return self.postMessage({ turn: mine, blank: true });
  const about = { mine, index, query, asked, count, shown, likely: outlook(asked), missing: [], set: [], has: () => false };
  const inside = parts.filter((bundle) => wanted(bundle, query));
  // What is found first is most likely in the newest of them.
  if (inside.length) index.foresee(inside[0]);
  const isPlain = asked.length === 1 && !query.apart && !query.place && !mayName(query.q, begins);
  const isKnown = await prepared(about, isPlain ? {} : meaning(query)).catch((error) => {
    if (!(error instanceof Unread)) throw error;
    for (const part of inside) miss(part, about.missing, error);
    return false;
  });
  if (!current(about)) return;
  if (!isKnown) return tell([], { ...about, done: true, read: [], elsewhere: 0 });
  if (query.apart && about.question && await tellApart(about, parts)) return;
  const found = await search(inside, about);
  if (!found) return;
  // Where the years that were chosen have nothing, others may; else they are not read.
  const empty = !passing(found, about.set).length;
  const outside = empty ? parts.filter((bundle) => !inside.includes(bundle)) : [];
  const others = await search(outside, { ...about, quiet: true });
  if (!others) return;
  const all = [...found, ...others];
  if (isPlain && all.length <= LITTLE) Object.assign(about, await meaning(query));
  if (!current(about)) return;
  // What could not be read may hold it as it was typed.
  if (!all.length && !about.missing.length && about.question && await tellApart(about, parts)) return;
  const elsewhere = empty ? passing(all, about.set.filter(([name]) => name !== "year")).length : 0;
  const looked = [...inside, ...outside].filter((part) => !about.missing.includes(part));
  const read = looked.map(({ first: oldest, last }) => [oldest, last]);
  await tell(all, { ...about, done: true, read, elsewhere });
}

/** So few documents are little: the question may be cut apart as well (`search.js` offers it). */
const LITTLE = 2;

/** What has to be known before anything is looked for: what the index tells of each word, what the question means, and by what
    documents are narrowed, where that counts. */
async function prepared(about, meant) {
  const { asked, query } = about;
  const isCounted = query.sort === "relevance" || fits({ ...about, question: null });
  const [all, { question, vocabulary }] = await Promise.all([Promise.all(asked.map((term) => held(index, term, isCounted))), meant]);
  Object.assign(about, { question, vocabulary });
  about.held = { terms: all, counts: query.sort === "relevance" || fits(about) };
  await acquainted(about, fits(about));
  return true;
}

/** Reads which documents have what filters are set to; and by what it is told how well they fit the question, where that counts. */
async function acquainted(about, isFitting) {
  const { query, question } = about;
  const wanted = [...chosen(query), ...(isFitting ? bearings(question) : [])];
  about.has = await having(index, wanted);
  about.set = filters(query, about.has);
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
const learned = { index: null, made: null, failed: -Infinity };

/** What `read` gives of the names that the site knows, of an index with such a digest of them; nothing where there are none, or where
    they could not be read a while ago. */
async function learnt(read) {
  const { names: digest } = await open();
  if (learned.index !== index) Object.assign(learned, { index, made: null, failed: -Infinity });
  if (!digest || performance.now() - learned.failed < AGAIN) return null;
  try {
    return await read(digest);
  } catch (error) {
    if (error instanceof Unread && learned.index === index) Object.assign(learned, { made: null, failed: performance.now() });
    throw error;
  }
}

/** All names that the site knows. */
const names = () => learnt((digest) => {
  learned.made ??= index.landmarks(digest).then((table) => ({ digest, table, vocabulary: new Vocabulary(table, fold) }));
  return learned.made;
});

/** The names by which a question is cut apart: of places those alone that it may name, and the one that is chosen in the filter. */
const vocabularyOf = (query, folded) => learnt(async (digest) => {
  const { begins } = await open();
  const all = new Set([...mayBeNames(folded, begins), ...(query.place ? [fold(query.place).replace(/[^\p{L}\p{N}]/gu, "")] : [])]);
  const [{ landmarks, synonyms }, ...called] = await Promise.all([index.vocabulary(digest), ...[...all].map((name) => index.called(name).then((places) => [name, places]))]);
  const places = new Map();
  for (const [name, own] of called) {
    for (const place of own) {
      if (!places.has(place.id)) places.set(place.id, { ...place, names: [] });
      places.get(place.id).names.push(name);
    }
  }
  return new Vocabulary({ landmarks: [...places.values(), ...landmarks], synonyms }, fold);
});

/** What a question means by some names; nothing where it is quoted. */
function meant(q, vocabulary) {
  const { folded, starts, ends } = mapped(q);
  const isQuoted = /^\s*"[^"]+"\s*$/.test(folded);
  return isQuoted ? null : { ...understood(folded, vocabulary), starts, ends };
}

/** What a question means; `question` is `null` where it is quoted or the names cannot be read. */
async function meaning(query) {
  try {
    const vocabulary = await vocabularyOf(query, mapped(query.q).folded);
    return { question: vocabulary && query.q ? meant(query.q, vocabulary) : null, vocabulary };
  } catch (error) {
    if (error instanceof Replaced) throw error;
    return { question: null, vocabulary: null };
  }
}

/** Whether a document tells a figure of the indicators that are asked for; none does where that cannot be read. */
async function told({ indicators }) {
  const few = indicators.slice(0, MOST_INDICATORS);
  if (!few.length) return () => false;
  const { names: digest } = await open();
  return members(await Promise.all(few.map(({ id }) => index.telling(id, digest).catch(() => new Map()))));
}

/** Of so many indicators figures are read. */
const MOST_INDICATORS = 4;
/** So many figures of an indicator are told. */
const MOST_FIGURES = 3;

/** The figures of an indicator, those of a place together, oldest first; none where they cannot be read. */
async function figures({ id }) {
  const { names: digest } = await open();
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
  const question = meant(q, vocabulary);
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

/** Tells the page what is called like what is asked; nothing where that cannot be read. Documents are found and counted
    first, since the engine for names is large. */
async function point({ turn: mine, query }, shown) {
  await shown;
  if (mine !== turn) return;
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

/** Answers, and anew from a newer index if another publication took the place of the one that was read. `shown` is
    called once all that was found is. */
async function respond(question, shown) {
  turn = question.turn;
  index.hope();
  for (let times = 0; turn === question.turn; times += 1) {
    const mine = index;
    try {
      await answer(question, shown);
      if (performance.now() - looked > FRESH) await renew();
      return;
    } catch (error) {
      if (!(error instanceof Replaced) || times === RENEWALS) throw error;
      if (mine === index) index = unread();
    }
  }
}

/** Reads what the first question needs before anything is asked, and what is suggested to whoever types. */
async function warm() {
  await open();
  if (!turn) await values();
}

/** Looks for a newer index, as there may be one when the reader comes back to the page. */
async function renew() {
  const mine = index;
  looked = performance.now();
  if (!await mine.isReplaced() || mine !== index) return;
  index = unread();
  self.postMessage({ renewed: true });
}

/** Takes the table of contents, which the page has asked for as this was started. */
let take = () => {};

/** Learns from the page where everything is, and of which publication what it shows is. */
function begin({ base: address, sum }) {
  base = address;
  index = unread(new Promise((resolve) => { take = resolve; }));
  warm().then(() => { if (sum && sum !== index.sum) self.postMessage({ renewed: true }); }, () => {});
}

/** Counts what filters would leave of the last answer, which the reader wants to know; what is not the last is over. */
async function recount({ turn: mine }) {
  if (last?.mine === mine) await tally(last, true);
}

/** Answers what is asked: documents, and then what is called like it. */
async function ask(data) {
  let shown = null;
  const first = new Promise((resolve) => { shown = resolve; });
  await Promise.all([respond(data, shown).finally(shown), point(data, first)]);
}

if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) {
  self.addEventListener("message", async ({ data }) => {
    try {
      if (data.base) begin(data);
      if (data.contents !== undefined) take(data.contents);
      if (data.counts) await recount(data);
      else if (data.look) await renew();
      else if (data.query) await ask(data);
    } catch (error) {
      self.postMessage({ turn: data.turn, failed: String(error), isOtherForm: error instanceof OtherForm });
    }
  });
}
