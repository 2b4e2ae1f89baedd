// The same texts in four scripts: mainland, traditional, Taiwan, Hong Kong, as OpenCC writes them.
// Whatever script a document is in and whatever script a query is typed in, search finds what a
// plain search through the mainland's text finds, no more and no less. XIANGWEI_QUERIES says how
// many queries there are.

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { Converter } from "opencc-js/cn2t";

import { fold, learn, units } from "../../themes/gongbao/assets/search-words.js";
import { build, dice } from "./support/archive.mjs";
import { go, withBrowser } from "./support/browser.mjs";
import { folds } from "./support/folds.mjs";
import { serve } from "./support/serve.mjs";
import { project } from "./support/sites.mjs";
import { texts } from "./support/texts.mjs";

const { context } = withBrowser();
learn(folds());

const MANY = Number(process.env.XIANGWEI_QUERIES) || 150;
const FORMS = [(text) => text, ...["t", "tw", "hk"].map((to) => Converter({ from: "cn", to }))];

/** Markdown files below a folder. */
async function files(folder) {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => /\d{4}(\/[\w-]+)?\.md$/.test(name)).sort();
}

/** The body of a document, its front matter left as it is. */
function converted(source, form) {
  const [, head, body] = /^(---\n.*?\n---\n)(.*)$/s.exec(source) ?? [null, "", source];
  return head + form(body);
}

let folder;
let server;
/** The texts of every document as they are indexed: block by block, in the mainland's script. */
let documents;

/** The blocks of every document in the index of a site, by address. */
async function indexed(output) {
  const found = new Map();
  for await (const [url, sections] of texts(output)) {
    found.set(url, sections.flatMap(([, blocks]) => blocks.map((paragraphs) => paragraphs.join("\n"))));
  }
  return found;
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "xiangwei-scripts-"));
  for (const name of ["content", "indicators.yaml", "site.yaml"]) await cp(join(project, name), join(folder, name), { recursive: true });
  documents = await indexed(await build(folder, "plain"));
  for (const [n, name] of (await files(join(folder, "content"))).entries()) {
    const path = join(folder, "content", name);
    await writeFile(path, converted(await readFile(path, "utf8"), FORMS[n % FORMS.length]));
  }
  server = await serve(await build(folder, "mixed", ["--base-url", "http://127.0.0.1/"]));
});
after(async () => {
  await server?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test("a sentence reads the same in every script", async () => {
  const wrong = [];
  let sentences = 0;
  for (const blocks of documents.values()) {
    for (const sentence of blocks.flatMap((text) => text.split(/(?<=[。；])/))) {
      sentences += 1;
      for (const form of FORMS.slice(1)) {
        if (fold(form(sentence)) !== fold(sentence)) wrong.push([sentence, form(sentence)]);
      }
    }
  }
  assert.ok(sentences > 1000, `${sentences} sentences`);
  assert.deepEqual(wrong.slice(0, 10), []);
});

/** The address of the file of a site whose path is like this. */
async function published({ url }, pattern) {
  const { files } = await (await fetch(`${url}/manifest.json`)).json();
  return `${url}/${Object.keys(files).find((path) => pattern.test(path))}`;
}

/** Whether a text holds the units of a phrase in a row. */
function holds(text, phrase) {
  return ` ${text.join(" ")} `.includes(` ${phrase.join(" ")} `);
}

test(`${MANY} queries in four scripts find what a plain search finds`, () => context({}, async (own) => {
  const roll = dice(31);
  const pick = (list) => list[roll(list.length)];
  const cut = new Map([...documents].map(([url, blocks]) => [url, blocks.map(units)]));
  const addresses = [...documents.keys()].sort();
  const queries = [];
  while (queries.length < MANY) {
    const text = pick(documents.get(pick(addresses))).replace(/\s/g, "");
    const from = roll(text.length);
    const phrase = text.slice(from, from + 2 + roll(8)).replace(/^[\d.,%]+|[\d.,a-zA-Z]+$/g, "");
    if (units(phrase).length > 1 && !/["“”「」\s]/.test(phrase)) queries.push(phrase);
  }
  const page = await own.newPage();
  await go(page, `${server.url}/search/`);
  const script = await published(server, /^assets\/search-worker\.\w+\.js$/);
  const found = await page.evaluate(async ([address, asked]) => {
    const engine = new Worker(address, { type: "module" });
    engine.postMessage({ base: new URL(document.getElementById("search").dataset.bundle, location.href).href });
    const answers = [];
    for (const [turn, q] of asked.entries()) {
      answers.push(await new Promise((resolve, reject) => {
        engine.onmessage = ({ data }) => {
          if (data.turn !== turn + 1) return;
          if (data.failed) reject(new Error(data.failed));
          if (data.done) resolve(data.shown.map(({ url }) => url).sort());
        };
        engine.postMessage({ turn: turn + 1, query: { q }, count: 10_000 });
      }));
    }
    return answers;
  }, [script, queries.map((phrase, n) => FORMS[n % FORMS.length](phrase))]);
  const wrong = [];
  for (const [n, phrase] of queries.entries()) {
    const wanted = units(phrase);
    const right = addresses.filter((url) => cut.get(url).some((text) => holds(text, wanted)));
    if (JSON.stringify(found[n]) !== JSON.stringify(right)) wrong.push(`${FORMS[n % FORMS.length](phrase)}: ${found[n].length} and not ${right.length}`);
  }
  assert.deepEqual(wrong, []);
}));
