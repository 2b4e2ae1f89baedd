// How the directory of words is written, which tells which documents have a word, how often and where in them it stands.
// src/search/table.rs and src/search/postings.rs write it. Nothing is asked for here, and nothing here knows what a query
// means.

/** A file of pieces ends with the piece by which it has so many bytes. */
const FULL = 512 * 1024;
/** The name of a file is so many bytes, in hexadecimal digits. */
const NAME = 6;

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

/** Some bytes in hexadecimal digits. */
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** The pieces that a page of a table leads to: the first word of each, and where it stands. */
export function table(bytes) {
  const reader = new Reader(bytes);
  let [pack, from] = [hex(reader.take(NAME)), reader.number()];
  const word = new Word();
  const found = [];
  while (reader.more) {
    word.next(reader);
    const said = reader.number();
    if (said % 2) [pack, from] = [hex(reader.take(NAME)), 0];
    found.push({ word: word.toString(), pack, from, length: said >> 1 });
    from += said >> 1;
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

/** The documents that a set has which was written for a bundle of `all`, in their order. */
function set(reader, all) {
  const head = reader.number();
  const found = new Uint32Array(head >> 1);
  if (head % 2) bits(reader.take(Math.ceil(all / 8)), found);
  else if (found.length === all) for (let n = 0; n < all; n += 1) found[n] = n;
  else for (let n = 0, document = 0; n < found.length; n += 1) found[n] = document += reader.number();
  return found;
}

/** Which documents of a bundle of `all` have a word, as the row of it tells. */
export const holding = (row, all) => set(new Reader(row), all);

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

/** The documents that are in all of some sets. */
export function shared(sets) {
  const [first, ...others] = [...sets].sort((a, b) => a.length - b.length);
  return others.reduce((left, documents) => {
    let at = 0;
    return left.filter((document) => {
      while (documents[at] < document) at += 1;
      return documents[at] === document;
    });
  }, first);
}

/** How often a word stands in each of its documents, of which the row has those where it stands more than once. */
export function counts(documents, row, all) {
  const found = new Map(Array.from(documents, (document) => [document, 1]));
  if (!row) return found;
  const reader = new Reader(row);
  for (const document of set(reader, all)) found.set(document, 2 + reader.number());
  return found;
}

/** In the number of a place, the sentence counts so many times its unit. */
const SENTENCE = 2 ** 24;

/** Where a word stands in the documents of a bundle of `all`; of those that are not wanted nothing is made. */
export function places(row, all, isWanted = () => true) {
  const reader = new Reader(row);
  const found = new Map();
  for (const document of set(reader, all)) {
    const own = isWanted(document) ? [] : null;
    for (let sentence = 0, isMore = true; isMore;) {
      const step = reader.number();
      sentence += Math.floor(step / 2);
      isMore = step % 2 === 1;
      const unit = reader.number();
      own?.push(sentence * SENTENCE + unit);
    }
    if (own) found.set(document, own);
  }
  return found;
}

/** The place so many units behind one, of which the last `behind` stand behind `ends` ends of sentences. */
export const moved = (place, { ends, behind }) => (ends ? (Math.floor(place / SENTENCE) + ends) * SENTENCE + behind : place + behind);

/** Those of `places` that others have, too. Both come in order. */
export function common(own, others) {
  let at = 0;
  return own.filter((place) => {
    while (others[at] < place) at += 1;
    return others[at] === place;
  });
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
