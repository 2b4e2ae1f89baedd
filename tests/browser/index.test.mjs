// What reads the index, by itself and without a browser: proofs, tries, what is kept.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, beforeEach, test } from "node:test";
import { gzipSync } from "node:zlib";

import { isAfter } from "../../themes/gongbao/assets/search-directory.js";
import { counted, filters, having, issuers, passing } from "../../themes/gongbao/assets/search-filters.js";
import { counted as mentions, held, holders } from "../../themes/gongbao/assets/search-held.js";
import { BOUNDS, FORM, Index, Kept, OtherForm, Replaced, Unread, documents, sha256 } from "../../themes/gongbao/assets/search-index.js";
import { terms } from "../../themes/gongbao/assets/search-words.js";

const hex = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** JSON as the program writes it, with the digest of all behind it before it. */
function proving(value) {
  const rest = JSON.stringify(value).slice(1);
  return `{"sum":"${hex(rest)}",${rest}`;
}

// A server of files, some of which fail.

const files = new Map();
let asked = [];
let faults = () => null;
let sendsParts = true;
const real = globalThis.fetch;
globalThis.fetch = async (address, options) => {
  const path = address.replace("base/", "").replace(/\?.*/, "");
  asked.push([path, options.cache]);
  const fault = faults(path);
  if (fault) return fault();
  if (!files.has(path)) return new Response("nothing", { status: 404 });
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(options.headers?.Range ?? "") ?? [];
  if (from === undefined || !sendsParts) return new Response(files.get(path));
  return new Response(files.get(path).subarray(Number(from), Number(to) + 1), { status: 206 });
};
after(() => { globalThis.fetch = real; });

// Files as the program writes them: src/search/pack.rs, postings.rs, table.rs.

const varint = (number) => (number < 128 ? [number] : [(number % 128) + 128, ...varint(Math.floor(number / 128))]);
const behind = (bytes) => [...varint(bytes.length), ...bytes];

/** A piece, which begins with the digest of what is behind that. */
function piece(content, isPacked = true) {
  const rest = Buffer.concat([Buffer.from([Number(isPacked)]), isPacked ? gzipSync(content) : Buffer.from(content)]);
  return Buffer.concat([Buffer.from(hex(rest).slice(0, 16), "hex"), rest]);
}

/** Which documents of a bundle have a word, by steps or by bits. */
const set = (documents, all, isBits = false) => {
  const steps = documents.flatMap((document, n) => varint(document - (documents[n - 1] ?? 0)));
  const bits = new Uint8Array(Math.ceil(all / 8));
  for (const document of documents) bits[document >> 3] |= 1 << (document % 8);
  if (documents.length === all) return varint(all * 2);
  return [...varint(documents.length * 2 + Number(isBits)), ...(isBits ? bits : steps)];
};

/** The places of a word in a document, by sentences and units. */
const standing = (places) => places.flatMap(([sentence, unit], n) => [...varint((sentence - (places[n - 1]?.[0] ?? 0)) * 2 + Number(n + 1 < places.length)), ...varint(unit)]);

/** Words in their order, each with what the bundles tell of it, as bytes. */
function words(rows) {
  let before = Buffer.alloc(0);
  return Buffer.from(rows.flatMap(([name, bundles]) => {
    const bytes = Buffer.from(name);
    let shared = 0;
    while (shared < before.length && before[shared] === bytes[shared]) shared += 1;
    before = bytes;
    let last = 0;
    const rest = bundles.flatMap(([id, own]) => { const step = id - last; last = id; return [...varint(step), ...behind(own)]; });
    return [...varint(shared), ...behind(bytes.subarray(shared)), ...behind(rest)];
  }));
}

/** A table of pieces that stand one behind the other, in files of these names. */
function table(entries) {
  let before = Buffer.alloc(0);
  return Buffer.from([...Buffer.from(entries[0][2], "hex"), 0, ...entries.flatMap(([name, length, pack], n) => {
    const bytes = Buffer.from(name);
    let shared = 0;
    while (shared < before.length && before[shared] === bytes[shared]) shared += 1;
    before = bytes;
    const isFirst = n > 0 && pack !== entries[n - 1][2];
    return [...varint(shared), ...behind(bytes.subarray(shared)), ...varint(length * 2 + Number(isFirst)), ...(isFirst ? Buffer.from(pack, "hex") : [])];
  })]);
}

/** The names of files of pieces. */
const PACK = "0123456789ab";
const NEXT = "ba9876543210";

const DOCUMENT = { url: "/a/2020/", year: 2020, title: "甲" };
const TEXT = [["", [["甲乙丙"]]]];

/** What stands before and behind what is wanted. */
const OTHER = piece("another piece");

/** A bundle of two documents, the other of which has nothing. `pieces` are pieces of words, each by its first word. */
function publish({ isPacked = true, more = {}, pieces } = {}) {
  files.clear();
  const text = piece(JSON.stringify([DOCUMENT.url, TEXT]), isPacked);
  files.set("2020/text/t.pack", Buffer.concat([text, OTHER]));
  const cards = piece(JSON.stringify([DOCUMENT, {}]), isPacked);
  files.set("2020/cards/c.pack", cards);
  files.set("2020/h.pack", piece(JSON.stringify({ digest: "d", cards: ["c"], listed: [cards.length], texts: ["t"], lengths: [text.length, OTHER.length] }), isPacked));
  const one = set([0], 2);
  const both = set([0, 1], 2);
  const tables = {
    documents: pieces ?? [
      [" a b", words([[" a b", [[0, one]]], [" 甲 乙", [[0, one]]], [" 乙 丙", [[0, one]]]])],
      ["b", words([["b", [[0, one]]], ["乙", [[0, one]]], ["甲", [[0, one]]]])],
    ],
    counts: [["b", words([["b", [[0, [...one, 0]]]]])]],
    places: [[" 甲 乙 丙", words([[" 甲 乙 丙", [[0, [...one, ...standing([[0, 0]])]]]]])]],
    filters: [
      ["below gd", words([["below gd", [[0, both]]], ["issuer 市 政府", [[0, one]]]])],
      ["kind annual 年报", words([["kind annual 年报", [[0, one]]], ["kind annual-plan 计划", [[0, set([1], 2)]]], ["own a", [[0, both]]]])],
    ],
  };
  const directory = {};
  for (const [name, own] of Object.entries(tables)) {
    const packed = own.map(([first, bytes]) => [first, piece(bytes, isPacked)]);
    // Of filters the second piece begins a file.
    const pack = (n) => (name === "filters" && n > 0 ? NEXT : PACK);
    for (const of of [PACK, NEXT]) files.set(`directory/${name}/${of}.pack`, Buffer.concat(packed.flatMap(([, bytes], n) => (pack(n) === of ? [bytes] : []))));
    if (name !== "filters") files.delete(`directory/${name}/${NEXT}.pack`);
    const leading = piece(table(packed.map(([first, bytes], n) => [first, bytes.length, pack(n)])), isPacked);
    files.set(`directory/${name}/t.pack`, leading);
    directory[name] = { tables: ["t"], pages: [[packed[0][0], leading.length]] };
  }
  files.set("contents.json", proving({
    format: FORM, bundles: [{ name: "2020", years: [[2020, 2]], head: "h" }],
    directory, called: { tables: [], pages: [] }, begins: "", fold: "", ...more,
  }));
}

/** Each kind of file, by what it has. */
const paths = { contents: "contents.json", table: "directory/documents/t.pack", directory: `directory/documents/${PACK}.pack`, counts: `directory/counts/${PACK}.pack`, places: `directory/places/${PACK}.pack`, head: "2020/h.pack", cards: "2020/cards/c.pack", text: "2020/text/t.pack", filters: `directory/filters/${NEXT}.pack` };

beforeEach(() => { publish(); asked = []; faults = () => null; });

const open = async () => {
  const index = new Index("base/");
  const { bundles: [part] } = await index.contents();
  return { index, part };
};

/** How often a term stands in the documents of a bundle. */
const often = async ({ index, part }, text) => [...await mentions(index, await held(index, terms(text)[0]), part)];

/** Reads something of every file. */
async function all(opened) {
  const { index, part } = opened ?? await open();
  await index.words("filters", "", true);
  await often({ index, part }, "b");
  const found = await often({ index, part }, "甲乙丙");
  return { found, text: await index.text(documents(part)[0]) };
}

test("the digest is that of everybody", () => {
  for (const length of [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 1000, 70_000]) {
    const bytes = Buffer.from(Array.from({ length }, (_, at) => (at * 31 + length) % 256));
    assert.equal(sha256(bytes), hex(bytes), `${length} bytes`);
  }
});

test("words are read, counted and followed, packed or not, from parts of files or whole ones", async () => {
  for (const [isPacked, parts] of [[true, true], [false, true], [true, false], [false, false]]) {
    publish({ isPacked });
    sendsParts = parts;
    const opened = await open();
    assert.deepEqual(await often(opened, "b"), [[0, 2]]);
    assert.deepEqual(await often(opened, "甲乙"), [[0, 1]]);
    assert.deepEqual(await often(opened, "甲乙丙"), [[0, 1]]);
    assert.deepEqual(await often(opened, "乙甲"), []);
    assert.deepEqual(await often(opened, "nothing"), []);
    assert.deepEqual(await all(opened), { found: [[0, 1]], text: TEXT });
    await narrowed(opened);
  }
  sendsParts = true;
});

/** What documents are narrowed by, and what filters would leave. */
async function narrowed({ index, part }) {
  const [first, second] = documents(part);
  const has = await having(index, [["place", "gd"], ["place", "a"], ["own", "gd"], ["own", "a"], ["kind", "annual"], ["issuer", "市 政府"], ["main"]]);
  const of = (document) => [has(document, "place", "gd"), has(document, "place", "a"), has(document, "own", "gd"), has(document, "own", "a"), has(document, "kind", "annual"), has(document, "issuer", "市 政府"), has(document, "main")];
  assert.deepEqual(of(first), [true, true, false, true, true, true, false]);
  assert.deepEqual(of(second), [true, true, false, true, false, false, false]);
  const found = [{ document: first }, { document: second }];
  const values = await index.words("filters", "", true);
  assert.deepEqual(issuers(values), ["市 政府"]);
  const left = (query) => {
    const set = filters(query, has);
    const facets = Object.entries(counted(found, set, values)).map(([name, all]) => [name, all.map(({ value, label, count }) => `${value} ${label} ${count}`)]);
    return [passing(found, set).map(({ document }) => document.number), Object.fromEntries(facets)];
  };
  const all = { place: ["gd gd 2", "a a 2"], year: ["2020 2020 2"], kind: ["annual 年报 1", "annual-plan 计划 1"], level: [], issuer: ["市 政府 市 政府 1"] };
  assert.deepEqual(left({}), [[0, 1], all]);
  // What one filter alone keeps out counts for the values of that one.
  const annual = { place: ["gd gd 1", "a a 1"], year: ["2020 2020 1"], kind: ["annual 年报 1", "annual-plan 计划 1"], level: [], issuer: ["市 政府 市 政府 1"] };
  assert.deepEqual(left({ kind: "annual" }), [[0], annual]);
  assert.deepEqual(left({ kind: "annual", from: "2021" }), [[], { place: [], year: ["2020 2020 1"], kind: [], level: [], issuer: [] }]);
}

test("what is asked for together and stands together comes in one request", async () => {
  const { index, part } = await open();
  await Promise.all(["b", "甲", "乙", "甲乙"].map((text) => held(index, terms(text)[0])));
  assert.equal(asked.filter(([path]) => path === paths.directory).length, 1, JSON.stringify(asked));
  assert.deepEqual(await holders(index, [await held(index, terms("b")[0])], part), [0]);
});

const WAYS = {
  refused: () => { throw new TypeError("failed to fetch"); },
  broken: () => new Response("", { status: 500 }),
  busy: () => new Response("", { status: 429 }),
  gone: () => new Response("", { status: 404 }),
  "the page of an error": () => new Response("<!doctype html><title>404</title>"),
  empty: () => new Response(""),
};

for (const [way, fault] of Object.entries(WAYS)) {
  for (const [what, path] of Object.entries(paths)) {
    test(`${what}, ${way}: asked for again, past the cache`, async () => {
      let left = 2;
      faults = (wanted) => (wanted === path && left > 0 ? (left -= 1, fault) : null);
      assert.deepEqual(await all(), { found: [[0, 1]], text: TEXT });
      const tries = asked.filter(([wanted]) => wanted === path);
      assert.equal(left, 0);
      assert.ok(tries.some(([, cache]) => cache === "reload"), JSON.stringify(tries));
    });
  }
}

test("one byte that is wrong is noticed wherever it is", async () => {
  const asking = [];
  for (const path of [...files.keys()]) {
    const whole = Buffer.from(files.get(path));
    // Of some files, what is read: what stands before other pieces.
    const from = 0;
    const to = path === paths.text ? whole.length - OTHER.length : whole.length;
    for (const at of [0, 10, Math.floor((to - from) / 2), to - from - 1]) {
      const broken = Buffer.from(whole);
      broken[from + Math.min(at, to - from - 1)] ^= 1;
      files.set(path, broken);
      const read = all().then(() => "read", (error) => error);
      asking.push(read);
      assert.notEqual(await Promise.race([read, impatient()]), "read", `${path} at ${at}`);
      files.set(path, whole);
    }
  }
  // What is asked for once more must not be counted by the next test.
  await Promise.all(asking);
});

/** Files are asked for several times; here the first is enough. */
const impatient = () => new Promise((resolve) => { setTimeout(() => resolve("asked again"), 150); });

test("what fails for good is named, and the next file is asked for once", async () => {
  const { index, part } = await open();
  const card = () => index.card(documents(part)[0]);
  faults = (path) => (path === paths.cards ? WAYS.broken : null);
  await assert.rejects(card(), (error) => error instanceof Unread && /cards.*: 500/.test(error.message));
  assert.equal(asked.filter(([path]) => path === paths.cards).length, 4);
  asked = [];
  await assert.rejects(card(), Unread);
  assert.equal(asked.filter(([path]) => path === paths.cards).length, 1);
  asked = [];
  index.hope();
  faults = () => null;
  assert.equal((await card()).title, "甲");
});

test("a publication that took its place is told", async () => {
  const { index, part } = await open();
  publish({ more: { names: "other" } });
  files.delete(paths.cards);
  await assert.rejects(index.card(documents(part)[0]), Replaced);
  assert.ok(await index.isReplaced());
});

test("an index of another form is not read", async () => {
  publish({ more: { format: FORM + 1 } });
  await assert.rejects(new Index("base/").contents(), OtherForm);
});

test("the text of another document is none", async () => {
  const { index, part } = await open();
  const other = piece(JSON.stringify(["/b/2020/", TEXT]));
  files.set(paths.text, Buffer.concat([other, OTHER]));
  await assert.rejects(index.text(documents(part)[0]), Unread);
});

test("what is kept is bounded, and what was used last stays", async () => {
  const kept = new Kept(100);
  const made = [];
  const get = (key) => kept.get(key, async () => { made.push(key); return { value: key, size: 40 }; });
  for (const key of ["a", "b", "a", "c", "a", "b"]) assert.equal(await get(key), key);
  assert.deepEqual(made, ["a", "b", "c", "b"]);
  assert.ok(kept.size <= 100, String(kept.size));
  await assert.rejects(kept.get("d", async () => { throw new Error("no"); }));
  assert.equal(await get("d"), "d");
  assert.ok(BOUNDS.chunks + BOUNDS.texts <= 64 * 2 ** 20);
});

/** An index of some texts, each cut into blocks of units, as src/search/postings.rs writes it. */
function indexing(texts, isBits) {
  const tables = { documents: new Map(), counts: new Map(), places: new Map() };
  const put = (table, word, document, place) => {
    const own = tables[table].get(word) ?? tables[table].set(word, new Map()).get(word);
    own.set(document, [...(own.get(document) ?? []), place]);
  };
  texts.forEach((blocks, document) => {
    let sentence = 0;
    for (const units of blocks) {
      let unit = 0;
      units.forEach((_, at) => {
        const named = (length) => units.slice(at, at + length).map((one) => ` ${one}`).join("");
        put("documents", units[at], document);
        if (at + 1 < units.length) {
          put("documents", named(2), document);
          put("places", named(4), document, [sentence, unit]);
        }
        [sentence, unit] = /[。;!?]/.test(units[at]) ? [sentence + 1, 0] : [sentence, unit + 1];
      });
      sentence += 2;
    }
  });
  const written = (table, own) => {
    const told = { documents: () => [], counts: ({ length }) => varint(length - 2), places: standing }[table];
    const all = [...own].filter(([, places]) => table !== "counts" || places.length > 1);
    return Uint8Array.from([...set(all.map(([document]) => document), texts.length, isBits), ...all.flatMap(([, places]) => told(places))]);
  };
  return {
    words: async (table, word, isBeginning) => {
      const all = tables[table === "counts" ? "documents" : table];
      const found = [...all].filter(([own]) => own === word || (isBeginning && own.startsWith(word)));
      return new Map(found.map(([own, documents]) => [own, new Map([[0, written(table, documents)]])]));
    },
  };
}

test("phrases are followed through sentences, and not through blocks", async () => {
  let state = 5;
  const roll = (most) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor((state / 2 ** 32) * most); };
  const block = () => Array.from({ length: roll(150) }, () => "甲乙丙甲乙丙甲乙丙。"[roll(10)]);
  const texts = Array.from({ length: 60 }, () => [block(), block(), block()]);
  const part = { id: 0, count: texts.length };
  for (const phrase of ["甲", "甲乙", "甲甲甲", "乙丙甲丙", "甲乙丙甲乙", "丙丙丙丙丙丙", "甲乙。丙甲", "。甲乙。丙丙", "甲甲乙乙丙丙甲", "甲乙丙。甲。", "。。。。。", "甲乙丙甲乙丙甲乙丙甲"]) {
    const times = (units) => units.filter((_, at) => units.slice(at, at + phrase.length).join("") === phrase).length;
    const right = texts.map((blocks, document) => [document, blocks.reduce((sum, units) => sum + times(units), 0)]).filter(([, sum]) => sum);
    for (const isBits of [false, true]) {
      const index = indexing(texts, isBits);
      const way = await held(index, terms(phrase)[0]);
      assert.deepEqual([...await mentions(index, way, part)].sort(([a], [b]) => a - b), right, phrase);
      assert.deepEqual(await holders(index, [way], part), right.map(([document]) => document), phrase);
    }
  }
});

test("words are in the order of their bytes", () => {
  const words = ["", "a", "ab", "b", "中", "中国", "国", "\uff21", "\ue000", "𠀀", "𠀁", "𠀀a", "😀", "z𠀀", "z\uff21"];
  for (const one of words) {
    for (const other of words) assert.equal(isAfter(one, other), Buffer.compare(Buffer.from(one), Buffer.from(other)) > 0, `${one} ${other}`);
  }
});
