// The search page: what is typed and chosen stands in the address, behind #, where no server
// sees it; search-worker.js finds the documents in the index that lies beside the site.

import { element, listed, recall, say } from "./common.js";

const PAGE = 10;
/** How long nothing is typed before the search begins, in milliseconds. */
const PAUSE = 180;
const form = document.getElementById("search");
const input = form.elements.q;
const status = document.getElementById("search-status");
const section = document.querySelector(".results");
const list = section.querySelector("ol");
const more = section.querySelector("[data-more]");
const browse = document.querySelector(".browse");
const help = document.querySelector("[data-help]");
const retry = document.querySelector("[data-retry]");
const named = document.querySelector("[data-named]");
const narrowed = document.querySelector("[data-narrowed]");
const loosen = document.querySelector("[data-loosen]");
const CHOICES = ["place", "from", "to", "kind", "level", "issuer", "sort"];
const bundle = new URL(form.dataset.bundle, location.href);
const site = new URL("..", bundle);
/** Where results may lead: here, and to the sites of offices whose documents are found here. */
const origins = new Set([location.origin, ...(form.dataset.origins ?? "").split(" ")]);

/** How much the search may read, in bytes, before it is let go and begins anew. What it has read stays with it until
    the browser cares to collect it, hundreds of megabytes later; without it that is gone at once, and what is
    read again lies in the browser's cache. */
const ENOUGH = 24 * 2 ** 20;
let worker = null;
/** What of the last answer is still to come; what was read for all, and of which publication. */
const due = { answer: false, counts: false, landmarks: false, spent: 0, sum: null };
/** What filters would leave is counted when the reader comes to them, where that takes much to read: whether that is still to be
    done, who answered last, and whether the reader has been there. */
const later = { isDue: false, worker: null, isWanted: false };
let turn = 0;
let count = PAGE;
let focusAt = -1;
/** Which of what can be taken off had the focus when it was. */
let chipAt = -1;
/** Whether the question is to be cut apart although it was found as it was typed; "1" or nothing, as the address says it. */
let apart = "";
let composing = false;
let building = false;
/** How far down the results were when they were left; null once they are shown there again. */
let top = null;

/** Starts the worker when it is first needed; what it is asked and answers is in search-worker.js. */
function engine() {
  if (worker) return worker;
  worker = new Worker(new URL("./search-worker.js", import.meta.url), { type: "module" });
  worker.postMessage({ base: bundle.href, sum: due.sum });
  hand(worker);
  worker.addEventListener("message", ({ data }) => {
    if (data.names) suggest(data.names);
    else if (data.building) wait();
    else if (data.renewed) renew();
    else if (data.turn !== turn) return;
    else if (data.failed) fail(data.failed, data.isOtherForm);
    else if (data.blank) nothing();
    else if (data.landmarks) point(data.landmarks);
    else if (data.left !== undefined) tally(data.left);
    else show(data);
    rest(data);
  });
  worker.addEventListener("error", () => fail("worker"));
  return worker;
}

/** Asks for the table of contents as soon as the worker is asked for, and hands it over. What fails the worker tries again. */
async function hand(to) {
  const asking = fetch(new URL("contents.json", bundle), { cache: "no-cache" });
  const contents = await asking.then((response) => (response.ok ? response.arrayBuffer() : null)).catch(() => null);
  to.postMessage({ contents }, contents ? [contents] : []);
}

/** What was searched for before. */
const recent = () => import("./recent.js");

/** Loads what no answer needs: once there is one, or nothing is asked. A browser remembers what it has loaded. */
function furnish() {
  import("./places.js");
  recent();
}

/** What is over when all has been answered; the search is let go when it has read enough. */
function rest({ done, blank, left, landmarks, spent, sum }) {
  if (done) Object.assign(due, { answer: false, counts: true, spent, sum });
  if (blank) due.answer = false;
  if (left !== undefined) Object.assign(due, { counts: false, spent });
  if (landmarks) due.landmarks = false;
  if (!due.answer && !due.landmarks) top = null;
  if (!worker || due.answer || due.counts || due.landmarks || due.spent < ENOUGH) return;
  worker.terminate();
  worker = null;
  due.spent = 0;
  // What was let go is gone by then.
  setTimeout(engine, 300);
}

function asked() {
  const query = { q: input.value.trim(), apart };
  for (const name of CHOICES) query[name] = form.elements[name]?.value ?? "";
  return query;
}

const narrows = (query) => CHOICES.some((name) => name !== "sort" && query[name]);

/** An address of the index as a link has it, with a fragment. */
function led(url, fragment) {
  const target = new URL(url.replace(/^\//, ""), site);
  if (!origins.has(target.origin)) return "#";
  target.hash = fragment;
  return target.origin === location.origin ? target.pathname + target.hash : target.href;
}

/** The address of a document, at a section and with the phrases to be marked there. */
function address(url, hit) {
  const marks = hit?.phrases.map((phrase) => `mark=${encodeURIComponent(phrase)}`) ?? [];
  return led(url, [hit?.section, ...marks].filter(Boolean).join("&"));
}

/** Parts of a text, those that were searched for marked; "…" between stretches of it. */
function parts(stretches) {
  return stretches.flatMap((stretch, n) => [...(n ? [" … "] : []),
    ...stretch.map(([part, marked]) => (marked ? element("mark", {}, part) : part))]);
}

function excerpt(url, { section, heading, parts: shown, open, phrases }) {
  const text = element("span", { class: "excerpt" }, open[0] && "…", ...parts(shown), open[1] && "…");
  const head = Boolean(section && heading) && element("span", { class: "hit-heading" }, heading.slice(0, 40));
  return element("li", {}, element("a", { class: "hit", href: address(url, { section, phrases }) }, head, text));
}

function entry({ url, title, place, kind, year, hits, extent, unread, pieces }, isNear) {
  const link = element("a", { class: "entry-title", href: address(url) }, ...parts(title));
  const badge = extent ? [" ", element("em", { class: "status extent" }, say(`extent.${extent}`))] : [];
  const dated = element("span", {}, element("span", {}, kind[1]), " ", element("span", {}, say("search.year_of", { year })));
  const count = hits ? [" ", element("span", { class: "count" }, say("search.hits", { n: hits }))] : [];
  return element("li", { class: isNear ? "near" : "result" },
    element("h2", {}, link, ...badge),
    element("p", { class: "entry-meta" }, element("span", {}, place), dated, ...count),
    unread && element("p", { class: "note" }, say("search.unread")),
    pieces.length > 0 && element("ul", { class: "result-sections", "aria-label": say("search.sections") }, ...pieces.map((hit) => excerpt(url, hit))));
}

/** What an option says. Its text stays the same node: there are thousands of options, each says something
    else after every query, and a browser keeps what is thrown away as long as it likes. */
function relabel(option, text) {
  if (option.firstChild) {
    if (option.firstChild.data !== text) option.firstChild.data = text;
  } else option.append(text);
}

/** Fills a select with the values that an index has, those with the most documents first. */
function refill(select, values) {
  const { value } = select;
  const [first, ...old] = select.options;
  const had = new Map(old.map((option) => [option.value, option]));
  const sorted = [...values].sort((a, b) => b.count - a.count || a.label.localeCompare(b.label, "zh"));
  if (value && !sorted.some((one) => one.value === value)) sorted.push({ label: value, value });
  const options = sorted.map((one) => had.get(one.value) ?? new Option(one.label, one.value));
  if (options.length !== old.length || options.some((option, at) => option !== old[at])) first.parentElement.replaceChildren(first, ...options);
  select.value = value;
  select.closest("label").hidden = values.length < 2 && !value;
}

/** The choices of a filter with how many documents each would leave, as far as that is known;
    where years could not be read, at least so many. */
function choices(select, values, { known = () => true, least }) {
  const counts = new Map(values.map((one) => [one.value, one.count]));
  if (select.hasAttribute("data-filled")) refill(select, values);
  for (const option of [...select.options].slice(1)) {
    option.dataset.label ??= option.textContent;
    const leaves = counts.get(option.value) ?? 0;
    relabel(option, known(option.value) ? `${option.dataset.label} (${least ? "≥" : ""}${leaves})` : option.dataset.label);
  }
}

/** What is shown for the query, by address: what stays keeps its place, so that nothing
    flickers and the focus is not lost. */
const kept = { q: "", isNear: false, items: new Map() };

function results(q, shown, isNear) {
  const known = (found) => kept.q === q && kept.isNear === isNear && !found.unread && kept.items.get(found.url);
  const items = new Map(shown.map((found) => [found.url, known(found) || entry(found, isNear)]));
  // What lacks its excerpts is made anew once they can be read.
  Object.assign(kept, { q, isNear, items: new Map([...items].filter(([url]) => !shown.some((found) => found.url === url && found.unread))) });
  [...items.values()].forEach((item, at) => {
    if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null);
  });
  while (list.children.length > items.size) list.lastElementChild.remove();
}

/** The years of which something could not be read, as a reader says it. */
function years(missing) {
  const ranges = missing.map(([first, last]) => say("search.year_of", { year: first === last ? first : say("span", { from: first, to: last }) }));
  return listed(new Set(ranges));
}

/** Words as a sentence names them. */
const quoted = (words) => listed(words.map((word) => say("search.quoted", { q: word })));
const called = ({ title, from, to }) => title ?? say("search.year_of", { year: from === to ? from : say("span", { from, to }) });

/** What is said of a question that was cut apart: what was done, and how near what is found comes to it. */
function saidApart({ total, apart: found }, { q }) {
  const { words, unknown, same, dropped, most, isTogether } = found;
  const said = [say(words.length ? "search.apart" : "search.apart_listed", { q, n: total, words: quoted(words) })];
  if (words.length && most === 0) said.push(say("search.apart_without", { n: total }));
  else if (words.length > 1 && most < words.length) said.push(say("search.apart_most"));
  else if (words.length > 1) said.push(say(isTogether ? "search.apart_together" : "search.apart_whole"));
  if (same.length) said.push(say("search.apart_same", { words: quoted(same) }));
  if (unknown.length) said.push(say("search.apart_unknown", { words: quoted(unknown) }));
  if (dropped.length) said.push(say("search.apart_dropped", { words: quoted(dropped.map(called)) }));
  return said.join(" ");
}

/** What is said of an answer. Nothing is said of years that could not be read. */
function answer(data, query) {
  const { done, total, isAll, missing } = data;
  const values = { n: total, q: query.q, years: missing.length ? years(missing) : "" };
  if (data.apart && !missing.length) return saidApart(data, query);
  if (missing.length && done) return say(total ? "search.at_least" : "search.nothing_read", values);
  if (!done && !isAll) return say("search.sofar", values);
  if (total) return say("search.found", values);
  if (query.q) return say(narrows(query) ? "search.nothing_here" : "search.nothing", values);
  return say("search.none");
}

function show(data) {
  const { done, total, shown, elsewhere, missing } = data;
  const query = asked();
  building = false;
  if (data.place) title(data.place);
  results(query.q, shown, Boolean(data.apart));
  narrow(data.apart);
  sections(shown, query);
  loosen.hidden = !done || !data.could || total === 0 || total > LITTLE;
  more.hidden = !done || shown.length >= total;
  section.hidden = total === 0;
  browse.hidden = total > 0;
  help.hidden = total > 0 || !done || missing.length > 0;
  if (done) section.removeAttribute("aria-busy");
  if (focusAt >= 0 && done) {
    list.querySelectorAll(".entry-title")[focusAt]?.focus();
    focusAt = -1;
  }
  tell(answer(data, query));
  retry.hidden = !done || !(missing.length || shown.some(({ unread }) => unread));
  if (!total && done) helpOut(query, elsewhere);
  if (done) status.dataset.answered = query.q;
  furnish();
  if (done && history.state?.isReloaded) history.replaceState({ ...history.state, isReloaded: false }, "");
  if (done) refocus();
  descend();
}

/** Says what filters would leave of the answer; nothing is left where that could not be read. */
function tally(left) {
  if (left?.facets) {
    const { facets, read, least } = left;
    const inside = (year) => read.some(([first, last]) => first <= Number(year) && Number(year) <= last);
    for (const name of ["place", "kind", "level", "issuer"]) choices(form.elements[name], facets[name], { least });
    for (const name of ["from", "to"]) choices(form.elements[name], facets.year, { known: inside, least });
  }
  if (!left && list.children.length) retry.hidden = false;
  Object.assign(later, { isDue: Boolean(left?.isLater), worker });
  status.dataset.counted = asked().q;
}

/** The reader has come to the filters: what they would leave is counted from now on. */
function come() {
  later.isWanted = true;
  if (!later.isDue) return;
  later.isDue = false;
  // A search that was let go knows no answer any more.
  if (!worker || worker !== later.worker) return run();
  due.counts = true;
  worker.postMessage({ turn, counts: true });
}

/** So few documents are little: the question can be cut apart as well. */
const LITTLE = 2;

/** What was understood and narrows what is found, each as a button that takes it off. */
function narrow(found) {
  const { places = [], years: spans = [], kinds = [] } = found ?? {};
  const chips = [...places, ...spans, ...kinds].map((one) => {
    const button = element("button", { type: "button", "aria-label": say("search.take_off", { q: called(one) }) }, called(one), element("span", { "aria-hidden": "true" }, " ×"));
    button.addEventListener("click", () => takeOff(one));
    return element("li", {}, button);
  });
  narrowed.querySelector("ul").replaceChildren(...chips);
  narrowed.hidden = !chips.length;
}

/** Takes what was understood out of the question again; what stays is what was typed. */
function takeOff({ spans }) {
  const at = [...narrowed.querySelectorAll("button")].indexOf(document.activeElement);
  let text = input.value.trim();
  for (const [start, end] of [...spans].sort(([a], [b]) => b - a)) text = `${text.slice(0, start)} ${text.slice(end)}`;
  input.value = text.replace(/\s+/gu, " ").trim();
  chipAt = at;
  now();
  if (!input.value) input.focus();
}

/** Where the focus goes once what is left of the question is answered: to the next thing that can be taken off, or the box. */
function refocus() {
  if (chipAt < 0) return;
  const buttons = narrowed.querySelectorAll("button");
  (buttons[Math.min(chipAt, buttons.length - 1)] ?? input).focus();
  chipAt = -1;
}

/** Links to sections whose title is what is asked. */
function sections(shown, { q }) {
  const links = shown.filter(({ titled }) => titled).slice(0, MOST_SECTIONS).map(({ url, titled, place, year }) => element("li", {},
    element("a", { href: address(url, { section: titled.section, phrases: [] }) }, titled.heading), " ",
    element("span", { class: "note" }, place, " ", say("search.year_of", { year }))));
  const list = named.querySelector("[data-sections]");
  if (!q || list.children.length + links.length) list.replaceChildren(...links);
  reveal();
}

/** So many sections are named by their titles. */
const MOST_SECTIONS = 3;

/** What is called like what is asked is shown where there is any. */
function reveal() {
  named.hidden = !named.querySelector("li");
}

/** The option of a place says its name, however the address names it. */
function title(name) {
  const option = form.elements.place.selectedOptions[0];
  if (option && !option.dataset.label && option.text === option.value) option.textContent = name;
}

/** Says how the search stands; what is said already is not said again. */
function tell(text) {
  if (status.textContent !== text) status.textContent = text;
}

/** Goes down to where the reader was, when the way back led here: as often as what is shown grows. */
function descend() {
  if (top) scrollTo({ top, behavior: "instant" });
}

/** Asks again, of a newer index. */
function renew() {
  kept.q = null;
  run();
}

/** What may help when nothing was found: other years, fewer filters, fewer words. */
function helpOut(query, elsewhere) {
  const [years, filters, fewer] = help.querySelectorAll("li");
  years.hidden = !elsewhere;
  years.querySelector("button").textContent = say("search.elsewhere", { n: elsewhere });
  filters.hidden = !narrows(query);
  const single = query.q.split(/\s+/).filter(Boolean);
  fewer.hidden = single.length < 2;
  fewer.querySelector("span").replaceChildren(...single.slice(0, 6).flatMap((part) => [" ", element("a", { href: state({ q: part }) }, part)]));
}

/** Takes back what filters would leave, which is only known of the last answer. */
function uncount() {
  for (const select of form.querySelectorAll("select")) {
    for (const option of select.options) if (option.dataset.label) relabel(option, option.dataset.label);
  }
}

/** Links to the places, indicators and pages that are called like what is asked. */
function point(landmarks) {
  const here = document.documentElement.lang;
  const links = landmarks.map(({ spoken, ...own }) => ({ ...own, ...spoken?.[here] })).map(({ url, title, detail, figures = [] }) => element("li", {},
    element("a", { href: address(url) }, title), ...(detail ? [" ", element("span", { class: "note" }, detail)] : []),
    figures.length > 0 && element("ul", { class: "named-figures", "aria-label": say("search.figures") }, ...figures.map(figure))));
  named.querySelector("ul").replaceChildren(...links);
  named.removeAttribute("aria-busy");
  reveal();
  descend();
}

/** A figure: the place, the year and the value, which leads to its sentence. */
function figure({ name, year, text, url }) {
  const [path, fragment = ""] = url.split("#");
  return element("li", {}, element("span", {}, name, " ", say("search.year_of", { year })), " ", element("a", { href: led(path, fragment) }, text));
}

function clear(text) {
  list.replaceChildren();
  named.querySelector("[data-sections]").replaceChildren();
  point([]);
  narrow(null);
  loosen.hidden = true;
  kept.items.clear();
  retry.hidden = true;
  section.hidden = true;
  section.removeAttribute("aria-busy");
  more.hidden = true;
  browse.hidden = false;
  help.hidden = true;
  uncount();
  tell(text);
  furnish();
  descend(true);
}

/** What is asked holds nothing that could be found, such as blanks alone. */
function nothing() {
  clear(say("search.blank"));
  status.dataset.answered = asked().q;
  status.dataset.counted = asked().q;
}

/** The index is being built; the worker asks for it until it is there. */
function wait() {
  if (turn === 0 || status.dataset.answered !== undefined || !anything(asked())) return;
  building = true;
  tell(say("search.building"));
}

/** The site was made anew with an index that this page, which is older, cannot read. The new page is loaded, once: where that
    did not help, as some caches are slow, it is said and left to the reader. */
function replaced() {
  if (history.state?.isReloaded) return clear(say("search.replaced"));
  history.replaceState({ ...history.state, isReloaded: true }, "");
  location.reload();
}

function fail(why, isOtherForm = false) {
  building = false;
  if (isOtherForm) replaced();
  else clear(say("search.failed"));
  retry.hidden = false;
  retry.dataset.reload = isOtherForm ? "1" : "";
  worker?.terminate();
  worker = null;
  console.error(why);
}

const anything = (query) => Boolean(query.q || narrows(query));

function run() {
  const query = asked();
  turn += 1;
  delete status.dataset.answered;
  delete status.dataset.counted;
  later.isDue = false;
  retry.hidden = true;
  if (!anything(query)) return clear("");
  // What is shown still answers what was asked before, and is not to be taken for this answer.
  for (const part of [section, named]) part.setAttribute("aria-busy", "true");
  if (kept.q !== query.q) uncount();
  if (!building) tell(say("search.searching"));
  Object.assign(due, { answer: true, counts: false, landmarks: true });
  engine().postMessage({ turn, query: { ...query, counts: later.isWanted }, count });
}

/** What is asked as the last part of an address. */
function state(query) {
  const said = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
  return said.size ? `#${said}` : "";
}

/** The address says what is shown; typing replaces it, sending adds to the history. */
function note(push) {
  const said = state(asked());
  if (said === location.hash) return;
  history[push ? "pushState" : "replaceState"]({ count, top: 0 }, "", location.pathname + location.search + said);
}

/** The history knows how many results were shown and how far down the reader was. */
function keep() {
  clearTimeout(scrolling);
  history.replaceState({ ...history.state, count, top: scrollY }, "");
}

/** Addresses had the query behind ? once; what a server need not see is moved behind #. */
function moved() {
  const query = new URLSearchParams(location.search);
  const names = ["q", "year", ...CHOICES].filter((name) => query.has(name));
  if (!names.length) return;
  const said = new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");
  for (const name of names) if (!said.has(name)) said.set(name, query.get(name));
  for (const name of names) query.delete(name);
  history.replaceState(history.state, "", `${location.pathname}${query.size ? `?${query}` : ""}#${said}`);
}

function read() {
  const query = new URLSearchParams(location.hash.slice(1));
  input.value = query.get("q") ?? "";
  apart = query.get("apart") ?? "";
  count = history.state?.count ?? PAGE;
  top = history.state?.top ?? 0;
  for (const name of CHOICES) {
    const select = form.elements[name];
    const value = query.get(name) ?? (["from", "to"].includes(name) ? query.get("year") : null) ?? "";
    const known = [...select.options].some((option) => option.value === value);
    // Of many places the page lists those over the others alone.
    const isOpen = name === "place" || select.hasAttribute("data-filled");
    if (!known && value && isOpen) select.append(new Option(value, value));
    select.value = known || isOpen ? value : "";
    if (select.hasAttribute("data-filled")) select.closest("label").hidden = !value && select.options.length < 2;
  }
}

/** Follows the address. One that leads to a place in the page, such as the link that skips to
    the text, has done so by now, and the address says again what is shown. */
function follow() {
  const elsewhere = location.hash && !location.hash.includes("=");
  if (elsewhere) return history.replaceState({ count, top: scrollY }, "", location.pathname + location.search + state(asked()));
  read();
  run();
}

// Suggestions: places, issuers and document numbers that hold what is typed.

const suggestions = document.getElementById("suggestions");
const names = new Map();

/** Nobody can type 〔〕, so brackets are one, as widths and capitals are. */
const easy = (text) => text.normalize("NFKC").toLowerCase().replace(/[〔【\[〈]/g, "(").replace(/[〕】\]〉]/g, ")");

function suggest(more) {
  for (const name of more) names.set(name, easy(name));
  offer();
}

function offer() {
  const typed = easy(input.value.trim());
  const fits = [];
  for (const [name, plain] of typed ? names : []) {
    if (plain.includes(typed) && name !== input.value.trim()) fits.push(name);
    if (fits.length === 6) break;
  }
  const values = [...suggestions.children].map((option) => option.value);
  if (fits.join() === values.join()) return;
  // Browsers leave out what does not hold the letters that were typed, so these are the label.
  suggestions.replaceChildren(...fits.map((name) => new Option(name.includes(input.value.trim()) ? name : input.value.trim(), name)));
}

let timer = 0;
function soon() {
  clearTimeout(timer);
  apart = "";
  timer = setTimeout(() => { count = PAGE; note(false); run(); }, PAUSE);
}
function now() {
  clearTimeout(timer);
  count = PAGE;
  note(true);
  run();
}

form.addEventListener("compositionstart", () => { composing = true; clearTimeout(timer); });
form.addEventListener("compositionend", () => { composing = false; offer(); soon(); });
input.addEventListener("input", () => { if (!composing) { offer(); soon(); } });
input.addEventListener("focus", () => engine(), { once: true });
form.addEventListener("change", (event) => { if (event.target.matches("select")) now(); });
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (composing) return;
  now();
  recent().then(({ note: keepSearch }) => keepSearch());
  // The keyboard of a phone would cover the results.
  if (matchMedia("(pointer: coarse)").matches) input.blur();
});
more.addEventListener("click", () => { focusAt = list.children.length; count *= 2; keep(); run(); });

// Alt and an arrow lead from the box to the results, from one to the next and back; plain
// arrows do so among the results and are the suggestions' in the box.
addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [input, ...list.querySelectorAll(".entry-title")];
  const at = stops.indexOf(document.activeElement);
  if (!step || event.isComposing || at < 0 || (at === 0 && !event.altKey)) return;
  event.preventDefault();
  stops[at + step]?.focus();
});
for (const link of document.querySelectorAll("[data-example]")) link.href = state({ q: link.textContent });

// On a narrow screen the filters are folded in, unless one is set, so that results are in sight.
const narrowing = form.querySelector(".narrowing");
const folds = () => getComputedStyle(narrowing.querySelector("summary")).display !== "none";
new ResizeObserver(() => { if (!folds()) narrowing.open = true; }).observe(form);
for (const event of ["focusin", "pointerenter"]) narrowing.addEventListener(event, come);
narrowing.addEventListener("toggle", () => { if (folds() && narrowing.open) come(); });

// A place that is picked by its name narrows the search.
form.addEventListener("pick", (event) => {
  event.preventDefault();
  const { slug, name } = event.detail;
  const select = form.elements.place;
  if (![...select.options].some(({ value }) => value === slug)) select.append(new Option(name, slug));
  select.value = slug;
  event.target.querySelector("input").value = "";
  now();
});

/** Empties some filters and asks again. */
function widen(filters) {
  for (const name of filters) form.elements[name].value = "";
  now();
  input.focus();
}
loosen.querySelector("button").addEventListener("click", () => { apart = "1"; now(); input.focus(); });
retry.querySelector("button").addEventListener("click", () => {
  if (retry.dataset.reload) return location.reload();
  run();
  input.focus();
});
help.querySelector("[data-years]").addEventListener("click", () => widen(["from", "to"]));
help.querySelector("[data-widen]").addEventListener("click", () => widen(CHOICES.filter((name) => name !== "sort")));

let scrolling = 0;
// Where the reader was comes back with the results, which the browser does not wait for.
history.scrollRestoration = "manual";
addEventListener("scroll", () => { clearTimeout(scrolling); scrolling = setTimeout(keep, 400); }, { passive: true });
for (const event of ["wheel", "touchstart", "pointerdown", "keydown"]) addEventListener(event, () => { top = null; }, { passive: true });
list.addEventListener("click", keep);
addEventListener("pagehide", keep);
addEventListener("focus", (event) => { if (event.target === window) worker?.postMessage({ look: true }); });
addEventListener("hashchange", follow);

for (const option of [...form.elements.place.options].slice(1)) names.set(option.textContent.trim(), easy(option.textContent.trim()));
form.querySelector("[data-remember]").checked = Boolean(recall("searches"));
moved();
read();
narrowing.open = !folds() || narrows(asked());
run();
