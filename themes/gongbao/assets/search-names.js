// Places, indicators and pages by their names. Pagefind's engine finds them in an index of its own,
// where a name stands from each of its letters on; src/search/names.rs writes it. What cannot be
// read here costs these links and nothing else: documents are found without them.

/** How many names are shown, and how many letters have to be typed before they are. */
const MOST = 6;
const LEAST = 2;

let engine = null;
let failures = 0;

/** Pagefind with the index of names. A browser remembers that an import failed, so the next has
    another address. */
function open(base, digest) {
  engine ??= import(`${base}names/pagefind.js${failures ? `?${failures}` : ""}`)
    .then(({ createInstance }) => createInstance({ basePath: `${base}names/`, metaCacheTag: digest }));
  engine.catch(() => { engine = null; failures += 1; });
  return engine;
}

const letters = (folded) => folded.replace(/[^\p{L}\p{N}]/gu, "");

/** The names that may be meant: what is typed, each part of it by itself. Years lead nowhere. */
function asked(folded) {
  const parts = folded.split(/\s+/).map(letters);
  return [...new Set(parts)].filter((part) => [...part].length >= LEAST && !/^[0-9]{1,5}$/.test(part));
}

/** How well the names of a landmark fit what is typed, the better the less; the first is its title.
    The engine also finds what only begins like it, which nobody meant; but a whole name may stand in
    a longer text. */
function fit(names, part) {
  const [title] = names;
  if (names.includes(part)) return title === part ? 0 : 1;
  if (names.some((name) => name.includes(part))) return title.startsWith(part) ? 2 : 3;
  return names.some((name) => name.length > LEAST && part.includes(name)) ? 4 : Infinity;
}

/** What a part counts that a landmark does not fit. */
const NOT_AT_ALL = 6;

/** The landmarks that a query may mean, those that fit best first; `fold` makes one form of a text. */
export async function landmarks({ base, digest, table, query, fold }) {
  const parts = asked(fold(query));
  if (!parts.length) return [];
  const instance = await open(base, digest);
  const best = new Map();
  for (const part of parts) {
    const { results } = await instance.search(part);
    const ranks = new Map();
    for (const { id } of results) {
      const at = table.ids[id];
      if (at === undefined) continue;
      const names = table.landmarks[at].names.map((name) => letters(fold(name)));
      const rank = fit(names, part);
      if (rank < Infinity) ranks.set(at, Math.min(rank, ranks.get(at) ?? Infinity));
    }
    for (const [at, rank] of ranks) best.set(at, (best.get(at) ?? 0) + rank - NOT_AT_ALL);
  }
  const order = [...best].sort(([a, ranked], [b, other]) => ranked - other || a - b);
  return order.slice(0, MOST).map(([at]) => table.landmarks[at]);
}
