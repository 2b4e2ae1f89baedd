// The index that search reads, beside the page: its files are asked for as often as it takes,
// proved to be what was published, and kept within bounds. src/search/packed.rs says how they are
// written. Nothing here knows what a query means.

import { joined, unpacked } from "./packed.js";

/** A file that could not be read, after it was asked for several times. */
export class Unread extends Error {}

/** Another publication has taken the place of the index that is being read. */
export class Replaced extends Error {}

/** How long to wait before a file is asked for once more, in milliseconds. */
const PAUSES = [300, 1000, 2500];
/** How long a file may take to come, in milliseconds. */
const PATIENCE = 30_000;
/** How much is kept of what was read, in bytes: files of the index, texts of documents. */
export const BOUNDS = { chunks: 16 * 2 ** 20, texts: 6 * 2 ** 20 };
/** What is known of the newest publication is not asked for again for so long, in milliseconds. */
const FRESH = 2000;

const pause = (time) => new Promise((resolve) => { setTimeout(resolve, time); });
const decoder = new TextDecoder("utf-8", { fatal: true });
const encoder = new TextEncoder();

// Proofs

const ROUNDS = [];
const START = [];
for (let n = 2; ROUNDS.length < 64; n += 1) {
  const isPrime = Array.from({ length: Math.floor(Math.sqrt(n)) - 1 }, (_, at) => at + 2).every((by) => n % by);
  const digits = (root) => Math.floor((root % 1) * 2 ** 32) | 0;
  if (isPrime && START.length < 8) START.push(digits(Math.sqrt(n)));
  if (isPrime) ROUNDS.push(digits(Math.cbrt(n)));
}

/** The SHA-256 of some bytes, for pages without `https`, where browsers keep theirs to themselves. */
export function sha256(bytes) {
  const length = Math.ceil((bytes.length + 9) / 64) * 64;
  const data = new DataView(new ArrayBuffer(length));
  new Uint8Array(data.buffer).set(bytes);
  data.setUint8(bytes.length, 0x80);
  data.setUint32(length - 8, Math.floor(bytes.length / 2 ** 29));
  data.setUint32(length - 4, (bytes.length * 8) >>> 0);
  const turned = (word, by) => (word >>> by) | (word << (32 - by));
  const words = new Int32Array(64);
  const sums = Int32Array.from(START);
  for (let from = 0; from < length; from += 64) {
    for (let n = 0; n < 64; n += 1) {
      if (n < 16) { words[n] = data.getInt32(from + n * 4); continue; }
      const [one, two] = [words[n - 15], words[n - 2]];
      words[n] = words[n - 16] + words[n - 7] + (turned(one, 7) ^ turned(one, 18) ^ (one >>> 3))
        + (turned(two, 17) ^ turned(two, 19) ^ (two >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = sums;
    for (let n = 0; n < 64; n += 1) {
      const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[n] + words[n]) | 0;
      const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((sum, n) => { sums[n] += sum; });
  }
  return [...sums].map((sum) => (sum >>> 0).toString(16).padStart(8, "0")).join("");
}

/** The SHA-256 of some bytes in hexadecimal digits. */
async function digest(bytes) {
  if (!globalThis.crypto?.subtle) return sha256(bytes);
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...sum].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

const HEAD = '{"sum":"';

/** JSON whose first member is the digest of all behind it. */
async function proved(bytes) {
  const head = HEAD.length + 64 + 2;
  const start = new TextDecoder().decode(bytes.subarray(0, head));
  const sum = start.slice(HEAD.length, -2);
  if (!start.startsWith(HEAD) || await digest(bytes.subarray(head)) !== sum) throw new Error("damaged");
  return JSON.parse(decoder.decode(bytes));
}

/** The bytes of what is packed, whose name is the beginning of their digest. */
async function proven(bytes, name) {
  const plain = await unpacked(bytes);
  if ((await digest(plain)).slice(0, name.length) !== name) throw new Error("damaged");
  return plain;
}

// What is kept

/** What was read last, by its keys, up to so many bytes. */
export class Kept {
  #most;
  #size = 0;
  #entries = new Map();

  constructor(most) {
    this.#most = most;
  }

  /** How many bytes are kept. */
  get size() {
    return this.#size;
  }

  /** What `key` has; made if it is not kept, and again if that failed. `make` gives `{ value, size }`. */
  get(key, make) {
    const known = this.#entries.get(key);
    // What was asked for last stands at the end.
    this.#entries.delete(key);
    const entry = known ?? { size: 0, made: make().then((made) => this.#weigh(key, entry, made)) };
    this.#entries.set(key, entry);
    entry.made.catch(() => { if (this.#entries.get(key) === entry) this.#entries.delete(key); });
    return entry.made;
  }

  #weigh(key, entry, { value, size }) {
    if (this.#entries.get(key) !== entry) return value;
    entry.size = size;
    this.#size += size;
    for (const [other, { size: less }] of this.#entries) {
      if (this.#size <= this.#most) break;
      if (!less) continue;
      this.#entries.delete(other);
      this.#size -= less;
    }
    return value;
  }
}

// Words

/** Reads numbers that take seven bits a byte, the lowest first. */
class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  get more() {
    return this.at < this.bytes.length;
  }

  number() {
    let number = 0;
    for (let unit = 1; ; unit *= 128) {
      const byte = this.bytes[this.at];
      this.at += 1;
      number += (byte & 0x7f) * unit;
      if (byte < 0x80) return number;
    }
  }

  /** Passes over as many bytes as the number before them says. Where they begin. */
  pass() {
    const length = this.number();
    this.at += length;
    return this.at - length;
  }
}

/** The bytes of the words that were asked for last: each is looked up in a file of every bundle. */
const spelled = new Map();

function bytesOf(word) {
  if (!spelled.has(word)) {
    if (spelled.size > 100) spelled.clear();
    spelled.set(word, encoder.encode(word));
  }
  return spelled.get(word);
}

/** What a file of the index tells of a word; nothing if the word is not in it. Of all that is passed over
    nothing is made: a file has thousands of words, and a query reads dozens of files. */
function told(chunk, wanted) {
  const reader = new Reader(chunk);
  while (reader.more) {
    const from = reader.pass();
    const isWanted = reader.at - from === wanted.length && isAt(chunk, from, wanted);
    const rest = reader.pass();
    if (isWanted) return chunk.subarray(rest, reader.at);
  }
  return new Uint8Array();
}

function isAt(chunk, from, wanted) {
  for (let at = 0; at < wanted.length; at += 1) if (chunk[from + at] !== wanted[at]) return false;
  return true;
}

/** How often a unit stands in each document. */
function counts(rest) {
  const reader = new Reader(rest);
  const found = new Map();
  for (let document = 0; reader.more;) {
    document += reader.number();
    found.set(document, reader.number());
  }
  return found;
}

/** Goes from document to document through the places of a pair of units. */
class Places {
  #reader;
  #isRead = true;
  /** The document that is looked at. */
  document = 0;

  constructor(rest) {
    this.#reader = new Reader(rest);
  }

  /** Goes on to the next document; whether there is one. Of places that nobody asked for nothing is
      made: only the number nought, which ends them, has a byte of it. */
  next() {
    if (!this.#isRead) this.#reader.at = this.#reader.bytes.indexOf(0, this.#reader.at) + 1;
    this.#isRead = !this.#reader.more;
    if (!this.#isRead) this.document += this.#reader.number();
    return !this.#isRead;
  }

  /** Goes on to a document, or the first one behind it; whether it is that one. */
  reach(document) {
    while (this.#isRead || this.document < document) if (!this.next()) return false;
    return this.document === document;
  }

  /** The places in the document that is looked at. */
  all() {
    const all = [];
    let place = -1;
    for (let step = this.#reader.number(); step; step = this.#reader.number()) all.push(place += step);
    this.#isRead = true;
    return all;
  }
}

/** Those of `starts` for which another pair stands `offset` places on. Both come in order. */
function followed(starts, others, offset) {
  let at = 0;
  return starts.filter((start) => {
    while (others[at] < start + offset) at += 1;
    return others[at] === start + offset;
  });
}

/** Where pairs follow one another, in the documents that have all of them: how often in each. All come
    in the order of the documents, so that nothing is kept of those that lack one. */
function together([first, ...others]) {
  const found = new Map();
  const rows = others.map(({ offset, rest }) => ({ offset: offset - first.offset, places: new Places(rest) }));
  for (const places = new Places(first.rest); places.next();) {
    if (!rows.every((row) => row.places.reach(places.document))) continue;
    const starts = rows.reduce((left, row) => followed(left, row.places.all(), row.offset), places.all());
    if (starts.length) found.set(places.document, starts.length);
  }
  return found;
}

/** Whether a word comes after another in the order of their bytes. That is the order of their units, but for
    characters of two halves, which come behind all others. */
export function isAfter(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  if (at === one.length || at >= other.length) return one.length > other.length;
  const [a, b] = [one.charCodeAt(at), other.charCodeAt(at)];
  const isHalf = (unit) => unit >= 0xd800 && unit < 0xe000;
  return isHalf(a) === isHalf(b) ? a > b : isHalf(a);
}

// The index

const before = (a, b) => (a < b ? -1 : Number(a > b));

/** Newest first; those of one day by their addresses, so that their order does not depend on
    the bundles they are in. */
export const newest = (a, b) => b.year - a.year || before(b.published ?? "", a.published ?? "") || before(a.url, b.url);

/** How long a server asks to be left alone, in milliseconds. */
const wait = (response, least) => Math.min(Math.max((Number(response.headers.get("Retry-After")) || 0) * 1000, least), 10_000);

/** An answer, and its bytes if it is a good one; given up when it does not come. The clock goes with the answer: a
    signal of the browser's own would hold it as long as it might have taken. */
async function arrived(address, options) {
  const limit = new AbortController();
  const clock = setTimeout(() => limit.abort(new Error("no answer")), PATIENCE);
  try {
    const response = await fetch(address, { ...options, signal: limit.signal });
    return { response, bytes: response.ok ? new Uint8Array(await response.arrayBuffer()) : null };
  } finally {
    clearTimeout(clock);
  }
}

// Packs

/** The pieces of files, each with what is known of it and where it stands. `src/search/pack.rs` writes them. */
function pieces(packs, folder) {
  return packs.flatMap(([name, known]) => {
    let from = 0;
    return known.map(([what, length]) => {
      from += length;
      return { what, path: `${folder}/${name}.pack`, from: from - length, length };
    });
  });
}

/** How a part of a file is asked for (RFC 9110, section 14.2). */
const range = ({ from, length }) => ({ headers: { Range: `bytes=${from}-${from + length - 1}` } });

/** A piece of what was answered: a server that knows no parts sends the whole file. */
const piece = (bytes, { from, length }, status) => (status === 206 ? bytes : bytes.subarray(from, from + length));

/** One publication of the index. */
export class Index {
  #base;
  #building;
  #contents = null;
  /** The digest of the table of contents, once it was read. */
  #sum = null;
  #tables = new Map();
  #landmarks = null;
  #chunks = new Kept(BOUNDS.chunks);
  #texts = new Kept(BOUNDS.texts);
  /** Whether the last file could not be read however often it was asked for. */
  #ails = false;
  #newest = { time: -Infinity, sum: null };
  /** How many bytes were read and unpacked so far, whatever is kept of them. */
  spent = 0;

  /** An index at an address; `building` is called while it is waited for. */
  constructor(base, building = () => {}) {
    this.#base = base;
    this.#building = building;
  }

  /** How many bytes are kept of files and texts. */
  get size() {
    return this.#chunks.size + this.#texts.size;
  }

  /** The digest of the table of contents, if it was read. */
  get sum() {
    return this.#sum;
  }

  /** Files that could not be read are asked for several times again. */
  hope() {
    this.#ails = false;
  }

  /** The table of contents. */
  contents() {
    this.#contents ??= this.#read("contents.json", async (bytes) => {
      const read = await proved(bytes);
      this.#sum = read.sum;
      return read;
    });
    this.#contents.catch(() => { this.#contents = null; });
    return this.#contents;
  }

  /** The documents of a bundle, newest first, and what its index has. */
  table({ name, digest: wanted }) {
    if (!this.#tables.has(name)) {
      const read = this.#read(`${name}/documents.json?${wanted}`, async (bytes) => {
        const read = await proved(bytes);
        if (read.digest !== wanted) throw new Error("of another publication");
        return read;
      });
      const made = read.then(({ documents, chunks, texts, ...rest }) => {
        const places = new Map(pieces(texts, `${name}/text`).map((text) => [text.what, text]));
        documents.forEach((document, number) => Object.assign(document, { bundle: name, number, text: places.get(document.id) }));
        return { ...rest, chunks: pieces(chunks, `${name}/index`), documents: documents.sort(newest) };
      });
      this.#tables.set(name, made);
      made.catch(() => this.#tables.delete(name));
    }
    return this.#tables.get(name);
  }

  /** The landmarks that are found by their names, and which result of the engine each is. */
  landmarks(digest) {
    this.#landmarks ??= this.#read(`names/landmarks.json?${digest}`, proved);
    this.#landmarks.catch(() => { this.#landmarks = null; });
    return this.#landmarks;
  }

  /** The figures of an indicator. */
  figures(id, digest) {
    return this.#texts.get(`figures/${id}`, () => this.#read(`names/figures/${id}.json?${digest}`, async (bytes) => ({ value: await proved(bytes), size: bytes.length * 2 })));
  }

  /** The text of a document, in sections. Its name is the digest of its address and its bytes. */
  text({ text, id, url }) {
    return this.#texts.get(id, () => this.#read(text.path, async (bytes) => {
      const plain = await unpacked(bytes);
      if ((await digest(joined([encoder.encode(`${url}\n`), plain]))).slice(0, id.length) !== id) throw new Error("damaged");
      return { value: JSON.parse(decoder.decode(plain)), size: plain.length * 2 };
    }, text));
  }

  /** How often some units stand in a row in each document of a bundle, by the documents' numbers. */
  async rows(part, units) {
    if (units.length === 1) return counts(await this.#told(part, units[0]));
    // Every second pair covers all units, the last pair the last of them.
    const offsets = units.map((_, at) => at).filter((at) => at === units.length - 2 || (at % 2 === 0 && at < units.length - 2));
    const all = await Promise.all(offsets.map(async (offset) => ({ offset, rest: await this.#told(part, `${units[offset]} ${units[offset + 1]}`) })));
    return together(all.sort((a, b) => a.rest.length - b.rest.length));
  }

  /** Whether another publication has taken this one's place, as far as that can be told. */
  async isReplaced() {
    if (!this.#sum) return false;
    if (performance.now() - this.#newest.time > FRESH) {
      const asked = this.#ask("contents.json", { cache: "no-cache" }).then(proved);
      this.#newest = { time: performance.now(), sum: asked.then(({ sum }) => sum, () => null) };
    }
    const sum = await this.#newest.sum;
    return sum !== null && sum !== this.#sum;
  }

  /** What is told of a word, from the piece that has all words from one before it to one behind. */
  async #told(part, word) {
    const { chunks } = await this.table(part);
    let from = 0;
    for (let to = chunks.length; to - from > 1;) {
      const middle = (from + to) >> 1;
      if (isAfter(chunks[middle].what[0], word)) to = middle;
      else from = middle;
    }
    if (!chunks.length) return new Uint8Array();
    const { what: [, name], path } = chunks[from];
    const chunk = await this.#chunks.get(`${part.name}/${name}`, () => this.#read(path, async (bytes) => {
      const value = await proven(bytes, name);
      this.spent += 2 * value.length;
      return { value, size: value.length };
    }, chunks[from]));
    return told(chunk, bytesOf(word));
  }

  /** Reads a file, or a part of it, and makes of it what `prove` does, as often as it takes. */
  async #read(path, prove, part) {
    for (let tries = 0; ; tries += 1) {
      let least = PAUSES[tries];
      try {
        // A cache may be what holds the damage.
        const cache = tries ? "reload" : path === "contents.json" ? "no-cache" : "default";
        const made = await prove(await this.#ask(path, { cache }, part));
        this.#ails = false;
        return made;
      } catch (error) {
        if (await this.isReplaced()) throw new Replaced(path);
        if (this.#ails || least === undefined) {
          this.#ails = true;
          throw new Unread(`${path}: ${error.message}`);
        }
        if (error.response) least = wait(error.response, least);
      }
      await pause(least);
    }
  }

  /** Asks for a file once, or for a part of it; while the index is being built, as in a preview, until it is there. */
  async #ask(path, options, part) {
    for (;;) {
      const { response, bytes } = await arrived(this.#base + path, part ? { ...options, ...range(part) } : options);
      this.spent += bytes?.length ?? 0;
      if (bytes) return part ? piece(bytes, part, response.status) : bytes;
      if (response.status !== 503 || !response.headers.has("Retry-After")) throw Object.assign(new Error(String(response.status)), { response });
      this.#building();
      await pause(wait(response, 500));
    }
  }
}
