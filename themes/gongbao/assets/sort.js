// Tables that a reader can sort by a column. A table says so by `data-sortable`, a column by
// `data-order`: the order that a reader wants first, `ascending`, `descending`, or `rows`, which
// is the order that the table came in. The order of a table with an id stands in the address: `?sort=2020`, and
// `?sort=2020&order=ascending` where that is not the one a reader wants first. Cells without `data-value` are gaps, last in any order.

import { announce, element, note, say } from "./common.js";

/** The rows by the values of a column; equal ones stay as they came. */
function sorted(rows, column, order) {
  const sign = order === "descending" ? -1 : 1;
  const value = (row) => {
    const { value: text } = row.cells[column].dataset;
    return text === undefined ? null : Number(text);
  };
  const entries = rows.map((row, place) => ({ row, place, value: value(row) }));
  entries.sort((a, b) => {
    if ((a.value === null) !== (b.value === null)) return a.value === null ? 1 : -1;
    return (a.value === b.value ? 0 : sign * (a.value - b.value)) || a.place - b.place;
  });
  return entries.map(({ row }) => row);
}

function prepare(table) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const ways = new Map();
  const heads = [...table.tHead.rows[0].cells].filter((head) => head.dataset.order);
  for (const head of heads) {
    const name = head.textContent.trim();
    const own = head.dataset.order;
    const title = say("sort.by", { column: name });
    const button = element("button", { type: "button", class: "sort", title, "aria-label": title });
    // The head of a column is its name alone: a reader who goes from cell to cell hears no button.
    head.setAttribute("aria-label", name);
    head.append(button);
    const start = own === "rows" ? "ascending" : own;
    const other = start === "ascending" ? "descending" : "ascending";
    const arrange = (order) => {
      for (const each of heads) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", order);
      if (own === "rows") body.replaceChildren(...(order === "ascending" ? rows : rows.toReversed()));
      else body.replaceChildren(...sorted(rows, head.cellIndex, order));
    };
    ways.set(name, (order) => arrange(["ascending", "descending"].includes(order) ? order : start));
    button.addEventListener("click", () => {
      const order = head.getAttribute("aria-sort") === start ? other : start;
      arrange(order);
      const isFirst = own === "rows" && order === "ascending";
      if (table.id) note({ sort: isFirst ? null : name, order: order === start ? null : order });
      const said = own === "rows" ? { ascending: "sort.first", descending: "sort.last" }[order] : `sort.${order}`;
      announce(say(said, { column: name }));
    });
  }
  // It came in the order of its rows.
  heads.find((head) => head.dataset.order === "rows")?.setAttribute("aria-sort", "ascending");
  const asked = new URL(location.href).searchParams;
  const [wanted, order] = [asked.get("sort"), asked.get("order")];
  // Scripts that read the table find it in the order in which it came.
  if (table.id && ways.has(wanted)) addEventListener("DOMContentLoaded", () => ways.get(wanted)(order));
}

document.querySelectorAll("table[data-sortable]").forEach(prepare);
