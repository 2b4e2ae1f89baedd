// What a question means. People type 江门2019行政复议: a place, a year and a word, without a space and
// often without the word for what the place is. Names come from the site's own table of them
// (src/exports/landmark.rs); what they leave over is cut into words that the archive has. Nothing
// here touches the page or the index.

/** How much of a question is looked into. */
const LONGEST = 120;
/** So many letters of a name are looked for. */
const LONGEST_NAME = 40;
/** How many words of a name may stand apart: loss rate in administrative litigation. */
const APART = 8;

/** What is said in a question and is no word to search for. */
const SAID = ["请问", "我想知道", "我想查", "想知道", "帮我查", "帮我", "告诉我", "查询一下", "查一下", "查询", "查找", "搜索", "看看", "有没有", "是不是", "有哪些", "有多少", "是多少", "多少件", "多少次", "多少个", "多少起", "多少人", "多少", "哪一年", "哪些地方", "哪些", "哪个", "哪里", "哪年", "什么时候", "为什么", "什么", "怎么样", "怎样", "怎么", "如何", "几件", "几次", "几个", "一共", "总共", "关于", "有关", "相关", "以及", "还有", "情况", "历年", "近年来", "近年", "的", "了", "吗", "呢", "吧", "啊", "是", "有", "在", "和", "与", "及", "或", "并", "对", "被", "年", "份"];
const SAID_IN_ENGLISH = new Set(["the", "of", "in", "for", "a", "an", "and", "on", "at", "by", "to", "is", "are", "was", "were", "how", "many", "much", "what", "which", "when", "where", "about", "from", "with", "show", "me", "year"]);

/** A year, or the first and the last of some, as they stand in running words. */
const YEARS = /^(?:19|20)[0-9]{2}(?:年度|年)?(?:(?:-|~|至|到)(?:(?:19|20)[0-9]{2})(?:年度|年)?)?(?![0-9])/;
const HAN_YEAR = /^[一二][〇零○一二三四五六七八九]{3}年度?/;
const HAN_FIGURES = "〇一二三四五六七八九";

const letters = (folded) => folded.replace(/[^\p{L}\p{N}]/gu, "");

/** Whether two characters are of one word in Latin letters, or of one figure: these are not cut. */
const isJoined = (one, other) => (/^[a-z]/.test(one ?? "") && /^[a-z]/.test(other ?? "")) || (/^[0-9]/.test(one ?? "") && /^[0-9]/.test(other ?? ""));

/** The years that a text means. */
function yearsOf(text) {
  const digits = text.replace(/[零○]/g, "〇").replace(/[〇一二三四五六七八九]/g, (c) => HAN_FIGURES.indexOf(c));
  const found = digits.match(/[0-9]{4}/g).map(Number).sort();
  return { from: found[0], to: found.at(-1) };
}

/** The names that a site knows, and what each may mean. */
export class Vocabulary {
  #names = new Map();
  #places = new Map();
  #longest = 0;
  #synonyms = new Map();

  /** Of the table of names; `fold` makes one form of a text. */
  constructor({ landmarks, synonyms = [] }, fold) {
    for (const landmark of landmarks) {
      if (landmark.sort === "place") this.#places.set(landmark.id, landmark);
      for (const name of landmark.names) this.#learn(letters(fold(name)), landmark);
    }
    for (const group of synonyms) {
      const folded = group.map((word) => letters(fold(word)));
      for (const word of folded) {
        this.#synonyms.set(word, folded.filter((other) => other !== word));
        this.#longest = Math.max(this.#longest, word.length);
      }
    }
  }

  #learn(name, landmark) {
    if (name.length < 2) return;
    const known = this.#names.get(name);
    if (!known) this.#names.set(name, [landmark]);
    else if (!known.includes(landmark)) known.push(landmark);
    this.#longest = Math.max(this.#longest, name.length);
  }

  /** What is called `name`. */
  named(name) {
    return this.#names.get(name) ?? [];
  }

  /** The words that mean the same as one. */
  like(word) {
    return this.#synonyms.get(word) ?? [];
  }

  /** The place with this slug. */
  place(id) {
    return this.#places.get(id);
  }

  /** Whether a place is `over` or below it. */
  isWithin(id, over) {
    const place = this.#places.get(id);
    return Boolean(place) && (id === over || Boolean(place.over?.includes(over)));
  }

  /** The longest name in `text` at `at`, and where it ends; the `gaps` were spaces. */
  longest(text, at, gaps) {
    for (let end = Math.min(text.length, at + this.#longest); end >= at + 2; end -= 1) {
      // No Latin word and no figure is cut through.
      if (!gaps.has(end) && isJoined(text[end - 1], text[end])) continue;
      const name = text.slice(at, end);
      if (this.#names.has(name) || this.#synonyms.has(name)) return { name, end };
    }
    return null;
  }
}

/** All that may be a name in a folded question, where names begin with some pairs of characters, or with a Latin letter or a figure. */
export function possible(folded, begins) {
  const { text, gaps } = bare(folded.slice(0, LONGEST));
  const isCut = (at) => !gaps.has(at) && isJoined(text[at - 1], text[at]);
  const found = new Set();
  for (let from = 0; from + 2 <= text.length; from += 1) {
    if (isCut(from) || !(begins.has(text.slice(from, from + 2)) || /[a-z0-9]/.test(text[from]))) continue;
    for (let end = from + 2; end <= Math.min(text.length, from + LONGEST_NAME); end += 1) if (!isCut(end)) found.add(text.slice(from, end));
  }
  return [...found];
}

/** The letters of a folded question, with where each stands in it. */
function bare(folded) {
  const at = [];
  let text = "";
  const gaps = new Set();
  for (let n = 0; n < folded.length; n += 1) {
    const isSpan = /[-~]/.test(folded[n]) && /[0-9年度]/.test(folded[n - 1] ?? "") && /[0-9]/.test(folded[n + 1] ?? "");
    if (isSpan || /[\p{L}\p{N}]/u.test(folded[n]) || /[\ud800-\udfff]/.test(folded[n])) {
      at.push(n);
      text += folded[n];
    } else gaps.add(text.length);
  }
  return { text, at, gaps };
}

/** Names and years in a question, and the runs between them, in their order. */
function cut(folded, vocabulary) {
  const { text, at, gaps } = bare(folded);
  const found = [];
  let rest = 0;
  const pass = (to) => {
    for (let from = rest, end = rest; end <= to; end += 1) {
      if (end < to && !(gaps.has(end) && end > from)) continue;
      if (end > from) found.push({ sort: "rest", text: text.slice(from, end), start: at[from], end: at[end - 1] + 1 });
      from = end;
    }
  };
  for (let n = 0; n < text.length;) {
    const inside = !gaps.has(n) && isJoined(text[n - 1], text[n]);
    const years = inside ? null : (YEARS.exec(text.slice(n)) ?? HAN_YEAR.exec(text.slice(n)));
    const name = inside ? null : reach(vocabulary, text, n, gaps, rest);
    if (!years && !name) { n += 1; continue; }
    pass(n);
    const end = name && (!years || name.end - n >= years[0].length) ? name.end : n + years[0].length;
    const piece = { text: text.slice(n, end), start: at[n], end: at[end - 1] + 1 };
    found.push(end === name?.end ? { sort: "name", ...piece, name: name.name } : { sort: "years", ...piece, ...yearsOf(years[0]) });
    n = end;
    rest = end;
  }
  pass(text.length);
  return found;
}

/** The longest name at a place of a question. In Latin letters it may run over spaces, and whole words count. */
function reach(vocabulary, text, at, gaps, rest) {
  const found = vocabulary.longest(text, at, gaps);
  // 计划 is a kind where it stands by itself, and not in 立法计划表.
  const isAlone = (at === rest || gaps.has(at)) && (found?.end === text.length || gaps.has(found?.end));
  if (found && !isAlone && found.name.length < 3 && vocabulary.named(found.name).some(({ sort }) => sort === "kind")) return null;
  if (!found || !/^[a-z0-9]+$/.test(found.name)) {
    const breaks = [...gaps].some((gap) => gap > at && gap < (found?.end ?? 0));
    return found && !breaks ? found : null;
  }
  const parts = [...gaps].filter((gap) => gap > at && gap < found.end).length;
  return parts < APART ? found : null;
}

/** Which of several places of a name is meant: one below or over another that is named, or the highest, or the one
    with the most documents. */
function chosen(places, others, vocabulary) {
  const near = (place) => others.filter((other) => other !== place && (vocabulary.isWithin(place.id, other.id) || vocabulary.isWithin(other.id, place.id))).length;
  return [...places].sort((a, b) => near(b) - near(a) || a.level - b.level || b.count - a.count)[0];
}

/** The places that are named, those alone that no other named place lies below: 上海闵行区 is 闵行区. */
function meant(pieces, vocabulary) {
  const named = pieces.map((piece) => ({ piece, places: vocabulary.named(piece.name).filter(({ sort }) => sort === "place") })).filter(({ places }) => places.length);
  const all = named.flatMap(({ places }) => places);
  const taken = named.map(({ piece, places }) => ({ piece, place: chosen(places, all, vocabulary) }));
  const places = [];
  for (const { piece, place } of taken) {
    const below = taken.find((other) => other.place !== place && vocabulary.isWithin(other.place.id, place.id));
    const known = places.find((one) => one.id === (below ?? { place }).place.id);
    const span = { start: piece.start, end: piece.end };
    if (known) known.spans.push(span);
    else places.push({ id: (below ?? { place }).place.id, title: (below ?? { place }).place.title, spans: [span] });
  }
  return places;
}

/** A run without the words of a question that nobody searches for, in parts. */
function plain(run) {
  if (/^[a-z]+$/.test(run)) return SAID_IN_ENGLISH.has(run) ? [] : [run];
  const found = [];
  let from = 0;
  for (let n = 0; n < run.length;) {
    const said = SAID.find((word) => run.startsWith(word, n));
    if (!said) { n += 1; continue; }
    if (n > from) found.push(run.slice(from, n));
    n += said.length;
    from = n;
  }
  if (from < run.length) found.push(run.slice(from));
  // A character by itself says too little.
  return found.map(letters).filter((part) => [...part].length > 1);
}

/**
 * A question cut apart. `places`, `years` and `kinds` narrow, each with where it stands in the folded text;
 * `words` are to be searched for, each with the words that mean the same; `runs` are what nobody knows, to be
 * cut by the archive's own words.
 */
export function read(folded, vocabulary) {
  const pieces = cut(folded.slice(0, LONGEST), vocabulary);
  const asked = { places: meant(pieces.filter(({ sort }) => sort === "name"), vocabulary), years: [], kinds: [], indicators: [], words: [] };
  for (const piece of pieces) {
    const span = { start: piece.start, end: piece.end };
    if (piece.sort === "years") asked.years.push({ from: piece.from, to: piece.to, spans: [span] });
    if (piece.sort === "rest") asked.words.push(...plain(piece.text).map((text) => ({ text, others: [], isKnown: false })));
    if (piece.sort === "name") name(piece, asked, vocabulary);
  }
  return asked;
}

/** Puts what is called by a name where it belongs. */
function name(piece, asked, vocabulary) {
  const all = vocabulary.named(piece.name);
  if (all.some(({ sort }) => sort === "place")) return;
  const kind = all.find(({ sort }) => sort === "kind");
  const indicators = all.filter(({ sort }) => sort === "indicator");
  const others = vocabulary.like(piece.name);
  const alike = kind ?? others.flatMap((other) => vocabulary.named(other)).find(({ sort }) => sort === "kind");
  if (kind && !indicators.length && !others.length) {
    asked.kinds.push({ id: kind.id, title: kind.title, spans: [{ start: piece.start, end: piece.end }] });
    return;
  }
  asked.indicators.push(...indicators.filter((one) => !asked.indicators.includes(one)));
  const aliases = indicators.flatMap(({ names }) => names);
  asked.words.push({ text: piece.text, span: { start: piece.start, end: piece.end }, others: [...new Set([...others, ...aliases])], isKnown: true, same: others, kind: alike?.id });
}

/** Cuts a run into the longest parts that an archive has; `has` says of a part whether it has it. What stands
    alone between them is left out. */
export async function split(run, has) {
  if (/^[a-z0-9.]+$/.test(run)) return await has(run) ? [run] : [];
  const characters = [...run];
  const found = [];
  for (let from = 0; from < characters.length;) {
    let to = from + 1;
    while (to < characters.length && await has(characters.slice(from, to + 1).join(""))) to += 1;
    if (to > from + 1) found.push(characters.slice(from, to).join(""));
    from = to;
  }
  return found;
}
