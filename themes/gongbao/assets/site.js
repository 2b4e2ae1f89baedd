// Every page: the reading modes, "/" for search, the words of a search that stay in the browser.
// A document: the signs of sections, the outline that follows the reader, printing.

import { element, remember, say } from "./common.js";

const root = document.documentElement;

/** Colours by the names that the root element has for them, with their names for readers. */
const THEMES = { "": "modes.auto", light: "modes.light", dark: "modes.dark", contrast: "modes.contrast" };

function modes() {
  const reader = document.querySelector("[data-mode=reader]");
  const theme = document.querySelector("[data-mode=theme]");
  theme?.append(...Object.entries(THEMES).map(([value, name]) => element("option", { value }, say(name))));
  const show = () => {
    reader?.setAttribute("aria-pressed", String(root.hasAttribute("data-reader")));
    if (theme) theme.value = root.getAttribute("data-theme") ?? "";
  };
  reader?.addEventListener("click", () => {
    const on = root.toggleAttribute("data-reader");
    remember("reader", on ? "1" : "");
    show();
  });
  theme?.addEventListener("change", () => {
    if (theme.value) root.setAttribute("data-theme", theme.value);
    else root.removeAttribute("data-theme");
    remember("theme", theme.value);
  });
  // A page that comes back from the history may hold an older choice.
  addEventListener("pageshow", show);
  show();
}

function shortcut() {
  const box = document.querySelector("input[data-search]");
  if (!box) return;
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, select, textarea, [contenteditable]")) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}

/** What is searched for goes behind #, so that no server is sent it. */
function search() {
  const form = document.querySelector("form[role=search][action]");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    const q = form.querySelector("input[data-search]").value.trim();
    location.assign(form.getAttribute("action") + (q ? `#${new URLSearchParams({ q })}` : ""));
  });
}

/** Titles break between words, where the browser knows Chinese words. */
function titles() {
  if (!globalThis.Intl?.Segmenter) return;
  for (const title of document.querySelectorAll("h1, .wrapper-title")) {
    if (title.childElementCount) continue;
    const words = [...new Intl.Segmenter("zh", { granularity: "word" }).segment(title.textContent)];
    title.replaceChildren(...words.flatMap(({ segment }, i) => {
      const joined = i === 0 || /^[\p{P}\s年月日]/u.test(segment) || /[《〈“‘(〔（]$/u.test(words[i - 1].segment);
      return joined ? [segment] : [element("wbr"), segment];
    }));
    title.classList.add("words");
  }
}

/** The last column of a table of years that says something; without one, the last. */
function lastFilled(table, years) {
  const says = (row, year) => row.cells[year.cellIndex]?.querySelector("a, .mark:not(.not-expected)");
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  return years.findLast((year) => rows.some((row) => says(row, year))) ?? years.at(-1);
}

/** Where a table of years is wider than the page the last years with something in them are in view:
    whole columns, none half below the names. */
function showLast(table, box) {
  const [names, ...years] = table.tHead.rows[0].cells;
  box.style.paddingInlineEnd = "";
  const isLeftwards = getComputedStyle(box).direction === "rtl";
  const whole = table.getBoundingClientRect();
  const begin = (cell) => {
    const own = cell.getBoundingClientRect();
    return Math.round(isLeftwards ? whole.right - own.right : own.left - whole.left);
  };
  const beyond = table.offsetWidth - box.clientWidth;
  const last = lastFilled(table, years);
  if (beyond <= 0 || !last) return;
  const least = Math.min(beyond, begin(last) + last.offsetWidth - box.clientWidth);
  const start = years.map((year) => begin(year) - names.offsetWidth).find((left) => left >= least);
  if (start === undefined) return;
  box.style.paddingInlineEnd = `${Math.max(start - beyond, 0)}px`;
  box.scrollLeft = isLeftwards ? -start : start;
}

/** Tables that are wider than the page open at their last years, until the reader moves them, and show at
    which edge there is more. */
function tables() {
  for (const box of document.querySelectorAll(".table")) {
    const table = box.querySelector(".series:not(.changes), .standings");
    let own = 0;
    const edges = () => {
      // Less than nothing where lines begin at the right.
      const passed = Math.abs(box.scrollLeft);
      box.classList.toggle("more-before", passed > 1);
      box.classList.toggle("more-behind", passed + box.clientWidth < box.scrollWidth - 1);
    };
    const fit = () => {
      if (table && box.scrollLeft === own) {
        showLast(table, box);
        own = box.scrollLeft;
      }
      edges();
    };
    box.addEventListener("scroll", edges, { passive: true });
    new ResizeObserver(fit).observe(box);
    fit();
  }
}

/** A section has its address behind its head, where it can be copied. It stands in what it is the address of, whose
    words need not be said again; and it is no part of the text: the sign is drawn. */
function sections() {
  for (const head of document.querySelectorAll(".prose:not(.comparison .prose) > :is(h2, h3, h4, h5, p)[id]")) {
    head.append(element("a", { class: "permalink", href: `#${encodeURIComponent(head.id)}`, "aria-label": "§" }));
  }
}

/** The outline marks the section that is being read, and opens its branch. */
function outline() {
  const nav = document.querySelector("nav.outline");
  if (!nav) return;
  const here = document.querySelector(".runner-here");
  const stops = [...nav.querySelectorAll("a[href^='#']")]
    .map((link) => ({ link, target: document.getElementById(decodeURIComponent(link.hash.slice(1))) }))
    .filter((stop) => stop.target);
  const named = () => stops.find((stop) => stop.link.hash === location.hash);
  if (!stops.length) return;
  let current = null;

  const mark = (stop) => {
    if (stop === current) return;
    current?.link.removeAttribute("aria-current");
    nav.querySelectorAll("li.open").forEach((item) => item.classList.remove("open"));
    current = stop;
    if (here) here.textContent = stop ? stop.link.textContent : "";
    if (!stop) return;
    stop.link.setAttribute("aria-current", "location");
    for (let item = stop.link.closest("li"); item; item = item.parentElement.closest("li")) item.classList.add("open");
    keepInSight(stop.link);
  };
  const keepInSight = (link) => {
    if (nav.scrollHeight <= nav.clientHeight) return;
    const top = link.getBoundingClientRect().top - nav.getBoundingClientRect().top;
    if (top < 40 || top > nav.clientHeight - 60) nav.scrollTop += top - nav.clientHeight / 3;
  };
  const follow = () => {
    const line = innerHeight * 0.28;
    let low = 0;
    let high = stops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (stops[middle].target.getBoundingClientRect().top <= line) low = middle + 1;
      else high = middle;
    }
    // After a jump the section that was asked for counts, as long as its heading is in
    // sight, though a short one leaves the next above the line.
    const asked = named();
    const top = asked ? asked.target.getBoundingClientRect().top : -1;
    const end = root.scrollHeight - innerHeight - scrollY < 2;
    mark(top >= 0 && top <= (end ? innerHeight : line) ? asked : stops[low - 1] ?? null);
  };

  let waiting = false;
  const ask = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; follow(); });
  };
  addEventListener("scroll", ask, { passive: true });
  addEventListener("resize", ask, { passive: true });
  addEventListener("hashchange", ask);
  nav.addEventListener("click", (event) => {
    if (event.target.closest("a") && nav.matches(":popover-open")) nav.hidePopover();
  });
  follow();
}

/** On paper a page says where and when it was printed, on every sheet; what is folded is open. */
function paper() {
  const line = document.querySelector(".printed");
  const date = line?.querySelector("[data-printed]");
  if (!date) return;
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets.push(sheet);
  let folded = [];
  addEventListener("beforeprint", () => {
    date.textContent = say("print.date", { date: new Date().toLocaleDateString(root.lang) });
    folded = [...document.querySelectorAll("details:not([open])")];
    for (const details of folded) details.open = true;
    // A report is printed as its standard says, with nothing above the text.
    if (document.body.classList.contains("page-document")) return;
    const words = [line.textContent.trim(), line.dataset.chosen].filter(Boolean).join("　");
    sheet.replaceSync(`@page { @top-center { content: ${JSON.stringify(words)}; font: 8pt sans-serif; } }`);
  });
  addEventListener("afterprint", () => { for (const details of folded) details.open = false; });
}

modes();
paper();
shortcut();
search();
titles();
tables();
sections();
outline();
document.querySelector("[data-print]")?.addEventListener("click", () => print());

/** A letter about an error names the section that the reader is at. */
function reports() {
  for (const link of document.querySelectorAll('a[data-report][href^="mailto:"]')) {
    link.addEventListener("click", () => {
      const read = [...document.querySelectorAll("#text :is(h2, h3, h4, h5)[id]")].findLast((head) => head.getBoundingClientRect().top < innerHeight / 2);
      const place = new URL(document.querySelector("link[rel=canonical]")?.href ?? location.href);
      place.hash = read?.id ?? location.hash;
      const letter = new URL(link.href);
      const subject = new URLSearchParams(letter.search).get("subject");
      link.href = `mailto:${letter.pathname}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(`${place.href}\n\n`)}`;
    });
  }
}

reports();
