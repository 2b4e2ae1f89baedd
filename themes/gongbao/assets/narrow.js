// A long list can be narrowed to the rows that have some words in them. Without this it shows all.

import { announce, say } from "./common.js";

/** With fewer rows a list is seen at a glance. */
const FEW = 60;

const plain = (text) => text.normalize("NFKC").toLowerCase();

function offer(box) {
  const rows = [...document.querySelectorAll(box.dataset.narrow)].map((row) => ({ row, text: plain(row.textContent) }));
  if (rows.length < FEW) return;
  const groups = [...new Set(rows.map(({ row }) => row.closest("section, .annal")))].filter(Boolean);
  const input = box.querySelector("input");
  input.addEventListener("input", () => {
    const words = plain(input.value).split(/\s+/u).filter(Boolean);
    for (const { row, text } of rows) row.hidden = !words.every((word) => text.includes(word));
    for (const group of groups) group.hidden = words.length > 0 && !group.querySelector(`${box.dataset.narrow}:not([hidden])`);
    announce(say("list.narrowed", { n: rows.filter(({ row }) => !row.hidden).length }));
  });
  box.hidden = false;
}

for (const box of document.querySelectorAll("[data-narrow]")) offer(box);
