// What the scripts of pages share. A page loads it once, however many of its scripts import it.

import words from "./words.js";

let timer = 0;

/** Tells readers who do not see the page; what was said is not left lying about. */
export function announce(text) {
  const live = document.getElementById("announce");
  if (!live) return;
  live.textContent = text;
  clearTimeout(timer);
  timer = setTimeout(() => { live.textContent = ""; }, 4000);
}

/** Where storage is closed to us, a choice lasts as long as the page. */
const here = new Map();
const key = (name) => `gongbao.${name}`;

/** Keeps a choice of the reader's on this device; without a value it is forgotten. */
export function remember(name, value) {
  try {
    if (value) localStorage.setItem(key(name), value);
    else localStorage.removeItem(key(name));
    here.delete(name);
  } catch {
    here.set(name, value);
  }
}

/** What the reader chose, or `null`. */
export function recall(name) {
  try {
    return here.get(name) ?? localStorage.getItem(key(name));
  } catch {
    return here.get(name) ?? null;
  }
}

/** Gives a node its attributes and what stands in it. Of either, nothing is made of `undefined`,
    `false` and `null`. */
function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value !== undefined && value !== false && value !== null) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== undefined && child !== false && child !== null));
  return node;
}

/** An element with its attributes and what stands in it. */
export const element = (name, attributes, ...children) => filled(document.createElement(name), attributes, children);

/** The same for pictures. */
export const drawing = (name, attributes, ...children) => filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);

/** The form that a count takes in a language. */
function form(count, language) {
  const [known] = Intl.PluralRules.supportedLocalesOf(language);
  const rules = known && new Intl.PluralRules(known);
  if (rules && rules.resolvedOptions().pluralCategories.length > 1) return rules.select(count);
  return count === 1 ? "one" : "other";
}

/** The forms of a hole by their names: two without names are `one` and `other`; nothing where they are no forms. */
function forms(told) {
  const all = told.split("|");
  const named = new Map(all.map((one) => one.split(/=(.*)/su, 2)));
  if (all.every((one) => one.includes("="))) return named.has("other") ? named : null;
  return all.length === 2 ? new Map([["one", all[0]], ["other", all[1]]]) : null;
}

/** `text` with its holes filled, as the program fills them in templates (src/interface/filled.rs): `{n}` by a value,
    `{n|place|places}` by the form that the value takes; those without a value stay. */
export function fill(text, values = {}, language = document.documentElement.lang) {
  return text.replace(/\{(\w+)(?:\|([^{}]*))?\}/gu, (hole, name, told) => {
    const value = values[name];
    if (value === undefined) return hole;
    if (told === undefined) return value;
    const known = forms(told);
    return known ? known.get(form(Number(value), language)) ?? known.get("other") : hole;
  });
}

/** Writes choices into the address, where they can be shared; a choice of nothing does not stand there. */
export function note(choices) {
  const url = new URL(location.href);
  for (const [key, value] of Object.entries(choices)) {
    if (value === null || value === undefined || value === false) url.searchParams.delete(key);
    else url.searchParams.set(key, value);
  }
  // A comma in an address is read by people, too.
  const href = url.href.replaceAll("%2C", ",");
  if (href !== location.href) history.replaceState(history.state, "", href);
}

/** Gives the reader a file that was made in the page. */
export function save(words, name, type) {
  const href = URL.createObjectURL(new Blob([words], { type }));
  element("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

/** Puts a text where the reader can paste it, and says whether that was done. */
export async function copy(words, done, failed) {
  try {
    await navigator.clipboard.writeText(words);
    announce(say(done));
  } catch {
    announce(say(failed));
  }
}

/** A text of the interface, with its holes filled. */
export function say(key, values) {
  return fill(words[key] ?? key, values);
}

/** Several things named in one sentence. */
export const listed = (names) => new Intl.ListFormat(document.documentElement.lang, { type: "conjunction" }).format(names);
