// The chart of an indicator in the page of another site. It stands there as the program drew it; of other places, which
// the address names, the figures are fetched from the indicator's own page.

import { MOST, WIDTH, chart, places } from "./chart.js";
import { follow, stops } from "./points.js";

const figure = document.querySelector("figure.chart");
const field = figure?.querySelector(".chart-field");
const asked = new URL(location.href).searchParams;

/** The places of the indicator's page, or of a part of it. */
async function told() {
  const part = asked.get("part");
  const answer = await fetch(/^[a-z][a-z0-9-]*$/u.test(part ?? "") ? `../${part}/` : "../");
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return places(page.getElementById("places"));
}

function show(all) {
  const wanted = asked.get("places")?.split(",").slice(0, MOST);
  const chosen = all.filter(({ row, slug }) => (wanted ? wanted.includes(slug) : "drawn" in row.dataset));
  if (chosen.length === 0) return;
  const draw = () => {
    const { svg, title, notes } = chart(chosen, Math.min(WIDTH, Math.max(240, field.clientWidth)), figure.dataset);
    field.replaceChildren(svg);
    field.setAttribute("aria-label", title);
    const caption = figure.querySelector("figcaption");
    if (caption) caption.textContent = notes.join(" ");
    stops(field);
  };
  draw();
  let width = field.clientWidth;
  new ResizeObserver(() => {
    if (field.clientWidth === width) return;
    width = field.clientWidth;
    draw();
  }).observe(field);
}

document.documentElement.classList.remove("no-js");
if (figure) {
  stops(field);
  follow(field);
  for (const link of document.querySelectorAll("a[data-page]")) link.search = asked.has("places") ? `?places=${asked.get("places").split(",").map(encodeURIComponent).join(",")}` : "";
  // Where the page cannot be asked, in a frame without an origin, the chart stays as it is.
  if (asked.has("places") || field.clientWidth < WIDTH) told().then(show).catch(() => {});
}
