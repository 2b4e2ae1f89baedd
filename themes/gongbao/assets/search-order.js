// In which order documents come that hold several words, or that a place was named for: what fits best
// first. Where words stand in a text is looked into for the first of them alone.

import { newest } from "./search-index.js";
import { fold } from "./search-words.js";

/** How many documents are looked into. */
export const LOOKED = 16;

/** Whether a question names more than a phrase, so that fitting counts more than being new. */
export const isSeveral = (question, asked) => asked.length > 1 || Boolean(question?.places.length);

/** Whether a question may name a place, told by the two characters with which names begin. Whoever types Latin letters, or the
    figures of a code, may mean any place. */
export function mayName(q, begins) {
  const letters = [...fold(q).replace(/[^\p{L}\p{N}]/gu, "")];
  return /[a-z]|[0-9]{6}/.test(letters.join("")) || letters.some((one, at) => begins.has(one + letters[at + 1]));
}

/** Whether a question can be cut apart. */
export const isComposed = ({ places, years, kinds, words }) => places.length + years.length + kinds.length + words.length > 1;

/** The kinds that a question names, also by words that are searched for. */
const named = ({ kinds, words }) => [...kinds.map(({ id }) => id), ...words.map(({ kind }) => kind).filter(Boolean)];

/** The values by which it is told how well a document fits a question. */
export function bearings(question) {
  if (!question) return [];
  const places = question.places.flatMap(({ id }) => [["own", id], ["place", id]]);
  return [...places, ...named(question).map((id) => ["kind", id]), ...(places.length ? [["main"]] : [])];
}

/** How well a document fits, apart from its text: each of these counts more than those behind it. `has` tells whether it has a
    value. */
function fitness({ document, held = 0, score }, question, has) {
  const { places, years, kinds, words, told = () => false } = question ?? { places: [], years: [], kinds: [], words: [] };
  const own = places.some(({ id }) => has(document, "own", id));
  const below = places.some(({ id }) => has(document, "place", id));
  const inYears = years.some(({ from, to }) => from <= document.year && document.year <= to);
  // A year's own report speaks for the year.
  const isMain = places.length > 0 && has(document, "main");
  return {
    held,
    place: 2 * own + below,
    year: Number(inYears),
    kind: Number(named({ kinds, words }).some((id) => has(document, "kind", id))),
    figure: Number(told(document)),
    main: Number(isMain),
    score,
  };
}

/** What counts first. Where a place was named, its own documents come first whatever they say. */
const PLACED = ["held", "place", "year", "kind", "figure", "together", "says", "main", "score"];
const UNPLACED = ["held", "says", "figure", "year", "kind", "together", "score"];

function compared(order) {
  return (a, b) => {
    for (const name of order) {
      const by = (b.fitness[name] ?? 0) - (a.fitness[name] ?? 0);
      if (by) return by;
    }
    return newest(a.document, b.document);
  };
}

/** The first so many of some in an order, and all others behind them, in none. */
function foremost(all, compare, many) {
  const first = [];
  const others = [];
  for (const one of all) {
    let at = first.length;
    while (at > 0 && compare(one, first[at - 1]) < 0) at -= 1;
    if (at === many) {
      others.push(one);
      continue;
    }
    first.splice(at, 0, one);
    if (first.length > many) others.push(first.pop());
  }
  return [first, others];
}

/**
 * Puts the first `count` documents in order, and all others behind them. `look` tells of a document where its words stand: how
 * many of them one section has, and whether it says more of them than that there is none; `has` whether it has a value.
 */
export async function ranked(found, question, { look, has, count }) {
  const order = compared(question?.places.length ? PLACED : UNPLACED);
  const fit = found.map((one) => ({ ...one, fitness: fitness(one, question, has) }));
  const [first, others] = foremost(fit, order, Math.max(LOOKED, count));
  const looked = await Promise.all(first.slice(0, LOOKED).map(async (one) => {
    const { most, says } = await look(one.document);
    return { ...one, together: most, fitness: { ...one.fitness, together: most, says: Number(says) } };
  }));
  return [...looked.sort(order), ...first.slice(LOOKED), ...others];
}
