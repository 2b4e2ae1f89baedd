// Queries as people type them, drawn from the published sources of a site: words and phrases of
// every length, several words, figures with their units, single characters, quotations.

import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The same numbers at every run. */
function dice(seed) {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

/** `count` queries, the same for the same site. */
export async function queries(folder, count) {
  const roll = dice(11);
  const { files } = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
  const sources = Object.keys(files).filter((path) => path.endsWith(".md"));
  const made = [];

  /** A run of Chinese characters of some text, as long as asked. */
  async function run(length) {
    for (;;) {
      const text = await readFile(join(folder, sources[roll(sources.length)]), "utf8");
      const body = text.replace(/^---\n[\s\S]*?\n---\n/, "");
      const runs = body.match(new RegExp(`[\\u4e00-\\u9fff]{${length},}`, "g")) ?? [];
      if (!runs.length) continue;
      const one = runs[roll(runs.length)];
      const at = roll(one.length - length + 1);
      return one.slice(at, at + length);
    }
  }

  async function figure() {
    for (;;) {
      const text = await readFile(join(folder, sources[roll(sources.length)]), "utf8");
      const found = text.match(/[0-9][0-9.]*(?:%|[\u4e00-\u9fff])/g);
      if (found) return found[roll(found.length)];
    }
  }

  const kinds = [
    ["word", 60, async () => run(2 + roll(3))],
    ["phrase", 70, async () => run(5 + roll(8))],
    ["two words", 30, async () => `${await run(2 + roll(3))} ${await run(2 + roll(2))}`],
    ["figure", 20, figure],
    ["quotation", 10, async () => `"${await run(4 + roll(6))}"`],
    ["character", 10, async () => run(1)],
  ];
  for (const [kind, share, make] of kinds) {
    for (let n = 0; n < Math.round((count * share) / 200); n += 1) made.push({ kind, text: await make() });
  }
  // In an order in which kinds alternate.
  return made.map((query) => [roll(1e6), query]).sort((a, b) => a[0] - b[0]).map(([, query]) => query);
}
