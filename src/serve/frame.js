// A page in a frame: as wide as a phone, so that its media queries hold as on one, or as wide as
// the type area of its sheet of paper, with the rules for printing in force. The page in the frame
// is the published one; it is loaded again by itself, as everywhere in the preview.
(() => {
  "use strict";
  const asked = new URLSearchParams(location.search);
  const chinese = asked.get("language") !== "en";
  const pick = (zh, en) => (chinese ? zh : en);
  const path = new URL(asked.get("path") ?? "/", location.origin);
  // Pages of this preview alone, and none of its own.
  const page = path.origin === location.origin && !path.pathname.startsWith("/@preview/") ? path.pathname : "/";
  const paper = asked.get("as") === "paper";
  const widths = [360, 390];
  const MM = 96 / 25.4;

  document.documentElement.lang = pick("zh-CN", "en");
  const frame = document.createElement("iframe");
  frame.title = pick("页面", "The page");
  frame.src = page;

  const way = (name, words, act) => {
    const made = document.createElement(name);
    made.textContent = words;
    if (name === "button") made.type = "button";
    made.addEventListener("click", act);
    ways.append(made);
    return made;
  };
  const { ways, note, room } = Object.fromEntries(["ways", "note", "room"].map((id) => [id, document.getElementById(id)]));

  /** The page in the frame remembers where the reader is, so that the next sight of it is there. */
  const keep = () => frame.contentWindow.dispatchEvent(new Event("preview-keep"));
  const other = new URLSearchParams(asked);
  const back = way("a", pick("返回页面", "Back to the page"), keep);
  const turn = way("a", paper ? pick("手机", "Phone") : pick("打印", "Paper"), keep);

  /** The links follow the reader, who may go on to other pages in the frame. */
  function follow() {
    const at = frame.contentWindow.location.pathname;
    if (!frame.contentDocument || at === "blank") return;
    back.href = at;
    other.set("as", paper ? "phone" : "paper");
    other.set("path", at);
    turn.href = `/@preview/frame?${other}`;
    const kind = paper ? pick("打印", "Paper") : pick("手机", "Phone");
    document.title = `${kind} · ${frame.contentDocument.title}`;
    frame.title = frame.contentDocument.title;
  }

  function phone() {
    const buttons = widths.map((width) => way("button", `${width} px`, () => choose(width)));
    function choose(width) {
      frame.style.inlineSize = `${width}px`;
      buttons.forEach((button, at) => button.setAttribute("aria-pressed", String(widths[at] === width)));
    }
    choose(widths[0]);
    note.textContent = pick("宽度和媒体查询与手机一致；触摸和手机字体不模拟。", "Width and media queries are a phone's; touch and a phone's fonts are not imitated.");
  }

  /** A media query as paper answers it. */
  function onPaper(query) {
    if (/prefers-color-scheme:\s*dark/i.test(query)) return "not all";
    const found = /^\s*(not\s+|only\s+)?(screen|print)\b/i.exec(query);
    if (!found) return query;
    const isNot = /^not/i.test(found[1] ?? "");
    if (found[2].toLowerCase() === "print") return `${isNot ? "not " : ""}all${query.slice(found[0].length)}`;
    return isNot ? "all" : "not all";
  }

  /** Puts the rules for printing in force, and gives the margins of the sheet. */
  function set(holder, margins) {
    if (holder.media?.mediaText) {
      holder.media.mediaText = [...holder.media].map(onPaper).join(", ");
    }
    for (const rule of holder.cssRules ?? []) {
      if (rule.styleSheet) set(rule.styleSheet, margins);
      else if (rule.constructor.name === "CSSPageRule" && !rule.selectorText) {
        for (const side of ["Top", "Right", "Bottom", "Left"]) margins[side] = rule.style[`margin${side}`] || margins[side];
      } else set(rule, margins);
    }
    return margins;
  }

  function print() {
    const inside = frame.contentDocument;
    if (!inside?.body) return;
    frame.contentWindow.dispatchEvent(new Event("beforeprint"));
    const margins = { Top: "10mm", Right: "10mm", Bottom: "10mm", Left: "10mm" };
    for (const sheet of inside.styleSheets) set(sheet, margins);
    for (const side of Object.keys(margins)) room.firstElementChild.style[`padding${side}`] = margins[side];
    const measure = () => {
      const height = inside.documentElement.offsetHeight;
      frame.style.blockSize = `${height}px`;
      const pages = Math.max(1, Math.ceil(height / MM / (297 - parseFloat(margins.Top) - parseFloat(margins.Bottom))));
      note.textContent = pick(
        `A4 纸宽和打印样式，约 ${pages} 页；分页、页码和背景以打印窗口为准。`,
        `The width of A4 and the styles for printing, about ${pages} ${pages === 1 ? "page" : "pages"}; where pages end, their numbers and backgrounds only the print dialog shows.`,
      );
    };
    measure();
    new ResizeObserver(measure).observe(inside.body);
  }

  const sheet = document.createElement("div");
  sheet.className = paper ? "paper" : "phone";
  sheet.append(frame);
  room.append(sheet);
  if (paper) way("button", pick("打印窗口……", "Print dialog …"), () => frame.contentWindow.print());
  else phone();
  frame.addEventListener("load", () => {
    follow();
    if (!paper) return;
    print();
    frame.contentWindow.addEventListener("preview-restyled", print);
  });
})();
