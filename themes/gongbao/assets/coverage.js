// The table of coverage can be narrowed to a level and to a judgement. The choice stands in
// the address, so that it can be passed on. Without this the table shows everything.

import { announce, listed, say } from "./common.js";

const address = new URL(location.href);

/** The rows over `row` in the hierarchy, the nearest first. */
function over(row) {
  const rows = [];
  let depth = Number(row.dataset.depth);
  for (let above = row.previousElementSibling; above && depth > 0; above = above.previousElementSibling) {
    if (Number(above.dataset.depth) >= depth) continue;
    rows.push(above);
    depth = Number(above.dataset.depth);
  }
  return rows;
}

function narrow(box, table) {
  const selects = [...box.querySelectorAll("[data-filter]")];
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  const apply = () => {
    const wish = Object.fromEntries(selects.map((select) => [select.dataset.filter, select.value]));
    const all = !wish.level && !wish.standing;
    const fits = (row) => (!wish.level || row.dataset.level === wish.level)
      && (wish.standing ? row.querySelector(`.${wish.standing}`) : !row.classList.contains("group"));
    const found = new Set(all ? rows : rows.filter(fits));
    const context = new Set([...found].flatMap(over).filter((row) => !found.has(row)));
    for (const row of rows) {
      row.hidden = !found.has(row) && !context.has(row);
      row.classList.toggle("aside", context.has(row));
    }
    return all ? rows.filter((row) => !row.classList.contains("group")).length : found.size;
  };
  /** What was chosen, for those who read it on paper. */
  const tell = () => {
    const chosen = selects.filter(({ value }) => value).map(({ selectedOptions }) => selectedOptions[0].text);
    const line = document.querySelector(".printed");
    if (line) line.dataset.chosen = listed(chosen);
  };
  const keep = () => {
    for (const { dataset, value } of selects) {
      if (value) address.searchParams.set(dataset.filter, value);
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
  // A page that comes back from the history may hold an older choice.
  addEventListener("pageshow", apply);
  apply();
  tell();
}

for (const box of document.querySelectorAll("[data-filters]")) {
  const table = box.closest("section").querySelector("table");
  if (table) narrow(box, table);
}
