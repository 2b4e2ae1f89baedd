// A place is picked by its name, its pinyin or its code, as W3C's authoring practices have it for an editable
// combobox with a list. The list of places is read when somebody first goes there. Where a page says nothing else, what is
// picked is gone to; without this there are the lists by province.

import { element, say } from "./common.js";

/** So many places are offered at a time. */
const MOST = 8;
let reading = null;

const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/[\s\p{P}]/gu, "");

/** All places, each with what may be typed for it; none where the list cannot be read. */
function places(address) {
  reading ??= fetch(address).then((response) => {
    if (!response.ok) throw new Error(String(response.status));
    return response.json();
  }).then((all) => all.map((place) => ({ ...place, plain: [place.name, place.slug, ...place.typed].map(plain) })));
  reading.catch(() => { reading = null; });
  return reading;
}

/** How well a place fits a part of what is typed, the better the less. */
function fit({ plain: names }, part) {
  if (names.includes(part)) return 0;
  if (names.some((name) => name.startsWith(part))) return 1;
  return names.some((name) => /[^a-z0-9]/.test(name) && name.includes(part)) ? 2 : Infinity;
}

/** The places that fit what is typed, best first. */
export function fitting(all, typed) {
  const parts = typed.split(/\s+/u).map(plain).filter(Boolean);
  if (!parts.length) return [];
  const ranked = all.map((place, at) => ({ place, at, rank: parts.reduce((sum, part) => sum + fit(place, part), 0) }));
  return ranked.filter(({ rank }) => rank < Infinity).sort((a, b) => a.rank - b.rank || a.at - b.at).slice(0, MOST).map(({ place }) => place);
}

/** The row of a table that is about a place, if it is shown. */
function row(href) {
  const links = [...document.querySelectorAll("main th[scope=row] a")].filter((link) => link.pathname === href && !link.closest("[hidden]"));
  return links[0] ?? null;
}

/** Goes where a page leads with a place: to its row, or to its own page. */
function lead({ goal, home }, { slug }) {
  const href = new URL(`${slug}/`, new URL(home, location.href)).pathname;
  const found = goal === "row" ? row(href) : null;
  if (!found) return location.assign(href + ({ compare: "compare/", indicators: "#indicators" }[goal] ?? ""));
  for (const other of document.querySelectorAll("tr.sought")) other.classList.remove("sought");
  found.closest("tr").classList.add("sought");
  found.scrollIntoView({ block: "center" });
  return found.focus({ preventScroll: true });
}

/** The box, which nothing can be typed in without this, and what it says to those who do not see the page. */
function furnished(box) {
  const id = "place-pick";
  const name = say("places.pick");
  const list = element("ul", { role: "listbox", id: `${id}-list`, "aria-label": name, hidden: true });
  const input = element("input", { type: "text", id, role: "combobox", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, placeholder: say("places.placeholder") });
  const said = element("span", { class: "hidden", role: "status" });
  box.append(element("label", { for: id }, name), element("div", { class: "place-pick-box" }, input, list), said);
  return { input, list, said };
}

function offer(box) {
  const { input, list, said } = furnished(box);
  const address = `${box.dataset.home}places.json`;
  let shown = [];
  let at = -1;
  let turn = 0;

  const tell = (key, values) => { said.textContent = say(key, values); };
  const mark = (next) => {
    at = next;
    [...list.children].forEach((option, n) => option.setAttribute("aria-selected", String(n === at)));
    if (at < 0) return input.removeAttribute("aria-activedescendant");
    list.children[at].scrollIntoView({ block: "nearest" });
    return input.setAttribute("aria-activedescendant", list.children[at].id);
  };
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const pick = (place) => {
    close();
    input.value = place.name;
    const isTaken = !box.dispatchEvent(new CustomEvent("pick", { detail: place, cancelable: true, bubbles: true }));
    if (!isTaken) lead(box.dataset, place);
  };
  const show = (found) => {
    shown = found;
    list.replaceChildren(...found.map((place, n) => {
      const option = element("li", { role: "option", id: `${list.id}-${n}`, "aria-selected": "false" }, element("span", {}, place.name), place.over && element("small", {}, place.over));
      option.addEventListener("pointerdown", (event) => event.preventDefault());
      option.addEventListener("click", () => pick(place));
      return option;
    }));
    at = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
  };
  const look = async () => {
    const mine = turn += 1;
    try {
      const all = await places(address);
      if (mine !== turn) return;
      const found = fitting(box.dataset.goal === "compare" ? all.filter(({ compared }) => compared) : all, input.value);
      show(found);
      if (input.value.trim()) tell(found.length ? "places.offered" : "places.none", { n: found.length });
    } catch {
      tell("places.failed");
    }
  };

  input.addEventListener("focus", () => places(address).catch(() => {}), { once: true });
  input.addEventListener("input", (event) => { if (!event.isComposing) look(); });
  input.addEventListener("compositionend", look);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", async (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (list.hidden) await look();
      // Beyond either end of the list is the box itself.
      if (shown.length) mark(((at + step + 1 + shown.length + 1) % (shown.length + 1)) - 1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (list.hidden) await look();
      if (shown.length) pick(shown[Math.max(at, 0)]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
}

if (typeof document !== "undefined") for (const box of document.querySelectorAll("[data-place-pick]")) offer(box);
