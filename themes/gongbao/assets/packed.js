// Files that are packed (gzip).

/** What is packed in some bytes. It takes no other way than through the unpacker itself: a copy of it in
    a `Blob` or a `Response` would stay until the browser cares to collect it. */
async function unzipped(bytes) {
  const { readable, writable } = new DecompressionStream("gzip");
  const writer = writable.getWriter();
  // What is wrong with the bytes is told where they are read.
  writer.write(bytes).catch(() => {});
  writer.close().catch(() => {});
  const pieces = [];
  for (let reader = readable.getReader(), piece = await reader.read(); !piece.done; piece = await reader.read()) pieces.push(piece.value);
  return joined(pieces);
}

/** Pieces of bytes as one. */
export function joined(pieces) {
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** The bytes of a packed file. Some servers unpack what they send. */
export async function unpacked(bytes) {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return isPacked ? unzipped(bytes) : bytes;
}
