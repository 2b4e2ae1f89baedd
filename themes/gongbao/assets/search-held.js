// Which documents hold what is asked, as the index tells it: of some from the documents of words alone, of others once
// the places of its words were read. Nothing here knows a text.

import { common, counts, holding, moved, places, shared } from "./search-directory.js";
import { isLatin } from "./search-words.js";

/** So many units a word of the index has at most. */
const RUN = 4;

/** Whether a sentence ends with a unit, as src/search/token.rs has it. */
const endsSentence = (unit) => /^[。;!?]$/.test(unit);

/** What a row of units is called in the index. */
const name = (units) => (units.length === 1 ? units[0] : units.map((unit) => ` ${unit}`).join(""));

/** The words of so many units that cover a row, side by side, the last of them up to its end. */
function covering(units, length) {
  if (units.length <= length) return [{ offset: 0, word: name(units) }];
  const last = units.length - length;
  const offsets = units.map((_, at) => at).filter((at) => at === last || (at % length === 0 && at < last));
  return offsets.map((offset) => ({ offset, word: name(units.slice(offset, offset + length)) }));
}

/** The ways in which a row of units may stand in a text, each with what the bundles tell of its pairs; the last unit may be
    the beginning of a word. What tells how often it stands is asked for at once if that is wanted. */
async function ways(index, units, { isOpen, isCounted }) {
  const pairs = covering(units, 2);
  const ahead = isCounted && !isOpen ? { stands: standing(index, units) } : {};
  ahead.stands?.catch(() => {});
  const found = await Promise.all(pairs.map(({ word }, n) => index.words("documents", word, isOpen && n === pairs.length - 1)));
  if (found.some((one) => !one.size)) return [];
  const known = found.slice(0, -1).map((one) => one.values().next().value);
  return [...found.at(-1)].map(([word, bundles]) => ({
    units: [...units.slice(0, -1), word.split(" ").at(-1)],
    pairs: [...known, bundles].map((own) => ({ bundles: own, sets: new Map() })),
    ...ahead,
  }));
}

/** All ways in which a term may stand in a text; `isCounted` says that it is going to be counted how often it does. */
export async function held(index, term, isCounted = false) {
  const isOpen = term.open && isLatin(term.units.at(-1));
  const all = await Promise.all(term.ways.map((units) => ways(index, units, { isOpen, isCounted })));
  return all.flat();
}

/** Whether whatever has all pairs of a way holds it. */
const isSure = ({ units }) => units.length <= 2;

/** The documents of a bundle that have all pairs of a way. */
function possible({ pairs }, part) {
  if (!pairs.every(({ bundles }) => bundles.has(part.id))) return [];
  return shared(pairs.map(({ bundles, sets }) => {
    if (!sets.has(part.id)) sets.set(part.id, holding(bundles.get(part.id), part.count));
    return sets.get(part.id);
  }));
}

/** The documents of a bundle that may hold a term, each with whether it does for certain. */
function likely(term, part) {
  const found = new Map();
  for (const way of term) for (const document of possible(way, part)) found.set(document, isSure(way) || found.get(document) === true);
  return found;
}

/** The documents of a bundle that may hold all terms, each with whether it does for certain. */
export function candidates(terms, part) {
  const [first, ...others] = terms.map((term) => likely(term, part));
  if (!first) return null;
  const found = new Map();
  for (const [document, isCertain] of first) {
    if (others.every((other) => other.has(document))) found.set(document, isCertain && others.every((other) => other.get(document)));
  }
  return found;
}

/** What the bundles tell of the words that begin with some units, word by word. */
async function beginning(index, word) {
  const found = await index.words("places", word, true);
  return [...found].filter(([own]) => own === word || own[word.length] === " ").map(([, bundles]) => bundles);
}

/** What tells how often a row of units stands: of one or two what bundles count, of more where the words that cover it stand. */
function standing(index, units) {
  const word = name(units);
  if (isSure({ units })) return index.words("counts", word).then((found) => found.get(word));
  return Promise.all(covering(units, RUN).map(async ({ offset, word: run }) => ({ offset, words: await beginning(index, run) })));
}

/** From one offset of a way to another: how many ends of sentences are passed, and how many units behind the last. */
function step(units, from, to) {
  const passed = units.slice(from, to);
  return { ends: passed.filter(endsSentence).length, behind: passed.length - 1 - passed.findLastIndex(endsSentence) };
}

/** How often a way stands in each document of a bundle. */
async function often(index, way, part) {
  const may = possible(way, part);
  if (!may.length) return new Map();
  const { units } = way;
  way.stands ??= standing(index, units);
  if (isSure(way)) return counts(may, (await way.stands)?.get(part.id), part.count);
  const runs = (await way.stands).map(({ offset, words }) => ({ offset, rows: words.map((bundles) => bundles.get(part.id)).filter(Boolean) }));
  return runs.length === 1 ? sum(runs[0].rows, part) : followed(units, runs, { may, part });
}

/** How often words stand in each document of a bundle, all of them together. */
function sum(rows, part) {
  const found = new Map();
  for (const row of rows) for (const [document, own] of places(row, part.count)) found.set(document, (found.get(document) ?? 0) + own.length);
  return found;
}

/** How often runs of units follow each other in each of the documents that may have them. */
function followed(units, runs, { may, part }) {
  if (!runs.every(({ rows }) => rows.length)) return new Map();
  // A run of as many units as a word has is one word.
  let [{ offset }] = runs;
  let found = places(runs[0].rows[0], part.count, Set.prototype.has.bind(new Set(may)));
  for (const run of runs.slice(1)) {
    const by = step(units, offset, run.offset);
    const there = places(run.rows[0], part.count, (document) => found.has(document));
    const left = [...found].map(([document, own]) => [document, common(own.map((place) => moved(place, by)), there.get(document) ?? [])]);
    found = new Map(left.filter(([, own]) => own.length));
    offset = run.offset;
  }
  return new Map([...found].map(([document, own]) => [document, own.length]));
}

/** How often a term stands in each document of a bundle. */
export async function counted(index, term, part) {
  const all = await Promise.all(term.map((way) => often(index, way, part)));
  if (all.length === 1) return all[0];
  const found = new Map();
  for (const one of all) for (const [document, count] of one) found.set(document, (found.get(document) ?? 0) + count);
  return found;
}

/** The documents of a bundle that hold all terms, by what of the index it takes to know. */
export async function holders(index, terms, part) {
  const may = candidates(terms, part);
  if (![...may.values()].includes(false)) return [...may.keys()].sort((a, b) => a - b);
  const unsure = terms.filter((term) => !term.every(isSure));
  const all = await Promise.all(unsure.map((term) => counted(index, term, part)));
  return [...may.keys()].filter((document) => all.every((one) => one.has(document))).sort((a, b) => a - b);
}
