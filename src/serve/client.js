// What the preview adds to a page: it is told that something is new, asks whether this page is
// another by now, and only then loads it again, at the same place. It shows what is wrong.
(() => {
  "use strict";
  const own = document.currentScript;
  const chinese = own.dataset.language === "zh";
  let { digest, content } = own.dataset;
  const pick = (zh, en) => (chinese ? zh : en);
  const keep = "xiangwei-preview:" + location.pathname;
  const blocks = () => [...document.querySelectorAll("main :is(p, li, dd, td, th, h1, h2, h3, h4, h5, h6, blockquote)")];
  const details = () => [...document.querySelectorAll("details")];

  // Session storage can be forbidden or full; the page is then shown from its top.
  const remember = (key, value) => { try { sessionStorage.setItem(key, value); } catch { /* as said */ } };
  const recall = (key) => { try { return sessionStorage.getItem(key); } catch { return null; } };
  const forget = (key) => { try { sessionStorage.removeItem(key); } catch { /* as said */ } };

  function again() {
    const open = details().map((one) => one.open);
    const texts = blocks().map((block) => block.textContent);
    remember(keep, JSON.stringify({ x: scrollX, y: scrollY, open, texts }));
    location.reload();
  }

  function resume() {
    const kept = recall(keep);
    if (!kept) return;
    forget(keep);
    const { x, y, open, texts } = JSON.parse(kept);
    details().forEach((one, at) => { if (at in open) one.open = open[at]; });
    scrollTo({ left: x, top: y, behavior: "instant" });
    const old = new Set(texts);
    const changed = blocks().filter((block) => !old.has(block.textContent));
    // A page that is another altogether is not marked all over.
    if (changed.length > 12) return;
    changed.forEach((block) => block.classList.add("preview-changed"));
    setTimeout(() => changed.forEach((block) => block.classList.remove("preview-changed")), 2500);
  }

  async function restyle() {
    const response = await fetch(location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const links = (from) => [...from.querySelectorAll('link[rel="stylesheet"]')];
    const [now, then] = [links(page), links(document)];
    if (now.length !== then.length) return again();
    then.forEach((old, at) => {
      const href = now[at].getAttribute("href");
      if (old.getAttribute("href") === href) return;
      const fresh = old.cloneNode();
      fresh.href = href;
      fresh.addEventListener("load", () => old.remove());
      old.after(fresh);
    });
  }

  const element = (name, properties = {}, ...inside) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...inside);
    return made;
  };

  // What was put away stays away until it is another.
  let shown = "";
  let away = recall("xiangwei-preview-away") ?? "";
  let box = null;

  function close() {
    away = shown;
    remember("xiangwei-preview-away", away);
    box?.remove();
    box = null;
  }

  const place = (mistake) => element("a", { href: mistake.link, textContent: mistake.place });

  function tell(state) {
    // What only shows in the archive as a whole comes a little later; until then nothing goes.
    if (!state.is_checked && box && !state.mistakes.some((mistake) => mistake.is_error)) return;
    const says = JSON.stringify([state.mistakes, state.elsewhere]);
    if (says === shown) return;
    shown = says;
    box?.remove();
    box = null;
    const errors = state.mistakes.filter((mistake) => mistake.is_error);
    const rest = state.mistakes.filter((mistake) => !mistake.is_error);
    if ((!errors.length && !rest.length && !state.elsewhere) || shown === away) return;
    const button = element("button", { type: "button", className: "preview-close", textContent: "×", title: pick("收起（Esc）", "Put away (Esc)") });
    button.setAttribute("aria-label", pick("收起", "Put away"));
    button.addEventListener("click", close);
    if (errors.length) {
      box = element("section", { className: "preview-mistakes" },
        element("h2", { textContent: pick(`有 ${errors.length} 处错误，改正前网站不能生成`, `${errors.length} ${errors.length === 1 ? "mistake" : "mistakes"}; nothing can be built before ${errors.length === 1 ? "it is" : "they are"} mended`) }));
      for (const mistake of errors) {
        const frame = element("pre", { textContent: mistake.frame });
        frame.tabIndex = 0;
        box.append(element("h3", {}, `${mistake.message} · ${mistake.code} · `, place(mistake)), frame);
      }
    } else {
      const items = rest.map((mistake) => element("li", {}, `${mistake.message} · ${mistake.code} · `, place(mistake)));
      if (state.elsewhere) items.push(element("li", { textContent: pick(`其他文件还有 ${state.elsewhere} 处错误，改正前不能生成`, `${state.elsewhere} more in other files; nothing can be built before they are mended`) }));
      box = element("section", { className: "preview-bar" }, element("ul", {}, ...items));
    }
    box.setAttribute("role", errors.length ? "alert" : "status");
    box.setAttribute("aria-label", pick("预览", "Preview"));
    box.append(button);
    document.body.append(box);
  }

  let asking = false;
  let once_more = false;

  async function ask() {
    if (asking) { once_more = true; return; }
    asking = true;
    try {
      const response = await fetch("/@preview/state?path=" + encodeURIComponent(location.pathname), { cache: "no-store" });
      if (!response.ok) return;
      const state = await response.json();
      if (state.digest !== digest) {
        const is_same = state.content === content;
        ({ digest, content } = state);
        if (!is_same) return again();
        await restyle();
      }
      tell(state);
    } catch {
      // The server is away; the next connection asks again.
    } finally {
      asking = false;
      if (once_more) { once_more = false; ask(); }
    }
  }

  let source = null;
  function connect() {
    if (source && source.readyState !== EventSource.CLOSED) return;
    source = new EventSource("/@preview/events");
    source.onmessage = ask;
    source.onerror = () => { if (source.readyState === EventSource.CLOSED) setTimeout(connect, 1000); };
  }

  // A browser keeps six connections to a server; hidden pages leave theirs to the others.
  function attend() {
    if (document.hidden) { source?.close(); source = null; } else connect();
  }

  document.addEventListener("visibilitychange", attend);
  addEventListener("pageshow", attend);
  addEventListener("keydown", (event) => { if (event.key === "Escape" && box) close(); });
  resume();
  attend();
})();
