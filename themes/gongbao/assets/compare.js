// Pages of comparison. How a text of changes is read is in changes.js. On the page of all years any two of them are compared by the program's own comparison, which is
// loaded when two years are chosen that have no page; what it answers is drawn here.

import { follow, markFigures } from "./changes.js";
import { drawing, element as filled, say } from "./common.js";
import { unpacked } from "./packed.js";
import words from "./words.js";

/** How many bytes tell the length of an answer. */
const PREFIX = 4;

/** A day, and the time behind it if there is one, as pages in this language say them. */
function dated({ iso, text }) {
  if (!iso) return { iso, text: say("script.date_unknown") };
  const [year, mm, dd] = iso.split("-");
  const time = / \d\d:\d\d$/.exec(text)?.[0] ?? "";
  return { iso, text: say("script.date", { iso, year, month: Number(mm), day: Number(dd), mm, dd }) + time };
}

/** A file of texts of which is said in the language of the page what is said of them. */
function saying(plain) {
  const file = JSON.parse(new TextDecoder().decode(plain));
  if (file.language === document.documentElement.lang) return plain;
  const documents = file.documents.map((document) => ({ ...document, about: { ...document.about, published: dated(document.about.published) } }));
  return new TextEncoder().encode(JSON.stringify({ ...file, texts: words, documents }));
}

/**
 * What the page of two years would show, the earlier one first, as the view of that page has it,
 * but for what stands around; nothing where the file of texts lacks one of them. `program` is the comparison, compiled.
 * What is said of the texts is said in the language of the page.
 */
export async function compare(program, texts, from, to) {
  const { memory, room, compare_years: years } = (await WebAssembly.instantiate(program)).exports;
  const plain = saying(await unpacked(new Uint8Array(texts)));
  const place = room(plain.length);
  new Uint8Array(memory.buffer).set(plain, place);
  const answer = years(place, plain.length, from, to);
  const length = new DataView(memory.buffer).getUint32(answer, true);
  const told = new TextDecoder().decode(new Uint8Array(memory.buffer, answer + PREFIX, length));
  return told ? JSON.parse(told) : null;
}

/** An element; of what stands in it some may be given as lists. */
const element = (name, attributes, ...children) => filled(name, attributes, ...children.flat(Infinity));
const linked = (href, ...children) => element("a", { href }, ...children);

/** What the program wrote as it writes it into a page: it escapes all that a text says. */
const parsed = (html) => [...new DOMParser().parseFromString(html, "text/html").body.childNodes];

/** A text of which the Chinese words say that they are, on pages in another language. */
function spoken(text) {
  if (document.documentElement.lang.startsWith("zh")) return [text];
  return text.split(/(\p{Script=Han}+)/u).map((piece, at) => (at % 2 ? element("span", { lang: "zh" }, piece) : piece));
}

/** Children with something between each two of them. */
const joined = (children, between) => children.flatMap((child, at) => (at > 0 ? [between, child] : [child]));

/** Draws what the template `compare.html` draws of the same view, one level of headings deeper. */
class Drawing {
  constructor({ figures, ...view }, texts) { Object.assign(this, view, { changed: figures, texts }); }

  get years() { return [this.before.year, this.after.year]; }

  nodes() {
    const { before, after } = this;
    return [
      element("h2", { class: "any-title", tabindex: "-1" }, say("years.title", { from: before.year, to: after.year })),
      element("dl", { class: "sides" }, this.side(before), this.side(after)),
      this.apart(), this.partial(), this.newness(), this.figures(), this.atlas(), this.text(), this.alone(),
    ].flat(Infinity);
  }

  section(attributes, id, title, ...children) {
    return element("section", attributes, element("h3", { class: "label", id }, title), ...children);
  }

  side({ year, href, lang, title, extent, published, sentences }) {
    const badge = extent !== "full" && element("em", { class: "status extent" }, say(`extent.${extent}`));
    const note = say(published.iso ? "compare.side" : "compare.side_undated", { published: published.text, n: sentences });
    return element("div", {}, element("dt", {}, year), element("dd", {}, element("a", { href, lang }, title), " ", badge, element("span", { class: "note" }, note)));
  }

  /** The years between the two. */
  apart() {
    const { gaps, between } = this;
    if (gaps.length === 0 && between === 0) return [];
    const spans = gaps.map(({ from, to }) => (from === to ? String(from) : say("span", { from, to })));
    const missing = gaps.length > 0 && say("compare.gaps_begin") + spans.join(say("comma")) + say("compare.gaps_end");
    return element("p", { class: "notice" }, missing, between > 0 && say("compare.between", { n: between }), say("compare.years_apart"));
  }

  /** Why it cannot be said how much is new. */
  partial() {
    const { before, after } = this;
    if (this.whole) return [];
    const extent = (side) => say(`extent.${side.extent}`);
    const what = before.extent === after.extent ? say("compare.partial_both", { extent: extent(after) })
      : say("compare.partial_note", { before: before.year, before_extent: extent(before), after: after.year, after_extent: extent(after) });
    return element("p", { class: "notice" }, what, say("compare.partial_so"), !this.verbatim && say("compare.digest_note"));
  }

  newness() {
    if (this.tally.length === 0) return [];
    return this.section({ class: "newness", "aria-labelledby": "newness" }, "newness", say("compare.newness"), this.bar(this.tally), this.shares());
  }

  bar(tally) {
    const stretches = tally.map(({ change, from }, at) => change !== "same" && drawing("rect", { class: change, x: at > 0 && `${from}%` }));
    return drawing("svg", { class: "bar", "aria-hidden": "true" }, ...stretches);
  }

  shares() {
    return element("ul", { class: "shares" }, ...this.tally.map(({ change, percent, count }) => element("li", { class: change },
      element("span", { class: "swatch", "aria-hidden": "true" }), say(`compare.share.${change}`), " ",
      element("b", {}, percent), " ", element("span", { class: "count" }, say("compare.sentences", { n: count })))));
  }

  figures() {
    const { before, after, changed } = this;
    if (changed.count === 0) return [];
    const head = (title) => element("th", { scope: "col", class: "number" }, title);
    const heads = [element("th", { scope: "col" }, say("compare.figure")), ...[before.year, after.year, say("compare.change"), say("compare.percent")].map(head)];
    const [rows] = parsed(`<table><tbody lang="${after.lang}">${changed.html}</tbody></table>`)[0].tBodies;
    markFigures(rows);
    return this.section({}, "figures", say("compare.figures", { n: changed.count }),
      element("p", { class: "note" }, say(this.verbatim ? "compare.figures_note" : "compare.figures_declared")),
      element("div", { class: "table", role: "region", tabindex: "0", "aria-labelledby": "figures" },
        element("table", { class: "series changes" }, element("thead", {}, element("tr", {}, ...heads)), rows)));
  }

  fate({ status }, lang) {
    return element("span", { class: `fate fate-${status}`, lang }, say(`compare.status.${status}`));
  }

  atlas() {
    const { parts } = this;
    if (parts.length === 0) return [];
    // The interface's own words stand among names of sections.
    const own = document.documentElement.lang;
    const foreign = own === "zh-CN" ? undefined : own;
    const title = (part) => (part.status === "lead" ? say("compare.lead")
      : (part.after.length > 0 ? part.after : part.before).map((name) => (name.ordinal ?? "") + name.title).join(say("plus")));
    const line = (part) => element("li", { class: `depth-${part.depth}` },
      linked(`#${part.id}`, title(part), !["matched", "lead"].includes(part.status) && [" ", this.fate(part, foreign)]),
      part.svg && [...parsed(part.svg), element("small", { lang: foreign }, part.changes > 0 ? say("compare.changed", { n: part.changes }) : say("compare.unchanged"))]);
    return this.section({ class: "atlas", "aria-labelledby": "sections" }, "sections", say(this.whole ? "compare.sections" : "compare.sections_held"),
      element("ol", { lang: this.after.lang }, ...parts.map(line)));
  }

  text() {
    if (this.parts.length === 0) return [];
    const section = this.section({ class: "comparison", "aria-labelledby": "text", "data-texts": this.verbatim }, "text", say(this.verbatim ? "compare.text" : "compare.texts"),
      this.verbatim && this.manners(), element("div", { class: "prose", lang: this.after.lang }, ...this.parts.flatMap((part) => this.part(part))));
    if (this.verbatim) this.reading = follow(section, this);
    return section;
  }

  /** What marks mean, and the years above two columns. */
  manners() {
    return [
      element("p", { class: "note key" }, element("del", {}, say("compare.deleted")), " ", element("ins", {}, say("compare.inserted"))),
      element("div", { class: "columns-head", "aria-hidden": "true" }, element("span", {}, this.before.year), element("span", {}, this.after.year)),
    ];
  }

  part(part) {
    const { id, depth, status, changes } = part;
    const sentences = parsed(part.html);
    if (status === "lead") return [element("a", { id }), ...sentences];
    const isSame = changes === 0 && status === "matched";
    const fate = status !== "matched" && [" ", this.fate(part, document.documentElement.lang)];
    return [element("h4", { class: `depth-${depth}${isSame ? " same" : ""}`, id }, this.names(part), fate), this.why(part), ...sentences].flat();
  }

  names({ before, after, same_name: isSame }) {
    const link = (kind) => ({ href, ordinal, title }) => element("a", { class: kind, href }, ordinal, title);
    if (isSame) return link()(after[0]);
    const arrow = before.length > 0 && after.length > 0 && [" ", element("span", { class: "arrow" }, "→"), " "];
    return [joined(before.map(link("old")), say("plus")), arrow, joined(after.map(link()), say("plus"))];
  }

  /** What speaks for sections of other names belonging together. */
  why({ why }) {
    if (why.length === 0) return [];
    const said = why.map(({ reason, count, words }) => say(`compare.why.${reason}`, { n: count, words: words.join(say("comma")) }));
    return element("p", { class: "note why", lang: document.documentElement.lang }, say("compare.why"), said.join(" · "));
  }

  /** The sections that only one of the two has, as far as they are held. */
  alone() {
    const { before, after, before_only: gone, after_only: fresh } = this;
    if (gone.length === 0 && fresh.length === 0) return [];
    const list = (names, { year, lang }) => names.length > 0 && element("details", { class: "rest" },
      element("summary", {}, say("compare.alone_of", { year, n: names.length })),
      element("ul", { lang }, ...names.map(({ href, ordinal, title }) => element("li", {}, linked(href, ordinal, title)))));
    return this.section({ class: "alone", "aria-labelledby": "alone" }, "alone", say("compare.alone"),
      element("p", { class: "note" }, say("compare.alone_note")), list(gone, before), list(fresh, after));
  }
}

/** The comparison of two years as nodes, from what the program answers to the file `texts`. */
export function draw(answer, texts) {
  return new Drawing(answer, texts).nodes();
}

/** What there is to say of two years in one line: when they were published, and how much changed. */
function counted({ before, after, verbatim, parts, figures }) {
  const side = ({ year, published, sentences: n }) => year + say("script.colon") + say(published.iso ? "compare.side" : "compare.side_undated", { published: published.text, n });
  const changes = parts.reduce((sum, part) => sum + part.changes, 0);
  const told = say(verbatim ? "script.changed" : "script.matched", { n: verbatim ? changes : parts.length });
  return [side(before), side(after), told, say("script.figures", { n: figures.count })].join(say("script.semicolon"));
}

/** A file as it is. */
async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.arrayBuffer();
}

/** Any two years: from the form, and from the address that it makes. */
class Chooser {
  /** How often anything was asked; what was asked before the last time is answered no more. */
  static asked = 0;

  /** What the page is called while no two years are chosen. */
  static heading = document.querySelector("h1")?.textContent;
  static title = document.title;

  constructor(form, target) {
    Object.assign(this, { form, target });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { from, to } = form.elements;
      history.pushState(null, "", `?${new URLSearchParams({ ...(form.dataset.first === undefined && { kind: form.dataset.kind }), from: from.value, to: to.value })}`);
      this.show(true);
    });
    // A link to a place of the page asks for nothing new.
    addEventListener("popstate", () => location.search.includes(this.shown ?? "none shown") || this.show(false));
    form.hidden = false;
    this.show(false);
  }

  /** The pairs of years that have a page. */
  get pairs() {
    const links = [...this.form.parentElement.querySelectorAll(".pair-rows [data-from]")];
    return links.map((link) => ({ from: Number(link.dataset.from), to: Number(link.dataset.to), href: link.href }));
  }

  /** Shows the two years of the address, if they are of this form's kind. */
  async show(focus) {
    const asked = new URLSearchParams(location.search);
    const kind = asked.get("kind") ?? (this.form.dataset.first === undefined ? null : this.form.dataset.kind);
    if (kind !== this.form.dataset.kind) return;
    Chooser.asked += 1;
    this.name(Chooser.heading);
    this.shown = null;
    if (!asked.has("from") || !asked.has("to")) { this.target.hidden = true; return; }
    const [from, to] = [Number(asked.get("from")), Number(asked.get("to"))].sort((a, b) => a - b);
    const page = this.pairs.find((pair) => pair.from === from && pair.to === to);
    const held = [...this.form.elements.from.options].map((option) => Number(option.value));
    if (from === to) this.tell("years.same");
    else if (!held.includes(from) || !held.includes(to)) this.tell("years.missing");
    else if (page) location.replace(page.href + Chooser.rest(asked));
    else await this.compare(from, to, focus);
  }

  async compare(from, to, focus) {
    this.tell("years.loading");
    const own = Chooser.asked;
    const answer = await this.answer(from, to).catch(() => null);
    if (own !== Chooser.asked) return;
    if (!answer) { this.tell("years.unable", this.between(from, to)); return; }
    [this.form.elements.from.value, this.form.elements.to.value] = [from, to].map(String);
    const drawn = new Drawing(answer, this.form.dataset.texts);
    this.target.replaceChildren(...drawn.nodes());
    this.target.querySelector("h2").after(element("p", { class: "note any-counts" }, counted(answer)));
    this.name(say("script.two_years", { place: this.form.dataset.place, kind: this.form.dataset.name, from, to }));
    this.shown = location.search;
    if (focus) this.target.querySelector("h2").focus();
    else drawn.reading?.lead();
  }

  /** What an address of two years says besides these: how they are read, and which place of them. */
  static rest(asked) {
    for (const key of ["kind", "from", "to"]) asked.delete(key);
    return (asked.size > 0 ? `?${asked}` : "") + location.hash;
  }

  /** Gives the page its heading and its title, which end in what all titles end in. */
  name(heading) {
    const { title } = Chooser;
    const head = document.querySelector("h1");
    if (head.textContent !== heading) {
      // Its words are not told apart any more, between which it breaks (site.js).
      head.classList.remove("words");
      head.replaceChildren(...spoken(heading));
    }
    document.title = title.startsWith(Chooser.heading) ? heading + title.slice(Chooser.heading.length) : heading;
  }

  /** What the program says of two years; a browser without WebAssembly cannot ask it. */
  async answer(from, to) {
    const { program, texts } = this.form.dataset;
    const [code, file] = await Promise.all([fetched(program), fetched(texts)]);
    return compare(await WebAssembly.compile(code), file, from, to);
  }

  /** The pages of neighbours that lead from one year to another. */
  between(first, last) {
    const steps = this.pairs.filter(({ from, to }) => from >= first && to <= last);
    return element("ul", {}, ...steps.map(({ from, to, href }) => element("li", {}, linked(href, say("span", { from, to })))));
  }

  tell(key, ...more) {
    this.target.hidden = false;
    this.target.replaceChildren(element("p", { class: "notice", role: "status" }, say(key)), ...more);
  }
}

// A comparison of digests has no text to read in two ways.
const text = document.querySelector(".comparison:has(> .key)");
for (const table of document.querySelectorAll(".changes")) markFigures(table);
if (text) {
  const years = [...text.querySelectorAll(".columns-head > span")].map((year) => Number(year.textContent));
  follow(text, { texts: "texts" in text.dataset && new URL("../texts.json.gz", location), years }).lead();
}
const any = document.getElementById("any");
if (any) {
  for (const form of document.querySelectorAll("form.choose")) new Chooser(form, any);
  for (const note of document.querySelectorAll(".unscripted")) note.remove();
}
