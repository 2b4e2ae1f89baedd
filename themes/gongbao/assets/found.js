// A document that search led to: the phrases that were found are marked, and the marks can be
// put away. They come in the address, behind # and after the section, where no server sees them;
// the address is then the section's own, and the history keeps the phrases.

import { announce, element, say } from "./common.js";

/** So many places of a phrase are marked. */
const MOST = 300;

/** The text of a document as its nodes, without what stands beside the text. */
function nodes(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node.parentElement.closest("mark.found, .permalink, .footnote-reference, .footnote-back, .footnote-definition-label, rt, rp, script")
      ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  });
  const found = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  return found;
}

/** All characters of some nodes that are no space, with where each stands. */
function letters(list) {
  const text = [];
  const places = [];
  for (const node of list) {
    for (let at = 0; at < node.data.length; at += 1) {
      if (/\s/.test(node.data[at])) continue;
      text.push(node.data[at]);
      places.push([node, at]);
    }
  }
  return { text: text.join(""), places };
}

const BLOCKS = "p, h1, h2, h3, h4, h5, h6, li, td, th, dt, dd, caption, figcaption, blockquote";
/** Blocks from one of which a phrase may run into the next. */
const RUNNING = "p, li, blockquote";

/** Puts marks around a run of characters, one for each node it passes through. */
function mark(places) {
  const marks = [];
  for (let at = 0; at < places.length;) {
    const [node, from] = places[at];
    let end = at;
    while (end + 1 < places.length && places[end + 1][0] === node) end += 1;
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, places[end][1] + 1);
    marks.push(range);
    at = end + 1;
  }
  // From the back, so that a node that is parted does not move what stands before.
  return marks.reverse().map((range) => {
    const around = element("mark", { class: "found" });
    range.surroundContents(around);
    return around;
  }).reverse();
}

/** Every run of characters below `root` that is the phrase, as marks. */
function all(root, phrase) {
  const wanted = phrase.replace(/\s/g, "");
  if (!root || !wanted) return [];
  const { text, places } = letters(nodes(root));
  const found = [];
  for (let at = text.indexOf(wanted); at >= 0 && found.length < MOST; at = text.indexOf(wanted, at + wanted.length)) {
    const run = places.slice(at, at + wanted.length);
    const blocks = [run[0], run.at(-1)].map(([node]) => node.parentElement.closest(BLOCKS));
    const runs = blocks[0] === blocks[1] || blocks.every((block) => block?.matches(RUNNING));
    const digits = /\d/.test(wanted[0]) && /\d/.test(text[at - 1] ?? "")
      || /\d/.test(wanted.at(-1)) && /\d/.test(text[at + wanted.length] ?? "");
    if (!digits && runs) found.push(run);
  }
  return found.reverse().map(mark).reverse();
}

/** The phrases that an address asks for, and the section before them. */
function said(hash) {
  const at = hash.search(/(^|&)mark=/);
  if (at < 0) return { section: hash, phrases: [] };
  return { section: hash.slice(0, at), phrases: new URLSearchParams(hash.slice(at)).getAll("mark") };
}

/** Takes the phrases out of the address, so that the section is the one that is led to. */
function arrive() {
  const { section, phrases } = said(location.hash.slice(1));
  const query = new URLSearchParams(location.search);
  phrases.push(...query.getAll("mark"));
  if (!phrases.length) return null;
  query.delete("mark");
  history.replaceState(null, "", location.pathname + (query.size ? `?${query}` : ""));
  // A browser knows the section as its target only if it goes there.
  if (section) location.replace(`#${section}`);
  keep(phrases);
  return phrases;
}

function keep(phrases) {
  history.replaceState({ ...history.state, marks: phrases }, "");
}

const STYLE = new URL("./found.css", import.meta.url).href;
const content = document.getElementById("content");
/** The phrases that are marked. */
let marked = [];

/** Marks the phrases where they stand; the marks of each place. A number or an issuer may stand
    in the particulars alone. */
function find(phrases) {
  for (const root of [".reading", "article.document"].map((name) => document.querySelector(name))) {
    const runs = phrases.flatMap((phrase) => all(root, phrase));
    if (runs.length) return runs;
  }
  return [];
}

function dress() {
  if (![...document.styleSheets].some(({ href }) => href === STYLE)) document.head.append(element("link", { rel: "stylesheet", href: STYLE }));
}

function away() {
  for (const node of document.querySelectorAll("mark.found")) {
    const parent = node.parentNode;
    node.replaceWith(...node.childNodes);
    parent.normalize();
  }
  document.querySelector(".found-away")?.remove();
  marked = [];
}

/** Offers to put the marks away. */
function offer() {
  const button = element("button", { type: "button", class: "found-away" }, say("search.away"));
  button.addEventListener("click", () => {
    away();
    keep(undefined);
    content.focus({ preventScroll: true });
  });
  content.prepend(button);
}

/** Leads to the first mark at or after the section. */
function lead(runs) {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const follows = (node) => target
    && (target.contains(node) || target.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
  const after = runs.map(([node]) => node).filter(follows);
  const earlier = (one, node) => (one.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING ? node : one);
  const first = after.length ? after.reduce(earlier) : runs[0][0];
  // The section comes first; only if its mark is not in sight there, the mark does.
  const go = () => {
    target?.scrollIntoView({ behavior: "instant" });
    const { top, bottom } = first.getBoundingClientRect();
    const seen = target && top >= 0 && bottom < innerHeight * 0.9;
    if (!seen) first.scrollIntoView({ block: "center", behavior: "instant" });
  };
  go();
  // The browser goes to the section once all has loaded, which may be after this.
  if (document.readyState !== "complete") addEventListener("load", () => setTimeout(go), { once: true });
}

/** Marks what the address asks for, or, after a reload or on the way back, what it asked for;
    the browser then knows itself where the reader was. */
function begin() {
  const asked = arrive();
  const phrases = asked ?? history.state?.marks ?? [];
  const runs = find(phrases);
  if (!runs.length) return;
  marked = phrases;
  dress();
  offer();
  if (asked) lead(runs);
  announce(say("search.marked", { n: runs.length }));
}

addEventListener("hashchange", () => {
  if (said(location.hash.slice(1)).phrases.length) {
    away();
    begin();
  } else if (marked.length) {
    keep(marked);
  }
});
begin();
