// One indicator: the reader chooses places in the table, and the chart shows them (chart.js). The choice stands in the
// address; the picture, the table and a frame for other pages can be taken away (take.js).

import { MOST, WIDTH, chart, places as read } from "./chart.js";
import { announce, element, note, say } from "./common.js";
import { follow, stops } from "./points.js";
import { Spread } from "./spread.js";
import { Tools } from "./take.js";

const table = document.getElementById("places");
const picker = document.querySelector(".picker");
const figure = document.querySelector("figure.chart");

/** The places of the table in the order in which it came; who sorts it changes no line. */
const places = read(table);
const rows = places.map(({ row }) => row);

/** The chart of these places in place of the one before. */
function draw(series, width) {
  const box = figure.querySelector(".chart-field");
  if (!series.length) {
    box.textContent = say("chart.none");
    return;
  }
  const { svg, title, notes } = chart(series, width, figure.dataset);
  box.replaceChildren(svg);
  box.setAttribute("aria-label", title);
  caption(notes);
  stops(box);
}

/** What one has to know to read the chart, below it. */
function caption(said) {
  const box = figure.querySelector("figcaption") ?? element("figcaption", { class: "note" });
  box.hidden = !said.length;
  box.textContent = said.join(" ");
  figure.querySelector(".readout").after(box);
}

// ---- The choice ------------------------------------------------------------------------

/** The addresses of the choice: `places`, `level` and `parent` stand in the address. */
const asked = new URL(location.href).searchParams;

function filter() {
  const selects = [...picker.querySelectorAll("select")];
  const show = () => {
    const fits = (row) => selects.every((select) => !select.value || row.dataset[select.name] === select.value);
    for (const row of rows) row.hidden = !fits(row);
    return rows.filter((row) => !row.hidden).length;
  };
  for (const select of selects) {
    const wanted = asked.get(select.name);
    if ([...select.options].some((option) => option.value === wanted)) select.value = wanted;
    select.addEventListener("change", () => {
      note({ [select.name]: select.value || null });
      announce(say("indicator.found", { n: show() }));
    });
  }
  show();
}

function choose() {
  const boxes = new Map();
  for (const { row, name } of places) {
    const box = element("input", { type: "checkbox", "aria-label": say("indicator.pick", { place: name }) });
    row.cells[0].prepend(element("label", { class: "pick" }, box));
    boxes.set(row, box);
  }
  const chosen = () => places.filter(({ row }) => boxes.get(row).checked);
  const choice = (which) => rows.forEach((row) => { boxes.get(row).checked = which(row); });
  const width = () => {
    const box = figure.querySelector(".chart-field");
    const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
    return Math.min(WIDTH, Math.max(240, Math.floor((box.clientWidth * 16) / size)));
  };
  const spread = new Spread(figure, places);
  const tools = new Tools(figure, table, chosen);
  let drawn = "";
  const redraw = () => {
    const those = chosen();
    const key = `${width()} ${those.map(({ slug }) => slug)}`;
    if (key === drawn) return;
    drawn = key;
    draw(those, width());
    spread.draw(those, width());
    tools.renew();
    picker.querySelector("[data-count]").textContent = say("indicator.picked", { n: those.length });
  };
  const changed = (isDefault) => {
    note({ places: isDefault ? null : chosen().map(({ slug }) => slug).join(",") });
    redraw();
    announce(say("indicator.picked", { n: chosen().length }));
  };
  table.addEventListener("change", (event) => {
    if (!event.target.matches(".pick input")) return;
    if (chosen().length > MOST) {
      event.target.checked = false;
      announce(say("indicator.limit"));
      return;
    }
    changed(false);
  });
  const byDefault = (row) => "drawn" in row.dataset;
  picker.querySelector("[data-clear]").addEventListener("click", () => {
    choice(() => false);
    changed(false);
  });
  picker.querySelector("[data-default]").addEventListener("click", () => {
    choice(byDefault);
    changed(true);
  });
  const wanted = asked.get("places")?.split(",").slice(0, MOST);
  choice(wanted ? (row) => wanted.includes(row.dataset.place) : byDefault);
  redraw();
  follow(figure.querySelector(".chart-field"));
  new ResizeObserver(redraw).observe(figure.querySelector(".chart-field"));
}

if (picker) filter();
if (picker && figure) choose();
