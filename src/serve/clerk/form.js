// The form for the front matter: a field for each key, with what is wrong beside it. What stands in
// a field is what the server read from the text; what is typed goes there and comes back.

import { button, element, pick } from "./words.js";

/** What divides the items of a list; the names of subjects have a 、 of their own. */
const divides = (key) => (key === "subjects" ? { join: "；", split: /[；;\n]/ } : { join: "、", split: /[、，,；;\n]/ });

const shown = (field) => (Array.isArray(field.value) ? field.value.join(divides(field.key).join) : field.value ?? "");

/** What was typed, as the server takes it. */
function filled(field, text) {
  if (field.way !== "list") return text;
  return text.split(divides(field.key).split).map((item) => item.trim()).filter(Boolean);
}

/** The form; `change` is told the key and what was typed there. */
export function form(change) {
  const box = element("section", { className: "form", "aria-labelledby": "form-title" }, element("h2", { id: "form-title", textContent: pick("基本信息", "Front matter") }));
  const rows = new Map();

  function control(field, id) {
    const common = { id, "aria-describedby": `${id}-about ${id}-told`, required: field.is_needed };
    if (field.way === "choice") {
      const choices = field.choices.map((choice) => element("option", { value: choice.name, textContent: choice.called }));
      return element("select", common, element("option", { value: "", textContent: pick("（不填）", "(nothing)") }), ...choices);
    }
    if (field.way === "long") return element("textarea", { ...common, rows: 3 });
    return element("input", { ...common, type: "text", autocomplete: "off", placeholder: field.example });
  }

  function row(field) {
    const id = `field-${field.key}`;
    const entry = control(field, id);
    const about = element("p", { id: `${id}-about`, className: "about" });
    const told = element("div", { id: `${id}-told`, className: "told" });
    const need = field.is_needed ? element("span", { className: "need", textContent: pick("必填", "required") }) : null;
    entry.addEventListener("input", () => change(field.key, filled(field, entry.value)));
    const made = element("div", { className: `field way-${field.way}`, "data-key": field.key }, element("label", { for: id }, field.name, " ", need), entry, about, told);
    box.append(made);
    return { made, entry, about, told };
  }

  /** What the year before has, to be taken over with one press. */
  function before(field, { about, entry }) {
    const last = field.way !== "day" && field.before && !shown(field) ? field.before : null;
    if (about.dataset.last === (last ?? "")) return;
    about.dataset.last = last ?? "";
    about.replaceChildren();
    if (!last) return;
    const take = button(pick("照用", "Use it"), () => {
      entry.value = last;
      change(field.key, filled(field, last));
      entry.focus();
    }, { className: "small", "aria-label": pick(`${field.name}照用上一年的`, `${field.name}: use last year’s`) });
    about.append(pick(`上一年：${last} `, `The year before: ${last} `), take);
  }

  function show(fields, findings) {
    for (const field of fields) {
      const known = rows.get(field.key) ?? row(field);
      rows.set(field.key, known);
      const { entry, told } = known;
      // Nothing moves under the hands of who types.
      if (entry !== document.activeElement || !entry.dataset.typed) {
        if (entry.value !== shown(field)) entry.value = shown(field);
        if (field.way === "choice" && entry.value !== shown(field)) {
          entry.append(element("option", { value: shown(field), textContent: shown(field) }));
          entry.value = shown(field);
        }
      }
      entry.disabled = field.is_more;
      before(field, known);
      const own = findings.filter((finding) => finding.field === field.key);
      entry.setAttribute("aria-invalid", String(own.some((finding) => finding.is_error)));
      const words = own.map((finding) => element("p", { className: finding.is_error ? "wrong" : "doubt" }, finding.message, finding.help ? element("span", { className: "help", textContent: finding.help }) : null));
      if (field.is_more) words.push(element("p", { className: "doubt", textContent: pick("这一项的写法表单显示不了，请在“全部元数据”里改", "More stands here than the form can show; edit it in “All front matter”") }));
      if (told.textContent !== words.map((one) => one.textContent).join("")) told.replaceChildren(...words);
    }
  }

  box.addEventListener("input", (event) => { event.target.dataset.typed = "yes"; });
  box.addEventListener("focusout", (event) => {
    delete event.target.dataset.typed;
    box.dispatchEvent(new Event("rest"));
  });

  /** Goes to a field. */
  const go = (key) => rows.get(key)?.entry.focus();
  const has = (key) => rows.has(key);
  const name = (key) => rows.get(key)?.made.querySelector("label").firstChild.textContent ?? key;
  return { box, show, go, has, name };
}
