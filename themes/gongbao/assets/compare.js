// Pages of comparison. A page of two years needs nothing of this but to remember
// how it is read. On the page of all years, any two of them are compared here: from
// the sections that neighbours share, followed from year to year, and from the numbers
// that say which sentences are the same.

const VIEW = "gongbao.view";
/** As the program has them: how alike, in thousandths, and how many pairs are looked at. */
const [REWORDED, REORDERED, MOST_REORDERED] = [480, 600, 10_000];

/** Keeps the way of reading for the next page. */
function remember(form) {
  let kept = {};
  try { kept = JSON.parse(localStorage.getItem(VIEW) ?? "{}"); } catch { /* The default stands. */ }
  const view = form.querySelector(`[name=view][value="${CSS.escape(kept.view ?? "")}"]`);
  if (view) view.checked = true;
  if (kept.only) form.querySelector("[name=only]").checked = true;
  form.addEventListener("change", () => {
    const view = form.querySelector("[name=view]:checked").value;
    const only = form.querySelector("[name=only]").checked;
    try { localStorage.setItem(VIEW, JSON.stringify({ view, only })); } catch { /* It lasts for this page. */ }
  });
}

/** The sections of two documents that became one another over all years between them. */
export function compose(file, from, to) {
  const { pairs, ends } = follow(file, from, to);
  const begins = follow(file, to, from).ends;
  return groups(pairs, [file.documents[from].sections, ends], [file.documents[to].sections, begins]);
}

/** Where the sections of one document stand in another, year by year; and how those ended that do not. */
function follow({ alignments, bridges, documents }, from, to) {
  const [step, ends] = [from < to ? 1 : -1, new Map()];
  const reach = new Map([[from, [...documents[from].sections.keys()].map((at) => ({ start: at, at, moved: false }))]]);
  const go = (year, { start, moved }, at) => reach.set(year, [...(reach.get(year) ?? []), { start, at, moved }]);
  for (let year = from; year !== to; year += step) {
    const aligned = alignments[step > 0 ? year : year - 1].map(([status, before, after]) => (step > 0 ? [status, before, after] : [status, after, before]));
    const across = year + step === to ? [] : (bridges[step > 0 ? year : year - 2] ?? []).map(([before, after]) => (step > 0 ? [before, after] : [after, before]));
    for (const here of reach.get(year) ?? []) {
      const [status, , there] = aligned.find(([, mine]) => mine.includes(here.at)) ?? ["unmatched", [], []];
      const over = across.filter(([mine]) => mine === here.at);
      for (const at of there) go(year + step, { ...here, moved: here.moved || status === "moved" }, at);
      for (const [, at] of over) go(year + 2 * step, here, at);
      if (there.length === 0 && over.length === 0 && ends.get(here.start) !== "unmatched") ends.set(here.start, status);
    }
  }
  return { pairs: reach.get(to) ?? [], ends };
}

/** Pairs of sections as groups: those that belong together, and each one that stands alone. */
function groups(pairs, [before, ends], [after, begins]) {
  const byBefore = Map.groupBy(pairs, (pair) => pair.start);
  const byAfter = Map.groupBy(pairs, (pair) => pair.at);
  const seen = new Set();
  const all = [];
  const collect = (first) => {
    const group = { before: new Set(), after: new Set(), moved: false };
    const open = [first];
    while (open.length > 0) {
      const pair = open.pop();
      if (seen.has(pair)) continue;
      seen.add(pair);
      group.before.add(pair.start);
      group.after.add(pair.at);
      group.moved ||= pair.moved;
      open.push(...byBefore.get(pair.start), ...byAfter.get(pair.at));
    }
    const sorted = (set) => [...set].sort((a, b) => a - b);
    return { before: sorted(group.before), after: sorted(group.after), status: fate(group) };
  };
  for (const pair of pairs) if (!seen.has(pair)) all.push(collect(pair));
  for (const at of before.keys()) if (!byBefore.has(at)) all.push({ status: ends.get(at), before: [at], after: [] });
  for (const at of after.keys()) if (!byAfter.has(at)) all.push({ status: begins.get(at), before: [], after: [at] });
  return arranged(all, before, after);
}

function fate(group) {
  if (group.before.size > 1 && group.after.size > 1) return "moved";
  if (group.before.size > 1) return "merged";
  if (group.after.size > 1) return "split";
  return group.moved ? "moved" : "matched";
}

/** The order of the later document; what is gone follows what it followed, with all that belongs there. */
function arranged(all, before, after) {
  const home = new Array(before.length).fill(null);
  for (const group of all) {
    if (group.status !== "moved") for (const at of group.before) home[at] = group.after[0] ?? null;
  }
  let last = 0;
  for (const at of before.keys()) {
    last = home[at] ?? last;
    home[at] = last;
    while (after[home[at] + 1]?.depth > before[at].depth) home[at] += 1;
  }
  const place = (group) => group.after.length > 0 ? [group.after[0], 0, group.before[0] ?? 0] : [home[group.before[0]], 1, group.before[0]];
  const compare = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
  return all.sort((a, b) => compare(place(a), place(b)));
}

/** The pairs of rising places whose weights sum up highest. */
export function heaviest(rows, columns, weight) {
  if (rows * columns > 4_000_000) return [];
  const width = columns + 1;
  const best = new Float64Array((rows + 1) * width);
  const own = new Float64Array(rows * columns);
  for (let i = rows - 1; i >= 0; i -= 1) {
    for (let j = columns - 1; j >= 0; j -= 1) {
      const here = weight(i, j);
      own[i * columns + j] = here;
      const paired = here > 0 ? here + best[(i + 1) * width + j + 1] : 0;
      best[i * width + j] = Math.max(paired, best[(i + 1) * width + j], best[i * width + j + 1]);
    }
  }
  const pairs = [];
  for (let i = 0, j = 0; i < rows && j < columns;) {
    const here = own[i * columns + j];
    if (here > 0 && best[i * width + j] === here + best[(i + 1) * width + j + 1]) { pairs.push([i, j]); i += 1; j += 1; }
    else if (best[i * width + j] === best[(i + 1) * width + j]) i += 1;
    else j += 1;
  }
  return pairs;
}

/** A figure, with the words around it that make a bound of it: they count as part of it. */
const MASKED = /(?:不超过|不高于|不多于|不大于|不少于|不低于|不小于|至少|最少|至多|最多|超过|突破|超出|多于|大于|高于|少于|低于|小于|不足|不到|未满|大约|大概|最近|附近|邻近|将近|接近|近|约|超|逾)?[\d０-９]+[余餘多]?/gu;

function grams(sentence) {
  const text = sentence.replace(/^\s*(?:[一二三四五六七八九十]+是[，,:：]?|[（(]?[\d一二三四五六七八九十]+[)）.．、])/u, "");
  const letters = [...text.replace(/《[^》]*》/gu, "").replace(MASKED, " ")].map((c) => (/\p{L}/u.test(c) ? c : ""));
  const pairs = new Set();
  for (let at = 1; at < letters.length; at += 1) if (letters[at - 1] && letters[at]) pairs.add(letters[at - 1] + letters[at]);
  return pairs;
}

function alike(a, b) {
  let shared = 0;
  for (const gram of a) if (b.has(gram)) shared += 1;
  return a.size + b.size > 0 ? (2 * shared) / (a.size + b.size) : 0;
}

/** What became of the sentences of a group: same, changed in figures, reworded, gone or new. */
function rowsOf(before, after) {
  const rows = [];
  const unpaired = (old, fresh) => {
    for (const line of old) rows.push({ change: "removed", before: line });
    for (const line of fresh) rows.push({ change: "added", after: line });
  };
  const step = (old, fresh, level) => {
    if (level === 3 || old.length === 0 || fresh.length === 0) return unpaired(old, fresh);
    const weights = level === 2 ? likeness(old, fresh) : (i, j) => (old[i][2 + level] === fresh[j][2 + level] ? 1 : 0);
    let [i, j] = [0, 0];
    for (const [at, other] of [...heaviest(old.length, fresh.length, weights), [old.length, fresh.length]]) {
      step(old.slice(i, at), fresh.slice(j, other), level + 1);
      if (at < old.length && other < fresh.length) {
        rows.push({ change: ["same", "figures", "reworded"][level], before: old[at], after: fresh[other] });
      }
      [i, j] = [at + 1, other + 1];
    }
    return undefined;
  };
  step(before, after, 0);
  return rows;
}

function likeness(before, after) {
  const left = before.map((line) => grams(line.text));
  const right = after.map((line) => grams(line.text));
  return (i, j) => {
    const share = Math.floor(1000 * alike(left[i], right[j]));
    return share >= REWORDED ? share : 0;
  };
}

/** Sentences of a group that were reworded and stand in another order as well. */
function reorder(rows) {
  const gone = rows.filter((row) => row.change === "removed");
  const fresh = rows.filter((row) => row.change === "added");
  if (gone.length * fresh.length > MOST_REORDERED) return;
  const [left, right] = [gone.map((row) => grams(row.before.text)), fresh.map((row) => grams(row.after.text))];
  const pairs = left.flatMap((from, i) => right.map((to, j) => [Math.floor(1000 * alike(from, to)), i, j]));
  const enough = pairs.filter(([share]) => share >= REORDERED).sort((a, b) => b[0] - a[0] || a[1] - b[1] || a[2] - b[2]);
  for (const [, i, j] of enough) {
    if (gone[i].change === "removed" && fresh[j].change === "added") pairElsewhere("reworded", gone[i], fresh[j]);
  }
}

/** Notes a pair where either sentence stands. */
function pairElsewhere(change, origin, row) {
  Object.assign(row, { change, before: origin.before, elsewhere: true });
  Object.assign(origin, { change, after: row.after, elsewhere: true, origin: true });
}

/** Sentences that left one group for another. */
function moveElsewhere(all) {
  for (const level of [2, 3]) {
    const gone = Map.groupBy(
      all.flat().filter((row) => row.change === "removed" && row.before.text.length >= 8),
      (row) => row.before[level],
    );
    for (const row of all.flat().filter((row) => row.change === "added")) {
      const origin = gone.get(row.after[level])?.shift();
      if (!origin) continue;
      pairElsewhere(level === 2 ? "same" : "figures", origin, row);
    }
  }
}

/** Compares two documents of a file of texts, by their places in it. */
export function compare(file, from, to) {
  const lines = (document) => {
    const figures = new Map(document.figures);
    return document.lines.map((line, at) => Object.assign([...line], { text: file.sentences[line[1]], at, figures: figures.get(at) ?? [] }));
  };
  const [old, fresh] = [file.documents[from], file.documents[to]];
  const [before, after] = [lines(old), lines(fresh)];
  const found = compose(file, from, to);
  const of = (all, sections) => sections.flatMap((section) => all.filter((line) => line[0] === section));
  const rows = found.map((group) => rowsOf(of(before, group.before), of(after, group.after)));
  rows.forEach(reorder);
  moveElsewhere(rows);
  const counts = { same: 0, figures: 0, reworded: 0, added: 0, removed: 0 };
  for (const row of rows.flat()) if (!row.origin) counts[row.change] += 1;
  return { old, fresh, groups: found, rows, counts, figures: rows.flat().flatMap((row) => changedFigures(row, file.counted)) };
}

/** The figures that count the same in both sentences, which the program has read, in order. */
function changedFigures(row, counted) {
  if (!["figures", "reworded"].includes(row.change) || row.origin) return [];
  const left = [...row.after.figures];
  return row.before.figures.flatMap((before) => {
    const at = left.findIndex(([number]) => number === before[0]);
    if (at < 0) return [];
    const [after] = left.splice(at, 1);
    const [label, unit, isShare] = counted[after[0]];
    return before[1] === after[1] ? [] : [{ row, label, unit, isShare, before: before[1], after: after[1], difference: difference(before, after) }];
  });
}

const COUNTED = { 4: "万", 8: "亿", 12: "万亿" };

/** By how much one exact figure is more than another, digit by digit: its size, its sign, and by what it is counted. */
export function difference([, , before, power], [, , after, other]) {
  if (before === undefined || after === undefined) return undefined;
  const decimals = (text) => (text.split(".")[1] ?? "").length;
  const scale = Math.max(decimals(before), decimals(after));
  const whole = (text) => BigInt(text.replace(".", "") + "0".repeat(scale - decimals(text)));
  const by = whole(after) - whole(before);
  const counted = Math.min(power, other) in COUNTED ? Math.min(power, other) : 0;
  const places = scale + counted;
  const digits = String(by < 0n ? -by : by).padStart(places + 1, "0");
  const part = digits.slice(digits.length - places).replace(/0+$/u, "");
  const size = digits.slice(0, digits.length - places) + (places && part ? `.${part}` : "");
  return { size, sign: by < 0n ? "−" : by > 0n ? "+" : "", counted: COUNTED[counted] ?? "" };
}

/** What changed within a sentence, as stretches `[kept, before, after]`. */
export function words(before, after) {
  const units = (text) => text.match(/\d[\d,.]*\d|[A-Za-z0-9]+|./gsu) ?? [];
  const [left, right] = [units(before), units(after)];
  let kept = heaviest(left.length, right.length, (i, j) => (left[i] === right[j] ? 1 : 0));
  kept = clean(kept, left.length, right.length);
  if (kept.length / Math.max(left.length, right.length, 1) < 0.25) kept = [];
  const pieces = [];
  let [i, j] = [0, 0];
  for (const [at, other] of [...kept, [left.length, right.length]]) {
    if (at > i || other > j) pieces.push([false, left.slice(i, at).join(""), right.slice(j, other).join("")]);
    if (at < left.length && other < right.length) {
      const last = pieces.at(-1);
      if (last?.[0]) { last[1] += left[at]; last[2] += right[other]; }
      else pieces.push([true, left[at], right[other]]);
    }
    [i, j] = [at + 1, other + 1];
  }
  return pieces;
}

/** A unit or two between two changes tell nothing. */
function clean(kept, rows, columns) {
  const runs = [];
  for (const [i, j] of kept) {
    const last = runs.at(-1)?.at(-1);
    if (last && last[0] === i - 1 && last[1] === j - 1) runs.at(-1).push([i, j]);
    else runs.push([[i, j]]);
  }
  const cleaned = [];
  runs.forEach((run, at) => {
    const [i, j] = cleaned.at(-1) ?? [-1, -1];
    const [end, other] = runs[at + 1]?.[0] ?? [rows, columns];
    const left = Math.max(run[0][0] - i, run[0][1] - j) - 1;
    const right = Math.max(end - run.at(-1)[0], other - run.at(-1)[1]) - 1;
    const crumb = left > 0 && right > 0 && (run.length === 1 || (run.length < 4 && run.length <= Math.max(left, right)));
    if (!crumb) cleaned.push(...run);
  });
  return cleaned;
}

// What is found, drawn as the pages of two years are.

const SVG = "http://www.w3.org/2000/svg";

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) node.setAttribute(key, value);
  node.append(...children.filter((child) => child !== undefined && child !== ""));
  return node;
}

/** The words of the page, by key; `{n}` stands for a number. */
function vocabulary(template) {
  const all = new Map([...template.content.querySelectorAll("[data-key]")].map((node) => [node.dataset.key, node.textContent]));
  return (key, values = {}) => (all.get(key) ?? key).replace(/\{(\w+)\}/gu, (_, name) => values[name] ?? "");
}

function bar(counts) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of [["class", "bar"], ["viewBox", "0 0 100 8"], ["preserveAspectRatio", "none"], ["aria-hidden", "true"]]) svg.setAttribute(key, value);
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  let from = 0;
  for (const [change, count] of Object.entries(counts)) {
    if (count === 0) continue;
    const stretch = document.createElementNS(SVG, "rect");
    const width = (100 * count) / all;
    for (const [key, value] of [["class", change], ["x", from], ["width", width], ["height", 8]]) stretch.setAttribute(key, String(value));
    svg.append(stretch);
    from += width;
  }
  return svg;
}

function countOf(rows) {
  const counts = { same: 0, figures: 0, reworded: 0, added: 0, removed: 0 };
  for (const row of rows) if (!row.origin) counts[row.change] += 1;
  return counts;
}

class Drawing {
  constructor(found, say) { Object.assign(this, { found, say }); }

  /** Whether both are whole texts; only then is what one of them lacks new or gone. */
  get whole() { return [this.found.old, this.found.fresh].every((document) => document.extent === "full"); }

  /** Whether the words of both are their issuers'. */
  get verbatim() { return [this.found.old, this.found.fresh].every((document) => document.extent !== "digest"); }

  /** How much is new, or why that cannot be said. */
  newness(counts) {
    if (this.whole) return this.section("newness", "any-newness", this.say("compare.newness"), bar(counts), this.shares(counts));
    const { old, fresh } = this.found;
    const extent = (document) => this.say(`extent.${document.extent}`);
    const what = old.extent === fresh.extent ? this.say("compare.partial_both", { extent: extent(old) })
      : this.say("compare.partial_note", { before: old.year, before_extent: extent(old), after: fresh.year, after_extent: extent(fresh) });
    return element("p", { class: "notice" }, what, this.say("compare.partial_so"), this.verbatim ? "" : this.say("compare.digest_note"));
  }

  nodes() {
    const { old, fresh, counts } = this.found;
    const side = (document) => element("div", {}, element("dt", {}, String(document.year)), element("dd", {}, element("a", { href: document.href, lang: document.lang }, document.title)));
    return [
      element("h2", { class: "any-title", tabindex: "-1" }, this.say("years.title", { from: old.year, to: fresh.year })),
      element("dl", { class: "sides" }, side(old), side(fresh)),
      this.newness(counts),
      ...this.figures(),
      this.section("atlas", "any-sections", this.say(this.whole ? "compare.sections" : "compare.sections_held"), this.atlas()),
      this.text(),
    ];
  }

  section(name, id, title, ...children) {
    return element("section", { class: name, "aria-labelledby": id }, this.label(id, title), ...children);
  }

  label(id, title) {
    return element("h3", { class: "label", id }, title);
  }

  shares(counts) {
    const all = Math.max(1, Object.values(counts).reduce((sum, count) => sum + count, 0));
    const shown = Object.entries(counts).filter(([, count]) => count > 0);
    return element("ul", { class: "shares" }, ...shown.map(([change, count]) => element("li", { class: change },
      element("span", { class: "swatch", "aria-hidden": "true" }), `${this.say(`compare.share.${change}`)} `,
      element("b", {}, `${Math.round((100 * count) / all)}%`), " ", element("span", { class: "count" }, this.say("compare.sentences", { n: count })))));
  }

  figures() {
    const { figures, old, fresh } = this.found;
    if (figures.length === 0 || !this.verbatim) return [];
    const heads = [["compare.figure"], [String(old.year), "number"], [String(fresh.year), "number"], ["compare.change", "number"]];
    const head = element("tr", {}, ...heads.map(([key, name]) => element("th", { scope: "col", class: name }, this.say(key))));
    const anchor = (document, line) => `${document.href}#${document.sections[line[0]].anchor}`;
    const rows = figures.map(({ row, label, unit, isShare, before, after, difference: by }) => {
      const change = by ? `${by.sign}${by.size}${isShare ? this.say("compare.points") : by.counted + unit}` : "—";
      return element("tr", {},
        element("th", { scope: "row" }, element("a", { href: `#any-${row.after.at}` }, label)),
        element("td", { class: "number" }, element("a", { href: anchor(old, row.before) }, before)),
        element("td", { class: "number" }, element("a", { href: anchor(fresh, row.after) }, after)),
        element("td", { class: by ? `number ${by.sign === "−" ? "down" : "up"}` : "number" }, change));
    });
    const table = element("table", { class: "series changes" }, element("thead", {}, head), element("tbody", {}, ...rows));
    const id = "any-figures";
    return [element("section", {}, this.label(id, this.say("compare.figures", { n: figures.length })),
      element("div", { class: "table", role: "region", tabindex: "0", "aria-labelledby": id }, table))];
  }

  names(document, sections) {
    return sections.map((at) => document.sections[at]).filter((section) => section.depth > 0);
  }

  /** The parts that have something to show, with their rows. */
  parts() {
    const { groups: all, rows, old, fresh } = this.found;
    const held = (group) => {
      if (this.whole) return group.status;
      if (group.before.length === 0) return "after-only";
      if (group.after.length === 0) return "before-only";
      return this.verbatim ? group.status : "matched";
    };
    return all.map((group, at) => {
      const [before, after] = [this.names(old, group.before), this.names(fresh, group.after)];
      const lead = before.length === 0 && after.length === 0;
      return { group, rows: rows[at], before, after, id: `any-p${at}`, status: lead ? "lead" : held(group), depth: Math.max(1, (after[0] ?? before[0])?.depth ?? 1) };
    }).filter((part) => part.status !== "lead" || part.rows.length > 0);
  }

  fate(part) {
    if (part.status === "matched" || part.status === "lead") return "";
    return element("span", { class: `fate fate-${part.status}` }, this.say(`compare.status.${part.status}`));
  }

  atlas() {
    return element("ol", {}, ...this.parts().map((part) => {
      const names = part.after.length > 0 ? part.after : part.before;
      const title = part.status === "lead" ? this.say("compare.lead") : names.map((name) => (name.ordinal ?? "") + name.title).join(" ＋ ");
      const changes = part.rows.filter((row) => row.change !== "same" || row.elsewhere).length;
      const tail = part.rows.length === 0 || !this.whole ? [] : [bar(countOf(part.rows)), element("span", { class: "count" }, changes > 0 ? this.say("compare.changed", { n: changes }) : this.say("compare.unchanged"))];
      return element("li", { class: `depth-${part.depth}` }, element("a", { href: `#${part.id}` }, element("span", { class: "atlas-name" }, title), " ", this.fate(part)), ...tail);
    }));
  }

  text() {
    const { old, fresh } = this.found;
    const choice = (type, name, value, key, checked) => {
      const input = element("input", { type, name, value });
      input.checked = checked;
      return element("label", {}, input, ` ${this.say(key)}`);
    };
    const views = element("fieldset", { class: "views" }, element("legend", { class: "hidden" }, this.say("compare.view")),
      choice("radio", "view", "inline", "compare.inline", true), choice("radio", "view", "side", "compare.side_by_side", false), choice("checkbox", "only", "on", "compare.only", false));
    const manners = [views,
      element("p", { class: "note key" }, element("del", {}, this.say("compare.deleted")), " ", element("ins", {}, this.say("compare.inserted"))),
      element("div", { class: "columns-head", "aria-hidden": "true" }, element("span", {}, String(old.year)), element("span", {}, String(fresh.year)))];
    const section = this.section("comparison", "any-text", this.say(this.verbatim ? "compare.text" : "compare.texts"), ...(this.verbatim ? manners : []),
      ...this.parts().map((part) => this.part(part)));
    if (this.verbatim) remember(section);
    return section;
  }

  part(part) {
    const same = part.rows.every((row) => row.change === "same" && !row.elsewhere) && ["matched", "lead"].includes(part.status);
    const link = (document, name, kind) => element("a", { class: kind, href: `${document.href}#${name.anchor}` }, (name.ordinal ?? "") + name.title);
    const joined = (links) => links.flatMap((node, at) => (at > 0 ? [" ＋ ", node] : [node]));
    const equal = part.before.length === 1 && part.after.length === 1 && part.before[0].title === part.after[0].title && part.before[0].ordinal === part.after[0].ordinal;
    const before = equal ? [] : joined(part.before.map((name) => link(this.found.old, name, "old")));
    const after = joined(part.after.map((name) => link(this.found.fresh, name)));
    const arrow = before.length > 0 && after.length > 0 ? [" ", element("span", { class: "arrow" }, "→"), " "] : [];
    const head = part.status === "lead" ? "" : element("h4", {}, ...before, ...arrow, ...after, " ", this.fate(part));
    return element("section", { class: `part depth-${part.depth} part-${part.status}${same ? " part-same" : ""}`, id: part.id }, head,
      element("div", { class: "prose", lang: this.found.fresh.lang }, ...this.sentences(part.rows)));
  }

  /** Both texts of a part, each under its year, with nothing said of what changed. */
  apart(rows) {
    const { old, fresh } = this.found;
    const sides = [["a", old, "before", (row) => !row.elsewhere || row.origin], ["b", fresh, "after", (row) => !row.origin]];
    const texts = sides.map(([name, document, key, own]) => {
      const lines = rows.filter((row) => row[key] && own(row)).map((row) => row[key]).sort((a, b) => a.at - b.at);
      return lines.length > 0 && element("p", { class: name }, element("b", { class: "of-year" }, String(document.year)), " ", lines.map((line) => line.text).join(""));
    });
    return texts.some(Boolean) ? [element("div", { class: "apart" }, ...texts.filter(Boolean))] : [];
  }

  sentences(rows) {
    if (!this.verbatim) return this.apart(rows);
    const nodes = [];
    for (const row of rows) {
      if (row.change === "same" && !row.elsewhere) {
        if (!nodes.at(-1)?.matches("p.same")) nodes.push(element("p", { class: "same" }));
        nodes.at(-1).append(row.after.text);
      } else nodes.push(this.pair(row));
    }
    return nodes;
  }

  pair(row) {
    const id = row.after && !row.origin ? `any-${row.after.at}` : undefined;
    const pair = (kind, ...children) => element("div", { class: `pair ${kind}`, id }, ...children);
    if (row.elsewhere) {
      const [document, line, key] = row.origin ? [this.found.fresh, row.after, "compare.went_to"] : [this.found.old, row.before, "compare.came_from"];
      const section = document.sections[line[0]];
      const link = element("a", { class: "elsewhere", href: `${document.href}#${section.anchor}` }, this.say(key, { year: document.year, title: section.title }));
      const whole = row.origin ? [row.before.text] : row.change === "same" ? [row.after.text] : this.merged(row);
      return pair("moved", element("p", { class: row.origin ? "a" : "b" }, ...whole, " ", link));
    }
    if (!this.whole && !(row.before && row.after)) return pair("only", element("p", { class: row.before ? "a" : "b" }, (row.before ?? row.after).text));
    if (!row.after) return pair("removed", element("p", { class: "a" }, element("del", {}, row.before.text)));
    if (!row.before) return pair("added", element("p", { class: "b" }, element("ins", {}, row.after.text)));
    return pair(row.change, element("p", { class: "a" }, ...this.merged(row)), element("p", { class: "b" }, ...this.merged(row)));
  }

  /** Both forms of a sentence as one. */
  merged(row) {
    return words(row.before.text, row.after.text).flatMap(([kept, old, fresh]) => (kept ? [fresh] : [old && element("del", {}, old), fresh && element("ins", {}, fresh)]));
  }
}

/** Any two years: from the form, and from the address that it makes. */
class Chooser {
  constructor(form, target, say) {
    Object.assign(this, { form, target, say });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { from, to } = form.elements;
      history.pushState(null, "", `?${new URLSearchParams({ ...(form.dataset.first === undefined && { kind: form.dataset.kind }), from: from.value, to: to.value })}`);
      this.show(true);
    });
    addEventListener("popstate", () => this.show(false));
    this.show(false);
  }

  /** Shows the two years of the address, if they are of this form's kind. */
  async show(focus) {
    const asked = new URLSearchParams(location.search);
    const kind = asked.get("kind") ?? (this.form.dataset.first === undefined ? null : this.form.dataset.kind);
    if (kind !== this.form.dataset.kind) return;
    const years = [Number(asked.get("from")), Number(asked.get("to"))].sort((a, b) => a - b);
    if (!asked.has("from") || !asked.has("to")) { this.target.hidden = true; return; }
    if (years[0] === years[1]) { this.tell("years.same"); return; }
    this.tell("years.loading");
    let file;
    try {
      const answer = await fetch(this.form.dataset.texts);
      if (!answer.ok) throw new Error(String(answer.status));
      file = await answer.json();
    } catch { this.tell("years.failed"); return; }
    const page = file.pages.find((page) => page.from === years[0] && page.to === years[1]);
    if (page) { location.replace(page.href); return; }
    const places = years.map((year) => file.documents.findIndex((document) => document.year === year));
    if (places.includes(-1)) { this.tell("years.missing"); return; }
    [this.form.elements.from.value, this.form.elements.to.value] = years.map(String);
    this.target.replaceChildren(...new Drawing(compare(file, ...places), this.say).nodes());
    if (focus) this.target.querySelector("h2").focus();
  }

  tell(key) {
    this.target.hidden = false;
    this.target.replaceChildren(element("p", { class: "notice", role: "status" }, this.say(key)));
  }
}

const views = document.querySelector(".comparison");
if (views) remember(views);
const any = document.getElementById("any");
const template = document.getElementById("any-words");
if (any && template) {
  const say = vocabulary(template);
  for (const form of document.querySelectorAll("form.choose")) new Chooser(form, any, say);
}
