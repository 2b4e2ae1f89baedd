// A chart is taken away and shared: as a picture that says what it shows, where it is from and of which day it is; as a
// table; as a frame in the page of another site; by an address with its places, its year and the order of the table.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { inflateSync } from "node:zlib";

import { look } from "./support/axe.mjs";
import { go, listen, withBrowser } from "./support/browser.mjs";
import { taken } from "./support/download.mjs";
import { at } from "./support/pages.mjs";

const { context, visit } = withBrowser();
const TRAINED = at("across", "/indicators/trained/");
const CLOSED = at("across", "/indicators/closed/");
const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };
const today = () => new Date().toLocaleDateString("sv");

/** How large a PNG is, and how many of its points are neither white nor clear. */
function drawn(bytes) {
  assert.deepEqual([...bytes.subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
  const [width, height, depth, kind] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20), bytes[24], bytes[25]];
  assert.deepEqual([depth, kind], [8, 6], "eight bits, with colour and cover");
  const parts = [];
  for (let from = 8; from < bytes.length; from += 12 + bytes.readUInt32BE(from)) {
    if (bytes.toString("latin1", from + 4, from + 8) === "IDAT") parts.push(bytes.subarray(from + 8, from + 8 + bytes.readUInt32BE(from)));
  }
  // Of rows as they are written, differences to neighbours; white rows alone are all alike.
  const rows = inflateSync(Buffer.concat(parts));
  let inked = 0;
  for (let row = 0; row < height; row += 1) {
    const line = rows.subarray(row * (width * 4 + 1) + 1, (row + 1) * (width * 4 + 1));
    if (line.some((byte) => byte !== 0 && byte !== 255)) inked += 1;
  }
  return { width, height, inked };
}

for (const [name, options] of [["in light", {}], ["in dark", { colorScheme: "dark" }], ["on a phone", { viewport: { width: 360, height: 740 } }]]) {
  test(`a chart is downloaded as SVG that stands alone: ${name}`, () => context(options, async (own) => {
    const page = await own.newPage();
    const heard = listen(page);
    await go(page, `${TRAINED}?places=shili,baihe`);
    const file = await taken(page, page.locator("[data-take=svg]"));
    assert.equal(file.name, "trained.svg");
    const { text } = file;
    const told = await page.evaluate((svg) => {
      const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
      const all = [...parsed.querySelectorAll("*")];
      return {
        error: parsed.querySelector("parsererror")?.textContent,
        root: parsed.documentElement.localName,
        width: parsed.documentElement.getAttribute("width"),
        texts: [...parsed.querySelectorAll("text")].map((node) => node.textContent),
        styled: all.filter((node) => node.hasAttribute("class") || node.hasAttribute("style") || node.localName === "style").length,
        bare: [...parsed.querySelectorAll("text")].filter((node) => !node.getAttribute("fill") || !node.getAttribute("font-size") || !node.getAttribute("font-family")).length,
        lines: [...parsed.querySelectorAll("path")].map((node) => node.getAttribute("stroke")).filter((stroke) => stroke && stroke !== "none"),
        ground: parsed.querySelector("rect").getAttribute("fill"),
        ink: parsed.querySelector("text").getAttribute("fill"),
        links: [...parsed.querySelectorAll("a")].map((node) => node.getAttribute("href")),
        outside: /url\(|var\(|<script|on\w+=/u.test(svg),
      };
    }, text);
    assert.deepEqual([told.error, told.root, told.width, told.styled, told.bare, told.outside], [undefined, "svg", "808", 0, 0, false]);
    const said = told.texts.join("");
    assert.match(said, /培训执法人员/);
    assert.match(said, /石里市/);
    assert.match(said, /来源：/);
    assert.ok(said.includes(`${TRAINED}?places=shili,baihe`), "its address, with what was chosen");
    assert.ok(said.includes(today()));
    assert.match(said, /空心符号/, "what one has to know");
    assert.deepEqual([told.ground, told.ink], ["#fff", "#1c1a17"], "on paper's colours");
    assert.ok(told.lines.includes("rgb(185, 47, 29)") && told.lines.includes("rgb(31, 78, 121)"), "the lines have the colours of light paper");
    assert.ok(told.links.length > 3 && told.links.every((href) => href.startsWith("http")));
    assert.equal(await page.evaluate(() => document.documentElement.getAttribute("data-theme")), null, "the page stays as it was");
    assert.deepEqual(heard.console, [], "and its policy forbids nothing of this");
  }));
}

test("a chart is downloaded and copied as a picture twice as dense as the screen", () => visit(TRAINED, CLIPBOARD, async (page) => {
  const file = await taken(page, page.locator("[data-take=png]"));
  assert.equal(file.name, "trained.png");
  const { width, height, inked } = drawn(file.bytes);
  assert.equal(width, 1616);
  assert.ok(height > 800 && inked > 300, `${height} rows, ${inked} of them drawn`);
  await page.locator("[data-take=picture]").click();
  await page.waitForFunction(() => document.querySelector("#announce").textContent === "已复制");
  const size = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const { width, height } = await createImageBitmap(await item.getType("image/png"));
    return [width, height];
  });
  assert.deepEqual(size, [width, height]);
}));

test("the table is copied as it is shown, for spreadsheets", () => visit(`${CLOSED}?level=county&parent=shili`, CLIPBOARD, async (page) => {
  await page.locator("[data-take=table]").click();
  await page.waitForFunction(() => document.querySelector("#announce").textContent === "已复制");
  const { text, html } = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const of = async (type) => (await item.getType(type)).text();
    return { text: await of("text/plain"), html: await of("text/html") };
  });
  const rows = text.split("\n").map((row) => row.split("\t"));
  assert.deepEqual(rows.map(([name]) => name), ["地方", "东山县", "西山县", "南山县"]);
  assert.ok(rows.every((row) => row.length === rows[0].length) && rows[0].slice(1).every((year) => /^\d{4}$/.test(year)));
  assert.ok(rows.slice(1).flat().some((cell) => /^\d+件$/u.test(cell)));
  assert.match(html, /<td[^>]*>东山县<\/td>/);
}));

test("the value stands beside its point, by pointer and by keyboard, and Escape takes it away", () => visit(TRAINED, {}, async (page) => {
  const point = page.locator(".points a").nth(3);
  await point.hover();
  const tip = page.locator(".tip");
  assert.equal(await tip.textContent(), "石里市2023年：不超过400人");
  const [one, other, field] = await Promise.all([point, tip, page.locator("svg.lines")].map((node) => node.boundingBox()));
  assert.ok(Math.abs((one.y + one.height / 2) - (other.y + other.height / 2)) < 60, "beside it");
  assert.ok(other.x >= field.x - 1 && other.x + other.width <= field.x + field.width + 1, "within the picture");
  await tip.hover();
  assert.equal(await tip.count(), 1, "the pointer can go there");
  await page.keyboard.press("Escape");
  assert.equal(await tip.count(), 0);
  await page.locator(".chart-field").focus();
  await page.keyboard.press("Tab");
  assert.equal(await tip.textContent(), "石里市2019年：超过300人");
  await page.keyboard.press("ArrowRight");
  assert.equal(await tip.textContent(), "石里市2020年：320人");
  assert.equal(await page.locator(".points a title").count(), (await page.locator(".points a").count()) - 1, "nothing says it twice");
}));

test("all places of a year stand on one scale with the chosen ones among them, and the address keeps the year", () => visit(CLOSED, {}, async (page) => {
  const years = await page.locator("[name=year] option").allInnerTexts();
  assert.ok(years.length > 1 && years[0] > years[1], "the newest first");
  const last = years.at(-1);
  await page.locator("[name=year]").selectOption(last);
  assert.equal(new URL(page.url()).searchParams.get("year"), last);
  const column = await page.locator("#places thead th").evaluateAll((all, year) => all.findIndex((head) => head.textContent.startsWith(year)), last);
  const values = (await page.locator("#places tbody tr").evaluateAll((rows, at) => rows.map((row) => row.cells[at].dataset.value).filter(Boolean).map(Number), column)).sort((a, b) => a - b);
  const drawnEach = await page.locator(".spread .each").getAttribute("d");
  assert.equal(drawnEach.match(/M/gu).length, values.length, "each place is there");
  const said = await page.locator(".spread-words").innerText();
  const middle = values.length % 2 ? values[(values.length - 1) / 2] : (values[values.length / 2 - 1] + values[values.length / 2]) / 2;
  assert.ok(said.includes(`${values.length}个地方`) && said.includes(`中位数${middle}件`), said);
  assert.match(said, /所选的地方：石里市.*从大到小第\d/u);
  assert.equal(await page.locator(".spread").getAttribute("aria-label"), said);
  await page.reload();
  assert.equal(await page.locator("[name=year]").inputValue(), last);
  await page.locator("[data-clear]").click();
  assert.equal(await page.locator(".spread .own").count(), 0);
  // A county is held against counties: the province counts what they count as well.
  await page.locator("[name=year]").selectOption("2020");
  await page.locator("tr[data-place=dongshan] .pick input").check();
  assert.match(await page.locator(".spread-words").innerText(), /^与所选地方同级的6个地方有数值：最小40件（东山县），最大75件（新江县）/u);
}));

test("a chart is shared by its address, as it is chosen", () => visit(`${CLOSED}?places=dongshan,nanshan`, CLIPBOARD, async (page) => {
  await page.locator("[data-take=address]").click();
  await page.waitForFunction(() => document.querySelector("#announce").textContent === "地址已复制");
  const address = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(address, `${CLOSED}?places=dongshan,nanshan#course`);
  await go(page, address);
  assert.deepEqual(await page.locator(".lines text.name").allTextContents(), ["东山县", "南山县"]);
}));

test("the order of the table is shared by its address", () => visit(CLOSED, {}, async (page) => {
  const rows = () => page.locator("#places tbody tr th a").allTextContents();
  const names = () => page.locator(".lines text.name").allTextContents();
  const lines = await names();
  const head = page.locator("th[data-order]", { hasText: "2020" });
  await head.locator("button").click();
  assert.equal(new URL(page.url()).search, "?sort=2020");
  await head.locator("button").click();
  assert.equal(new URL(page.url()).search, "?sort=2020&order=ascending");
  const order = await rows();
  await page.reload();
  await page.locator("th[aria-sort=ascending]", { hasText: "2020" }).waitFor();
  assert.deepEqual(await rows(), order);
  assert.deepEqual(await names(), lines, "no line changes its colour for it");
  await page.locator("th[data-order=rows] button").click();
  assert.equal(new URL(page.url()).search, "");
}));

/** A page of another site with this in it. */
async function other(html, act) {
  const server = createServer((_, answer) => answer.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(`<!DOCTYPE html><title>x</title>${html}`));
  await new Promise((done) => { server.listen(0, "localhost", done); });
  try {
    return await act(`http://localhost:${server.address().port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test("the frame shows the chosen places in the page of another site, and leads back", () => context({}, async (own) => {
  const page = await own.newPage();
  await go(page, `${TRAINED}?places=baihe,shili-justice`);
  await page.locator(".embed summary").click();
  const code = await page.locator("#embed-code").inputValue();
  assert.match(code, /^<iframe src="[^"]+\/indicators\/trained\/embed\/\?places=baihe,shili-justice" title="[^"]+" width="100%" height="460" loading="lazy"><\/iframe>$/u);
  // The site says its public address; here it stands on this machine.
  const here = code.replace(/src="https?:\/\/[^/]+/u, `src="${new URL(TRAINED).origin}`);
  await other(here, async (address) => {
    const foreign = await own.newPage();
    const heard = listen(foreign);
    await go(foreign, address);
    const frame = foreign.frameLocator("iframe");
    // The file of the frame shows three places, until its script has drawn those that are chosen.
    await frame.locator(".lines text.name").nth(2).waitFor({ state: "detached" });
    assert.deepEqual(await frame.locator(".lines text.name").allTextContents(), ["白河市", "石里市司法局"]);
    const back = frame.locator(".embed-source a");
    assert.match(await back.getAttribute("href"), /\/indicators\/trained\/\?places=baihe,shili-justice$/);
    const opened = own.waitForEvent("page");
    await back.click();
    assert.match((await opened).url(), /\/indicators\/trained\/\?places=baihe,shili-justice$/);
    assert.deepEqual(heard.console, []);
  });
}));

test("the page of a frame is small, is for no robot, and is there without scripts", () => visit(`${TRAINED}embed/`, { javaScriptEnabled: false }, async (page) => {
  assert.equal(await page.locator("meta[name=robots]").getAttribute("content"), "noindex");
  assert.match(await page.locator("h1 a").getAttribute("href"), /\/indicators\/trained\/$/);
  assert.ok(await page.locator(".lines").isVisible());
  assert.equal(await page.locator("header, nav, footer, table").count(), 0);
  const whole = await page.content();
  assert.ok(whole.length < 16_000, `${whole.length} characters`);
  const map = await (await fetch(new URL("/sitemap.xml", TRAINED))).text();
  assert.ok(map.includes("/indicators/trained/<") && !map.includes("embed"));
}));

for (const [name, options] of [["in light", {}], ["in dark", { colorScheme: "dark" }], ["in forced colours", { forcedColors: "active" }], ["in a narrow column", { viewport: { width: 320, height: 480 } }]]) {
  test(`axe finds nothing in the page of a frame, ${name}, and nothing has to be pushed sideways`, () => visit(`${TRAINED}embed/`, options, async (page) => {
    await page.locator(".points[role=group]").waitFor();
    assert.deepEqual((await look(page)).against, []);
    const [inner, outer] = await page.locator(".chart-field").evaluate((box) => [box.scrollWidth, box.clientWidth]);
    assert.ok(inner <= outer, `the chart of ${inner} px fits into ${outer} px`);
  }));
}
