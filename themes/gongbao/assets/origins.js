// The margin of a document that says where its sentences come from. The program has put a comment before them; when
// a reader switches the margin on, each gets a word that leads to the document in which it stood first. What was
// switched on is printed.

import { announce, element, recall, remember, say } from "./common.js";

const article = document.querySelector("article.document");
const button = article.querySelector("[data-origins-switch]");
const rows = new Map([...article.querySelectorAll("[data-origin]")].map((row) => [row.dataset.origin, row]));
const SIGNS = { n: "+", k: "=", f: "≈", e: "↗" };
const SAID = { k: "origins.said.kept", f: "origins.said.figures", e: "origins.said.elsewhere" };

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
  const name = link.textContent;
  // What a row says besides: another document's title, the day of publication.
  const rest = [...row.childNodes].filter((node) => node !== link && node.nodeName !== "B").map((node) => node.textContent).join("").trimEnd();
  return element("a", { class: "origin-tag", lang, href, "aria-label": say(SAID[o[0]], { name }) + rest }, sign + name);
}

/** The comments that tell of the words behind them. */
function signs() {
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_COMMENT);
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found.filter(({ data }) => data[0] in SIGNS);
}

/** The words behind a sign, up to the next one or to other markup, as one element. */
function stretch(sign) {
  const own = [];
  const goesOn = (node) => node && (node.nodeType === Node.TEXT_NODE || node.matches?.("data, mark.found"));
  for (let node = sign.nextSibling; goesOn(node); node = node.nextSibling) own.push(node);
  const mark = element("span", { "data-o": sign.data }, ...own);
  sign.replaceWith(mark);
  return mark;
}

function show(on) {
  if (on && !article.querySelector(".origin-tag")) {
    for (const sign of signs()) {
      const mark = stretch(sign);
      mark.after(tag(mark));
    }
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
