// A chart to take away: as SVG and PNG, which say what they show, where it is from and of which day they are; on the
// clipboard, as a picture or as a table; and as a frame for the pages of others.

import { announce, copy, drawing, element, save, say } from "./common.js";
import { WIDTH, chart } from "./chart.js";

const MARGIN = 24;
/** Twice as many points as a screen has: for print and for screens that are dense. */
const DENSITY = 2;

// ---- The picture -----------------------------------------------------------------------

/** What a drawing program must know of the look of a shape. */
const LOOK = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "font-family", "font-size", "font-weight", "text-anchor"];

/** What the reader sees as attributes, so that it looks so without style sheets; of links, their whole addresses. */
function still(shown) {
  const copy = shown.cloneNode(true);
  const shapes = "path, text, rect, circle";
  const looks = [...shown.querySelectorAll(shapes)].map((shape) => getComputedStyle(shape));
  for (const [at, shape] of [...copy.querySelectorAll(shapes)].entries()) {
    for (const name of LOOK) {
      const value = looks[at].getPropertyValue(name);
      if (value && value !== "none" || name === "fill") shape.setAttribute(name, value);
    }
  }
  for (const reach of copy.querySelectorAll(".reach")) reach.remove();
  for (const link of copy.querySelectorAll("a")) link.setAttribute("href", new URL(link.getAttribute("href"), location.href).href);
  for (const node of [copy, ...copy.querySelectorAll("*")]) {
    for (const name of ["class", "tabindex", "aria-hidden", "aria-label", "aria-labelledby", "role"]) node.removeAttribute(name);
  }
  return copy;
}

/** The same on paper's colours, whatever the reader has chosen for the screen. */
function inLight(act) {
  const root = document.documentElement;
  const theme = root.getAttribute("data-theme");
  root.setAttribute("data-theme", "light");
  try {
    return act();
  } finally {
    if (theme === null) root.removeAttribute("data-theme");
    else root.setAttribute("data-theme", theme);
  }
}

/** A text in lines that are no wider than `most` letters; addresses break anywhere. */
function lines(text, most) {
  const all = [""];
  let used = 0;
  for (const piece of text.match(/[!-~]{1,24}|\s|[^]/gu) ?? []) {
    const wide = [...piece].reduce((sum, c) => sum + (c <= "\x7f" ? 0.56 : 1), 0);
    if (used + wide > most) {
      all.push("");
      used = 0;
    }
    all[all.length - 1] += piece;
    used += wide;
  }
  return all.map((line) => line.trim()).filter(Boolean);
}

/** A chart as a picture of its own: its title above, below it what one has to know, its source, its address and the day. */
export function picture(series, about, source) {
  const { svg, title, notes, height } = chart(series, WIDTH, about);
  // Styles hold where the chart stands.
  const place = element("div", { class: "chart", hidden: true }, svg);
  document.body.append(place);
  let font;
  const plain = inLight(() => {
    font = getComputedStyle(svg.querySelector("text")).fontFamily;
    return still(svg);
  });
  place.remove();
  let y = MARGIN;
  const said = (words, size, attributes) => lines(words, WIDTH / size).map((line) => {
    y += size * 1.5;
    return drawing("text", { x: MARGIN, y, "font-family": font, "font-size": size, fill: "#1c1a17", ...attributes }, line);
  });
  const above = said(title, 18, { "font-weight": 700 });
  y += 12;
  const from = y;
  y += height + 8;
  const below = [...notes, `${say("script.source", { source })}　${location.href}　${new Date().toLocaleDateString("sv")}`].flatMap((words) => said(words, 12));
  const [width, high] = [WIDTH + 2 * MARGIN, Math.ceil(y + MARGIN)];
  for (const [name, value] of Object.entries({ x: MARGIN, y: from, width: WIDTH, height })) plain.setAttribute(name, value);
  const whole = drawing("svg", { width, height: high, viewBox: `0 0 ${width} ${high}`, role: "img" },
    drawing("title", {}, title), drawing("rect", { width, height: high, fill: "#fff" }), ...above, plain, ...below);
  const text = new XMLSerializer().serializeToString(whole);
  return { text: `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`, width, height: high };
}

/** The picture in points. It is drawn from an address of data, which the policy of pages lets be a picture. */
async function raster({ text, width, height }) {
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = element("canvas", { width: width * DENSITY, height: height * DENSITY });
  canvas.getContext("2d").drawImage(image, 0, 0, width * DENSITY, height * DENSITY);
  return new Promise((done, failed) => { canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png"); });
}

// ---- The table -------------------------------------------------------------------------

/** The rows that are shown, in their order: names and figures as they are told. */
function cells(table) {
  const rows = [...table.tHead.rows, ...[...table.tBodies[0].rows].filter((row) => !row.hidden)];
  const said = (cell) => (cell.querySelector(".gap") ? "" : (cell.querySelector("a") ?? cell).textContent.trim());
  return rows.map((row) => [...row.cells].filter((cell) => !cell.matches(".trend")).map(said));
}

/** The table as spreadsheets take it. */
function pasted(table) {
  const rows = cells(table);
  const line = (row) => element("tr", {}, ...row.map((cell) => element("td", {}, cell)));
  return {
    "text/plain": rows.map((row) => row.join("\t")).join("\n"),
    "text/html": new XMLSerializer().serializeToString(element("table", {}, ...rows.map(line))),
  };
}

async function put(parts) {
  try {
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(Object.entries(parts).map(([type, part]) =>
      [type, part instanceof Promise ? part : new Blob([part], { type })])))]);
    announce(say("script.taken"));
  } catch {
    announce(say("script.untaken"));
  }
}

// ---- What a reader is offered ----------------------------------------------------------

/** The tools below a chart. `chosen` gives the places that it shows. */
export class Tools {
  constructor(figure, table, chosen) {
    Object.assign(this, { figure, table, chosen });
    const button = (key, act) => {
      const node = element("button", { type: "button", class: "text-button", "data-take": key }, say(`script.take.${key}`));
      node.addEventListener("click", act);
      return node;
    };
    this.code = element("textarea", { readonly: true, rows: 3, id: "embed-code" });
    this.box = element("details", { class: "embed" }, element("summary", {}, say("script.embed")),
      element("label", { for: "embed-code" }, say("script.embed_code")), this.code,
      element("p", { class: "note" }, say("script.embed_note")),
      button("code", () => copy(this.code.value, "script.taken", "script.untaken")));
    this.row = element("div", { class: "take", role: "group", "aria-label": say("script.take") },
      button("svg", () => save(this.picture().text, `${this.name}.svg`, "image/svg+xml")),
      button("png", () => this.png().then((blob) => save(blob, `${this.name}.png`, "image/png")).catch(() => announce(say("script.untaken")))),
      button("picture", () => put({ "image/png": this.png() })),
      button("table", () => put(pasted(table))),
      button("address", () => copy(`${location.href.replace(/#.*/u, "")}#course`, "script.copied", "script.uncopied")));
    figure.append(this.row, ...(figure.dataset.embed ? [this.box] : []));
  }

  /** What files are called: as the indicator is in addresses. */
  get name() { return /\/indicators\/([^/]+)\//u.exec(location.pathname)?.[1] ?? "chart"; }

  picture() { return picture(this.chosen(), this.figure.dataset, document.querySelector(".nameplate").textContent); }

  async png() { return raster(this.picture()); }

  /** The picture is one of what is shown, and the frame shows the same. */
  renew() {
    const isEmpty = this.chosen().length === 0;
    for (const button of this.row.querySelectorAll("[data-take]:not([data-take=table], [data-take=address])")) button.disabled = isEmpty;
    const { embed, part } = this.figure.dataset;
    if (!embed) return;
    const address = new URL(embed);
    const places = new URL(location.href).searchParams.get("places");
    if (places) address.searchParams.set("places", places);
    if (part) address.searchParams.set("part", part);
    const title = this.figure.querySelector(".chart-field").getAttribute("aria-label");
    const said = Object.entries({ src: address.href.replaceAll("%2C", ","), title, width: "100%", height: "460", loading: "lazy" })
      .map(([name, value]) => ` ${name}="${value.replaceAll("&", "&amp;").replaceAll('"', "&quot;")}"`);
    this.code.value = `<iframe${said.join("")}></iframe>`;
  }
}
