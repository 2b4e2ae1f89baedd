// Open data as a researcher takes it away: from the page that explains it and from beside a
// table, by mouse and by keyboard, below a sub-path, without JavaScript, and on paper.

import assert from "node:assert/strict";
import { test } from "node:test";

import { withBrowser } from "./support/browser.mjs";
import { taken } from "./support/download.mjs";
import { at } from "./support/pages.mjs";

const { visit } = withBrowser();

const figures = (page, format) => page.locator(".data-files > li").first().getByRole("link", { name: format, exact: true });

test("each format of all figures can be taken away, below a sub-path too", async (t) => {
  for (const site of ["example", "special"]) {
    await t.test(site, () => visit(at(site, "/data/"), {}, async (page) => {
      const csv = await taken(page, figures(page, "CSV"));
      assert.equal(csv.name, "figures.csv");
      assert.ok(csv.text.startsWith("\uFEFFplace,place_name,"), csv.text.slice(0, 40));
      const json = await taken(page, figures(page, "JSON"));
      const rows = JSON.parse(json.text);
      assert.equal(json.name, "figures.json");
      const linked = await taken(page, figures(page, "JSON-LD"));
      const graph = JSON.parse(linked.text)["@graph"];
      assert.equal(linked.name, "figures.jsonld");
      assert.equal(graph.filter((node) => node["@type"] === "Observation").length, rows.length);
      assert.match(await page.locator(".data-files .count").first().textContent(), new RegExp(`^${rows.length}`));
    }));
  }
});

test("the address of a row leads to its sentence", () => visit(at("special", "/data/"), {}, async (page) => {
  const rows = JSON.parse((await taken(page, figures(page, "JSON"))).text);
  const row = rows.find((row) => row.anchor?.startsWith("fig-"));
  const { pathname } = new URL(row.address);
  await page.goto(`${new URL(page.url()).origin}${pathname}#${row.anchor}`);
  const figure = page.locator(`[id="${row.anchor}"]`);
  assert.equal(await figure.count(), 1);
  assert.ok((await figure.textContent()).includes(String(row.value)) || row.indicator_kind === "amount");
}));

test("a place's table has its rows beside it, and a keyboard is enough", () => visit(at("special", "/qingshi/"), {}, async (page) => {
  const link = page.locator(".downloads").getByRole("link", { name: "CSV" });
  await link.focus();
  const { name, text } = await taken(page, link, () => page.keyboard.press("Enter"));
  assert.equal(name, "qingshi.csv");
  const rows = text.trim().split("\r\n").slice(1);
  assert.ok(rows.length > 0 && rows.every((row) => row.startsWith("qingshi,")));
}));

test("what the columns mean is one step away", () => visit(at("special", "/qingshi/"), {}, async (page) => {
  await page.locator(".downloads a").last().click();
  await page.waitForURL("**/data/#fields");
  assert.ok(await page.locator("#fields").isVisible());
  for (const column of ["value", "qualifier", "preferred", "anchor"]) {
    assert.equal(await page.locator(`#column-${column}`).count(), 1, column);
  }
}));

test("the page works without JavaScript", () => visit(at("special", "/data/"), { javaScriptEnabled: false }, async (page) => {
  assert.equal((await taken(page, figures(page, "CSV"))).name, "figures.csv");
  assert.equal(await page.locator("[data-copy]").isVisible(), false);
}));

test("the citation is copied with its address", () => visit(at("special", "/data/"), { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
  await page.locator("[data-copy]").click();
  await page.waitForFunction(() => document.querySelector("#announce").textContent !== "");
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(text, /\[DS\/OL\].*\/data\/$/);
}));

test("every page's footer leads to the data", () => visit(at("special", "/"), {}, async (page) => {
  await page.locator(".imprint-links").getByRole("link", { name: "开放数据" }).click();
  assert.equal(new URL(page.url()).pathname, "/fzzf/open/data/");
}));

test("on paper the columns are explained, and nothing sticks out", () => visit(at("example", "/data/"), {}, async (page) => {
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 595, height: 842 });
  assert.ok(await page.locator("#column-value").isVisible());
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(excess <= 0, `${excess} px too wide`);
}));
