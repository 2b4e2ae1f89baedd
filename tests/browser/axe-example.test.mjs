import { examine } from "./axe.mjs";
import { PAGES } from "./support/pages.mjs";

examine(PAGES.filter((page) => page.site === "example"));
