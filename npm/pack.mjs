// Makes the npm packages: `node npm/pack.mjs FOLDER` that of the launcher,
// `node npm/pack.mjs FOLDER PLATFORM BINARY` that of one platform of platforms.json (`host` is this
// one). Each goes into a folder of its own in FOLDER, ready for `npm pack` and `npm publish`; its
// path is printed. Version, words and licence are those of Cargo.toml.

import { chmod, copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const platforms = JSON.parse(await readFile(join(root, "npm/platforms.json"), "utf8"));
const manifest = await readFile(join(root, "Cargo.toml"), "utf8");

/** A text of the section `[package]`. */
function said(key) {
  const [, section] = /^\[package\]\n([^[]*)/m.exec(manifest);
  return new RegExp(`^${key} = "(.*)"$`, "m").exec(section)[1];
}

const version = said("version");
// npm holds a published package to the repository that says it has published it.
const repository = process.env.GITHUB_REPOSITORY && { type: "git", url: `git+https://github.com/${process.env.GITHUB_REPOSITORY}.git` };
const common = { version, description: said("description"), license: said("license"), repository };
const own = (platform) => `@xiangwei/${platform}`;

async function write(folder, about, files) {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), `${JSON.stringify(about, null, 2)}\n`);
  for (const [from, name] of [...files, ["LICENSE-MIT"], ["LICENSE-APACHE"]]) await copyFile(join(root, from), join(folder, name ?? from));
  return folder;
}

/** The package that people install. */
function launcher(folder) {
  const names = Object.keys(platforms).map(own);
  const about = {
    name: "xiangwei",
    ...common,
    keywords: ["static-site", "government", "disclosure", "chinese", "archive"],
    bin: { xiangwei: "launcher.js" },
    engines: { node: ">=18" },
    optionalDependencies: Object.fromEntries(names.map((name) => [name, version])),
  };
  return write(join(folder, "xiangwei"), about, [["npm/launcher.js", "launcher.js"], ["README.md"], ["README.zh-CN.md"]]);
}

/** The package with the program for one platform. */
async function program(folder, platform, binary) {
  if (!platforms[platform]) throw new Error(`${platform} is not in npm/platforms.json`);
  const [os, cpu] = platform.split("-");
  const file = os === "win32" ? "xiangwei.exe" : "xiangwei";
  const about = { name: own(platform), ...common, os: [os], cpu: [cpu], preferUnplugged: true };
  const made = await write(join(folder, platform), about, []);
  await copyFile(binary, join(made, file));
  await chmod(join(made, file), 0o755);
  return made;
}

const [folder, platform, binary] = process.argv.slice(2);
const host = `${process.platform}-${process.arch}`;
console.log(await (platform ? program(folder, platform === "host" ? host : platform, binary) : launcher(folder)));
