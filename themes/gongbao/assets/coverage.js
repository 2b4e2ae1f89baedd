// The table of coverage can be narrowed to a year, a level, a judgement and what lies under a place, sorted, and
// taken away as it is shown. The choice stands in the address, so that it can be passed on, and on paper.
// Without this the table shows everything.

import { announce, element, listed, save, say } from "./common.js";

const address = new URL(location.href);

/** The judgements from the best to the worst, by which a column of a year is sorted. */
const RANKS = ["on-time", "on-the-day", "late", "no-deadline", "date-unknown", "withdrawn", "not-yet-due", "unjudged", "missing"];
const LATE = RANKS.indexOf("late");

const nameOf = (row) => row.cells[0].textContent.trim();
const mark = (cell) => cell.querySelector(".mark");
const standing = (cell) => RANKS.find((name) => mark(cell)?.classList.contains(name)) ?? "";

/** The rows over `row` in the hierarchy, the nearest first. */
function over(row, rows) {
  const above = [];
  let depth = Number(row.dataset.depth);
  for (let at = rows.indexOf(row) - 1; at >= 0 && depth > 0; at -= 1) {
    if (Number(rows[at].dataset.depth) >= depth) continue;
    above.push(rows[at]);
    depth = Number(rows[at].dataset.depth);
  }
  return above;
}

/** Gives every judged cell a value to be sorted by: how bad it is, and how many days late. */
function value(rows, years) {
  for (const row of rows) {
    for (const [at] of years) {
      const cell = row.cells[at];
      const rank = RANKS.indexOf(standing(cell));
      if (rank < 0) continue;
      const days = rank === LATE ? Number(mark(cell).textContent.match(/\d+/u)?.[0] ?? 0) : 0;
      cell.dataset.value = rank * 100_000 + days;
    }
    const held = row.querySelector(".of-years")?.textContent.match(/\d+/u);
    if (held) row.querySelector(".of-years").dataset.value = held[0];
  }
}

/** What the shown rows say: a record a place and year. */
function records(rows, years) {
  const shown = rows.filter((row) => !row.hidden && !row.matches(".aside, .group"));
  return shown.flatMap((row) => years.map(([at, year]) => {
    const cell = row.cells[at];
    const link = cell.querySelector("a");
    return {
      place: nameOf(row),
      level: row.dataset.level,
      year: Number(year),
      standing: standing(cell) || "not-expected",
      says: mark(cell)?.textContent.trim() ?? "",
      published: link?.firstChild.nodeType === Node.TEXT_NODE ? link.firstChild.textContent.trim() : "",
      address: link?.href ?? "",
    };
  }));
}

/** RFC 4180, with the mark by which spreadsheets know UTF-8; no text begins a formula. */
function csv(rows) {
  const cell = (value) => `"${String(value).replace(/^[=+\-@']/u, "'$&").replaceAll('"', '""')}"`;
  const lines = [Object.keys(rows[0] ?? { place: 0 }), ...rows.map(Object.values)];
  return `\uFEFF${lines.map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** What was chosen of any table, for those who read it on paper. */
function tell() {
  const chosen = [...document.querySelectorAll("[data-filter]")].filter(({ value: text }) => text)
    .map(({ selectedOptions }) => selectedOptions[0].text);
  const line = document.querySelector(".printed");
  if (line) line.dataset.chosen = listed([...new Set(chosen)]);
}

function narrow(box, table) {
  const selects = [...box.querySelectorAll("[data-filter]")];
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  const years = [...table.tHead.rows[0].cells].map((head, at) => [at, head.textContent.trim()]).filter(([, text]) => /^\d{4}$/u.test(text));
  const lineages = new Map(rows.map((row) => [row, over(row, rows)]));
  value(rows, years);

  const parents = box.querySelector("[data-parents]");
  const tops = rows.filter((row) => [...lineages.values()].some((above) => above.includes(row)));
  parents.hidden = tops.length < 2;
  parents.querySelector("select").append(...tops.map((row) => element("option", {}, nameOf(row))));

  const wish = () => Object.fromEntries(selects.map((select) => [select.dataset.filter, select.value]));
  const apply = () => {
    const { level, standing: wanted, year, parent } = wish();
    const all = !level && !wanted && !parent;
    const columns = years.filter(([, each]) => !year || each === year);
    for (const row of table.rows) {
      for (const [at, each] of years) row.cells[at].hidden = Boolean(year) && each !== year;
    }
    const stands = (row) => columns.some(([at]) => mark(row.cells[at])?.classList.contains(wanted));
    const below = (row) => nameOf(row) === parent || lineages.get(row).some((above) => nameOf(above) === parent);
    const fits = (row) => !row.classList.contains("group") && (!level || row.dataset.level === level)
      && (!wanted || stands(row)) && (!parent || below(row));
    const found = new Set(all ? rows : rows.filter(fits));
    const context = new Set([...found].flatMap((row) => lineages.get(row)).filter((row) => !found.has(row)));
    for (const row of rows) {
      row.hidden = !found.has(row) && !context.has(row);
      row.classList.toggle("aside", context.has(row));
    }
    return all ? rows.filter((row) => !row.classList.contains("group")).length : found.size;
  };
  const keep = () => {
    for (const { dataset, value: text } of selects) {
      if (text) address.searchParams.set(dataset.filter, text);
      else address.searchParams.delete(dataset.filter);
    }
    history.replaceState(null, "", address);
  };
  for (const select of selects) {
    const asked = address.searchParams.get(select.dataset.filter);
    if ([...select.options].some((option) => option.value === asked)) select.value = asked;
    select.addEventListener("change", () => {
      const count = apply();
      tell();
      announce(count ? say("coverage.shown", { n: count }) : say("coverage.none_shown"));
      keep();
    });
  }
  const taken = () => records(rows, years.filter(([, each]) => !wish().year || each === wish().year));
  box.querySelector("[data-take=csv]").addEventListener("click", () => save(csv(taken()), "coverage.csv", "text/csv;charset=utf-8"));
  box.querySelector("[data-take=json]").addEventListener("click", () => save(`${JSON.stringify(taken(), null, 2)}\n`, "coverage.json", "application/json"));
  box.querySelector("[data-paper]").addEventListener("click", () => print());
  // A page that comes back from the history may hold an older choice.
  addEventListener("pageshow", apply);
  apply();
  tell();
}

for (const box of document.querySelectorAll("[data-filters]")) {
  const table = box.closest("section").querySelector("table");
  if (table) narrow(box, table);
}
