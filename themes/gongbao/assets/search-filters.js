// By what documents are narrowed, and what each filter would leave of them. The index has the documents of each value in
// a table like those of words (src/search/filed.rs), of which those are read that are asked for.

import { holding } from "./search-directory.js";

/** What the table calls the values that are asked for; `true` behind what only begins so, before a name. */
const CALLED = {
  place: (id) => [[`own ${id}`], [`below ${id}`]],
  own: (id) => [[`own ${id}`]],
  kind: (id) => [[`kind ${id} `, true]],
  level: (id) => [[`level ${id} `, true]],
  issuer: (name) => [[`issuer ${name}`]],
  main: () => [["main"]],
};

/** Which filter a value of the table is of, by the first word that it is called by. */
const OF = { own: "place", below: "place", kind: "kind", level: "level", issuer: "issuer" };

/** Whether a document is in one of some sets, of which each has rows by the numbers of bundles. */
export function members(sets) {
  const known = new Map();
  return ({ part: { id, count }, number }) => {
    if (!known.has(id)) {
      const own = new Uint8Array(count);
      for (const rows of sets) if (rows.has(id)) for (const one of holding(rows.get(id), count)) own[one] = 1;
      known.set(id, own);
    }
    return known.get(id)[number] === 1;
  };
}

/** Reads which documents have some values, each such as `["place", "jiangmen"]`. What is given back tells whether a
    document has one of these. */
export async function having(index, values) {
  const known = new Map(await Promise.all(values.map(async ([sort, id]) => {
    const found = await Promise.all(CALLED[sort](id).map(([word, isBeginning]) => index.words("filters", word, isBeginning)));
    return [`${sort} ${id}`, members(found.flatMap((one) => [...one.values()]))];
  })));
  return (document, sort, id) => known.get(`${sort} ${id}`)(document);
}

/** The values that are chosen in filters, apart from years. */
export const chosen = (query) => ["place", "kind", "level", "issuer"].filter((name) => query[name]).map((name) => [name, query[name]]);

/** The filters that are set, each with what passes it; `has` tells whether a document has a value. */
export function filters(query, has) {
  const from = Number(query.from) || -Infinity;
  const to = Number(query.to) || Infinity;
  const years = query.from || query.to ? [["year", ({ year }) => year >= from && year <= to]] : [];
  return [...chosen(query).map(([name, value]) => [name, (document) => has(document, name, value)]), ...years];
}

/** Whether a filter is set that takes more to know than the year. */
export const isNarrow = (query) => chosen(query).length > 0;

/** The documents that pass every filter. */
export const passing = (found, set) => (set.length ? found.filter(({ document }) => set.every(([, passes]) => passes(document))) : found);

/** By which filter alone each document of what is found is kept out, and of which bundle it is: one for none of them, two more
    for each that comes behind; nothing stands for what was not found, or is kept out by several. */
function kept(found, set) {
  const parts = new Map();
  for (const { document } of found) {
    const against = set.flatMap(([, passes], n) => (passes(document) ? [] : [n]));
    if (against.length > 1) continue;
    const { part: { id, count }, number } = document;
    if (!parts.has(id)) parts.set(id, new Uint8Array(count));
    parts.get(id)[number] = against.length ? against[0] + 2 : 1;
  }
  return parts;
}

/** How many documents every value of every filter would leave, and what it is called; `values` is all that the table has. A
    document that one filter alone keeps out counts for the values of that one. */
export function counted(found, set, values) {
  const facets = Object.fromEntries(["place", "year", "kind", "level", "issuer"].map((name) => [name, new Map()]));
  const states = kept(found, set);
  const own = (name) => set.findIndex(([other]) => other === name) + 2;
  const add = (name, value, label, count) => {
    const one = facets[name].get(value);
    if (one) one.count += count;
    else facets[name].set(value, { value, label, count });
  };
  for (const { document: { part, number, year } } of found) {
    const state = states.get(part.id)?.[number];
    if (state === 1 || (state && state === own("year"))) add("year", String(year), String(year), 1);
  }
  for (const [word, rows] of values) {
    const [sort, ...rest] = word.split(" ");
    const name = OF[sort];
    if (!name) continue;
    let count = 0;
    for (const [id, row] of rows) {
      const known = states.get(id);
      if (known) for (const number of holding(row, known.length)) count += Number(known[number] === 1 || (known[number] > 1 && known[number] === own(name)));
    }
    const [id, ...label] = rest;
    if (count && ["kind", "level"].includes(name)) add(name, id, label.join(" "), count);
    else if (count) add(name, rest.join(" "), rest.join(" "), count);
  }
  return Object.fromEntries(Object.entries(facets).map(([name, all]) => [name, [...all.values()]]));
}

/** The issuers that the table has. */
export const issuers = (values) => [...values.keys()].filter((word) => word.startsWith("issuer ")).map((word) => word.slice("issuer ".length));

/** A bundle none of whose years is asked for need not be read. */
export function wanted(bundle, query) {
  return (!query.from || bundle.last >= Number(query.from)) && (!query.to || bundle.first <= Number(query.to));
}
