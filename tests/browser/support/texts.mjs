// The texts that the search of a finished site has, read from its files as the browser does.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** A file of pieces ends with the piece by which it has so many bytes. */
const FULL = 512 * 1024;

/** What a piece was made of: behind its digest stands whether it is packed. */
const opened = (piece) => JSON.parse(piece[8] ? gunzipSync(piece.subarray(9)) : piece.subarray(9));

/** Every document of a site in `folder`, newest first: its address, and its text in sections. */
export async function* texts(folder) {
  const read = (path) => readFile(join(folder, "pagefind", path));
  for (const { name, head } of JSON.parse(await read("contents.json")).bundles) {
    const { texts: packs, lengths } = opened(await read(`${name}/${head}.pack`));
    let [pack, from, bytes] = [0, 0, null];
    for (const length of lengths) {
      bytes ??= await read(`${name}/text/${packs[pack]}.pack`);
      yield opened(bytes.subarray(from, from + length));
      if (from + length >= FULL) [pack, from, bytes] = [pack + 1, 0, null];
      else from += length;
    }
  }
}
