// The search page: what was searched for before, on this device alone and only while the reader
// wants it kept. Nothing is stored otherwise, and all of it goes when that is taken back. No answer waits for it.

import { announce, element, recall, remember, say } from "./common.js";

const MOST = 8;
const form = document.getElementById("search");
const input = form.elements.q;
const wanted = form.querySelector("[data-remember]");
const section = form.querySelector(".recent");
const list = section.querySelector("ul");

/** What was searched for, the last first; nothing where it is not to be kept. */
function kept() {
  try {
    const said = JSON.parse(recall("searches"));
    return Array.isArray(said) ? said.filter((q) => typeof q === "string").slice(0, MOST) : null;
  } catch {
    return null;
  }
}

function keep(searches) {
  remember("searches", searches && JSON.stringify(searches));
  show();
}

/** Notes a search that was meant: it was sent, or one of its results was opened. */
export function note() {
  const q = input.value.trim();
  const before = kept();
  if (q && before) keep([q, ...before.filter((one) => one !== q)].slice(0, MOST));
}

function forget(q, at) {
  keep((kept() ?? []).filter((one) => one !== q));
  announce(say("search.forgotten", { q }));
  const rest = list.querySelectorAll("button");
  (rest[Math.min(at, rest.length - 1)] ?? input).focus();
}

function entry(q, at) {
  const button = element("button", { type: "button", "aria-label": say("search.forget", { q }) }, "×");
  button.addEventListener("click", () => forget(q, at));
  return element("li", {}, element("a", { href: `#${new URLSearchParams({ q })}` }, q), button);
}

/** Does what the box says. */
const obey = () => keep(wanted.checked ? [] : null);

/** Shows what is kept, as long as nothing is typed. */
function show() {
  const searches = kept();
  wanted.checked = Boolean(searches);
  list.replaceChildren(...(searches ?? []).map(entry));
  section.hidden = !searches?.length || input.value !== "";
}

wanted.addEventListener("change", obey);
section.querySelector("[data-forget-all]").addEventListener("click", () => { keep([]); input.focus(); });
document.querySelector(".results").addEventListener("click", (event) => { if (event.target.closest("a")) note(); });
input.addEventListener("input", show);
addEventListener("hashchange", show);
// Another page may have changed it, and a page that comes back from the history may be old.
addEventListener("storage", show);
addEventListener("pageshow", show);
// The box says what is kept before this is here; where it says something else by now, the reader has used it.
if (wanted.checked === Boolean(kept())) show();
else obey();
