// What reads the index, by itself and without a browser: proofs, tries, what is kept.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, beforeEach, test } from "node:test";
import { gzipSync } from "node:zlib";

import { BOUNDS, Index, Kept, Replaced, Unread, isAfter, sha256 } from "../../themes/gongbao/assets/search-index.js";

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

const DOCUMENT = { id: "", url: "/a/2020/", year: 2020, title: "甲" };
const TEXT = JSON.stringify([["", [["甲乙"]]]]);

/** A number as the index writes it, for small ones. */
const told = (name, ...numbers) => [Buffer.byteLength(name), ...Buffer.from(name), numbers.length, ...numbers];

/** A file of pieces; what the table of documents says of it. */
function pack(path, pieces) {
  files.set(path, Buffer.concat(pieces.map(({ bytes }) => bytes)));
  return [/([^/]*)\.pack$/.exec(path)[1], pieces.map(({ known, bytes }) => [known, bytes.length])];
}

/** What stands before and behind what is wanted. */
const OTHER = gzipSync("another piece");

function publish() {
  files.clear();
  const words = Buffer.from([...told("a", 0, 1), ...told("a b", 0, 1, 0), ...told("b", 0, 2), ...told("乙", 0, 1), ...told("甲", 0, 1), ...told("甲 乙", 0, 5, 0)]);
  const name = hex(words).slice(0, 16);
  const id = hex(`${DOCUMENT.url}\n${TEXT}`).slice(0, 16);
  files.set("contents.json", proving({ format: 2, bundles: [{ name: "2020", first: 2020, last: 2020, count: 1, digest: "d" }], fold: "" }));
  const paths = { words: "2020/index/w.pack", text: "2020/text/t.pack" };
  const table = (bytes) => {
    const chunks = [pack(paths.words, [{ known: ["", "0"], bytes: OTHER }, { known: ["a", name], bytes }, { known: ["龜", "0"], bytes: OTHER }])];
    const texts = [pack(paths.text, [{ known: "0", bytes: OTHER }, { known: id, bytes: gzipSync(TEXT) }])];
    files.set("2020/documents.json", proving({ digest: "d", documents: [{ ...DOCUMENT, id }], words: ["a"], chunks, texts }));
  };
  table(gzipSync(words));
  return { ...paths, unpack: () => table(words) };
}

let paths;
beforeEach(() => { paths = publish(); asked = []; faults = () => null; });

const open = async () => {
  const index = new Index("base/");
  const { bundles: [part] } = await index.contents();
  return { index, part };
};

test("the digest is that of everybody", () => {
  for (const length of [0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 1000, 70_000]) {
    const bytes = Buffer.from(Array.from({ length }, (_, at) => (at * 31 + length) % 256));
    assert.equal(sha256(bytes), hex(bytes), `${length} bytes`);
  }
});

test("words are read, counted and followed, packed or not, from parts of files or whole ones", async () => {
  for (const [packed, parts] of [[true, true], [false, true], [true, false], [false, false]]) {
    publish();
    if (!packed) paths.unpack();
    sendsParts = parts;
    const { index, part } = await open();
    assert.deepEqual([...await index.rows(part, ["b"])], [[0, 2]]);
    assert.deepEqual([...await index.rows(part, ["甲", "乙"])], [[0, 1]]);
    assert.deepEqual([...await index.rows(part, ["乙", "甲"])], []);
    assert.deepEqual([...await index.rows(part, ["nothing"])], []);
    const { documents: [document] } = await index.table(part);
    assert.deepEqual(await index.text(document), [["", [["甲乙"]]]]);
  }
  sendsParts = true;
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
  for (const what of ["contents", "documents", "words", "text"]) {
    test(`${what}, ${way}: asked for again, past the cache`, async () => {
      const path = { contents: "contents.json", documents: "2020/documents.json" }[what] ?? paths[what];
      let left = 2;
      faults = (wanted) => (wanted === path && left > 0 ? (left -= 1, fault) : null);
      const { index, part } = await open();
      assert.equal((await index.rows(part, ["甲", "乙"])).size, 1);
      await index.text((await index.table(part)).documents[0]);
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
    // Of a pack, what is read: the piece behind the first.
    const from = path.endsWith(".pack") ? OTHER.length : 0;
    const to = path === paths.words ? whole.length - OTHER.length : whole.length;
    for (const at of [0, 10, Math.floor((to - from) / 2), to - from - 1]) {
      const broken = Buffer.from(whole);
      broken[from + at] ^= 1;
      files.set(path, broken);
      const index = new Index("base/");
      index.hope();
      const all = async () => {
        const { bundles: [part] } = await index.contents();
        await index.rows(part, ["甲", "乙"]);
        await index.text((await index.table(part)).documents[0]);
      };
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
  faults = (path) => (path.startsWith("2020/") ? WAYS.broken : null);
  await assert.rejects(index.table(part), (error) => error instanceof Unread && /documents\.json.*: 500/.test(error.message));
  assert.equal(asked.filter(([path]) => path === "2020/documents.json").length, 4);
  asked = [];
  await assert.rejects(index.table(part), Unread);
  assert.equal(asked.filter(([path]) => path === "2020/documents.json").length, 1);
  asked = [];
  index.hope();
  faults = () => null;
  assert.equal((await index.table(part)).documents.length, 1);
});

test("a publication that took its place is told", async () => {
  const { index, part } = await open();
  files.set("contents.json", proving({ format: 2, bundles: [], fold: "" }));
  files.delete("2020/documents.json");
  await assert.rejects(index.table(part), Replaced);
  assert.ok(await index.isReplaced());
});

test("a table of another publication under the same name is none", async () => {
  const { index, part } = await open();
  files.set("2020/documents.json", proving({ digest: "other", documents: [], words: [], chunks: [] }));
  await assert.rejects(index.table(part), Unread);
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

test("pairs are followed through the documents that have all of them", async () => {
  let state = 5;
  const roll = (most) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor((state / 2 ** 32) * most); };
  const varint = (number) => (number < 128 ? [number] : [(number % 128) + 128, ...varint(Math.floor(number / 128))]);
  const texts = Array.from({ length: 300 }, () => Array.from({ length: roll(900) }, () => "甲乙丙"[roll(3)]));
  /** What the index has of a pair, as src/search/packed.rs writes it. */
  const packed = (pair) => {
    const bytes = [];
    let before = 0;
    texts.forEach((units, document) => {
      const places = units.flatMap((unit, at) => (`${unit} ${units[at + 1]}` === pair ? [at] : []));
      if (!places.length) return;
      bytes.push(...varint(document - before), ...places.flatMap((place, n) => varint(place - (places[n - 1] ?? -1))), 0);
      before = document;
    });
    return bytes;
  };
  const pairs = [..."甲乙丙"].flatMap((one) => [..."甲乙丙"].map((other) => `${one} ${other}`)).sort();
  const words = Buffer.from(pairs.flatMap((pair) => {
    const rest = packed(pair);
    return [...varint(Buffer.byteLength(pair)), ...Buffer.from(pair), ...varint(rest.length), ...rest];
  }));
  const name = hex(words).slice(0, 16);
  const chunks = [pack("2020/index/w.pack", [{ known: [pairs[0], name], bytes: gzipSync(words) }])];
  files.set("2020/documents.json", proving({ digest: "d", documents: [], words: [], chunks, texts: [] }));
  const { index, part } = await open();
  for (const phrase of ["甲乙", "甲甲甲", "乙丙甲丙", "甲乙丙甲乙", "丙丙丙丙丙丙丙", "甲乙丙甲乙丙甲乙丙甲乙丙"]) {
    const right = texts.flatMap((units, document) => {
      const times = units.filter((_, at) => units.slice(at, at + phrase.length).join("") === phrase).length;
      return times ? [[document, times]] : [];
    });
    assert.deepEqual([...await index.rows(part, [...phrase])], right, phrase);
  }
});

test("words are in the order of their bytes", () => {
  const words = ["", "a", "ab", "b", "中", "中国", "国", "\uff21", "\ue000", "𠀀", "𠀁", "𠀀a", "😀", "z𠀀", "z\uff21"];
  for (const one of words) {
    for (const other of words) assert.equal(isAfter(one, other), Buffer.compare(Buffer.from(one), Buffer.from(other)) > 0, `${one} ${other}`);
  }
});
