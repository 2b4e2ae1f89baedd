// The search page: what is typed and chosen stands in the address; search-worker.js finds the
// documents in the index that lies beside the site.

const PAGE = 10;
const form = document.getElementById("search");
const input = form.elements.q;
const status = document.getElementById("search-status");
const section = document.querySelector(".results");
const list = section.querySelector("ol");
const more = section.querySelector("[data-more]");
const browse = document.querySelector(".browse");
const help = document.querySelector("[data-help]");
const words = form.dataset;
const CHOICES = ["place", "from", "to", "kind", "level", "issuer", "sort"];
const bundle = new URL(words.bundle, location.href);
const site = new URL("..", bundle);

let worker = null;
let turn = 0;
let count = PAGE;
let focusAt = -1;
let composing = false;

/** Starts the worker when it is first needed. */
function engine() {
  if (worker) return worker;
  worker = new Worker(words.worker, { type: "module" });
  worker.postMessage({ base: bundle.href });
  worker.addEventListener("message", ({ data }) => {
    if (data.names) suggest(data.names);
    else if (data.turn !== turn) return;
    else if (data.failed) fail(data.failed);
    else show(data);
  });
  worker.addEventListener("error", () => fail("worker"));
  worker.postMessage({ names: true });
  return worker;
}

function asked() {
  const query = { q: input.value.trim() };
  for (const name of CHOICES) query[name] = form.elements[name]?.value ?? "";
  return query;
}

const narrows = (query) => CHOICES.some((name) => name !== "sort" && query[name]);

function element(name, className, ...children) {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

const say = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

/** The address of a document, at a section and with a phrase to be marked there. */
function address(url, hit) {
  const target = new URL(url.replace(/^\//, ""), site);
  if (target.origin !== location.origin) return "#";
  if (hit) {
    target.searchParams.set("mark", hit.phrase);
    target.hash = hit.section;
  }
  return target.pathname + target.search + target.hash;
}

function excerpt(url, hit) {
  const link = element("a", "hit");
  link.href = address(url, hit);
  if (hit.section && hit.heading) link.append(element("span", "hit-heading", hit.heading.slice(0, 40)));
  const text = element("span", "excerpt");
  const parts = hit.parts.map(([part, marked]) => (marked ? element("mark", "", part) : part));
  text.append(hit.cut[0] ? "…" : "", ...parts, hit.cut[1] ? "…" : "");
  link.append(text);
  return element("li", "", link);
}

function entry(found) {
  const title = element("a", "entry-title", found.title);
  title.href = address(found.url);
  const meta = element("p", "entry-meta", element("span", "", found.place),
    element("span", "", element("span", "", found.kind[1]), " ", element("span", "", say(words.year, found))));
  if (found.hits) meta.append(" ", element("span", "count", say(words.hits, { n: found.hits })));
  const item = element("li", "result", element("h2", "", title), meta);
  if (found.pieces.length) {
    const pieces = element("ul", "result-sections", ...found.pieces.map((hit) => excerpt(found.url, hit)));
    pieces.setAttribute("aria-label", words.sections);
    item.append(pieces);
  }
  return item;
}

/** The choices of a filter with how many documents each would leave. */
function choices(select, values) {
  const counts = new Map(values.map((one) => [one.value, one.count]));
  if (select.hasAttribute("data-filled")) {
    const value = select.value;
    const [first, ...old] = select.options;
    old.forEach((option) => option.remove());
    const sorted = [...values].sort((a, b) => b.count - a.count || a.label.localeCompare(b.label, "zh"));
    for (const one of sorted) first.parentElement.append(new Option(one.label, one.value));
    if (value && !counts.has(value)) first.parentElement.append(new Option(value, value));
    select.value = value;
    select.closest("label").hidden = values.length < 2 && !value;
  }
  for (const option of [...select.options].slice(1)) {
    option.dataset.label ??= option.textContent;
    const leaves = counts.get(option.value) ?? 0;
    option.textContent = `${option.dataset.label} (${leaves})`;
  }
}

/** What is shown for the query, by address: what stays keeps its place, so that nothing
    flickers and the focus is not lost. */
const kept = { q: "", items: new Map() };

function results(q, shown) {
  const items = new Map(shown.map((found) => [found.url, (kept.q === q && kept.items.get(found.url)) || entry(found)]));
  Object.assign(kept, { q, items });
  [...items.values()].forEach((item, at) => {
    if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null);
  });
  while (list.children.length > items.size) list.lastElementChild.remove();
}

function show({ done, total, shown, facets }) {
  const query = asked();
  for (const name of ["place", "kind", "level", "issuer"]) choices(form.elements[name], facets[name]);
  for (const name of ["from", "to"]) choices(form.elements[name], facets.year);
  results(query.q, shown);
  more.hidden = shown.length >= total;
  section.hidden = total === 0;
  browse.hidden = total > 0;
  help.hidden = total > 0 || !done;
  section.toggleAttribute("aria-busy", !done);
  if (focusAt >= 0 && done) {
    list.querySelectorAll(".entry-title")[focusAt]?.focus();
    focusAt = -1;
  }
  if (!done) status.textContent = say(words.sofar, { n: total });
  else if (total) status.textContent = say(words.found, { n: total });
  else status.textContent = query.q ? say(words.nothing, query) : words.none;
  if (!total && done) helpOut(query);
  if (done) status.dataset.answered = query.q;
}

/** What may help when nothing was found: fewer filters, fewer words. */
function helpOut(query) {
  const rest = help.querySelectorAll("li");
  rest[0].hidden = !narrows(query);
  const parts = query.q.split(/\s+/).filter(Boolean);
  rest[1].hidden = parts.length < 2;
  rest[1].querySelector("span").replaceChildren(...parts.slice(0, 6).flatMap((part) => {
    const link = element("a", "", part);
    link.href = `?${new URLSearchParams({ q: part })}`;
    return [" ", link];
  }));
}

function clear(text) {
  list.replaceChildren();
  section.hidden = true;
  more.hidden = true;
  browse.hidden = false;
  help.hidden = true;
  status.textContent = text;
}

function fail(why) {
  clear(words.failed);
  worker?.terminate();
  worker = null;
  console.error(why);
}

function run() {
  const query = asked();
  turn += 1;
  if (!query.q && !narrows(query)) return clear("");
  delete status.dataset.answered;
  if (section.hidden) status.textContent = words.searching;
  engine().postMessage({ turn, query, count });
}

/** The address says what is shown; typing replaces it, sending adds to the history. */
function note(push) {
  const query = new URLSearchParams(Object.entries(asked()).filter(([, value]) => value));
  const target = location.pathname + (query.size ? `?${query}` : "");
  if (target === location.pathname + location.search) return;
  history[push ? "pushState" : "replaceState"](null, "", target);
}

function read() {
  const query = new URLSearchParams(location.search);
  input.value = query.get("q") ?? "";
  count = PAGE;
  for (const name of CHOICES) {
    const select = form.elements[name];
    const value = query.get(name) ?? (["from", "to"].includes(name) ? query.get("year") : null) ?? "";
    const known = [...select.options].some((option) => option.value === value);
    if (!known && value && select.hasAttribute("data-filled")) select.append(new Option(value, value));
    select.value = known || select.hasAttribute("data-filled") ? value : "";
    if (select.hasAttribute("data-filled")) select.closest("label").hidden = !value && select.options.length < 2;
  }
}

// Suggestions: places, issuers and document numbers that hold what is typed.

const suggestions = document.getElementById("suggestions");
const names = [...form.elements.place.options].slice(1).map((option) => option.textContent.trim());

function suggest(more) {
  for (const name of more) if (!names.includes(name)) names.push(name);
  offer();
}

function offer() {
  const typed = input.value.trim();
  const fits = typed ? names.filter((name) => name.includes(typed) && name !== typed).slice(0, 6) : [];
  suggestions.replaceChildren(...fits.map((name) => new Option(name, name)));
}

let timer = 0;
function soon() {
  clearTimeout(timer);
  timer = setTimeout(() => { count = PAGE; note(false); run(); }, 250);
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
form.addEventListener("submit", (event) => { event.preventDefault(); if (!composing) now(); });
more.addEventListener("click", () => { focusAt = list.children.length; count *= 2; run(); });

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
document.querySelectorAll("[data-example]").forEach((link) => link.addEventListener("click", (event) => {
  event.preventDefault();
  input.value = link.textContent;
  now();
  input.focus();
}));
document.querySelector("[data-widen]").addEventListener("click", () => {
  for (const name of CHOICES) if (name !== "sort") form.elements[name].value = "";
  now();
  input.focus();
});
addEventListener("popstate", () => { read(); run(); });
read();
run();
