// The margin of a document that says where its sentences come from. The program has marked them; when a reader
// switches the margin on, each gets a word that leads to the document in which it stood first. What was
// switched on is printed.

import { announce, element, recall, remember, say } from "./common.js";

const article = document.querySelector("article.document");
const button = article.querySelector("[data-origins-switch]");
const rows = new Map([...article.querySelectorAll("[data-origin]")].map((row) => [row.dataset.origin, row]));
const SIGNS = { n: "+", k: "=", f: "≈", e: "↗" };

/** A browser that finds words in a page goes to them; any other goes to its beginning. */
const fragment = (words) => `#:~:text=${encodeURIComponent(words).replaceAll("-", "%2D")}`;

/** The beginning of a sentence without what places it among others. */
function beginning(text) {
  const words = text.trim().replace(/^(?:[（(]?[一二三四五六七八九十\d]+[)）、.．是]\s*)+/u, "");
  return words.split(/[，。；、：,;:\s]/u)[0].slice(0, 24);
}

function tag(mark) {
  const { o } = mark.dataset;
  const row = rows.get(o);
  const sign = SIGNS[o[0]];
  const lang = document.documentElement.lang;
  if (!row) {
    const said = say(o[0] === "n" ? "origins.new" : "origins.elsewhere");
    return element("span", { class: "origin-tag", lang }, element("span", { "aria-hidden": "true" }, sign), element("span", { class: "hidden" }, said));
  }
  const link = row.querySelector("a");
  const isExact = o[0] !== "f" && !link.hash;
  const href = link.getAttribute("href") + (isExact ? fragment(beginning(mark.textContent)) : "");
  return element("a", { class: "origin-tag", lang, href, "aria-label": row.querySelector(".said").textContent }, `${sign}${row.dataset.tag}`);
}

function show(on) {
  if (on && !article.querySelector(".origin-tag")) {
    for (const mark of article.querySelectorAll("[data-o]")) mark.after(tag(mark));
  }
  article.toggleAttribute("data-origins", on);
  button.setAttribute("aria-pressed", String(on));
}

button?.addEventListener("click", () => {
  const on = !article.hasAttribute("data-origins");
  show(on);
  remember("origins", on ? "1" : "");
  announce(say(on ? "origins.shown" : "origins.hidden"));
});
if (button) show(recall("origins") === "1");
