// A comparison as it is read: as one text or in two columns, with or without what stayed, one section of it;
// from change to change. Each change has an address, and what is shown stands in it as well.

import { announce, copy, element, note, recall, remember, say } from "./common.js";
import { unpacked } from "./packed.js";

/** The ways of reading, the first of each by default. */
const WAYS = { view: ["inline", "side"], show: ["counted", "changes", "whole"] };

// ---- Addresses -------------------------------------------------------------------------

const SIGNS = "0123456789abcdefghjkmnpqrstvwxyz";

/** What a sentence says as a few characters, as the program has it (src/beside/address.rs). */
function signs(sentence) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(sentence)) hash = Math.imul(hash ^ byte, 0x01000193);
  let rest = (hash ^ (hash >>> 25)) >>> 0;
  let name = "";
  for (let at = 0; at < 5; at += 1) {
    name += SIGNS[rest % 32];
    rest = Math.floor(rest / 32);
  }
  return name;
}

/** What tells the sentences of a document apart, in order. */
function names(sentences) {
  const met = new Map();
  return sentences.map((sentence) => {
    const name = signs(sentence);
    met.set(name, (met.get(name) ?? 0) + 1);
    return met.get(name) > 1 ? `${name}-${met.get(name)}` : name;
  });
}

/** A link to a place of the page, which also copies its address. */
const permalink = (id, label, attributes) => element("a", { class: "permalink", href: `#${encodeURIComponent(id)}`, "aria-label": label, ...attributes }, "§");

addEventListener("click", (event) => {
  const mark = event.target.closest?.("a.permalink[data-copies]");
  if (mark && !event.ctrlKey && !event.metaKey && !event.shiftKey) copy(mark.href, "script.copied", "script.uncopied");
});

/** Gives the figures of a table that have an address a mark of it. */
export function markFigures(table) {
  for (const row of table.querySelectorAll("tr[id]")) {
    const [head] = row.cells;
    head.append(" ", permalink(row.id, say("script.address", { title: head.textContent.trim() }), { "data-copies": "" }));
  }
}

// ---- Two columns, and what stayed ------------------------------------------------------

/** What one of the two documents has of a sentence: all of it but what the other one has. */
function column(name, sentence, others) {
  const own = element("span", { class: name }, ...sentence.map((node) => node.cloneNode(true)));
  for (const other of own.querySelectorAll(others)) other.remove();
  return own;
}

/** The columns of a sentence. What only one document has of it stands on the side of that one. */
function columns(box, sentence) {
  const before = () => column("a", sentence, "ins");
  const after = () => column("b", sentence, "del");
  if (box.matches(".figures, .reworded")) return [before(), after()];
  return [box.id.startsWith("b") ? before() : after()];
}

/** The documents of two years, from the file of the texts of all years. */
async function read(texts, years) {
  const answer = await fetch(texts);
  if (!answer.ok) throw new Error(`${texts}: ${answer.status}`);
  const file = JSON.parse(new TextDecoder().decode(await unpacked(new Uint8Array(await answer.arrayBuffer()))));
  return years.map((year) => {
    const { lines } = file.documents.find(({ about }) => about.year === year);
    const sentences = lines.map(([, number]) => file.sentences[number]);
    return { sentences, names: names(sentences) };
  });
}

// ---- The text --------------------------------------------------------------------------

/** The parts of a text: each a heading with what stands below it, as deep as the heading is. */
function parts(prose) {
  const all = [];
  for (const block of prose.children) {
    const isHead = block.matches("h3, h4, a[id]");
    if (isHead) all.push({ id: block.id, head: block, depth: Number(/depth-(\d)/u.exec(block.className)?.[1] ?? 1), rows: [] });
    else all.at(-1)?.rows.push(block);
  }
  return all;
}

/** A text of changes that is read. `texts` has the sentences of all years, where there are any. */
class Reading {
  constructor(section, { texts, years }) {
    this.section = section;
    this.prose = section.querySelector(".prose");
    this.parts = parts(this.prose);
    this.texts = texts && (() => (this.documents ??= read(texts, years)));
    this.changes = [...this.prose.querySelectorAll(":scope > p[id]")].map((box) => ({ box, inline: [...box.childNodes], mark: this.mark(box) }));
    this.runs = [...this.prose.querySelectorAll("[data-stayed]")].map((box) => ({ box, said: box.textContent }));
    for (const { box, mark } of this.changes) box.append(mark);
    for (const { id, head } of this.parts) {
      if (head.matches("h3, h4")) head.append(" ", permalink(id, say("script.address", { title: head.textContent.trim() }), { "data-copies": "" }));
    }
    this.laid = "inline";
    this.filled = false;
    this.form = this.controls();
    this.bar = this.steps();
    section.querySelector(".key").before(this.form);
    section.append(this.bar);
    this.listen();
  }

  mark({ id }) { return permalink(id, "", { tabindex: "-1", "data-copies": "" }); }

  // ---- What is chosen

  controls() {
    const choice = (name, value) => element("label", {}, element("input", { type: "radio", name, value, checked: value === WAYS[name][0] }), " ", say(`script.${value}`));
    const group = (name) => element("span", { class: "ways", role: "radiogroup", "aria-label": say(`script.${name}`) },
      ...WAYS[name].filter((value) => value !== "whole" || this.texts).map((value) => choice(name, value)));
    const heads = this.parts.filter(({ head }) => head.matches("h3, h4"));
    const title = ({ head, depth }) => "　".repeat(depth - 1) + [...head.childNodes].filter((node) => !node.matches?.(".fate, .permalink")).map((node) => node.textContent).join("").trim();
    const sections = element("select", { name: "section" }, element("option", { value: "" }, say("script.all_sections")),
      ...heads.map((part) => element("option", { value: part.id, lang: this.prose.lang }, title(part))));
    return element("fieldset", { class: "views" }, element("legend", { class: "hidden" }, say("script.views")), group("view"), group("show"),
      heads.length > 1 && element("label", {}, say("script.section"), " ", sections),
      element("label", {}, element("input", { type: "checkbox", name: "keys", checked: recall("keys") !== "off" }), " ", say("script.keys")),
      element("button", { type: "button", class: "text-button", "data-print-shown": "" }, say("script.print")));
  }

  get(name) { return this.form.querySelector(`[name=${name}]:checked, select[name=${name}]`)?.value ?? ""; }

  set(name, value) {
    const box = this.form.querySelector(`[name=${name}][value="${CSS.escape(value)}"]`);
    if (box) box.checked = true;
    const select = this.form.querySelector(`select[name=${name}]`);
    if (select) select.value = [...select.options].some((option) => option.value === value) ? value : "";
  }

  /** What the address asks for, and what it leaves open as it was chosen last. */
  recall() {
    const asked = new URL(location.href).searchParams;
    let kept = {};
    try { kept = JSON.parse(recall("view") ?? "{}"); } catch { /* The defaults stand. */ }
    for (const name of Object.keys(WAYS)) this.set(name, asked.get(name) ?? kept[name] ?? WAYS[name][0]);
    this.set("section", asked.get("section") ?? "");
  }

  keep() {
    remember("view", JSON.stringify({ view: this.get("view"), show: this.get("show") }));
    remember("keys", this.form.querySelector("[name=keys]").checked ? "" : "off");
  }

  // ---- What is shown

  /** Shows what is chosen, and says so in the address and on paper. */
  show() {
    const [view, show, section] = ["view", "show", "section"].map((name) => this.get(name));
    if (view !== this.laid) this.lay(view);
    this.narrow(show === "changes", section);
    this.count();
    note({ view: view !== WAYS.view[0] && view, show: show !== WAYS.show[0] && show, section: section || null });
    const printed = document.querySelector(".printed");
    const chosen = section && this.form.querySelector("select").selectedOptions[0].textContent.trim();
    if (printed) printed.dataset.chosen = [show === "changes" && say("script.changes"), chosen].filter(Boolean).join("　");
    // Where the texts do not load, what is said of them stands.
    this.fill(show === "whole").catch(() => {
      this.set("show", WAYS.show[0]);
      this.form.querySelector("[value=whole]").disabled = true;
      this.show();
    });
  }

  lay(view) {
    this.laid = view;
    for (const { box, inline, mark } of this.changes) box.replaceChildren(...(view === "side" ? columns(box, inline) : inline), mark);
  }

  /** Shows the sentences that stayed, or how many they are again. */
  async fill(isWhole) {
    if (isWhole === this.filled) return;
    this.filled = isWhole;
    const [, later] = isWhole ? await this.texts() : [];
    if (isWhole !== this.filled) return;
    for (const { box, said } of this.runs) {
      const [from, to] = box.dataset.stayed.split("-").map(Number);
      const spans = later?.sentences.slice(from, to).map((sentence, at) => element("span", { id: `s${later.names[from + at]}` }, sentence));
      box.replaceChildren(...(spans ?? [said]));
    }
  }

  /** Leaves out all but one section, and all that stayed. A heading stands above what is shown below it. */
  narrow(isChanged, section) {
    const first = this.parts.findIndex(({ id }) => id === section);
    const behind = this.parts.findIndex(({ depth }, at) => at > first && depth <= this.parts[first]?.depth);
    const isIn = (at) => first < 0 || (at >= first && (behind < 0 || at < behind));
    let needed = 0;
    for (const [at, { head, depth, rows }] of [...this.parts.entries()].reverse()) {
      const shown = isIn(at) ? rows.filter((row) => !isChanged || row.id || row.matches(".why")) : [];
      for (const row of rows) row.hidden = !shown.includes(row);
      const says = isIn(at) && (!isChanged || shown.some((row) => row.id) || head.matches(":has(.fate)"));
      head.hidden = !(says || (isIn(at) && needed > depth));
      if (!head.hidden) needed = depth;
      for (const row of rows.filter((row) => row.matches(".why"))) row.hidden ||= head.hidden;
      if (depth <= 1) needed = 0;
    }
  }

  // ---- From change to change

  steps() {
    const arrow = (shape) => element("span", { "aria-hidden": "true" }, shape);
    const button = (way, ...said) => element("button", { type: "button", "data-step": way }, ...said);
    return element("div", { class: "steps", role: "group", "aria-label": say("script.steps") },
      button("-1", arrow("← "), say("script.previous")), element("span", { class: "count" }), button("1", say("script.next"), arrow(" →")));
  }

  get shown() { return this.changes.filter(({ box }) => !box.hidden); }

  /** Counts the changes that are shown; each says which it is. One of them is a stop of the keyboard. */
  count() {
    const { shown } = this;
    for (const [at, change] of shown.entries()) {
      change.said = say("script.change", { at: at + 1, n: shown.length, kind: say(`script.kind.${change.box.className}`) });
      change.mark.setAttribute("aria-label", say("script.address", { title: change.said }));
      change.mark.setAttribute("tabindex", "-1");
    }
    (shown.includes(this.last) ? this.last : shown[0])?.mark.setAttribute("tabindex", "0");
    const at = shown.indexOf(this.last);
    this.bar.querySelector(".count").textContent = at < 0 ? say("script.count", { n: shown.length }) : say("script.step", { at: at + 1, n: shown.length });
    this.bar.hidden = shown.length === 0;
  }

  /** The change before or after the last one, or, once the reader has gone on, the one next to what is in view. */
  next(way) {
    const { shown } = this;
    const top = ({ box }) => box.getBoundingClientRect().top;
    const at = shown.indexOf(this.last);
    if (at >= 0 && top(this.last) < innerHeight && this.last.box.getBoundingClientRect().bottom > 0) return shown[at + way];
    const line = innerHeight / 4;
    return way > 0 ? shown.find((change) => top(change) >= line) : shown.findLast((change) => top(change) < line);
  }

  /** Goes to a change. By key the focus goes along, so that it is said which it is; by button it stays there. */
  step(way, isKey) {
    const change = this.next(way);
    if (!change) { announce(say(way > 0 ? "script.last" : "script.first")); return; }
    this.reach(change);
    history.replaceState(history.state, "", change.mark.href);
    if (isKey) change.mark.focus({ preventScroll: true });
    else announce(`${change.said}${say("script.colon")}${change.inline.map((node) => node.textContent).join("")}`);
  }

  reach(change) {
    this.last?.box.removeAttribute("aria-current");
    this.last = change;
    change.box.setAttribute("aria-current", "true");
    change.box.scrollIntoView({ block: "center" });
    this.count();
  }

  // ---- Where an address leads

  /** Opens what hides the place that the address names. */
  async lead() {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id || (document.getElementById(id) && !this.prose.contains(document.getElementById(id)))) return;
    const place = document.getElementById(id) ?? (await this.stayed(id).catch(() => null));
    if (!place) {
      if (/^[sb][0-9a-hj-km-np-tv-z]{5}(-\d+)?$/u.test(id)) this.miss();
      return;
    }
    const isHidden = place.closest("[hidden]");
    if (isHidden) {
      this.set("section", "");
      if (!this.changes.some(({ box }) => box === place)) this.set("show", this.filled ? "whole" : WAYS.show[0]);
      this.show();
    }
    const change = this.changes.find(({ box }) => box === place);
    if (change) this.reach(change);
    else place.scrollIntoView({ block: place.matches("span") ? "center" : "start" });
    if (place.matches("span")) place.classList.add("led");
  }

  /** The sentence of this address, which stayed in these two: shown where only a count stands. */
  async stayed(id) {
    if (!this.texts || !/^[sb]/u.test(id)) return null;
    const [before, after] = await this.texts();
    const own = id.startsWith("b") ? before : after;
    const sentence = own.sentences[own.names.indexOf(id.slice(1))];
    const at = after.sentences.indexOf(sentence);
    if (sentence === undefined || at < 0) return null;
    await this.fill(true);
    this.set("show", "whole");
    this.show();
    const place = document.getElementById(`s${after.names[own === after ? after.names.indexOf(id.slice(1)) : at]}`);
    return place ?? [...this.prose.querySelectorAll(":scope > p:not([id])")].find((row) => row.textContent.includes(sentence));
  }

  /** Says that the place is not here. */
  miss() {
    this.section.querySelector(".lost")?.remove();
    this.form.before(element("p", { class: "notice lost", role: "status" }, say("script.lost")));
  }

  listen() {
    this.form.addEventListener("change", () => { this.show(); this.keep(); });
    this.form.querySelector("[data-print-shown]").addEventListener("click", () => print());
    this.bar.addEventListener("click", (event) => {
      const button = event.target.closest("[data-step]");
      if (button) this.step(Number(button.dataset.step), false);
    });
    // A comparison that was drawn in place of another one hears no more.
    const gone = new AbortController();
    const heard = (name, act) => addEventListener(name, (event) => (this.section.isConnected ? act(event) : gone.abort()), { signal: gone.signal });
    setTimeout(() => {
      heard("hashchange", () => this.lead());
      heard("keydown", (event) => this.key(event));
    });
  }

  /** Keys of one letter work outside of fields, and not at all for who turned them off (WCAG 2.2, 2.1.4). */
  key(event) {
    const way = { n: 1, p: -1 }[event.key];
    if (!way || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (!this.form.querySelector("[name=keys]").checked || event.target.closest?.("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    this.step(way, true);
  }
}

/** Makes a text of changes one that is read in many ways; `years` are those of the two documents. */
export function follow(section, about) {
  const reading = new Reading(section, about);
  reading.recall();
  reading.show();
  return reading;
}
