// Starts the search beside the page; what it is asked and answers is in search-worker.js.

/** A search through the index at an address. */
export function start(bundle) {
  const worker = new Worker(new URL("./search-worker.js", import.meta.url), { type: "module" });
  worker.postMessage({ base: bundle.href });
  return worker;
}
