// The desk: a document is put in its place or opened, filled in and saved, with the page as it will
// be beside it. Nothing here knows what is right; the server is asked, and nothing is written but by
// saving.

import { begin } from "./new.js";
import { edit } from "./sheet.js";
import { ask, element, key, pick } from "./words.js";

const top = document.getElementById("top");
const desk = document.getElementById("desk");

/** The line at the top of the desk, with what belongs to what is open. */
function head(title, ...ways) {
  document.title = `${title} · xiangwei`;
  top.replaceChildren(element("h1", { textContent: title }), element("div", { className: "ways" }, ...ways));
}

/** Says what is the matter where the desk would be. */
function say(title, ...paragraphs) {
  head(title, element("a", { href: "/", textContent: pick("返回网站", "Back to the site") }));
  desk.replaceChildren(element("div", { className: "said" }, ...paragraphs.map((words) => element("p", { textContent: words }))));
}

async function open(at) {
  try {
    edit({ desk, head }, { at, ...await ask("open", { at }) });
  } catch (error) {
    say(pick("打不开", "It cannot be opened"), error.message);
  }
}

async function make() {
  try {
    const choices = await ask("choices");
    begin({ desk, head }, choices, (sheet) => edit({ desk, head }, sheet));
  } catch (error) {
    say(pick("不能新建", "Nothing can be made"), error.message);
  }
}

if (!key()) {
  say(
    pick("先打开终端里的链接", "Open the link in the terminal first"),
    pick("运行 xiangwei serve 时，终端里打印了一个以 #desk= 结尾的链接。请在这个浏览器窗口里打开它，再回到这里。", "When xiangwei serve started, it printed a link that ends with #desk=. Open that link in this window, then come back."),
    pick("链接里有一把钥匙，只有拿到它的人才能修改文件；别的网页拿不到。", "The link holds a key. Only who has it can change files; no other web page can."),
  );
} else {
  const at = new URLSearchParams(location.search).get("at");
  await (at ? open(at) : make());
}
