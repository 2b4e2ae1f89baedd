// Parts of files, as every web server sends them (RFC 9110, section 14).

/** The part of `size` bytes that a request asks for, its end included, or `null`: one part, from one byte to another. */
export function wanted({ headers }, size) {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "") ?? [];
  if (from === undefined || Number(from) >= size) return null;
  return { start: Number(from), end: Math.min(Number(to), size - 1) };
}

/** The headers of an answer that has such a part alone. */
export const partly = ({ start, end }, size) => ({ "content-range": `bytes ${start}-${end}/${size}`, "content-length": end - start + 1 });
