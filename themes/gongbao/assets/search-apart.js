// What is found where nothing holds a question as it was typed: it is cut apart, its places, years and kinds
// narrow, and of its words all have to occur, in one section if possible, or most of them.

import { split } from "./search-asked.js";
import { terms } from "./search-words.js";

/** A word as the terms that are searched for: itself, and those that mean the same. */
function term(text) {
  const [one] = terms(/^[a-z]+$/.test(text) ? text : `"${text}"`);
  return one ? [one] : [];
}

/** The words of a question, what nobody knows cut by the archive's own words. `unknown` are those that it does not have. */
export async function worded(question, has) {
  const words = [];
  const unknown = [];
  for (const { text, others, isKnown, same, span, kind } of question.words) {
    const parts = isKnown ? [text] : await split(text, has);
    if (!parts.length) unknown.push(text);
    for (const part of parts) {
      if (words.some((word) => word.text === part)) continue;
      words.push({ text: part, span, kind, same: same ?? [], terms: [part, ...(isKnown ? others : [])].flatMap(term) });
    }
  }
  return { words, unknown };
}

/** Ways to narrow what is found, from all that a question names to less: what nothing is left of is given up. What
    the reader has chosen in a filter is not taken from a question. */
export function narrowings(question, query) {
  const places = query.place ? [] : question.places;
  const years = query.from || query.to ? [] : question.years;
  const kinds = query.kind ? [] : question.kinds;
  const ways = [{ places, years, kinds, dropped: [] }];
  const drop = (name) => {
    const last = ways.at(-1);
    if (last[name].length) ways.push({ ...last, [name]: [], dropped: [...last.dropped, ...last[name]] });
  };
  for (const name of ["kinds", "years", "places"]) drop(name);
  return ways;
}

/** Whether a document is of the places, years and kinds; `has` tells whether it has a value. */
export function passes(document, { places, years, kinds }, has) {
  return (!places.length || places.some(({ id }) => has(document, "place", id)))
    && (!years.length || years.some(({ from, to }) => from <= document.year && document.year <= to))
    && (!kinds.length || kinds.some(({ id }) => has(document, "kind", id)));
}

/** Whether a bundle may have documents of the years. */
export const reaches = (bundle, { years }) => !years.length || years.some(({ from, to }) => bundle.first <= to && from <= bundle.last);

/**
 * What is found of documents with how often each word stands in them, `each`. Of several words all have to occur;
 * what has most of them comes behind, or instead. Where no word occurs the documents themselves are what was asked for.
 * `total` documents have been looked at, and how many of them hold each word is in `holding`.
 */
export function found(documents, { total, holding }) {
  const rarity = holding.map((count) => Math.log(1 + total / (1 + count)));
  const all = documents.map(({ document, each }) => ({
    document,
    hits: each.reduce((sum, count) => sum + count, 0),
    held: each.filter((count) => count > 0).length,
    score: each.reduce((sum, count, n) => sum + rarity[n] * Math.log(1 + count), 0),
  }));
  const most = Math.max(0, ...all.map(({ held }) => held));
  const wanted = holding.length;
  const least = most === wanted && wanted > 2 ? Math.floor(wanted / 2) + 1 : most;
  return { most, all: all.filter(({ held }) => held >= least) };
}
