// What a page and the worker beside it hold in memory, as Chromium tells it.

/** Opens the ways to measure `page`; to be called before it starts a worker. */
export async function scales(page) {
  const session = await page.context().newCDPSession(page);
  const waiting = new Map();
  let worker = null;
  let last = 0;
  session.on("Target.attachedToTarget", ({ sessionId }) => { worker = sessionId; });
  session.on("Target.receivedMessageFromTarget", ({ message }) => {
    const { id, result, error } = JSON.parse(message);
    // What a worker tells unasked has no number.
    if (id === undefined) return;
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(error.message));
    else resolve(result);
  });
  await session.send("Target.setAutoAttach", { autoAttach: true, waitForDebuggerOnStart: false, flatten: false });
  await session.send("Performance.enable");

  const ask = (method, params = {}) => new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, { resolve, reject });
    const message = JSON.stringify({ id: last, method, params });
    session.send("Target.sendMessageToTarget", { sessionId: worker, message }).catch(reject);
  });

  /** The bytes that scripts hold: objects, what they have in the browser, buffers. */
  const bytes = ({ usedSize, embedderHeapUsedSize = 0, backingStorageSize = 0 }) => usedSize + embedderHeapUsedSize + backingStorageSize;

  /** What page and worker hold once all that nobody has a way to is collected. */
  async function held() {
    // What the first round lets go of may let go of more.
    for (let round = 0; round < 3; round += 1) {
      await session.send("HeapProfiler.collectGarbage");
      if (worker) await ask("HeapProfiler.collectGarbage");
    }
    const { metrics } = await session.send("Performance.getMetrics");
    const metric = (name) => metrics.find((one) => one.name === name).value;
    return {
      page: bytes(await session.send("Runtime.getHeapUsage")),
      worker: worker ? bytes(await ask("Runtime.getHeapUsage")) : 0,
      nodes: metric("Nodes"),
      listeners: metric("JSEventListeners"),
    };
  }

  return { held };
}
