// A server that fails: it serves a built site, and breaks the files that it is told to.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

import { partly, wanted } from "./range.mjs";

const TYPES = { ".css": "text/css", ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml" };

const sent = (status, type, body, more = {}) => (response) => { response.writeHead(status, { "content-type": type, ...more }).end(body); };

/** Ways in which a file, or the part of it that was asked for, does not come; each answers with what it should have been. */
export const WAYS = {
  refused: () => (response) => response.socket.destroy(),
  dropped: (bytes) => (response) => {
    response.writeHead(200, { "content-length": bytes.length });
    response.write(bytes.subarray(0, bytes.length >> 1), () => response.socket.destroy());
  },
  500: () => sent(500, "text/plain", "broken\n"),
  429: () => sent(429, "text/plain", "too many\n"),
  404: () => sent(404, "text/html", "<!doctype html><title>404</title>"),
  "soft 404": () => sent(200, "text/html", "<!doctype html><title>找不到</title>"),
  "cut short": (bytes) => sent(200, "application/octet-stream", bytes.subarray(0, bytes.length >> 1)),
  empty: () => sent(200, "application/octet-stream", ""),
  garbled: (bytes) => {
    const broken = Buffer.from(bytes);
    for (let at = 20; at < broken.length; at += 97) broken[at] ^= 0x15;
    return sent(200, "application/octet-stream", broken);
  },
};

/**
 * Serves `folder`, and breaks what `path` fits in one of the `WAYS`: the first `times` times, from
 * `fail` on always, after `mend` no more.
 */
export async function faulty(folder, { path, way, times = Infinity }) {
  let root = folder;
  let left = times;
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const file = join(root, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    const whole = await readFile(file).catch(() => null);
    const part = whole && wanted(request, whole.length);
    const bytes = part ? whole.subarray(part.start, part.end + 1) : whole;
    if (path.test(pathname) && left > 0) {
      left -= 1;
      return WAYS[way](bytes ?? Buffer.alloc(0))(response);
    }
    if (!bytes) return sent(404, "text/html", "<!doctype html><title>404</title>")(response);
    // What a browser keeps of a file that was broken must not outlive it.
    const more = { "cache-control": "max-age=600", ...(part && partly(part, whole.length)) };
    return sent(part ? 206 : 200, TYPES[extname(file)] ?? "application/octet-stream", bytes, more)(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    mend: () => { left = 0; },
    fail: () => { left = Infinity; },
    serve: (other) => { root = other; },
    close: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }),
  };
}
