// A server for one built site: the folder as it is, under a path, with the types that a
// government's web server sends. It knows nothing of the program that wrote the files.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";

import { partly, wanted } from "./range.mjs";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".jsonld": "application/ld+json",
  ".md": "text/markdown; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".xml": "application/xml; charset=utf-8",
};

/** The file of `folder` that answers `path`, or `null`. */
async function find(folder, path) {
  const file = normalize(join(folder, decodeURIComponent(path)));
  if (file !== folder && !file.startsWith(folder + sep)) return null;
  const found = await stat(file).catch(() => null);
  if (found?.isFile()) return file;
  return found?.isDirectory() && path.endsWith("/") ? find(folder, `${path}index.html`) : null;
}

async function send(request, response, status, file) {
  const type = TYPES[extname(file)] ?? "application/octet-stream";
  const { size } = await stat(file);
  const part = status === 200 ? wanted(request, size) : null;
  response.writeHead(part ? 206 : status, { "content-type": type, "cache-control": "no-store", ...(part && partly(part, size)) });
  createReadStream(file, part ?? {}).pipe(response);
}

/**
 * Serves `folder` at `http://127.0.0.1:PORT` + `base` (`""` or `/a/b`), on a free port.
 * The answer's `url` has no slash at its end. `first` sees every request before, and is true
 * if it has answered.
 */
export async function serve(folder, base = "", first = () => false) {
  const server = createServer(async (request, response) => {
    if (first(request, response)) return undefined;
    const { pathname } = new URL(request.url, "http://localhost");
    const inside = pathname.startsWith(`${base}/`);
    const file = inside ? await find(folder, pathname.slice(base.length)) : null;
    if (file) return send(request, response, 200, file);
    const missing = inside ? await find(folder, "/404.html") : null;
    if (missing) return send(request, response, 404, missing);
    response.writeHead(404, { "content-type": "text/plain" }).end("nothing here\n");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${server.address().port}${base}`, close };
}
