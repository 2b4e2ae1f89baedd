// The points of a chart: a reader goes from one to the next by pointer or by arrow keys, and the value stands beside
// the point.

import { drawing, say } from "./common.js";

const number = (link) => link.getAttribute("class");
const place = (link) => link.querySelector("g").getAttribute("transform").match(/-?[\d.]+/gu).map(Number);
const [WIDE, HIGH, AWAY] = [13, 24, 14];

/** About how wide a text is. */
const wide = (text) => [...text].reduce((sum, c) => sum + (c <= "\x7f" ? 0.6 : 1), 0) * WIDE;

/** The words beside a point: above it, or below where there is no room, and never beyond the picture. */
function tip(link, text) {
  const { width } = link.ownerSVGElement.viewBox.baseVal;
  const [x, y] = place(link);
  const needs = wide(text) + 16;
  const left = Math.max(0, Math.min(x - needs / 2, width - needs));
  const top = y - AWAY - HIGH < 0 ? y + AWAY : y - AWAY - HIGH;
  return drawing("g", { class: "tip", transform: `translate(${left} ${top})` },
    drawing("rect", { width: needs, height: HIGH }),
    drawing("text", { x: needs / 2, y: 17, "text-anchor": "middle" }, text));
}

/** Shows what a point says, until another one is asked. */
class Said {
  /** The pointer can go to the words and stay there (WCAG 2.2, 1.4.13). */
  show(link) {
    if (link === this.link) return;
    this.hide();
    if (!link) return;
    this.link = link;
    // What the browser would show on its own, later and elsewhere.
    this.title = link.querySelector("title");
    this.title?.remove();
    this.tip = tip(link, link.getAttribute("aria-label"));
    link.parentNode.append(this.tip);
  }

  hide() {
    if (this.title) this.link.prepend(this.title);
    this.tip?.remove();
    Object.assign(this, { link: null, tip: null, title: null });
  }
}

/** The points are one stop of the keyboard. */
export function stops(field) {
  const group = field.querySelector(".points");
  const links = [...group.querySelectorAll("a")];
  group.removeAttribute("aria-hidden");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", say("chart.points"));
  for (const link of links) link.setAttribute("aria-label", link.querySelector("title").textContent);
  links[0]?.setAttribute("tabindex", "0");
}

/** The point of the line before or after, whichever is nearest in time. */
function across(links, link, way) {
  const lines = [...new Set(links.map(number))];
  const next = lines[lines.indexOf(number(link)) + way];
  const those = links.filter((each) => number(each) === next);
  const far = (each) => Math.abs(place(each)[0] - place(link)[0]);
  return those.sort((a, b) => far(a) - far(b))[0];
}

/** Arrows lead from point to point. The field listens: an SVG group that did would become a
    stop of its own. */
export function follow(field) {
  const said = new Said();
  field.addEventListener("keydown", (event) => {
    const link = event.target.closest(".points a");
    if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
    const links = [...field.querySelectorAll(".points a")];
    const at = links.indexOf(link);
    const to = {
      ArrowRight: () => links[at + 1],
      ArrowLeft: () => links[at - 1],
      ArrowDown: () => across(links, link, 1),
      ArrowUp: () => across(links, link, -1),
      Home: () => links[0],
      End: () => links.at(-1),
    }[event.key];
    if (!to) return;
    event.preventDefault();
    const next = to();
    if (!next) return;
    for (const each of links) each.setAttribute("tabindex", each === next ? "0" : "-1");
    next.focus();
  });
  // A pointer that passes does not take away what the point with the focus says.
  const focused = () => (field.contains(document.activeElement) ? document.activeElement.closest(".points a") : null);
  const shown = (event) => {
    if (!event.target.closest(".tip")) said.show(event.target.closest(".points a") ?? focused());
  };
  for (const name of ["focusin", "pointerover"]) field.addEventListener(name, shown);
  field.addEventListener("focusout", () => said.hide());
  field.addEventListener("pointerleave", () => said.show(focused()));
  // Who dismisses what a pointer shows need not have been at the chart by keyboard.
  addEventListener("keydown", (event) => { if (event.key === "Escape") said.hide(); });
}
