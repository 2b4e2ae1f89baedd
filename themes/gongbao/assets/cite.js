// How to cite a document or the data: the text after GB/T 7714 with the day of access, of a section with its own
// address; a document for reference managers too, as RIS and BibTeX, made of what the page tells machines.

import { copy, save } from "./common.js";

const box = document.querySelector("[data-citation]");
const { url } = box.dataset;
const line = box.querySelector(".citation-text");
/** The citation without the address, where that stands behind it. */
const text = [...line.childNodes].filter((node) => !node.matches?.(".citation-url")).map((node) => node.textContent).join("").trim();
const today = new Date().toLocaleDateString("sv");
const isSection = (hash) => /^#(w-)?sec-/.test(hash);
const here = () => (isSection(location.hash) ? location.hash : "");

/** The citation of the document, or of a section of it. GB/T 7714-2015, 8.5: the day of access stands in
    brackets behind the day of publication. */
function cite(hash) {
  const dated = text.replace(/(\[[A-Z]+\/OL\]\.(?:\(\d{4}-\d\d-\d\d\))?)\.?/u, `$1[${today}].`);
  return dated.includes(url) ? dated.replace(url, url + hash) : `${dated} ${url}${hash}`;
}

/** What the page tells machines of its document; of one that it only digests, what that is based on. */
function told() {
  const data = JSON.parse(document.querySelector("script[type='application/ld+json']").textContent);
  const page = data["@graph"].find((thing) => thing["@type"] === "Report" || thing.headline);
  const work = page.isBasedOn ?? page;
  return {
    authors: (work.author ?? []).map(({ name }) => name),
    title: work.name,
    date: work.datePublished ?? "",
    year: (work.datePublished ?? page.temporalCoverage ?? "").slice(0, 4),
    language: page.inLanguage,
    publisher: work.sourceOrganization?.name,
  };
}

/** https://en.wikipedia.org/wiki/RIS_(file_format): a tag a line. */
function ris() {
  const work = told();
  const lines = [["TY", "RPRT"], ...work.authors.map((name) => ["AU", name]), ["TI", work.title], ["PY", work.year],
    ["DA", work.date.replaceAll("-", "/")], ["PB", work.publisher], ["LA", work.language], ["UR", url + here()], ["Y2", today.replaceAll("-", "/")], ["ER", ""]];
  return lines.filter(([tag, value]) => value || tag === "ER").map(([tag, value]) => `${tag}  - ${value}\r\n`).join("");
}

function bibtex() {
  const work = told();
  const safe = (value) => value.replace(/[\\{}]/gu, " ").replace(/[&%$#_]/gu, "\\$&");
  const key = new URL(url).pathname.split("/").filter(Boolean).slice(-2).join("-") || "document";
  const fields = { author: work.authors.map((name) => `{${safe(name)}}`).join(" and "), title: `{${safe(work.title)}}`, institution: safe(work.publisher ?? work.authors.join("、")),
    year: work.year, date: work.date, url: url + here(), urldate: today, language: work.language };
  const lines = Object.entries(fields).filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}},\n`);
  return `@techreport{${key},\n${lines.join("")}}\n`;
}

const show = () => { line.textContent = cite(here()); };
box.querySelector("[data-copy]").addEventListener("click", () => copy(cite(here()), "citation.copied", "citation.failed"));
box.querySelector("[data-ris]")?.addEventListener("click", () => save(ris(), "citation.ris", "application/x-research-info-systems"));
box.querySelector("[data-bibtex]")?.addEventListener("click", () => save(bibtex(), "citation.bib", "application/x-bibtex"));
document.querySelector(".reading")?.addEventListener("click", (event) => {
  const mark = event.target.closest("a.permalink");
  if (mark && navigator.clipboard) copy(cite(mark.hash), "citation.copied_section", "citation.failed");
});
addEventListener("hashchange", show);
show();
