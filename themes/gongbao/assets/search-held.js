// Which documents hold what is asked, as the index tells it: of some from the directory alone, of others once the
// places of its words were read. Nothing here knows a text.

import { counts, row, shared, together } from "./search-directory.js";
import { isLatin } from "./search-words.js";

/** The words that cover a row of units: every second pair, and the last; a unit by itself. */
function covering(units) {
  if (units.length === 1) return [{ offset: 0, word: units[0] }];
  const last = units.length - 2;
  const offsets = units.map((_, at) => at).filter((at) => at === last || (at % 2 === 0 && at < last));
  return offsets.map((offset) => ({ offset, word: ` ${units[offset]} ${units[offset + 1]}` }));
}

/** The ways in which a row of units may stand in a text, as words of the index with what each bundle tells of them; the
    last unit may be the beginning of a word. */
async function ways(index, units, isOpen) {
  const words = covering(units);
  const found = await Promise.all(words.map(({ word }, n) => index.words(word, isOpen && n === words.length - 1)));
  const ends = [...found.at(-1).values()];
  if (found.some((one) => !one.size)) return [];
  const known = words.slice(0, -1).map(({ offset }, n) => ({ offset, bundles: [...found[n].values()][0], rows: new Map() }));
  const last = words.at(-1).offset;
  return ends.map((bundles) => ({ isUnit: units.length === 1, isSure: units.length <= 2, words: [...known, { offset: last, bundles, rows: new Map() }] }));
}

/** All ways in which a term may stand in a text. */
export async function held(index, term) {
  const isOpen = term.open && isLatin(term.units.at(-1));
  const all = await Promise.all(term.ways.map((units) => ways(index, units, isOpen)));
  return all.flat();
}

/** What a bundle tells of the words of a way; nothing if it lacks one of them. */
function rows({ words }, part) {
  if (!words.every(({ bundles }) => bundles.has(part.id))) return null;
  return words.map((word) => {
    if (!word.rows.has(part.id)) word.rows.set(part.id, row(word.bundles.get(part.id), part.count));
    return word.rows.get(part.id);
  });
}

/** The documents of a bundle that may hold a term, each with whether it does for certain. */
function possible(term, part) {
  const found = new Map();
  for (const way of term) {
    const all = rows(way, part);
    for (const document of all ? shared(all) : []) found.set(document, way.isSure || found.get(document) === true);
  }
  return found;
}

/** The documents of a bundle that may hold all terms, each with whether it does for certain. */
export function candidates(terms, part) {
  const [first, ...others] = terms.map((term) => possible(term, part));
  if (!first) return null;
  const found = new Map();
  for (const [document, isSure] of first) {
    if (others.every((other) => other.has(document))) found.set(document, isSure && others.every((other) => other.get(document)));
  }
  return found;
}

/** How often a term stands in each document of a bundle. */
export async function counted(index, term, part) {
  const all = await Promise.all(term.map(async (way) => {
    const told = rows(way, part);
    if (!told || !shared(told).length) return new Map();
    const lists = await Promise.all(told.map((one) => index.list(part, one)));
    if (way.isUnit) return counts(told[0], lists[0]);
    const pairs = told.map((one, n) => ({ offset: way.words[n].offset, row: one, list: lists[n] }));
    return together(pairs.sort((a, b) => a.list.length - b.list.length));
  }));
  if (all.length === 1) return all[0];
  const found = new Map();
  for (const one of all) for (const [document, count] of one) found.set(document, (found.get(document) ?? 0) + count);
  return found;
}

/** The documents of a bundle that hold all terms, by what of the index it takes to know. */
export async function holders(index, terms, part) {
  const may = candidates(terms, part);
  if (![...may.values()].includes(false)) return [...may.keys()].sort((a, b) => a - b);
  const unsure = terms.filter((term) => term.some(({ isSure }) => !isSure));
  const counts = await Promise.all(unsure.map((term) => counted(index, term, part)));
  return [...may.keys()].filter((document) => counts.every((one) => one.has(document))).sort((a, b) => a - b);
}
