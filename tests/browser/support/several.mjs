// A small site with one report a year, each in a bundle of its own.

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { build } from "./archive.mjs";

const report = (year, more) => `---
title: 江门市${year}年度法治政府建设情况报告
issuer: 江门市人民政府
published: ${year + 1}-03-20
---
## 一、总体情况

全年办结行政复议案件${700 + (year % 100)}件，独见于${year}年的一句话。${more}
`;

/** Builds the site of some years, each with `more` to say; where it is, and how it goes away. */
export async function built(years, more = "") {
  const folder = await mkdtemp(join(tmpdir(), "xiangwei-several-"));
  await writeFile(join(folder, "site.yaml"), "title: 检索试验\nbase_url: https://www.example.org/\n");
  await mkdir(join(folder, "content/jiangmen"), { recursive: true });
  await writeFile(join(folder, "content/jiangmen/_index.md"), "---\nname: 江门市\nlevel: prefecture\n---\n");
  for (const year of years) await writeFile(join(folder, `content/jiangmen/${year}.md`), report(year, more));
  const output = await build(folder, "out", ["--search-bundle", "1"]);
  return { folder: output, close: () => rm(folder, { recursive: true, force: true }) };
}
