// Chromium with nothing attached that records what a page loads. What drives browser tests keeps the
// body of every answer in the page's own process, a hundred megabytes and more of them, which would pass for what
// the page takes. Here it is asked by the DevTools protocol itself, and only for what a measurement needs.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CHROMIUM } from "../../tests/browser/support/chromium.mjs";

/** Starts a browser; `open` opens a page in it. */
export async function browser() {
  const folder = await mkdtemp(join(tmpdir(), "xiangwei-bare-"));
  const args = ["--headless=new", "--remote-debugging-pipe", `--user-data-dir=${folder}`, "--no-first-run", "--disable-extensions"];
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  const child = spawn(CHROMIUM, [...args, "about:blank"], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve, reject) => {
    child.on("close", resolve);
    child.on("error", reject);
  });
  const [, , , writing, reading] = child.stdio;
  const waiting = new Map();
  const workers = new Map();
  let last = 0;
  const hear = ({ id, result, error, method, params, sessionId }) => {
    if (method === "Target.attachedToTarget" && params.targetInfo.type === "worker") workers.set(sessionId, params.sessionId);
    if (method === "Target.detachedFromTarget" && workers.get(sessionId) === params.sessionId) workers.delete(sessionId);
    if (id === undefined) return;
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(error.message));
    else resolve(result);
  };
  let heard = "";
  reading.setEncoding("utf8");
  reading.on("data", (data) => {
    const messages = (heard + data).split("\0");
    heard = messages.pop();
    for (const message of messages) hear(JSON.parse(message));
  });
  const ask = (method, params = {}, sessionId = undefined) => new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    writing.write(`${JSON.stringify({ id: last, method, params, sessionId })}\0`);
  });

  async function open(url) {
    const { targetId } = await ask("Target.createTarget", { url });
    const { sessionId } = await ask("Target.attachToTarget", { targetId, flatten: true });
    await ask("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: true }, sessionId);
    return {
      /** Asks the page for something of the protocol. */
      ask: (method, params) => ask(method, params, sessionId),
      /** Asks the worker beside the page; `null` where there is none. */
      worker: (method, params) => (workers.has(sessionId) ? ask(method, params, workers.get(sessionId)) : null),
      /** What `expression` is in the page, waited for. */
      async value(expression) {
        const { result, exceptionDetails } = await ask("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true }, sessionId);
        if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
        return result.value;
      },
    };
  }

  async function close() {
    await ask("Browser.close").catch(() => {});
    await ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }

  return { ask, open, close };
}
