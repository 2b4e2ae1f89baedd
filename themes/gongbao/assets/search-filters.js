// By what documents are narrowed, and what each filter would leave of them.

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

/** Whether a filter is set that takes more to know than the year. */
export const isNarrow = (query) => ["place", "kind", "level", "issuer"].some((name) => query[name]);

/** The documents that pass every filter. */
export function passing(found, query) {
  const set = filters(query);
  return set.length ? found.filter(({ document }) => set.every(([, passes]) => passes(document))) : found;
}

/** How many documents every value of every filter would leave, and what it is called. A document that one filter
    alone keeps out counts for the values of that one. */
export function counted(found, query) {
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

/** A bundle none of whose years is asked for need not be read. */
export function wanted(bundle, query) {
  return (!query.from || bundle.last >= Number(query.from)) && (!query.to || bundle.first <= Number(query.to));
}
