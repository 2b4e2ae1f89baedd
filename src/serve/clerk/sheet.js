// A document on the desk: its form, its text, and the page as it will be. What is typed is sent to the
// server a moment later, one request at a time; the text that comes back is the one that is saved.

import { form } from "./form.js";
import { log } from "./log.js";
import { paper } from "./paper.js";
import { ask, button, element, pick } from "./words.js";

/** So long after the last key the server is asked, in milliseconds. */
const PAUSE = 300;

const nothing = () => ({ set: {}, figures: [] });
const isSomething = (changes) => Object.keys(changes.set).length > 0 || changes.figures.length > 0 || "body" in changes || "matter" in changes;
const joined = (before, after) => ({ ...before, ...after, set: { ...before.set, ...after.set }, figures: [...before.figures, ...after.figures] });

export function edit({ desk, head }, opened) {
  let sheet = opened;
  /** What is in the file, as far as is known here; nothing for a new one. */
  let saved = opened.digest ? opened.text : null;
  let waiting = nothing();
  let asking = null;
  let timer = 0;
  let isSure = false;

  const status = element("p", { className: "status", role: "status" });
  const save = button(pick("保存", "Save"), () => store(), { className: "main", title: "Ctrl+S" });
  const back = element("a", { textContent: pick("看页面", "The page") });
  const notes = element("section", { className: "notes", tabIndex: -1, "aria-label": pick("要看的地方", "What to look at") });
  const asked = element("section", { className: "asked", hidden: true, tabIndex: -1 });
  const body = element("textarea", { id: "body", spellcheck: false, "aria-describedby": "body-told" });
  const bodyTold = element("div", { id: "body-told", className: "told" });
  const matter = element("textarea", { id: "matter", spellcheck: false, rows: 14 });
  const page = paper(opened.imported?.pictures);
  const fields = form((key, value) => change({ set: { [key]: value } }));
  const history = log(opened, { accept: (figure) => change({ figures: [figure] }, 0), point: page.point, select: (words) => selectWords(words) });

  // What was typed

  function change(more, pause = PAUSE) {
    waiting = joined(waiting, { ...nothing(), ...more });
    isSure = false;
    clearTimeout(timer);
    timer = setTimeout(() => look(), pause);
    tell();
  }

  /** Sends what was typed, until nothing is left; the same promise for all who wait for it. */
  function look() {
    clearTimeout(timer);
    asking ??= (async () => {
      // Without this, a run with nothing to send would end before `asking` is set, and never clear it.
      await null;
      try {
        while (isSomething(waiting)) {
          const sent = waiting;
          waiting = nothing();
          try {
            take(await ask("sketch", { at: sheet.at, place: sheet.place, text: sheet.text, files: sheet.files, changes: sent }));
          } catch (error) {
            waiting = joined(sent, waiting);
            throw error;
          }
        }
      } finally {
        asking = null;
      }
    })();
    return asking.catch((error) => { tell(error.message); throw error; });
  }

  function take(answer) {
    sheet = { ...sheet, ...answer, digest: sheet.digest };
    draw();
  }

  // What is shown

  const errors = () => sheet.findings.filter((finding) => finding.is_error);
  const isDirty = () => isSomething(waiting) || sheet.text !== saved;

  function tell(words) {
    const count = errors().length;
    const wrong = count ? pick(`${count} 处要改`, `${count} to mend`) : pick("没有错误", "No mistakes");
    const state = isDirty() ? pick("未保存", "not saved") : pick("已保存", "saved");
    const says = words ?? `${wrong} · ${state}`;
    if (status.textContent !== says) status.textContent = says;
    status.classList.toggle("wrong", Boolean(words) || count > 0);
    save.disabled = !isDirty();
  }

  /** What is wrong, each leading to its field or its place in the text. */
  function draw() {
    fields.show(sheet.fields, sheet.findings);
    if (body !== document.activeElement && body.value !== sheet.body) body.value = sheet.body;
    if (matter !== document.activeElement && matter.value !== sheet.matter) matter.value = sheet.matter;
    const places = sheet.findings.map((finding) => {
      const jump = () => goTo(finding);
      const where = fields.has(finding.field) ? fields.name(finding.field) : pick(`第 ${finding.line} 行`, `Line ${finding.line}`);
      return element("li", { className: finding.is_error ? "wrong" : "doubt" }, button(where, jump, { className: "small" }), ` ${finding.message}`, finding.help ? element("span", { className: "help", textContent: finding.help }) : null);
    });
    const focus = notes.contains(document.activeElement) ? [...notes.querySelectorAll("button")].indexOf(document.activeElement) : -1;
    const title = errors().length ? pick("要改的地方", "To mend") : pick("提醒", "Worth a look");
    const says = places.map((place) => place.textContent).join("\n");
    if (notes.dataset.says !== says) {
      notes.dataset.says = says;
      notes.replaceChildren(...(places.length ? [element("h2", { textContent: title }), element("ul", {}, ...places)] : []));
      if (focus >= 0) (notes.querySelectorAll("button")[focus] ?? notes).focus();
    }
    notes.hidden = places.length === 0;
    history.show(sheet);
    page.show(sheet.page);
    back.href = sheet.href;
    tell();
  }

  function goTo(finding) {
    if (fields.has(finding.field)) fields.go(finding.field);
    else if (finding.range) select(finding.range);
    else {
      more.open = true;
      matter.focus();
    }
  }

  /** Selects a place in the text, and shows it in the middle of the window of the text. */
  function select([start, end]) {
    body.focus();
    body.setSelectionRange(start, Math.max(end, start));
    const line = body.value.slice(0, start).split("\n").length;
    body.scrollTop = Math.max(0, (body.scrollHeight / body.value.split("\n").length) * line - body.clientHeight / 2);
  }

  function selectWords(words) {
    const at = body.value.indexOf(words);
    if (at >= 0) select([at, at + words.length]);
  }

  // Saving

  async function store(over) {
    try {
      await look();
      if (errors().length && !isSure && over === undefined) return confirm();
      status.textContent = pick("正在保存……", "Saving …");
      const digest = over ?? sheet.digest;
      const done = await ask("save", { at: sheet.at, place: sheet.place, text: sheet.text, files: sheet.files, digest, made_of: sheet.made_of ?? null });
      const isNew = !sheet.digest;
      Object.assign(sheet, { digest: done.digest, text: done.text, made_of: null, files: [] });
      saved = done.text;
      close();
      if (isNew) window.history.replaceState(null, "", `?at=${encodeURIComponent(sheet.at)}`);
      draw();
      back.focus();
    } catch (error) {
      if (error.status === 409) conflict(error.answer.now);
      else tell(error.message);
    }
  }

  function confirm() {
    const count = errors().length;
    question(
      pick(`还有 ${count} 处错误，改正以前网站不能生成。`, `${count} ${count === 1 ? "mistake is" : "mistakes are"} left; the site cannot be built before ${count === 1 ? "it is" : "they are"} mended.`),
      [],
      [pick("继续改", "Go on mending"), () => { close(); goTo(errors()[0]); }],
      [pick("先存下来", "Save it all the same"), () => { isSure = true; store(); }],
    );
  }

  function question(words, inside, ...ways) {
    asked.replaceChildren(element("p", { textContent: words }), ...inside, element("div", { className: "ways" }, ...ways.map(([name, act]) => button(name, act))));
    asked.setAttribute("role", "alertdialog");
    asked.setAttribute("aria-label", words);
    asked.hidden = false;
    asked.focus();
  }

  function close() {
    asked.hidden = true;
    asked.replaceChildren();
  }

  /** Both texts, with the lines marked that the other does not have. */
  function conflict(now) {
    const text = (name, words, other) => {
      const has = new Set(other.split("\n"));
      const lines = words.split("\n").flatMap((line) => [has.has(line) ? line : element("mark", { textContent: line }), "\n"]);
      return element("section", {}, element("h2", { textContent: name }), element("pre", { tabIndex: 0, "aria-label": name, role: "group" }, ...lines));
    };
    const theirs = now?.text ?? "";
    question(
      now ? pick("这份文件在别处改过了，没有保存。两份不同的行都标了出来。", "This file was changed elsewhere, so nothing was saved. The lines that differ are marked.") : pick("这份文件在别处删掉了，没有保存。", "This file was removed elsewhere, so nothing was saved."),
      [element("div", { className: "both" }, text(pick("文件里现在的", "In the file now"), theirs, sheet.text), text(pick("您这里的", "Yours"), sheet.text, theirs))],
      [pick("先不保存", "Do not save yet"), close],
      ...(now ? [[pick("用文件里的，放弃我的", "Take the file’s and drop mine"), () => accept(now)]] : []),
      [pick("用我的覆盖", "Write mine over it"), () => store(now ? now.digest : null)],
    );
  }

  function accept(now) {
    close();
    Object.assign(sheet, { text: now.text, digest: now.digest });
    saved = now.text;
    body.value = now.body;
    matter.value = now.matter;
    change({ body: now.body }, 0);
  }

  // The desk

  const more = element("details", { className: "more" }, element("summary", { textContent: pick("全部元数据（YAML）", "All front matter (YAML)") }), element("label", { for: "matter", className: "hidden", textContent: pick("元数据", "Front matter") }), matter);
  body.value = sheet.body;
  matter.value = sheet.matter;
  body.addEventListener("input", () => change({ body: body.value }));
  matter.addEventListener("input", () => change({ matter: matter.value }));
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      store();
    }
    if (event.key === "Escape" && !asked.hidden) {
      close();
      save.focus();
    }
  });
  addEventListener("beforeunload", (event) => { if (isDirty()) event.preventDefault(); });
  const text = element("section", { className: "text", "aria-labelledby": "text-title" }, element("h2", { id: "text-title" }, element("label", { for: "body", textContent: pick("正文", "Text") })), body, bodyTold);
  const title = sheet.digest ? pick("修改", "Edit") : pick("新建", "New");
  head(`${title} ${sheet.at}`, status, back, save);
  desk.replaceChildren(element("div", { className: "hands" }, asked, notes, history.box, fields.box, text, more), page.box);
  draw();
  if (!sheet.digest) window.scrollTo(0, 0);
}
