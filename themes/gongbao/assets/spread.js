// All places of a year on one scale, the chosen ones among them: whether a value is usual shows only beside all others.

import { announce, drawing, element, note, say } from "./common.js";
import { axisOf, mark, px } from "./chart.js";

/** Of fewer places there is no distribution. */
const FEWEST = 4;
const [LEFT, RIGHT, HEIGHT] = [16, 16, 96];
/** Where the marks of the chosen places stand, the stretch of all places, and the scale. */
const [MARKED, TOP, BOTTOM, SCALE] = [18, 32, 56, 76];

/** The value below which this share of the sorted values lies, between two of them in proportion. */
function quantile(values, share) {
  const at = (values.length - 1) * share;
  const low = Math.floor(at);
  return values[low] + (values[Math.min(low + 1, values.length - 1)] - values[low]) * (at - low);
}

/** The distribution below a chart. Its year stands in the address. */
export class Spread {
  constructor(figure, places) {
    this.figure = figure;
    this.places = places;
    const count = (year) => this.of(year).length;
    this.years = [...new Set(places.flatMap(({ points }) => points.map(({ year }) => year)))].filter((year) => count(year) >= FEWEST).sort((a, b) => b - a);
    if (this.years.length === 0) return;
    const asked = Number(new URL(location.href).searchParams.get("year"));
    this.year = this.years.includes(asked) ? asked : this.years[0];
    const select = element("select", { name: "year" }, ...this.years.map((year) => element("option", { selected: year === this.year }, String(year))));
    select.addEventListener("change", () => {
      this.year = Number(select.value);
      note({ year: this.year === this.years[0] ? null : select.value });
      this.draw(this.chosen, this.width);
      announce(this.words.textContent);
    });
    this.field = element("div", { class: "spread-field" });
    this.words = element("p", { class: "note spread-words" });
    this.box = element("section", { class: "spread-box", "aria-labelledby": "spread" },
      element("h3", { class: "label", id: "spread" }, say("script.spread")),
      element("label", { class: "spread-year" }, say("script.spread_year"), " ", select), this.field, this.words);
    figure.after(this.box);
  }

  /** The places that tell the year, from the least. */
  of(year) {
    const told = this.places.map(({ row, slug, name, points }) => ({ level: row.dataset.level, slug, name, point: points.find((point) => point.year === year) }));
    return told.filter(({ point }) => point).sort((a, b) => a.point.value - b.point.value);
  }

  /** Those that the chosen places can be held against: of their levels, if these are enough, for a province counts
      what its counties count as well. */
  peers(chosen) {
    const all = this.of(this.year);
    const levels = new Set(chosen.map(({ row }) => row.dataset.level));
    const peers = all.filter(({ level }) => levels.has(level));
    return peers.length >= FEWEST ? peers : all;
  }

  draw(chosen, width) {
    Object.assign(this, { chosen, width });
    if (!this.box) return;
    const all = this.peers(chosen);
    const values = all.map(({ point }) => point.value);
    const { layout, unit } = this.figure.dataset;
    const axis = axisOf(layout, values);
    const x = (value) => LEFT + ((width - LEFT - RIGHT) * (value - axis.low)) / (axis.high - axis.low);
    const told = this.told(all, values, unit);
    const marks = chosen.flatMap(({ slug }, i) => all.filter((one) => one.slug === slug).map(({ point }) => drawing("g", { class: `s${i + 1}` },
      drawing("path", { class: "own", d: `M${px(x(point.value))} ${MARKED}V${BOTTOM}` }), mark(point.bound ? "mark open" : "mark", i, [px(x(point.value)), MARKED - 6]))));
    const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => x(quantile(values, share)));
    const ticks = axis.ticks.map(([value, label]) => drawing("text", { class: "mark-value", x: px(x(value)), y: SCALE, "text-anchor": "middle" }, label));
    this.field.replaceChildren(drawing("svg", { class: "spread", role: "img", "aria-label": told, width: `${width / 16}rem`, height: `${HEIGHT / 16}rem`, viewBox: `0 0 ${width} ${HEIGHT}` },
      drawing("path", { class: "grid", d: `M${LEFT} ${BOTTOM + 4}H${px(width - RIGHT)}` }),
      drawing("rect", { class: "half", x: px(low), y: TOP, width: px(Math.max(high - low, 1)), height: BOTTOM - TOP }),
      drawing("path", { class: "each", d: values.map((value) => `M${px(x(value))} ${TOP}V${BOTTOM}`).join("") }),
      drawing("path", { class: "middle", d: `M${px(middle)} ${TOP - 4}V${BOTTOM + 4}` }),
      ...ticks, drawing("text", { class: "mark-unit", x: px(width - RIGHT), y: HEIGHT - 2, "text-anchor": "end" }, `${axis.counted}${unit}`), ...marks));
    this.words.textContent = told;
  }

  /** The same in words: how many, from where to where, the middle, and where the chosen ones stand. */
  told(all, values, unit) {
    const [first, last] = [all[0], all.at(-1)];
    const middle = Math.round(quantile(values, 0.5) * 100) / 100;
    const chosen = this.chosen.flatMap(({ slug, name }) => all.filter((one) => one.slug === slug).map(({ point }) =>
      say("script.spread_one", { place: name, value: point.text, at: values.filter((value) => value > point.value).length + 1 })));
    const isPart = all.length < this.of(this.year).length;
    return say(isPart ? "script.spread_peers" : "script.spread_all", { n: all.length, least: first.point.text, lowest: first.name, most: last.point.text, highest: last.name, middle: `${middle}${unit}` })
      + (chosen.length > 0 ? say("script.spread_chosen", { places: chosen.join(say("script.semicolon")) }) : "");
  }
}
