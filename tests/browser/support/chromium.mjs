// Which Chromium tests and benchmarks drive, and how it is started.

import { existsSync } from "node:fs";

const INSTALLED = ["/usr/bin/chromium", "/usr/bin/chromium-headless-shell"];

/** The one that CHROMIUM names, or one that is installed; without any, the one that is then said to be missing. */
export const CHROMIUM = process.env.CHROMIUM || INSTALLED.find((path) => existsSync(path)) || INSTALLED[0];

/** What a browser is started with; as root, Chromium does not start inside its sandbox. */
export const BROWSER = {
  executablePath: CHROMIUM,
  args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
};
