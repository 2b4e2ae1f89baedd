// The page as it will be, in a frame in which no script runs. While somebody types, what is in the
// page changes and the page itself stays, with the reader where they are.

import { element, pick } from "./words.js";

/** The page beside the form; `pictures` holds by name those that are not saved yet. */
export function paper(pictures = {}) {
  const frame = element("iframe", { title: pick("页面将是这样", "The page as it will be"), tabIndex: 0 });
  frame.sandbox = "allow-same-origin";
  const note = element("p", { className: "note", hidden: true });
  const box = element("section", { className: "paper", "aria-label": pick("页面", "The page") }, note, frame);
  let styles = "";

  /** Links of the page lead away from the desk, so they do nothing here but within the page. */
  function hold(inside) {
    inside.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href]");
      if (link && !link.getAttribute("href").startsWith("#")) event.preventDefault();
    });
    inside.addEventListener("submit", (event) => event.preventDefault());
  }

  function show(page) {
    note.hidden = page !== null;
    note.textContent = pick("现在的文字还不成一页；下面是最近一次能显示的样子。", "The text makes no page yet; this is how it looked last.");
    if (page === null) return;
    const next = new DOMParser().parseFromString(page, "text/html");
    // None would run in this frame, and a browser complains of each.
    next.querySelectorAll('script, link[rel="modulepreload"]').forEach((script) => script.remove());
    for (const image of next.querySelectorAll("main img")) {
      const last = image.getAttribute("src")?.split("/").at(-1);
      const name = Object.keys(pictures).find((name) => [name, encodeURIComponent(name)].includes(last));
      if (name) image.src = pictures[name];
    }
    const needs = [...next.querySelectorAll('link[rel="stylesheet"]')].map((link) => link.getAttribute("href")).join(" ");
    const inside = frame.contentDocument;
    if (needs !== styles || !inside.body) {
      styles = needs;
      inside.open();
      inside.write(`<!DOCTYPE html>\n${next.documentElement.outerHTML}`);
      inside.close();
      hold(inside);
      return;
    }
    if (next.body.innerHTML === inside.body.innerHTML) return;
    const { scrollTop } = inside.documentElement;
    inside.body.replaceWith(inside.adoptNode(next.body));
    inside.documentElement.scrollTop = scrollTop;
  }

  /** Goes to the words, as far as the page has them, and marks their block for a moment. */
  function point(words) {
    const plain = (text) => text.replace(/\s+/g, "");
    const blocks = [...frame.contentDocument.querySelectorAll("main :is(p, li, td, th, h2, h3, h4)")];
    const found = blocks.find((block) => plain(block.textContent).includes(plain(words)));
    found?.scrollIntoView({ block: "center" });
  }

  return { box, show, point };
}
