// Files that a page gives its reader.

import { buffer } from "node:stream/consumers";

/** The name, the bytes and the text of the file that comes when `act` is done, which is a click on `link` unless said. */
export async function taken(page, link, act = () => link.click()) {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  const bytes = await buffer(await download.createReadStream());
  return { name: download.suggestedFilename(), bytes, text: bytes.toString() };
}
