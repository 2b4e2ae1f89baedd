// The chart of an indicator, drawn from the figures of a table by the rules of the program's own picture
// (src/pages/chart.rs), so that both look alike to the pixel; where the page is narrow, names stand below instead of
// beside the lines.

import { drawing, say } from "./common.js";

/** How many lines can be told apart in one picture. */
export const MOST = 8;

// ---- The scale -------------------------------------------------------------------------

const STEPS = 5;
/** From here on large numbers are counted by words. */
const LARGE = 4;

function times({ digit, power }, count) {
  let ten = 1;
  for (let i = 0; i < Math.abs(power); i += 1) ten *= 10;
  return power < 0 ? (count * digit) / ten : count * digit * ten;
}

/** The smallest of 1, 2 or 5 of a power of ten that is not below `least`. */
function stepAbove(least, whole) {
  for (let power = whole ? 0 : -6; power <= 30; power += 1) {
    for (const digit of [1, 2, 5]) {
      if (times({ digit, power }, 1) >= least) return { digit, power };
    }
  }
  return { digit: 5, power: 30 };
}

function downTo(step, value) {
  let count = 0;
  while (times(step, count) > value) count -= 1;
  while (times(step, count + 1) <= value) count += 1;
  return count;
}

function upTo(step, value) {
  const below = downTo(step, value);
  return below + (times(step, below) < value ? 1 : 0);
}

function tickLabel(step, count, shift) {
  const number = count * step.digit;
  const power = step.power - shift;
  const sign = number < 0 ? "-" : "";
  const digits = String(Math.abs(number));
  const places = Math.abs(power);
  if (number === 0) return "0";
  if (power >= 0) return sign + digits + "0".repeat(places);
  const padded = digits.padStart(places + 1, "0");
  const part = padded.slice(-places).replace(/0+$/, "");
  return sign + padded.slice(0, -places) + (part ? `.${part}` : "");
}

function ticks(step, first, last, shift) {
  return Array.from({ length: last - first + 1 }, (_, i) => [times(step, first + i), tickLabel(step, first + i, shift)]);
}

/** By which words large numbers are counted, each with its power of ten, the largest first. */
function scales() {
  const told = say("chart.scales").split("|").map((scale) => scale.split("="));
  return told.map(([power, word]) => [Number(power), word]).filter(([power]) => power > 0).reverse();
}

function amounts(least, most, whole) {
  const top = least === most ? 1 : most;
  const step = stepAbove((top - least) / STEPS, whole);
  const [first, last] = [downTo(step, least), upTo(step, top)];
  const [low, high] = [times(step, first), times(step, last)];
  const [shift, counted] = scales().find(([power]) => Math.max(Math.abs(low), high) >= 10 ** Math.max(power, LARGE)) ?? [0, ""];
  return { low, high, reversed: false, ticks: ticks(step, first, last, shift), counted };
}

function shares(least, most) {
  const part = Math.min(Math.max(2 * (most - least), 20), 100);
  const start = Math.min(Math.max((least + most - part) / 2, 0), 100 - part);
  const step = part <= 30 ? { digit: 5, power: 0 } : { digit: part <= 60 ? 1 : 2, power: 1 };
  const [first, last] = [downTo(step, start), upTo(step, start + part)];
  return { low: times(step, first), high: times(step, last), reversed: false, ticks: ticks(step, first, last, 0), counted: "" };
}

function ranks(least, most) {
  const [low, high] = [Math.min(least, 1), Math.max(most, 5)];
  const step = stepAbove((high - low) / STEPS, true);
  const last = upTo(step, high);
  const marks = ticks(step, 1, last, 0).filter(([value]) => value > 1);
  return { low, high: times(step, last), reversed: true, ticks: [[1, "1"], ...marks], counted: "" };
}

export function axisOf(layout, values) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  if (layout === "rank") return ranks(least, most);
  if (layout === "share" && least >= 0 && most <= 100) return shares(least, most);
  return amounts(Math.min(least, 0), Math.max(most, 0), values.every(Number.isInteger));
}

// ---- The picture -----------------------------------------------------------------------

const HEIGHT = 320;
const [LEFT, TOP, BOTTOM, INSET] = [56, 44, 288, 16];
export const WIDTH = 760;
const MARKS = [
  "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
  "M-4-4H4V4H-4z",
  "M0-5.5L5 3.5H-5z",
  "M0-5.5L5.5 0L0 5.5L-5.5 0z",
  "M0 5.5L-5-3.5H5z",
  "M-2-5.5H2V-2H5.5V2H2V5.5H-2V2H-5.5V-2H-2z",
  "M-6-2.5H6V2.5H-6z",
  "M-2.5-6H2.5V6H-2.5z",
];

export const px = (value) => String(Math.round(value * 10) / 10 + 0);
const letters = (text) => [...text].reduce((sum, c) => sum + (c <= "\x7f" ? 0.56 : 1), 0);

function shortened(name) {
  if (letters(name) <= 11) return name;
  let short = "";
  for (const c of name) {
    if (letters(short) + 2 > 11) break;
    short += c;
  }
  return `${short}…`;
}

/** The heights of names whose lines end at `wanted`: in that order, none upon another. */
function apart(wanted) {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b]);
  const heights = [...wanted];
  let above = -Infinity;
  for (const at of order) {
    heights[at] = Math.max(heights[at], above + 18);
    above = heights[at];
  }
  let below = BOTTOM + 18;
  for (const at of order.toReversed()) {
    heights[at] = Math.min(heights[at], below - 18);
    below = heights[at];
  }
  return heights;
}

function strokes(points, at) {
  const paths = ["", ""];
  const pens = [null, null];
  for (let i = 1; i < points.length; i += 1) {
    const [from, to] = [points[i - 1], points[i]];
    if (to.year !== from.year + 1) continue;
    const which = from.bound || to.bound ? 1 : 0;
    const step = (letter, point) => `${letter}${at(point).map(px).join(" ")}`;
    if (pens[which] !== from.year) paths[which] += step("M", from);
    paths[which] += step("L", to);
    pens[which] = to.year;
  }
  return paths;
}

const path = (kind, d) => Boolean(d) && drawing("path", { class: kind, d });
export const mark = (kind, at, [x, y] = []) => drawing("path", { class: kind, transform: x !== undefined && `translate(${x} ${y})`, d: MARKS[at] });
const text = (attributes, content) => drawing("text", attributes, content);

function whisker(bound, reversed) {
  if (bound === "about") return "M0-6V-13M-4-13H4M0 6V13M-4 13H4";
  return (bound === "more") !== reversed ? "M0-6V-20M-4-15L0-20L4-15" : "M0 6V20M-4 15L0 20L4 15";
}

/** Where years and values stand in a picture so wide. */
class Field {
  /** `about` is what the chart is of: its `name`, its `unit`, and its `layout`. */
  constructor(series, width, about) {
    const points = series.flatMap((one) => one.points);
    const years = points.map((point) => point.year);
    const longest = Math.max(0, ...series.map((one) => letters(shortened(one.name))));
    Object.assign(this, { series, width, about });
    this.beside = width >= WIDTH;
    [this.from, this.to] = [Math.min(...years), Math.max(...years)];
    this.axis = axisOf(about.layout, points.flatMap((point) => point.ends));
    this.right = this.beside ? width - 44 - 13 * longest : width - 8;
    this.isGap = series.some((one) => one.points.some((point, i) => i > 0 && point.year > one.points[i - 1].year + 1));
    this.isBound = points.some((point) => point.bound);
  }

  y(value) {
    const { low, high, reversed } = this.axis;
    const up = (value - low) / (high - low);
    return BOTTOM - (BOTTOM - TOP) * (reversed ? 1 - up : up);
  }

  x(year) {
    const [start, end] = [LEFT + INSET, this.right - INSET];
    return this.from === this.to ? (start + end) / 2 : start + ((end - start) * (year - this.from)) / (this.to - this.from);
  }

  /** Where a point stands. */
  at(point) {
    return [this.x(point.year), this.y(point.value)];
  }

  /** The years that are named: as many as there is room for, the last among them. */
  named() {
    let every = 1;
    while ((this.to - this.from) * 40 > (this.right - LEFT - 2 * INSET) * every) every += 1;
    const all = Array.from({ length: this.to - this.from + 1 }, (_, at) => this.from + at);
    return all.filter((year) => (this.to - year) % every === 0);
  }

  /** From one end of a range to the other. */
  bar(point) {
    const [low, high] = point.ends.map((end) => px(this.y(end) - this.y(point.value)));
    return `M-4 ${low}H4M0 ${low}V${high}M-4 ${high}H4`;
  }
}

/** What one has to know to read the chart. */
function notes({ axis, about, isGap, isBound }) {
  return [
    about.layout === "rank" && say("chart.rank"),
    !axis.reversed && axis.low > 0 && say("chart.part", { low: px(axis.low), high: px(axis.high) }),
    isGap && say("chart.gaps"),
    isBound && say("chart.bounds"),
  ].filter(Boolean);
}

/** What the chart is called, and what it shows, for those who do not see it. */
function described(field) {
  const { series, axis, from, to, about: { name } } = field;
  const title = say("chart.title", { name, years: from === to ? from : `${from}${say("chart.until")}${to}` });
  const about = say("chart.about", { count: series.length, places: series.map((one) => one.name).join(say("comma")) });
  const zero = axis.low === 0 && !axis.reversed ? say("chart.from_zero") : "";
  return { title, description: about + zero + notes(field).join("") + say("chart.table") };
}

/** The scale: values, lines across, the unit, years. */
function scale(field) {
  const { axis, right, about: { layout, unit } } = field;
  const across = axis.ticks.map(([value]) => `M56 ${px(field.y(value))}H${px(right)}`).join("");
  const heading = layout === "rank" ? say("chart.rank_heading") : `${axis.counted}${unit}`;
  return [
    ...axis.ticks.map(([value, label]) => text({ class: "mark-value", x: 46, y: px(field.y(value) + 4.5), "text-anchor": "end" }, label)),
    path("grid", across),
    text({ class: "mark-unit", x: 4, y: 16 }, heading),
    ...field.named().map((year) => text({ class: "mark-year", x: px(field.x(year)), y: 312, "text-anchor": "middle" }, year)),
  ];
}

/** The lines of a place, through what is exact and to what is a bound. */
function course(field, one, i) {
  const [line, loose] = strokes(one.points, (point) => field.at(point));
  return drawing("g", { class: `s${i + 1}` }, path("line", line), path("loose", loose));
}

/** A point as a link to the words that it comes from. */
function link(field, one, i, point) {
  const [x, y] = field.at(point).map(px);
  const shape = point.bound
    ? [path("whisker", point.bound === "range" ? field.bar(point) : whisker(point.bound, field.axis.reversed)), mark("mark open", i)]
    : [mark("mark", i)];
  return drawing("a", { class: `s${i + 1}`, href: point.href, tabindex: "-1" },
    drawing("title", {}, say("chart.point", { place: one.name, year: point.year, value: point.text })),
    drawing("g", { transform: `translate(${x} ${y})` }, drawing("circle", { class: "reach", r: 10 }), ...shape));
}

/** The names beside the ends of the lines. */
function besideLines(field) {
  const { series, right, to } = field;
  const ends = series.map((one) => field.at(one.points.at(-1)));
  const heights = apart(ends.map(([, y]) => y));
  return series.map((one, i) => {
    const [x, y] = ends[i];
    const start = right + 20;
    // Across the field a lead would pass for values.
    const runs = one.points.at(-1).year === to;
    return drawing("g", { class: `s${i + 1}` },
      path("lead", runs && `M${px(x + 8)} ${px(y)}L${px(right - 4)} ${px(heights[i])}H${px(start - 6)}`),
      mark("mark", i, [px(start + 6), px(heights[i])]),
      text({ class: "name", x: px(start + 18), y: px(heights[i] + 4.5) }, shortened(one.name)));
  });
}

/** The names in lines of their own below the years, and how high they stand. */
function belowLines({ series, width }) {
  let [left, row] = [8, 0];
  const names = series.map((one, i) => {
    const needs = 34 + 13 * letters(one.name);
    if (left > 8 && left + needs > width) [left, row] = [8, row + 1];
    const [x, y] = [left, HEIGHT + 14 + row * 22];
    left += needs;
    return drawing("g", { class: `s${i + 1}` }, mark("mark", i, [px(x + 6), y]), text({ class: "name", x: px(x + 18), y: y + 4.5 }, one.name));
  });
  return [names, (row + 1) * 22 + 8];
}

/** The chart of these places, `width` wide: its picture, what it is called and what one has to know to read it. */
export function chart(series, width, about) {
  const field = new Field(series, width, about);
  const { title, description } = described(field);
  const [labels, below] = field.beside ? [besideLines(field), 0] : belowLines(field);
  const height = HEIGHT + below;
  const picture = drawing("svg", { role: "img", "aria-labelledby": "chart-title chart-desc" },
    drawing("title", { id: "chart-title" }, title), drawing("desc", { id: "chart-desc" }, description),
    ...scale(field), ...series.map((one, i) => course(field, one, i)), ...labels);
  const points = drawing("g", { class: "points", "aria-hidden": "true" },
    ...series.flatMap((one, i) => one.points.map((point) => link(field, one, i, point))));
  const svg = drawing("svg", { class: "lines", width: `${width / 16}rem`, height: `${height / 16}rem`, viewBox: `0 0 ${width} ${height}` }, picture, points);
  return { svg, title, notes: notes(field), height };
}

// ---- The figures -----------------------------------------------------------------------

/** The points of a row of a table of years, oldest first. */
function points(row, heads) {
  return [...row.cells].filter((cell) => cell.dataset.value !== undefined).map((cell) => ({
    year: parseInt(heads[cell.cellIndex].textContent, 10),
    // Of a range, the middle.
    value: Number(cell.dataset.value) + (Number(cell.dataset.to ?? cell.dataset.value) - Number(cell.dataset.value)) / 2,
    ends: [Number(cell.dataset.value), Number(cell.dataset.to ?? cell.dataset.value)],
    bound: cell.dataset.bound,
    text: cell.textContent,
    href: cell.querySelector("a")?.getAttribute("href") ?? "",
  }));
}

/** The places of the table of an indicator, in its order, each with its points. */
export function places(table) {
  const heads = table.tHead.rows[0].cells;
  return [...table.tBodies[0].rows].map((row) => ({ row, slug: row.dataset.place, name: row.cells[0].querySelector("a").textContent, points: points(row, heads) }));
}
