// Opens pages of a served site in Chromium and holds that the policy of the server stops nothing: opened.mjs ADDRESS

import { createRequire } from "node:module";
import { join } from "node:path";

import { CHROMIUM } from "../browser/support/chromium.mjs";

const require = createRequire(join(process.cwd(), "package.json"));
const { chromium } = require("playwright-core");
const [address] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
const wrong = [];
const page = await browser.newPage();
page.on("console", (message) => { if (["error", "warning"].includes(message.type())) wrong.push(`${page.url()}: ${message.text()}`); });
page.on("pageerror", (error) => wrong.push(`${page.url()}: ${error}`));
page.on("requestfailed", (request) => wrong.push(`${request.url()}: ${request.failure()?.errorText}`));
const open = async (path) => {
  await page.goto(address + path, { waitUntil: "networkidle" });
  // A property that the style gives all of its pages.
  const isStyled = await page.evaluate(() => getComputedStyle(document.body).getPropertyValue("--accent") !== "");
  if (!isStyled) wrong.push(`${path} has no style`);
};
await open("/");
const links = await page.$$eval("a[href]", (all) => all.map((link) => new URL(link.href).pathname));
const paths = [...new Set(links)].filter((path) => path.endsWith("/")).slice(0, 25);
for (const path of paths) await open(path);
// Search loads its index and its engine under the policy.
await open("/search/");
await page.fill("input[type=search]", "法治政府");
await page.waitForFunction(() => document.querySelectorAll("main a[href*='/']").length > 0 && /\d/.test(document.querySelector("main").innerText), null, { timeout: 15000 });
console.log(wrong.length ? wrong.join("\n") : `${paths.length + 2} pages were opened, and nothing was stopped`);
await browser.close();
process.exit(wrong.length ? 1 : 0);
