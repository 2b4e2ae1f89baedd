// The sites under test, built by the real program into a folder that is thrown away: the
// example archive at the root of its host, a small site of special cases under a sub-path, in
// Chinese and with an English interface, one whose reports change from year to year, one of
// several places with figures to put side by side, and one whose places say the same now and then.

import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { serve } from "./serve.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** The folder of the project. */
export const project = resolve(here, "../../..");

/** The path below its host that the small site is built for. */
export const SUB_PATH = "/fzzf/open";

const program = process.env.XIANGWEI ?? join(project, "target/debug/xiangwei");

async function build(site, output) {
  const args = ["build", "--quiet", "--site", site, "--output", output];
  await promisify(execFile)(program, args, { maxBuffer: 2 ** 26 }).catch((error) => {
    throw new Error(`${program} ${args.join(" ")} failed:\n${error.stderr || error.message}`);
  });
  return output;
}

/** A site over the sites at these addresses, which are read from the folders that are served there; one more has none. */
async function federated(folder, offices) {
  const source = join(folder, "hub-source");
  await mkdir(source);
  const line = ([name, title, url, from]) => `- { name: ${name}, title: ${title}, url: "${url}/", folder: ${JSON.stringify(from)} }\n`;
  const all = [...offices, ["nobody", "无市", "https://nobody.example", join(folder, "nothing")]];
  await writeFile(join(source, "sites.yaml"), `offices:\n${all.map(line).join("")}`);
  await writeFile(join(source, "site.yaml"), "title: 汇总档案\ntitle_en: All offices\nbase_url: https://hub.example/\nlanguages: [zh-CN, en]\n");
  await cp(join(project, "tests/sites/across/indicators.yaml"), join(source, "indicators.yaml"));
  const args = ["federate", join(source, "sites.yaml"), "--quiet", "--site", source, "--output", join(folder, "hub")];
  // 3: one of the offices could not be read.
  const code = await promisify(execFile)(program, args).then(() => 0, (error) => error.code);
  if (code !== 3) throw new Error(`${program} ${args.join(" ")} ended with ${code}`);
  return join(folder, "hub");
}

/** The small site with another interface language, or with two of them. */
async function translated(from, to, languages = "language: en") {
  await cp(from, to, { recursive: true });
  const settings = join(to, "site.yaml");
  await writeFile(settings, `${await readFile(settings, "utf8")}\n${languages}\n`);
  return to;
}

/** Gives a place one more report, which says of a year what its next one says: of three, a reader can pick two. */
async function addYear(place, year) {
  const next = await readFile(join(place, `${year + 1}.md`), "utf8");
  await writeFile(join(place, `${year}.md`), next.replaceAll(/20\d\d/g, (told) => Number(told) - 1));
}

/** Builds and serves all sites; `close` ends the servers and removes the files. */
export async function open() {
  const folder = await mkdtemp(join(tmpdir(), "xiangwei-browser-"));
  const special = join(here, "../site");
  const english = await translated(special, join(folder, "english-source"));
  const bilingual = await translated(special, join(folder, "bilingual-source"), "languages: [zh-CN, en]\ntitle_en: Archive of Qingshi");
  for (const year of [2022, 2021]) await addYear(join(bilingual, "content/bailu"), year);
  const servers = [
    await serve(await build(project, join(folder, "example"))),
    await serve(await build(special, join(folder, "special")), SUB_PATH),
    await serve(await build(english, join(folder, "english")), SUB_PATH),
    await serve(await build(bilingual, join(folder, "bilingual")), SUB_PATH),
    await serve(await build(join(project, "tests/sites/compared"), join(folder, "compared"))),
    await serve(await build(join(project, "tests/sites/across"), join(folder, "across"))),
    await serve(await build(join(project, "tests/sites/ancestry"), join(folder, "ancestry"))),
  ];
  const [example, special_, english_, bilingual_, compared, across, ancestry] = servers.map((server) => server.url);
  servers.push(await serve(await federated(folder, [["across", "某省", across, join(folder, "across")], ["ancestry", "青川省", ancestry, join(folder, "ancestry")]])));
  const hub = servers.at(-1).url;
  const close = async () => {
    await Promise.all(servers.map((server) => server.close()));
    await rm(folder, { recursive: true, force: true });
  };
  return { folder, urls: { example, special: special_, english: english_, bilingual: bilingual_, compared, across, ancestry, hub }, close };
}
