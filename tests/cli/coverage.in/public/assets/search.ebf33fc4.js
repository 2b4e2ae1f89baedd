// The search page: what is typed and chosen stands in the address, results
// come from the index that lies beside the site.

const PAGE = 10;
const form = document.getElementById("search");
const status = document.getElementById("search-status");
const section = document.querySelector(".results");
const list = section.querySelector("ol");
const more = section.querySelector("[data-more]");
const browse = document.querySelector(".browse");
const words = form.dataset;
const FILTERS = ["place", "year", "kind"];

let engine = null;
let turn = 0;
let hits = [];
let shown = 0;
let composing = false;

/** Loads the engine once, when it is first needed. */
function load() {
  engine ??= (async () => {
    const bundle = new URL(words.bundle, location.href).href;
    const pagefind = await import(`${bundle}pagefind.js`);
    await pagefind.options({ baseUrl: new URL("..", bundle).pathname, bundlePath: bundle });
    await pagefind.init?.();
    return { pagefind, filters: await pagefind.filters() };
  })();
  engine.catch(() => { engine = null; });
  return engine;
}

function asked() {
  const query = { q: form.elements.q.value.trim() };
  for (const name of FILTERS) query[name] = form.elements[name]?.value ?? "";
  return query;
}

/** The filters as the index knows them: by the value, or by the words shown. */
function filtersFor(query, known) {
  const filters = {};
  for (const name of FILTERS) {
    if (!query[name]) continue;
    const values = known[name] ?? {};
    const label = form.elements[name].selectedOptions[0]?.textContent.trim();
    filters[name] = label in values && !(query[name] in values) ? label : query[name];
  }
  return filters;
}

function element(name, className, ...children) {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " ", "#39": "'", "#x27": "'" };

/** An excerpt as text and marks; whatever else it may hold is dropped. */
function excerpt(html) {
  const plain = (text) => text.replace(/<[^>]*>/g, "").replace(/&(#?\w+);/g, (whole, name) => ENTITIES[name] ?? whole);
  return html.split(/(<mark>.*?<\/mark>)/s).filter(Boolean)
    .map((part) => (part.startsWith("<mark>") ? element("mark", "", plain(part)) : plain(part)));
}

/** Only addresses of this site are followed. */
function address(url) {
  const target = new URL(url, location.href);
  return target.origin === location.origin ? target.pathname + target.search + target.hash : "#";
}

/** How much of what was asked for a section holds. */
function weight(part) {
  return part.weighted_locations.reduce((sum, place) => sum + place.balanced_score, 0);
}

function entry(hit) {
  const title = element("a", "entry-title", hit.meta.title ?? hit.url);
  title.href = address(hit.url);
  const meta = element("p", "entry-meta");
  const year = hit.meta.year && words.year.replace("{year}", hit.meta.year);
  const sort = [hit.meta.kind, year].filter(Boolean).flatMap((text, i) => [i ? " " : "", element("span", "", text)]);
  if (hit.meta.place) meta.append(element("span", "", hit.meta.place));
  meta.append(element("span", "", ...sort));
  const item = element("li", "result", element("h2", "", title), meta);
  item.append(element("p", "excerpt", ...excerpt(hit.excerpt ?? "")));
  const parts = (hit.sub_results ?? []).filter((part) => part.url !== hit.url && part.title !== hit.meta.title)
    .sort((a, b) => weight(b) - weight(a)).slice(0, 3);
  if (parts.length) {
    const ul = element("ul", "result-sections");
    ul.setAttribute("aria-label", words.sections);
    for (const part of parts) {
      const link = element("a", "", part.title);
      link.href = address(part.url);
      ul.append(element("li", "", link));
    }
    item.append(ul);
  }
  return item;
}

async function show(mine, count) {
  const batch = await Promise.all(hits.slice(shown, shown + count).map((hit) => hit.data()));
  if (mine !== turn) return null;
  const items = batch.map(entry);
  list.append(...items);
  shown += batch.length;
  more.hidden = shown >= hits.length;
  return items[0];
}

function clear(text) {
  hits = [];
  shown = 0;
  list.replaceChildren();
  section.hidden = true;
  more.hidden = true;
  browse.hidden = false;
  status.textContent = text;
}

async function run() {
  const mine = ++turn;
  const query = asked();
  if (!query.q && !FILTERS.some((name) => query[name])) return clear("");
  status.textContent = words.searching;
  try {
    const { pagefind, filters } = await load();
    const found = await pagefind.search(query.q || null, { filters: filtersFor(query, filters) });
    if (mine !== turn) return;
    clear("");
    hits = found.results;
    if (!hits.length) {
      status.textContent = words.none;
      return;
    }
    await show(mine, PAGE);
    if (mine !== turn) return;
    section.hidden = false;
    browse.hidden = true;
    status.textContent = words.found.replace("{n}", hits.length);
  } catch (error) {
    if (mine === turn) clear(words.failed);
    console.error(error);
  }
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
  form.elements.q.value = query.get("q") ?? "";
  for (const name of FILTERS) {
    const select = form.elements[name];
    if (!select) continue;
    const value = query.get(name) ?? "";
    select.value = [...select.options].some((option) => option.value === value) ? value : "";
  }
}

let timer = 0;
function soon() {
  clearTimeout(timer);
  timer = setTimeout(() => { note(false); run(); }, 250);
}
function now() {
  clearTimeout(timer);
  note(true);
  run();
}

form.addEventListener("compositionstart", () => { composing = true; clearTimeout(timer); });
form.addEventListener("compositionend", () => { composing = false; soon(); });
form.elements.q.addEventListener("input", () => { if (!composing) soon(); });
form.elements.q.addEventListener("focus", () => { load().catch(() => {}); }, { once: true });
form.addEventListener("change", (event) => { if (event.target.matches("select")) now(); });
form.addEventListener("submit", (event) => { event.preventDefault(); if (!composing) now(); });
more.addEventListener("click", async () => {
  const first = await show(turn, PAGE);
  first?.querySelector("a")?.focus();
});
document.querySelectorAll("[data-example]").forEach((link) => link.addEventListener("click", (event) => {
  event.preventDefault();
  form.elements.q.value = link.textContent;
  now();
  form.elements.q.focus();
}));
addEventListener("popstate", () => { read(); run(); });
read();
run();
