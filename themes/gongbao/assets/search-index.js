// The index that search reads, beside the page: its files are asked for as often as it takes,
// proved to be what was published, and kept within bounds. What is written in them, search-directory.js knows. Nothing
// here knows what a query means.

import { unpacked } from "./packed.js";
import { bundles, hex, reached, spots, table, told } from "./search-directory.js";

/** A file that could not be read, after it was asked for several times. */
export class Unread extends Error {}

/** Another publication has taken the place of the index that is being read. */
export class Replaced extends Error {}

/** The index has another form than the one that is read here: site and page are of two versions of the program. */
export class OtherForm extends Error {}

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
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
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

// The index

/** Newest first, then by day and address. */
export const newest = (a, b) => a.at - b.at;

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

// Parts of files

/** How a part of a file is asked for (RFC 9110, section 14.2). */
const range = ({ from, length }) => ({ headers: { Range: `bytes=${from}-${from + length - 1}` } });

/** Parts of a file that are no further from each other, in bytes, are asked for in one request, up to so many bytes. */
const NEAR = 16 * 1024;
const WIDE = 512 * 1024;

/** Parts of a file put together that are near each other. */
function near(parts) {
  const found = [];
  for (const part of [...parts].sort((a, b) => a.from - b.from)) {
    const last = found.at(-1);
    const end = part.from + part.length;
    if (last && part.from - (last.from + last.length) <= NEAR && end - last.from <= WIDE) {
      last.length = Math.max(last.length, end - last.from);
      last.parts.push(part);
    } else found.push({ from: part.from, length: part.length, parts: [part] });
  }
  return found;
}

/** How many hexadecimal digits and bytes of its digest a piece begins with. */
const PROOF = 8;

/** The bytes that a piece was made of, as src/search/pack.rs writes it. */
async function opened(piece) {
  const proof = hex(piece.subarray(0, PROOF));
  if (piece.length <= PROOF || !(await digest(piece.subarray(PROOF))).startsWith(proof)) throw new Error("damaged");
  const content = piece.subarray(PROOF + 1);
  return piece[PROOF] ? unpacked(content) : content;
}

// The index

/** The form of an index that is read here; that of the program is in src/search.rs. */
export const FORM = 10;

/** How many documents are listed in one piece. */
const LISTED = 16;

/** What is known of the bundles, newest first: their years, and where their documents come among all. */
function laid({ bundles, directory, called, begins, ...rest }) {
  let start = 0;
  const parts = bundles.map(({ years, ...bundle }, n) => {
    const count = years.reduce((sum, [, many]) => sum + many, 0);
    const part = { ...bundle, n, id: bundles.length - 1 - n, years, count, start, first: years.at(-1)[0], last: years[0][0], documents: null };
    start += count;
    return part;
  });
  const tables = Object.entries(directory).map(([name, leading]) => [name, { ...leading, folder: `directory/${name}` }]);
  const pairs = [...begins].map((one, at, all) => (at % 2 ? "" : one + all[at + 1]));
  return { ...rest, bundles: parts, begins: new Set(pairs.filter(Boolean)), tables: { ...Object.fromEntries(tables), called: { ...called, folder: "names/called" } } };
}

/** The documents of a bundle, newest first. */
export function documents(part) {
  part.documents ??= part.years.flatMap(([year, many]) => Array.from({ length: many }, () => year))
    .map((year, number) => ({ part, number, year, at: part.start + number }));
  return part.documents;
}

/** One publication of the index. */
export class Index {
  #base;
  #building;
  /** The bytes of the table of contents, as somebody else has asked for it. */
  #handed;
  #contents = null;
  /** The digest of the table of contents, once it was read. */
  #sum = null;
  #landmarks = null;
  #chunks = new Kept(BOUNDS.chunks);
  #texts = new Kept(BOUNDS.texts);
  /** Parts of files that are to be asked for, by the addresses of these. */
  #parts = new Map();
  /** Whether the last file could not be read however often it was asked for. */
  #ails = false;
  #newest = { time: -Infinity, sum: null };
  /** How many bytes were read and unpacked so far, whatever is kept of them. */
  spent = 0;

  /** An index at an address; `building` is called while it is waited for. The bytes of its table of contents may have been
      asked for already, and be `handed` over. */
  constructor(base, building = () => {}, handed = null) {
    this.#base = base;
    this.#building = building;
    this.#handed = handed;
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

  /** The table of contents, with what follows from it. */
  contents() {
    this.#contents ??= this.#begun();
    this.#contents.catch(() => { this.#contents = null; });
    return this.#contents;
  }

  async #begun() {
    const open = async (bytes) => {
      const read = await proved(bytes);
      if (read.format !== FORM) throw new OtherForm(String(read.format));
      this.#sum = read.sum;
      return laid(read);
    };
    const handed = this.#handed && await Promise.race([this.#handed, pause(PATIENCE)]);
    this.#handed = null;
    const made = handed && await open(new Uint8Array(handed)).catch(() => null);
    return made ?? this.#read("contents.json", open);
  }

  /** What a table has of a word: what each bundle tells, by the bundle's number from the oldest on; of all words that
      begin so, if that is wanted. */
  async words(name, word, isBeginning = false) {
    const { tables: { [name]: leading } } = await this.contents();
    const pages = leading.pages.map(([first], n) => ({ word: first, n }));
    const begin = reached(pages, word);
    const wanted = (entries, first) => entries.filter((entry, at) => at === first || (isBeginning && entry.word.startsWith(word)));
    const pieces = [];
    for (const { n } of wanted(pages, begin)) {
      const entries = await this.#table(name, leading, n);
      pieces.push(...wanted(entries, n === begin ? reached(entries, word) : 0));
    }
    const read = await Promise.all(pieces.map(({ pack, ...spot }) => this.#chunk(`${leading.folder}/${pack}.pack`, spot)));
    return new Map(read.flatMap((piece) => told(piece, word, isBeginning).map(([found, rest]) => [found, bundles(rest)])));
  }

  /** How many bytes all pieces of a table have. */
  async size(name) {
    const { tables: { [name]: leading } } = await this.contents();
    const pages = await Promise.all(leading.pages.map((_, n) => this.#table(name, leading, n)));
    return pages.flat().reduce((sum, { length }) => sum + length, 0);
  }

  /** The pieces that a page of a table leads to. */
  #table(name, { tables, pages, folder }, n) {
    const { pack, ...spot } = spots(pages.map(([, length]) => length))[n];
    return this.#chunks.get(`${name} ${n}`, async () => {
      const read = await this.#piece(`${folder}/${tables[pack]}.pack`, spot);
      return { value: table(read), size: read.length * 4 };
    });
  }

  /** A piece of the index, which is kept for a while. */
  #chunk(path, spot) {
    return this.#chunks.get(`${path} ${spot.from}`, async () => {
      const value = await this.#piece(path, spot);
      this.spent += 2 * value.length;
      return { value, size: value.length };
    });
  }

  /** Where the things of a bundle stand: what some documents are listed with, a piece of it each, and the text of each. */
  #head({ name, head }) {
    return this.#texts.get(`${name} ${head}`, async () => {
      const plain = await this.#read(`${name}/${head}.pack`, opened);
      const { cards, listed, texts, lengths } = JSON.parse(decoder.decode(plain));
      const standing = (packs, all) => spots(all).map(({ pack, ...spot }) => ({ ...spot, pack: packs[pack] }));
      return { value: { cards: standing(cards, listed), texts: standing(texts, lengths) }, size: plain.length * 8 };
    });
  }

  /** Asks for what leads to the documents of a bundle, which is going to be wanted. */
  foresee(part) {
    this.#head(part).catch(() => {});
  }

  /** What a document is listed with. */
  async card({ part, number }) {
    const { pack, ...spot } = (await this.#head(part)).cards[Math.floor(number / LISTED)];
    const path = `${part.name}/cards/${pack}.pack`;
    const listed = await this.#texts.get(`${path} ${spot.from}`, async () => {
      const plain = await this.#piece(path, spot);
      return { value: JSON.parse(decoder.decode(plain)), size: plain.length * 2 };
    });
    return listed[number % LISTED];
  }

  /** The text of a document, in sections. */
  async text(document) {
    const [{ url }, [own, sections]] = await Promise.all([this.card(document), this.#text(document)]);
    if (own !== url) throw new Unread(`${url}: the text of ${own}`);
    return sections;
  }

  /** The address of a document and its text, as they stand beside each other. */
  async #text({ part, number }) {
    const { pack, ...spot } = (await this.#head(part)).texts[number];
    const path = `${part.name}/text/${pack}.pack`;
    return this.#texts.get(`${path} ${spot.from}`, async () => {
      const plain = await this.#piece(path, spot);
      return { value: JSON.parse(decoder.decode(plain)), size: plain.length * 2 };
    });
  }

  /** The landmarks that are found by their names, and which result of the engine each is. */
  landmarks(digest) {
    this.#landmarks ??= this.#read(`names/landmarks.json?${digest}`, proved);
    this.#landmarks.catch(() => { this.#landmarks = null; });
    return this.#landmarks;
  }

  /** The names by which questions are cut apart, but for those of places, and the words that mean the same. */
  vocabulary(digest) {
    return this.#texts.get("vocabulary", () => this.#read(`names/vocabulary.json?${digest}`, async (bytes) => ({ value: await proved(bytes), size: bytes.length * 2 })));
  }

  /** The places that are called by a name. */
  async called(name) {
    const [[, bytes] = []] = [...(await this.words("called", name)).values()].flatMap((rows) => [...rows]);
    return bytes ? JSON.parse(decoder.decode(bytes)) : [];
  }

  /** The figures of an indicator. */
  figures(id, digest) {
    return this.#texts.get(`figures/${id}`, () => this.#read(`names/figures/${id}.json?${digest}`, async (bytes) => ({ value: await proved(bytes), size: bytes.length * 2 })));
  }

  /** Which documents tell a figure of an indicator: what each bundle has of it, by the bundle's number. */
  telling(id, digest) {
    return this.#texts.get(`telling/${id}`, async () => {
      const plain = await this.#read(`names/figures/${id}.bin?${digest}`, opened);
      return { value: bundles(plain), size: plain.length };
    });
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

  #piece(path, spot) {
    return this.#read(path, opened, spot);
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
        if (error instanceof OtherForm) throw error;
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
      const { response, bytes } = part ? await this.#part(path, options, part) : await this.#arrived(path, options);
      if (bytes) return bytes;
      if (response.status !== 503 || !response.headers.has("Retry-After")) throw Object.assign(new Error(String(response.status)), { response });
      this.#building();
      await pause(wait(response, 500));
    }
  }

  async #arrived(path, options) {
    const { response, bytes } = await arrived(this.#base + path, options);
    this.spent += bytes?.length ?? 0;
    return { response, bytes };
  }

  /** A part of a file. What else of it is asked for at the same time comes along. */
  #part(path, options, part) {
    const key = `${options.cache} ${path}`;
    return new Promise((resolve, reject) => {
      if (!this.#parts.has(key)) {
        this.#parts.set(key, []);
        setTimeout(() => this.#fetch(key, path, options), 0);
      }
      this.#parts.get(key).push({ ...part, resolve, reject });
    });
  }

  #fetch(key, path, options) {
    const wanted = this.#parts.get(key);
    this.#parts.delete(key);
    for (const { parts, ...whole } of near(wanted)) {
      this.#arrived(path, { ...options, ...range(whole) }).then(({ response, bytes }) => {
        // A server that knows no parts sends the whole file.
        const start = response.status === 206 ? whole.from : 0;
        for (const { from, length, resolve } of parts) resolve({ response, bytes: bytes?.subarray(from - start, from - start + length) ?? null });
      }).catch((error) => { for (const { reject } of parts) reject(error); });
    }
  }
}
