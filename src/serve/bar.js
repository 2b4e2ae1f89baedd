// The editor's bar at the foot of a page: what is wrong with it, what its document could still
// say, its figures with their sentences, what changed since it was published, and the ways to see
// it as a phone and as paper show it. It comes after the page and never holds up an edit.

const AWAY = "xiangwei-preview-away";
const CLOSED = "xiangwei-preview-closed";

// Asked for as this script was: where one of them could not be got, the next try asks for both.
const { element } = await import(`./element.js${new URL(import.meta.url).search}`);

const link = (href, text) => element("a", { href, textContent: text });
const listed = (items) => element("ul", {}, ...items.map((item) => element("li", {}, ...item)));

/** The bar of this page. `page` is what the page's own script lends it. */
export function make(page) {
  const pick = (zh, en) => (page.chinese ? zh : en);
  const many = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

  let state = { mistakes: [], elsewhere: 0, others: [] };
  let told = null;
  let isLost = false;
  let isAway = page.recall(AWAY) !== null;
  /** The name of the panel that is open, and the mistakes whose panel was closed. */
  let open = "";
  let closed = page.recall(CLOSED) ?? "";
  let drawn = "";
  let box = null;
  let asking = 0;

  const errors = () => state.mistakes.filter((mistake) => mistake.is_error);
  const findings = () => state.mistakes.filter((mistake) => !mistake.is_error);
  const wrong = () => JSON.stringify(errors());

  const said = (mistake) => [`${mistake.message} · ${mistake.code} · `, link(mistake.link, mistake.place)];
  const help = (mistake) => (mistake.help ? element("p", { className: "preview-help", textContent: mistake.help }) : null);
  const lines = (mistakes) => listed(mistakes.map((mistake) => [...said(mistake), help(mistake)]));

  function mistakes() {
    const { length } = errors();
    const parts = errors().flatMap((mistake) => {
      const frame = element("pre", { textContent: mistake.frame, tabIndex: 0 });
      frame.setAttribute("role", "group");
      frame.setAttribute("aria-label", mistake.place);
      return [element("h3", {}, ...said(mistake)), help(mistake), frame].filter(Boolean);
    });
    const heading = pick(`有 ${length} 处错误，改正前网站不能生成`, `${many(length, "mistake")}; nothing can be built before ${length === 1 ? "it is" : "they are"} mended`);
    return [element("h2", { textContent: heading }), ...parts];
  }

  const warnings = () => [
    element("h2", { textContent: pick("提醒", "Warnings") }),
    lines(findings()),
  ];

  const others = () => [
    element("h2", { textContent: pick("其他文件", "Other files") }),
    lines(state.others),
    element("p", { textContent: pick(`其他文件共 ${state.elsewhere} 处错误，改正前不能生成`, `${many(state.elsewhere, "mistake")} in other files; nothing can be built before ${state.elsewhere === 1 ? "it is" : "they are"} mended`) }),
  ];

  function missing() {
    const before = (field) => (field.before === null ? "" : pick(`（${told.last} 年的写的是“${field.before}”）`, ` (that of ${told.last} has “${field.before}”)`));
    const item = (field) => [element("b", { textContent: field.name }), " ", element("code", { textContent: field.form }), before(field)];
    return [
      element("h2", { textContent: pick("建议补上", "Worth adding") }),
      listed(told.missing.map(item)),
      element("p", {}, link(told.editor, pick("在编辑器里打开", "Open in the editor"))),
    ];
  }

  function figures() {
    const item = (figure) => [
      figure.href ? link(figure.href, `${figure.name} ${figure.text}`) : element("b", { textContent: `${figure.name} ${figure.text}` }),
      element("q", { textContent: figure.sentence }),
    ];
    const parts = [element("h2", { textContent: pick("指标和原句", "Figures and their sentences") })];
    if (told.figures.length) parts.push(listed(told.figures.map(item)));
    else parts.push(element("p", { textContent: pick("没有登记指标", "No figures are declared") }));
    if (told.dropped.length) {
      parts.push(element("h2", { textContent: pick(`${told.last}年登记过、这份没有登记的`, `Declared for ${told.last} and not here`) }));
      parts.push(listed(told.dropped.map(item)));
    }
    return parts;
  }

  const SINCE = {
    unbuilt: pick("还没有发布过网站", "No site has been published yet"),
    new: pick("新文件，尚未发布", "New; not published yet"),
    returned: pick("已发布的网站里它是撤回的", "Published as withdrawn"),
    same: pick("与已发布的相同", "As published"),
    around: pick("正文未改，页面有变", "Text as published, page changed"),
    withdrawn: pick("已发布，下次生成时撤回", "Published; the next build withdraws it"),
    gone: pick("已发布，下次生成时撤下", "Published; the next build takes it away"),
    doubtful: pick("已发布的文件与清单不符", "Published files are not what the manifest says"),
  };

  const SINCE_MORE = {
    unbuilt: pick("public/ 里没有网站。生成一次以后，这里列出改了什么。", "There is no site in public/. Once one is built, this tells what changed."),
    new: pick("public/ 里的网站没有这份文件。", "The site in public/ does not have this document."),
    returned: pick("下次生成后，正文重新公开。", "The next build publishes its text again."),
    same: pick("和 public/ 里的网站相比，一个字节也没有变。", "Not a byte differs from the site in public/."),
    around: pick("正文与 public/ 里的一样；变的是主题、设置、附件或与它有关的文件。", "The text is that of public/; the theme, the settings, an attachment or a related document changed."),
    withdrawn: pick("已发布的正文仍在 public/ 里，生成后只留下题名和元数据。", "Its text is still in public/; after a build only title and metadata stay."),
    gone: pick("已发布的网站里有它，现在的文件里没有，或者它是草稿。", "The published site has it; the files have it no longer, or it is a draft."),
    doubtful: pick("public/ 里的文件或清单被改动过，不能比较。请重新生成。", "The files in public/ or their manifest were changed by somebody else, so nothing can be compared. Build again."),
  };

  const KINDS = {
    changed: pick("改", "Changed"), added: pick("增", "Added"), removed: pick("删", "Removed"), moved: pick("移", "Moved"),
  };

  /** Without white space and section marks, which the page has and the text has not. */
  const plain = (text) => text.replace(/[\s§]+/g, "");

  /** Goes to the paragraph that a change is in, or to its section. */
  function jump(change) {
    const words = plain(change.words);
    const all = page.blocks();
    const find = (part) => part && all.find((block) => plain(block.textContent).includes(part));
    const block = find(words) || find(words.slice(0, 24)) || (change.anchor && document.getElementById(change.anchor));
    if (!block) return;
    for (let outer = block.closest("details"); outer; outer = outer.parentElement.closest("details")) outer.open = true;
    block.scrollIntoView({ block: "center" });
    page.mark([block]);
  }

  function changed() {
    const { since } = told;
    const tags = { same: "span", old: "del", new: "ins" };
    const item = (change) => {
      const words = change.pieces.map((piece) => element(tags[piece.kind], { textContent: piece.text }));
      const says = element("b", { textContent: KINDS[change.kind] });
      let shown = element("span", {}, ...words);
      if (change.words) {
        shown = element("button", { type: "button", className: "preview-jump", title: pick("到页面上的这一段", "Go to the paragraph") }, ...words);
        shown.addEventListener("click", () => jump(change));
      }
      return [says, " ", link(change.link, pick(`第${change.line}行`, `line ${change.line}`)), " ", shown];
    };
    const parts = [
      element("h2", { textContent: pick("与已发布的相比", "Since the last publication") }),
      listed(since.changes.map(item)),
    ];
    if (since.more) parts.push(element("p", { textContent: pick(`另有 ${since.more} 处`, `and ${since.more} more`) }));
    return parts;
  }

  const since = () => (told.since.state === "changed" ? changed() : [
    element("h2", { textContent: SINCE[told.since.state] }),
    element("p", { textContent: SINCE_MORE[told.since.state] }),
  ]);

  /** The panels that there is something for: name, words on the button, what is in it, how loud. */
  function panels() {
    const all = [];
    const add = (name, words, draw, loud = false) => all.push({ name, words, draw, loud });
    if (errors().length) add("mistakes", pick(`${errors().length} 处错误`, many(errors().length, "mistake")), mistakes, true);
    if (state.elsewhere) add("others", pick(`其他文件 ${state.elsewhere} 处错误`, `${many(state.elsewhere, "mistake")} elsewhere`), others, true);
    if (findings().length) add("warnings", pick(`${findings().length} 处提醒`, many(findings().length, "warning")), warnings);
    if (!told || isAway) return all;
    if (told.missing.length) add("missing", pick(`可补 ${told.missing.length} 项`, `${told.missing.length} to add`), missing);
    if (told.figures.length || told.dropped.length) {
      const less = told.dropped.length ? pick(`，少 ${told.dropped.length}`, `, ${told.dropped.length} gone`) : "";
      add("figures", pick(`指标 ${told.figures.length}`, many(told.figures.length, "figure")) + less, figures);
    }
    const { state: kind, changes, more } = told.since;
    const count = kind === "changed" ? changes.length + more : 0;
    add("since", count ? pick(`改了 ${count} 处`, many(count, "change")) : SINCE[kind], since);
    return all;
  }

  const MARKS = {
    draft: pick("草稿", "Draft"),
    withdrawn: pick("已撤回", "Withdrawn"),
    hidden: pick("这里是一份草稿，用 --drafts 预览才显示", "A draft is here; --drafts shows it"),
    absent: pick("这里已经没有文件", "No document is here any longer"),
  };

  /** The links out of the bar. The page remembers where the reader is, and is shown there. */
  function ways() {
    const at = (kind) => `/@preview/frame?as=${kind}&language=${pick("zh", "en")}&path=${encodeURIComponent(location.pathname)}`;
    const ways = [["phone", pick("手机", "Phone")], ["paper", pick("打印", "Paper")]].map(([kind, words]) => {
      const way = link(at(kind), words);
      way.title = kind === "phone" ? pick("以手机宽度查看", "At the width of a phone") : pick("按打印样式查看", "As it prints");
      way.addEventListener("click", page.keep);
      return way;
    });
    const { compare, route } = told ?? {};
    const desk = [];
    if (page.desk && route) desk.push(link(`/@preview/desk?at=${encodeURIComponent(route)}`, pick("修改", "Edit")));
    if (page.desk) desk.push(link("/@preview/desk", pick("新建或导入", "New or import")));
    return [...desk, ...(compare ? [link(compare.href, pick(`与${compare.from}年比较`, `Beside ${compare.from}`))] : []), ...ways];
  }

  function button(panel) {
    const made = element("button", { type: "button", textContent: panel.words, className: panel.loud ? "preview-loud" : "" });
    made.dataset.panel = panel.name;
    made.setAttribute("aria-expanded", String(open === panel.name));
    if (open === panel.name) made.setAttribute("aria-controls", "preview-panel");
    made.addEventListener("click", () => toggle(panel.name));
    return made;
  }

  function sheet(panel) {
    const made = element("section", { id: "preview-panel", className: panel.name === "mistakes" ? "preview-panel preview-mistakes" : "preview-panel" }, ...panel.draw());
    made.setAttribute("role", panel.name === "mistakes" ? "alert" : "region");
    made.setAttribute("aria-label", panel.words);
    made.tabIndex = 0;
    const close = element("button", { type: "button", className: "preview-close", textContent: "×", title: pick("收起（Esc）", "Close (Esc)") });
    close.setAttribute("aria-label", pick("收起", "Close"));
    close.addEventListener("click", () => toggle(panel.name));
    made.append(close);
    return made;
  }

  function strip(all) {
    const mark = told && !isAway ? MARKS[told.status] : "";
    const away = element("button", { type: "button", className: "preview-away", textContent: "×", title: pick("收起这一条，本次会话不再显示", "Put the bar away for this session") });
    away.setAttribute("aria-label", pick("收起编辑栏", "Put the bar away"));
    away.addEventListener("click", putAway);
    const items = [
      isLost ? element("strong", { className: "preview-loud", textContent: pick("预览已断开，正在重连", "The preview is away; connecting again") }) : null,
      mark ? element("strong", { textContent: mark }) : null,
      ...all.map(button),
      ...(isAway ? [] : ways()),
    ].filter(Boolean);
    return element("div", { className: "preview-strip" }, listed(items.map((item) => [item])), away);
  }

  function toggle(name) {
    const isOpen = open === name;
    if (isOpen && name === "mistakes") remark();
    open = isOpen ? "" : name;
    draw();
    box?.querySelector(`[data-panel="${name}"]`)?.focus();
  }

  /** Mistakes whose panel was closed do not open it again until they are others. */
  function remark() {
    closed = wrong();
    page.remember(CLOSED, closed);
  }

  function putAway() {
    isAway = true;
    page.remember(AWAY, "bar");
    if (errors().length) remark();
    open = "";
    draw();
  }

  /** Draws the bar anew where it would be another, with the focus where it was. */
  function draw() {
    const all = panels();
    if (!all.some((panel) => panel.name === open)) open = "";
    const isWrong = errors().length > 0 && (!isAway || closed !== wrong());
    const isShown = isLost || isWrong || (!isAway && (told || page.desk || all.length));
    const says = JSON.stringify([isShown, isLost, isAway, open, told, state.mistakes, state.elsewhere, state.others]);
    if (says === drawn) return;
    drawn = says;
    const focus = box?.contains(document.activeElement) ? document.activeElement.dataset.panel : undefined;
    const scrolled = box?.querySelector(".preview-panel")?.scrollTop ?? 0;
    box?.remove();
    box = null;
    if (!isShown) return;
    box = element("aside", { className: "preview-bar" });
    box.setAttribute("aria-label", pick("预览", "Preview"));
    const panel = all.find(({ name }) => name === open);
    if (panel) box.append(sheet(panel));
    box.append(strip(all));
    document.body.append(box);
    if (panel) box.querySelector(".preview-panel").scrollTop = scrolled;
    if (focus) box.querySelector(`[data-panel="${focus}"]`)?.focus();
  }

  /** Asks what the bar is told. Of what is put away nothing is asked. */
  async function ask() {
    if (isAway) return;
    const response = await fetch("/@preview/bar?path=" + encodeURIComponent(location.pathname), { cache: "no-store" });
    if (!response.ok) return;
    told = await response.json();
    draw();
  }

  function show(now) {
    const isNew = JSON.stringify(now.mistakes.filter((mistake) => mistake.is_error)) !== wrong();
    // What only shows in the archive as a whole comes a little later; until then nothing goes.
    if (!now.is_checked && !isNew && now.elsewhere >= state.elsewhere) return;
    state = now;
    if (isNew && errors().length && closed !== wrong()) open = "mistakes";
    if (!errors().length) page.remember(CLOSED, (closed = ""));
    draw();
    if (!now.is_checked) return;
    // While somebody saves again and again nothing is asked after the first time.
    clearTimeout(asking);
    asking = setTimeout(() => ask().catch(() => { /* The next connection asks again. */ }), told ? 300 : 0);
  }

  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open) toggle(open);
  });

  return { show, lose: (is) => { isLost = is; draw(); } };
}
