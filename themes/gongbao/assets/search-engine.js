// Starts the search beside the page; what it is asked and answers is in search-worker.js.

/** A search through the index at an address; `sum` is the digest of its contents, if something of it is
    shown already. */
export function start(bundle, sum = null) {
  const worker = new Worker(new URL("./search-worker.js", import.meta.url), { type: "module" });
  worker.postMessage({ base: bundle.href, sum });
  return worker;
}
