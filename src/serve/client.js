// What the preview adds to a page: it is told that something is new, asks whether this page is
// another by now, and only then loads it again, with the reader at the same paragraph. What is to
// be said of the page is said by the bar, in a script of its own.
(() => {
  "use strict";
  const own = document.currentScript;
  const chinese = own.dataset.language === "zh";
  // The printed link holds the key to the desk, which stays in this tab and out of its address.
  const key = /^#desk=([0-9a-f]+)$/.exec(location.hash)?.[1];
  if (key) {
    try { sessionStorage.setItem("xiangwei-desk", key); } catch { /* The desk then asks for the link. */ }
    history.replaceState(history.state, "", location.pathname + location.search);
  }
  // In the frame of the phone or of the paper the page stands as it is published.
  const isFramed = window !== window.top;
  let { digest, content, pictures } = own.dataset;
  const KEEP = "xiangwei-preview:" + location.pathname;
  /** So long after it was left, in milliseconds, a page is still the one that was left. */
  const FRESH = 30_000;
  /** A page with more new paragraphs is another altogether and is not marked all over. */
  const MOST_MARKED = 12;
  const BLOCKS = ":is(p, li, dd, dt, td, th, h1, h2, h3, h4, h5, h6, blockquote)";
  const blocks = () => [...document.querySelectorAll(`main ${BLOCKS}`)].filter((block) => !block.querySelector(BLOCKS));

  // Session storage can be forbidden or full; the page is then shown from its top.
  const remember = (key, value) => { try { sessionStorage.setItem(key, value); } catch { /* as said */ } };
  const recall = (key) => { try { return sessionStorage.getItem(key); } catch { return null; } };
  const forget = (key) => { try { sessionStorage.removeItem(key); } catch { /* as said */ } };

  /** Tells whether a block moves with the page. An outline that sticks to the window says nothing. */
  function moving() {
    const found = new Map([[document.body, true]]);
    const isStuck = (one) => ["sticky", "fixed"].includes(getComputedStyle(one).position);
    const isMoving = (one) => {
      if (!found.has(one)) found.set(one, !isStuck(one) && isMoving(one.parentElement));
      return found.get(one);
    };
    return isMoving;
  }

  /** The blocks whose words stand nowhere else, by their words: only those are known again. */
  function known() {
    const found = new Map();
    for (const block of blocks().filter(moving())) {
      const text = block.textContent.trim();
      if (text) found.set(text, found.has(text) ? null : block);
    }
    return [...found].filter(([, block]) => block?.getClientRects().length);
  }

  /**
   * Where the reader is: blocks with the place of one of their edges in the window, those first
   * that say it best. The first one that can be seen comes first; where it was edited, the end of
   * the one above it tells where it begins. What stands beside the text comes behind all of these.
   */
  function spot() {
    const { left, right } = document.querySelector("main").getBoundingClientRect();
    const middle = (left + right) / 2;
    // A cell is a part of its row.
    const crosses = (block) => {
      const line = (block.closest("tr") ?? block).getBoundingClientRect();
      return line.left <= middle && line.right >= middle;
    };
    const all = known();
    return [...places(all.filter(([, block]) => crosses(block))), ...places(all.filter(([, block]) => !crosses(block)))];
  }

  /** The places of blocks, in this order. */
  function places(found) {
    const edges = found.map(([text, block]) => ({ text, box: block.getBoundingClientRect() }));
    const top = ({ text, box }) => [text, "top", box.top];
    const seen = edges.filter(({ box }) => box.bottom > 0 && box.top < innerHeight).map(top);
    const above = edges.filter(({ box }) => box.bottom <= 0).reverse().map(({ text, box }) => [text, "bottom", box.bottom]);
    const below = edges.filter(({ box }) => box.top >= innerHeight).map(top);
    return [...seen.slice(0, 1), ...above.slice(0, 3), ...seen.slice(1), ...above.slice(3, 60), ...below.slice(0, 60)];
  }

  /** Details by their summary, since others may come before them. */
  function details() {
    const counts = new Map();
    return [...document.querySelectorAll("details")].map((one) => {
      const name = one.querySelector("summary")?.textContent.trim() ?? "";
      counts.set(name, (counts.get(name) ?? 0) + 1);
      return [`${counts.get(name)} ${name}`, one];
    });
  }

  function keep() {
    const open = details().map(([name, one]) => [name, one.open]);
    const texts = blocks().map((block) => block.textContent);
    // Who is at the top of the page stays there, whatever comes in.
    const place = scrollY < 4 ? [] : spot();
    remember(KEEP, JSON.stringify({ at: Date.now(), x: scrollX, y: scrollY, open, texts, place }));
  }

  let isLeaving = false;
  function again() {
    isLeaving = true;
    keep();
    // The browser would go back to the pixel, after we have gone to the paragraph.
    history.scrollRestoration = "manual";
    location.reload();
  }

  function goBack({ x, y, place }) {
    scrollTo({ left: x, top: y, behavior: "instant" });
    const now = new Map(known());
    const found = place.find(([text]) => now.has(text));
    if (!found) return;
    const [text, edge, before] = found;
    scrollBy({ top: now.get(text).getBoundingClientRect()[edge] - before, behavior: "instant" });
  }

  function resume() {
    const kept = JSON.parse(recall(KEEP) ?? "null");
    forget(KEEP);
    addEventListener("load", () => requestAnimationFrame(() => { history.scrollRestoration = "auto"; }));
    if (!kept || Date.now() - kept.at > FRESH) return;
    const open = new Map(kept.open);
    for (const [name, one] of details()) if (open.has(name)) one.open = open.get(name);
    goBack(kept);
    const old = new Set(kept.texts);
    const changed = blocks().filter((block) => !old.has(block.textContent));
    if (changed.length <= MOST_MARKED) mark(changed);
  }

  /** Shows for a moment which blocks are meant. */
  function mark(meant) {
    meant.forEach((block) => block.classList.add("preview-changed"));
    setTimeout(() => meant.forEach((block) => block.classList.remove("preview-changed")), 2500);
  }

  /** Swaps the style sheets whose addresses are others by now; done when they are there. */
  async function restyle() {
    const response = await fetch(location.href, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const links = (from) => [...from.querySelectorAll('link[rel="stylesheet"]')];
    const [now, then] = [links(page), links(document)];
    if (now.length !== then.length) return again();
    const loads = then.map((old, at) => {
      const href = now[at].getAttribute("href");
      if (old.getAttribute("href") === href) return null;
      const fresh = old.cloneNode();
      fresh.href = href;
      const loaded = new Promise((resolve) => {
        fresh.addEventListener("load", () => { old.remove(); resolve(); });
        fresh.addEventListener("error", () => { fresh.remove(); resolve(); });
      });
      old.after(fresh);
      return loaded;
    });
    await Promise.all(loads);
    dispatchEvent(new Event("preview-restyled"));
  }

  /**
   * Shows pictures and films as they are now. Their addresses are the same, and a browser that has
   * a picture in its page does not ask for it again.
   */
  function repaint(version) {
    for (const one of document.querySelectorAll("[src]:not(script)")) {
      const address = new URL(one.src, location.href);
      if (address.origin !== location.origin) continue;
      address.searchParams.set("preview", version.slice(0, 12));
      one.src = address.href;
    }
  }

  let bar = null;
  let tries = 0;
  async function tell(state) {
    if (isFramed) return;
    if (!bar) {
      // A browser does not ask again for a script that it once failed to get.
      const { make } = await import(`/@preview/bar.js?${tries++}`);
      bar = make({ chinese, desk: "desk" in own.dataset, remember, recall, keep, mark, blocks });
    }
    bar.show(state);
  }

  let asking = false;
  let once_more = false;

  async function ask() {
    if (isLeaving) return;
    if (asking) { once_more = true; return; }
    asking = true;
    try {
      const response = await fetch("/@preview/state?path=" + encodeURIComponent(location.pathname), { cache: "no-store" });
      if (!response.ok) return;
      const state = await response.json();
      if (state.digest !== digest) {
        if (state.content !== content) return again();
        await restyle();
        // Only now: where the server goes away in between, the next answer swaps them.
        digest = state.digest;
      }
      if (state.pictures !== pictures) {
        pictures = state.pictures;
        repaint(pictures);
      }
      await tell(state);
    } catch {
      // The server is away; the next connection asks again.
    } finally {
      asking = false;
      if (once_more) { once_more = false; ask(); }
    }
  }

  let source = null;
  let lost = 0;

  function connect() {
    if (source && source.readyState !== EventSource.CLOSED) return;
    source = new EventSource("/@preview/events");
    source.onmessage = ask;
    source.onopen = () => { clearTimeout(lost); lost = 0; bar?.lose(false); };
    source.onerror = () => {
      // A server that starts again is back before anybody needs to be told.
      lost ||= setTimeout(() => bar?.lose(true), 3000);
      if (source?.readyState === EventSource.CLOSED) setTimeout(attend, 1000);
    };
  }

  function leave() {
    clearTimeout(lost);
    lost = 0;
    source?.close();
    source = null;
  }

  // A browser keeps six connections to a server; hidden pages leave theirs to the others.
  function attend() {
    if (document.hidden) leave(); else connect();
  }

  // After a sleep a connection may be dead and not know it. A clock that jumped tells of the sleep.
  let ticked = Date.now();
  setInterval(() => {
    const slept = Date.now() - ticked > 20_000;
    ticked = Date.now();
    if (slept) { leave(); attend(); }
  }, 5000);

  document.addEventListener("visibilitychange", attend);
  addEventListener("online", () => { leave(); attend(); });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => { if (event.persisted) isLeaving = false; attend(); });
  addEventListener("preview-keep", keep);
  resume();
  attend();
})();
