// From a text to words, and from what is typed: cut as src/search/token.rs cuts them;
// tests/browser/vectors.json holds the two together. Nothing here touches the page or the index.

/** Traditional characters and their simplified forms; filled from the contents of the index. */
export const simplified = new Map();

export function learn(pairs) {
  const characters = [...pairs];
  for (let at = 0; at + 1 < characters.length; at += 2) simplified.set(characters[at], characters[at + 1]);
}

function plain(c) {
  if ("【〔〈〖〘〚[".includes(c)) return "(";
  if ("】〕〉〗〙〛]".includes(c)) return ")";
  if (/[\u2010-\u2015\u2212]/.test(c)) return "-";
  if ("“”„‟「」〝〞〟".includes(c)) return '"';
  if ("‘’‚‛『』".includes(c)) return "'";
  return simplified.get(c) ?? c;
}

/** Characters that are not seen by themselves; what they stand in reads as if they were not there. */
const UNSEEN = "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}";
const ALL_UNSEEN = new RegExp(`[${UNSEEN}]`, "gu");

/** One form for what a reader takes for the same: width, case, script, brackets. */
export function fold(text) {
  const seen = text.replace(ALL_UNSEEN, "");
  const small = [...seen.normalize("NFKC")].map((c) => c.toLowerCase()).join("").normalize("NFKC");
  return [...small].map(plain).join("");
}

/** A character and the marks set on it, which fold as one. */
const PIECE = new RegExp(`.[\\p{M}\\u1160-\\u11ff\\uff9e\\uff9f${UNSEEN}]*`, "gsu");
/** A text folded, and where each character of that stands in it: the way back from what was understood. */
export function mapped(text) {
  let folded = "";
  const starts = [];
  const ends = [];
  for (const { 0: piece, index } of text.matchAll(PIECE)) {
    const more = fold(piece);
    folded += more;
    for (let at = 0; at < more.length; at += 1) {
      starts.push(index);
      ends.push(index + piece.length);
    }
  }
  return { folded, starts, ends };
}

const PLAIN = /^[\u4e00-\u9fff0-9a-z]$/;
/** Characters that fold to figures and are no part of one: raised and circled ones, fractions. */
const MARK = /^[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209f\u2150-\u2189\u2460-\u249b\u24ea\u3251-\u325f\u32b1-\u32cb\u3358-\u3370\u33e0-\u33fe\u{1f100}-\u{1f10a}]/u;
/** A comma of Chinese. Only where all is of full width it parts thousands. */
const COMMA = "，";
/** What of the decimals of a figure is none: one or two digits and a dot before 2019年 are an ordinal. */
const DECIMALS = "(?:(?!(?<=(?<![0-9])[0-9]{1,2})\\.(?:19|20)[0-9]{2}年)(?:\\.[0-9]+)+)?";
/** A figure, a word in Latin letters, any other character. Commas belong to a figure where they part
    all of it into thousands. src/han/figure.rs reads figures by the same rules. */
const UNIT = new RegExp(`(?<![0-9],)[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]|,[0-9])${DECIMALS}|[0-9]+${DECIMALS}|[a-z]+|.`, "gsu");

/** The syllables of pinyin: the finals of every initial. `v` is ü. */
const FINALS = {
  "": "a ai an ang ao e ei en eng er o ou",
  b: "a ai an ang ao ei en eng i ian iao ie in ing o u",
  p: "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
  m: "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
  f: "a an ang ei en eng o ou u",
  d: "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
  t: "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
  n: "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan ue uo v ve",
  l: "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan ue un uo v ve",
  g: "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
  k: "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
  h: "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
  j: "i ia ian iang iao ie in ing iong iu u uan ue un",
  q: "i ia ian iang iao ie in ing iong iu u uan ue un",
  x: "i ia ian iang iao ie in ing iong iu u uan ue un",
  zh: "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
  ch: "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
  sh: "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
  r: "an ang ao e en eng i ong ou u ua uan ui un uo",
  z: "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
  c: "a ai an ang ao e en eng i ong ou u uan ui un uo",
  s: "a ai an ang ao e en eng i ong ou u uan ui un uo",
  y: "a an ang ao e i in ing o ong ou u uan ue un",
  w: "a ai an ang ei en eng o u",
};
const SYLLABLES = new Set(Object.entries(FINALS)
  .flatMap(([initial, finals]) => finals.split(" ").map((end) => initial + end)));
/** What stands in brackets behind a Han character. */
const BEHIND = /(?<=[\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{323af}])(?:[([（［【〔〈〖〘〚][^([（［【〔〈〖〘〚)\]）］】〕〉〗〙〛]{1,12}[)\]）］】〕〉〗〙〛])+/gu;

/** Whether a text is one syllable in small letters. A single letter without its tone is rather the
    number of an item, as in (a). */
function isSyllable(text) {
  const letters = text.normalize("NFD").replaceAll("u\u0308", "v").replaceAll("ɑ", "a").replaceAll("ɡ", "g");
  const bare = letters.replace(/[\u0300\u0301\u0304\u030c]/g, "");
  const tones = letters.length - bare.length;
  return tones <= 1 && bare.length + tones > 1 && SYLLABLES.has(bare);
}

/** Where pinyin stands in brackets, as copying sites put it behind characters: 推(tuī)进. */
function readings(text) {
  const found = [];
  for (const { 0: run, index } of text.matchAll(BEHIND)) {
    let length = 0;
    for (const inner of run.slice(1, -1).split(/[)\]）］】〕〉〗〙〛]./u)) {
      if (!isSyllable(inner)) break;
      length += inner.length + 2;
    }
    if (length) found.push([index, index + length]);
  }
  return found;
}

/** A piece as it folds, parted by spaces from figures that it is no part of. */
function parted(piece, before, behind) {
  const folded = fold(piece);
  if (MARK.test(piece)) return ` ${folded} `;
  const isPause = piece.startsWith(COMMA) && (/[0-9]$/.test(before) || /^[0-9]/.test(behind));
  return isPause ? `${folded} ` : folded;
}

/** The units of a text with the places in it where each begins and ends. Pinyin in brackets is in
    none of them. */
export function located(text) {
  const dropped = readings(text);
  const parts = [0, ...dropped.flat(), text.length];
  let bare = "";
  for (let at = 0; at < parts.length; at += 2) bare += text.slice(parts[at], parts[at + 1]);
  let folded = "";
  let passed = 0;
  const starts = [];
  const ends = [];
  for (const { 0: piece, index } of bare.matchAll(PIECE)) {
    while (dropped.length && index + passed >= dropped[0][0]) {
      const [from, to] = dropped.shift();
      passed += to - from;
    }
    const more = PLAIN.test(piece) ? simplified.get(piece) ?? piece : parted(piece, bare.slice(Math.max(index - 1, 0), index), bare.slice(index + piece.length, index + piece.length + 1));
    folded += more;
    for (let at = 0; at < more.length; at += 1) {
      starts.push(index + passed);
      ends.push(index + passed + piece.length);
    }
  }
  const units = [];
  for (const { 0: unit, index } of folded.matchAll(UNIT)) {
    if (/^\s$/.test(unit)) continue;
    const figure = /^[0-9]/.test(unit) ? unit.replaceAll(",", "") : unit;
    units.push({ unit: figure, start: starts[index], end: ends[index + unit.length - 1] });
  }
  return units;
}

export function units(text) {
  return located(text).map(({ unit }) => unit);
}

/** What is asked: every term must occur. Quoted, a term is meant to the letter; else its last
    Latin word may be cut short. The space in 73. 63% parts no terms. */
export function terms(query) {
  const parts = query.replace(/(?<=[0-9０-９][.．])\s+(?=[0-9０-９]+(?:[.．][0-9０-９]+)*\s*[%％‰])/gu, "")
    .matchAll(/(?<=^|\s)["“”„‟「」＂](.+?)["“”„‟「」＂](?=$|\s)|\S+/gu);
  return [...parts]
    .map(([whole, quoted]) => ({ units: units(quoted ?? whole), open: quoted === undefined }))
    .filter((term) => term.units.length)
    .map((term) => ({ ...term, ways: ways(term.units) }));
}

/** How many figures of a term may be written in two ways. */
const TWOFOLD = 4;

/** The rows of units that a row may stand for: some write the decimals of a figure behind a space. */
function ways(units) {
  let found = [[]];
  let decimals = 0;
  for (const unit of units) {
    const cut = /^[0-9]+\.[0-9]+$/.test(unit) && decimals < TWOFOLD ? unit.split(/(\.)/) : null;
    if (cut) decimals += 1;
    found = [...found.map((row) => [...row, unit]), ...(cut ? found.map((row) => [...row, ...cut]) : [])];
  }
  return found;
}

export const isLatin = (unit) => /^[a-z]/.test(unit);

/** Where a term stands among the units of a text: the indexes of the first and the last of each. */
export function places(term, text) {
  const found = [];
  for (const way of term.ways) {
    const last = way.length - 1;
    const matches = (at) => way.every((unit, n) => {
      const there = text[at + n].unit;
      return there === unit || (n === last && term.open && isLatin(unit) && there.startsWith(unit));
    });
    for (let at = 0; at + last < text.length; at += 1) if (matches(at)) found.push([at, at + last]);
  }
  return found;
}
