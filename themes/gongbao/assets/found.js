// A document that search led to: the phrase that was found is marked, and the marks can be put
// away.

const LONGEST = 200;
const MOST = 300;

/** The text of a document as its nodes, without what stands beside the text. */
function nodes(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, {
    acceptNode: (node) => (node.parentElement.closest(".permalink, .footnote-reference, .footnote-back, .footnote-definition-label, script")
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
    const around = document.createElement("mark");
    around.className = "found";
    range.surroundContents(around);
    return around;
  }).reverse();
}

/** Every run of characters below `root` that is the phrase, as marks. */
function all(root, phrase) {
  const wanted = phrase.replace(/\s/g, "");
  if (!root || !wanted || wanted.length > LONGEST) return [];
  const { text, places } = letters(nodes(root));
  const runs = [];
  for (let at = text.indexOf(wanted); at >= 0 && runs.length < MOST; at = text.indexOf(wanted, at + wanted.length)) {
    const run = places.slice(at, at + wanted.length);
    const block = (place) => place[0].parentElement.closest(BLOCKS);
    const digits = /\d/.test(wanted[0]) && /\d/.test(text[at - 1] ?? "")
      || /\d/.test(wanted.at(-1)) && /\d/.test(text[at + wanted.length] ?? "");
    if (!digits && block(run[0]) === block(run.at(-1))) runs.push(run);
  }
  return runs.reverse().map(mark).reverse();
}

function begin() {
  const query = new URLSearchParams(location.search);
  const phrase = query.get("mark");
  if (!phrase) return;
  // A number or an issuer may stand in the particulars alone.
  const places = [".reading", "article.document"].map((name) => document.querySelector(name));
  const runs = places.reduce((found, root) => (found.length ? found : all(root, phrase)), []);
  if (!runs.length) return;
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const follows = (node) => target
    && (target.contains(node) || target.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
  const first = runs.find(([node]) => follows(node)) ?? runs[0];
  const words = document.querySelector("script[data-away]").dataset;
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = words.style;
  document.head.append(style);
  const away = document.createElement("button");
  away.type = "button";
  away.className = "found-away";
  away.textContent = words.away;
  away.addEventListener("click", () => {
    for (const node of document.querySelectorAll("mark.found")) {
      const parent = node.parentNode;
      node.replaceWith(...node.childNodes);
      parent.normalize();
    }
    away.remove();
    query.delete("mark");
    history.replaceState(null, "", location.pathname + (query.size ? `?${query}` : "") + location.hash);
    document.getElementById("content").focus({ preventScroll: true });
  });
  document.getElementById("content").prepend(away);
  const lead = () => first[0].scrollIntoView({ block: "center" });
  lead();
  // The browser goes to the section once all has loaded, which may be after this.
  if (document.readyState !== "complete") addEventListener("load", () => setTimeout(lead), { once: true });
  const live = document.getElementById("announce");
  if (live) live.textContent = words.marked.replace("{n}", runs.length);
}

begin();
