// Where a new document goes and what it is made from: place, year and kind are chosen, then a file is
// dropped or chosen, a text is pasted, or nothing is given and the page begins empty.

import { ask, button, element, pick } from "./words.js";

const OTHER = "+";
const ANNUAL = "annual-report";

/** A field with its label, and what is said of it. */
function field(id, name, control, about = "") {
  control.id = id;
  if (about) control.setAttribute("aria-describedby", `${id}-about`);
  return element("div", { className: "field" }, element("label", { for: id, textContent: name }), control, about ? element("p", { id: `${id}-about`, className: "about", textContent: about }) : null);
}

const options = (choices) => choices.map(({ name, called }) => element("option", { value: name, textContent: called }));
const input = (properties = {}) => element("input", { type: "text", autocomplete: "off", ...properties });

/** A file's bytes in base64. */
async function encoded(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

export function begin({ desk, head }, choices, open) {
  const places = choices.places.map(({ slug, name, depth }) => element("option", { value: slug, textContent: "\u3000".repeat(depth) + name }));
  const place = element("select", {}, ...places, element("option", { value: OTHER, textContent: pick("新建地方……", "A new place …") }));
  const year = input({ inputMode: "numeric", maxLength: 4, value: String(new Date().getFullYear() - 1) });
  const kind = element("select", {}, ...options(choices.kinds));
  kind.value = ANNUAL;
  const slug = input();
  const own = { name: input({ placeholder: "蓬江区" }), slug: input({ placeholder: "pengjiang" }), level: element("select", {}, ...options(choices.levels)), parent: element("select", {}, element("option", { value: "", textContent: pick("（没有）", "(none)") }), ...places.map((one) => one.cloneNode(true))) };
  own.level.value = choices.levels.at(Math.min(3, choices.levels.length - 1))?.name ?? "";

  const file = element("input", { type: "file", id: "file", accept: ".docx,.html,.htm,.txt,.md,.doc,.wps,.odt,.rtf,.pdf,.ofd" });
  const chosen = element("p", { className: "about", id: "file-about", role: "status" });
  const paste = element("textarea", { rows: 8, spellcheck: false });
  const told = element("p", { className: "wrong", role: "alert" });
  let given = null;
  let rich = null;

  const newPlace = element("fieldset", { hidden: true }, element("legend", { textContent: pick("新建的地方", "The new place") }),
    field("place-name", pick("名称", "Name"), own.name),
    field("place-slug", pick("网址里的名称", "Name in addresses"), own.slug, pick("小写字母开头，只用小写字母、数字和连字符，如 pengjiang", "Begins with a letter; lower-case letters, figures and hyphens, such as pengjiang")),
    field("place-level", pick("级别", "Level"), own.level),
    field("place-parent", pick("上级", "Belongs to"), own.parent));
  const named = field("slug", pick("这份文件在网址里的名称", "The document’s name in its address"), slug, pick("同一年有几份同类文件时，各起一个名称", "Where a year has several of a kind, each has its own"));

  const isOther = () => place.value === OTHER;
  const at = () => `/${isOther() ? own.slug.value.trim() : place.value}/${year.value.trim()}/${kind.value === ANNUAL ? "" : `${slug.value.trim()}/`}`;
  const where = element("p", { className: "about", role: "status" });

  function tell() {
    newPlace.hidden = !isOther();
    named.hidden = kind.value === ANNUAL;
    const taken = choices.taken.includes(at());
    where.replaceChildren(pick("网址：", "Address: "), element("code", { textContent: at() }));
    if (taken) where.append(" ", pick("这里已有一份文件。", "A document is here already. "), element("a", { href: `?at=${encodeURIComponent(at())}`, textContent: pick("修改它", "Edit it") }));
  }

  async function start() {
    told.textContent = "";
    go.disabled = true;
    try {
      const made = isOther() ? { name: own.name.value, level: own.level.value, parent: own.parent.value || null } : null;
      const source = given ? { name: given.name, data: await encoded(given) } : { name: "", text: paste.value, html: rich && rich.text === paste.value ? rich.html : null };
      const sheet = await ask("import", { at: at(), place: made, kind: kind.value, source });
      open({ ...sheet, at: at(), place: made, made_of: { kind: kind.value, source } });
    } catch (error) {
      told.textContent = error.message;
      go.disabled = false;
      told.scrollIntoView({ block: "nearest" });
    }
  }

  function choose(one) {
    given = one ?? null;
    chosen.textContent = given ? pick(`已选：${given.name}（${Math.ceil(given.size / 1024)} KB）`, `Chosen: ${given.name} (${Math.ceil(given.size / 1024)} KB)`) : "";
  }

  const go = button(pick("下一步", "Next"), start, { className: "main" });
  const drop = element("div", { className: "drop" },
    element("label", { for: "file", textContent: pick("把文件拖到这里，或者选择一个文件", "Drop a file here, or choose one") }), file, chosen,
    element("p", { className: "about", textContent: pick("Word（.docx）、网页、文本。程序在本机读它，不传到别处。", "Word (.docx), web pages, text. It is read on this machine and sent nowhere else.") }));
  file.setAttribute("aria-describedby", "file-about");
  file.addEventListener("change", () => choose(file.files[0]));
  for (const name of ["dragover", "dragenter"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    choose(event.dataTransfer.files[0]);
  });
  paste.addEventListener("paste", (event) => {
    const html = event.clipboardData.getData("text/html");
    // It stands for all that is there only where nothing else was.
    const isAll = paste.selectionStart === 0 && paste.selectionEnd === paste.value.length;
    // Known after the browser has put the plain text in.
    setTimeout(() => { rich = html && isAll ? { html, text: paste.value } : null; });
  });
  kind.addEventListener("change", () => { if (!slug.value || choices.kinds.some(({ name }) => name === slug.value)) slug.value = kind.value; });
  for (const one of [place, year, kind, slug, own.slug]) one.addEventListener("input", tell);
  kind.addEventListener("change", tell);

  head(pick("新建或导入", "New or import"), element("a", { href: "/", textContent: pick("返回网站", "Back to the site") }));
  desk.replaceChildren(element("form", { className: "start", onsubmit: (event) => { event.preventDefault(); start(); } },
    element("section", { "aria-labelledby": "where" }, element("h2", { id: "where", textContent: pick("一、放在哪里", "1. Where it goes") }),
      element("div", { className: "three" }, field("place", pick("地方", "Place"), place), field("year", pick("年份", "Year"), year), field("kind", pick("文种", "Kind"), kind)), named, newPlace, where),
    element("section", { "aria-labelledby": "from" }, element("h2", { id: "from", textContent: pick("二、文字从哪里来", "2. Where the text comes from") }),
      drop, field("paste", pick("或者把文字粘贴在这里", "Or paste the text here"), paste), element("p", { className: "about", textContent: pick("都不给，就从一份待填的文件开始，同 xiangwei new 新建的一样。", "Without either you begin with a document to be filled in, as xiangwei new makes it.") })),
    told, element("div", { className: "ways" }, go)));
  tell();
  place.focus();
}
