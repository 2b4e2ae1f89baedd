// A reader cites: the text with the day of access, a section with its address, files for reference managers.

import assert from "node:assert/strict";
import { test } from "node:test";

import { withBrowser } from "./support/browser.mjs";
import { taken } from "./support/download.mjs";
import { at } from "./support/pages.mjs";

const { visit } = withBrowser();
const report = at("special", "/qingshi/2023/");
const today = () => new Date().toLocaleDateString("sv");

test("a citation has the day of access behind the day of publication, and the address of the section", () => visit(`${report}#sec-1`, { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
  await page.locator("[data-copy]").click();
  await page.waitForFunction(() => document.querySelector("#announce").textContent !== "");
  const text = await page.evaluate(() => navigator.clipboard.readText());
  const [published, accessed] = text.match(/\[R\/OL\]\.\((\d{4}-\d\d-\d\d)\)\[(\d{4}-\d\d-\d\d)\]\./).slice(1);
  assert.ok(published < accessed && Math.abs(Date.parse(accessed) - Date.parse(today())) <= 86_400_000, `${published} ${accessed}`);
  assert.match(text, /\/qingshi\/2023\/#sec-1$/);
}));

test("reference managers get the issuers, the title, the days and the address", () => visit(report, {}, async (page) => {
  const title = await page.locator("h1").textContent();
  const ris = await taken(page, page.locator("[data-ris]"));
  assert.equal(ris.name, "citation.ris");
  const fields = ris.text.split("\r\n").filter(Boolean).map((line) => line.match(/^([A-Z][A-Z0-9]) {2}- (.*)$/).slice(1));
  assert.deepEqual([fields[0], fields.at(-1)], [["TY", "RPRT"], ["ER", ""]]);
  assert.deepEqual(fields.filter(([tag]) => tag === "AU").map(([, name]) => name), ["青石县人民政府", "青石县司法局"]);
  assert.equal(new Map(fields).get("TI"), title);
  assert.match(new Map(fields).get("UR"), /\/qingshi\/2023\/$/);
  const bibtex = await taken(page, page.locator("[data-bibtex]"));
  assert.match(bibtex.text, /^@techreport\{qingshi-2023,\n/);
  assert.ok(bibtex.text.includes("author = {{青石县人民政府} and {青石县司法局}},") && bibtex.text.includes(`title = {{${title}}},`));
  assert.match(bibtex.text, /urldate = \{\d{4}-\d\d-\d\d\}/);
}));
