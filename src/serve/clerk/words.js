// What all scripts of the desk share: the language, elements, and the way to ask the server.

import { element } from "../element.js";

export { element };

export const chinese = document.documentElement.lang !== "en";
export const pick = (zh, en) => (chinese ? zh : en);

export const button = (words, onclick, properties = {}) => element("button", { type: "button", textContent: words, onclick, ...properties });

/** The key of the printed link, which the pages of this tab keep. */
const KEY = "xiangwei-desk";
export function key() {
  const given = /^#desk=([0-9a-f]+)$/.exec(location.hash)?.[1];
  if (given) {
    sessionStorage.setItem(KEY, given);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem(KEY);
}

/** What the server says is wrong; `status` is that of HTTP, `answer` what came with it. */
export class Refused extends Error {
  constructor(status, answer) {
    super(answer?.error ?? pick(`预览没有回答（${status}）`, `The preview gave no answer (${status})`));
    Object.assign(this, { status, answer });
  }
}

/** Asks the desk. Only with the key does it answer. */
export async function ask(what, body = {}) {
  let response;
  try {
    response = await fetch(`/@preview/desk/${what}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Xiangwei-Desk": key() ?? "" },
      body: JSON.stringify(body),
      cache: "no-store",
    });
  } catch {
    throw new Refused(0, { error: pick("预览已断开。重新运行 xiangwei serve，再打开它打印的链接", "The preview is away. Run xiangwei serve again and open the link that it prints") });
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}
