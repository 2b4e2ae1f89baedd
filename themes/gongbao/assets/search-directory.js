// How the directory of words is written, which tells which documents have a word and where in them it stands, and
// how phrases are followed through it. src/search/directory.rs and src/search/packed.rs write it. Nothing is asked for
// here, and nothing here knows what a query means.

/** A file of pieces ends with the piece by which it has so many bytes. */
const FULL = 512 * 1024;

const decoder = new TextDecoder("utf-8", { fatal: true });
const encoder = new TextEncoder();

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
      if (!(byte >= 0x80)) return number;
    }
  }

  /** As many bytes as are asked for; by the number before them, if nothing is said. */
  take(length = this.number()) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}

/** All numbers of some bytes. */
export function* numbers(bytes) {
  for (const reader = new Reader(bytes); reader.more;) yield reader.number();
}

/** A word as it is written, by what it shares with the one before it. */
class Word {
  bytes = new Uint8Array(64);
  length = 0;

  /** Reads the next one. */
  next(reader) {
    const shared = reader.number();
    const rest = reader.take();
    this.length = shared + rest.length;
    if (this.length > this.bytes.length) {
      const more = new Uint8Array(2 * this.length);
      more.set(this.bytes);
      this.bytes = more;
    }
    this.bytes.set(rest, shared);
  }

  begins(wanted) {
    if (this.length < wanted.length) return false;
    for (let at = 0; at < wanted.length; at += 1) if (this.bytes[at] !== wanted[at]) return false;
    return true;
  }

  toString() {
    return decoder.decode(this.bytes.subarray(0, this.length));
  }
}

/** The pieces that a table leads to: the first word of each, and where it stands. */
export function table(bytes) {
  const reader = new Reader(bytes);
  let [pack, from] = [reader.number(), reader.number()];
  const word = new Word();
  const found = [];
  while (reader.more) {
    word.next(reader);
    const length = reader.number();
    found.push({ word: word.toString(), pack, from, length });
    [pack, from] = behind(pack, from, length);
  }
  return found;
}

/** Where the piece behind one stands. */
function behind(pack, from, length) {
  return from + length >= FULL ? [pack + 1, 0] : [pack, from + length];
}

/** Where pieces of these lengths stand, that come one behind the other. */
export function spots(lengths) {
  let [pack, from] = [0, 0];
  return lengths.map((length) => {
    const spot = { pack, from, length };
    [pack, from] = behind(pack, from, length);
    return spot;
  });
}

/** What a piece tells of a word, or of all words that begin so. */
export function told(piece, wanted, isBeginning = false) {
  const bytes = encoder.encode(wanted);
  const reader = new Reader(piece);
  const word = new Word();
  const found = [];
  while (reader.more) {
    word.next(reader);
    const rest = reader.take();
    if (word.begins(bytes) && (isBeginning || word.length === bytes.length)) found.push([word.toString(), rest]);
  }
  return found;
}

/** What each bundle tells of a word, by the bundle's number. */
export function bundles(rest) {
  const reader = new Reader(rest);
  const found = new Map();
  for (let bundle = 0; reader.more;) {
    bundle += reader.number();
    found.set(bundle, reader.take());
  }
  return found;
}

/** What a bundle of `all` documents tells of a word: the documents that have it, in their order, and its list, or where
    that stands. */
export function row(rest, all) {
  const reader = new Reader(rest);
  const head = reader.number();
  const documents = new Uint32Array(head >> 1);
  if (head % 2) bits(reader.take(Math.ceil(all / 8)), documents);
  else if (documents.length === all) for (let n = 0; n < all; n += 1) documents[n] = n;
  else for (let n = 0, document = 0; n < documents.length; n += 1) documents[n] = document += reader.number();
  const said = reader.number();
  const length = said >> 1;
  return { documents, ...(said % 2 ? { spot: { pack: reader.number(), from: reader.number(), length } } : { list: reader.take(length) }) };
}

/** Writes down which bits are set. */
function bits(bytes, documents) {
  let n = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    for (let rest = bytes[at]; rest; rest &= rest - 1) {
      documents[n] = at * 8 + 31 - Math.clz32(rest & -rest);
      n += 1;
    }
  }
}

/** The documents that stand in all of some rows. */
export function shared(rows) {
  const [first, ...others] = [...rows].sort((a, b) => a.documents.length - b.documents.length);
  return others.reduce((left, { documents }) => {
    let at = 0;
    return left.filter((document) => {
      while (documents[at] < document) at += 1;
      return documents[at] === document;
    });
  }, first.documents);
}

/** How often a unit stands in each document that has it. */
export function counts({ documents }, list) {
  const reader = new Reader(list);
  const found = new Map();
  for (const document of documents) found.set(document, reader.number());
  return found;
}

/** Goes from document to document through the places of a pair of units. */
class Places {
  #reader;
  #documents;
  #at = -1;
  #isRead = true;

  constructor({ documents }, list) {
    this.#documents = documents;
    this.#reader = new Reader(list);
  }

  /** The places in a document that has the pair and comes behind those that were asked for. Of places that nobody
      asked for nothing is made: only the number nought, which ends them, has a byte of it. */
  in(document) {
    while (this.#documents[this.#at] !== document) {
      if (!this.#isRead) this.#reader.at = this.#reader.bytes.indexOf(0, this.#reader.at) + 1;
      this.#at += 1;
      this.#isRead = false;
    }
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

/** Where pairs follow one another, in the documents that have all of them: how often in each. A pair is
    `{ offset, row, list }`. */
export function together(pairs) {
  const [first, ...others] = pairs.map(({ offset, row: own, list }) => ({ offset, places: new Places(own, list) }));
  const found = new Map();
  for (const document of shared(pairs.map(({ row: own }) => own))) {
    let starts = first.places.in(document);
    for (const { offset, places } of others) starts = followed(starts, places.in(document), offset - first.offset);
    if (starts.length) found.set(document, starts.length);
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

/** The last of some entries in order whose word does not come after another; the first if all do. */
export function reached(entries, word) {
  let from = 0;
  for (let to = entries.length; to - from > 1;) {
    const middle = (from + to) >> 1;
    if (isAfter(entries[middle].word, word)) to = middle;
    else from = middle;
  }
  return from;
}
