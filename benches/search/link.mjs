// A static host at the end of a line: the files of a folder, packed with gzip where hosts do that,
// with what tells a browser to keep them; and, if asked, with the delay and width of a slow line.
// The line is made here and not in the browser, whose own emulation leaves out what workers load.

import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { gzipSync } from "node:zlib";

import { partly, wanted } from "../../tests/browser/support/range.mjs";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
};
const PIECE = 8192;

const until = (time) => new Promise((resolve) => { setTimeout(resolve, Math.max(0, time - performance.now())); });

/** A line that is `bytes` a second wide and takes `delay` milliseconds there and back. */
function line({ bytes = Infinity, delay = 0 } = {}) {
  const known = new WeakSet();
  let free = 0;
  return {
    /** A request takes one way there and back; so does meeting a host. */
    async arrive(socket) {
      const trips = known.has(socket) ? 1 : 2;
      known.add(socket);
      if (delay) await until(performance.now() + trips * delay);
    },
    /** Sends in small pieces, so that several answers share the line. */
    async send(response, body) {
      for (let at = 0; at < body.length; at += PIECE) {
        const part = body.subarray(at, at + PIECE);
        if (bytes < Infinity) {
          free = Math.max(free, performance.now()) + (part.length / bytes) * 1000;
          await until(free);
        }
        response.write(part);
      }
      response.end();
    },
  };
}

/**
 * Serves `folder` at `base`; `packed` says whether texts are sent with gzip. Every answer is
 * noted in `sent` with its path and bytes; `slow` puts another line in.
 */
export async function host(folder, base, packed) {
  const files = new Map();
  const sent = [];
  let wire = line();

  async function file(path) {
    if (files.has(path)) return files.get(path);
    const name = normalize(join(folder, decodeURIComponent(path)));
    if (!name.startsWith(folder + sep)) return null;
    const found = await stat(name).catch(() => null);
    if (found?.isDirectory()) return file(`${path}index.html`);
    if (!found) return null;
    const type = TYPES[extname(name)];
    const body = await readFile(name);
    const one = { type: type ?? "application/octet-stream", packed: packed && Boolean(type), body: packed && type ? gzipSync(body) : body };
    files.set(path, one);
    return one;
  }

  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const [found] = await Promise.all([pathname.startsWith(base) ? file(pathname.slice(base.length)) : null, wire.arrive(request.socket)]);
    if (!found) return response.writeHead(404).end();
    // What is packed on the way is never sent in parts, as web servers have it.
    const part = found.packed ? null : wanted(request, found.body.length);
    const body = part ? found.body.subarray(part.start, part.end + 1) : found.body;
    response.writeHead(part ? 206 : 200, {
      "content-type": found.type,
      "content-length": body.length,
      ...(part && partly(part, found.body.length)),
      "cache-control": "max-age=600",
      ...(found.packed && { "content-encoding": "gzip", vary: "accept-encoding" }),
    });
    sent.push({ path: pathname, bytes: body.length });
    return wire.send(response, body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    sent,
    slow(measures) { wire = line(measures); },
    close: () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }),
  };
}
