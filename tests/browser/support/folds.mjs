// How characters fold, read from the tables of the program as its contents.json has them: pairs of a
// character and the one that stands for it.

import { readFile } from "node:fs/promises";

const read = async (name) => (await readFile(new URL(`../../../src/han/${name}.txt`, import.meta.url), "utf8"))
  .split("\n").filter((line) => line && !line.startsWith("#")).map((line) => [...line]);

/** Traditional characters, each with its simplified form. */
export const simplified = await read("simplified");

const classes = new Map((await read("variants")).flatMap(([first, ...others]) => others.map((other) => [other, first])));

/** Every character that folds, with what it folds to. */
export const table = new Map([...simplified.map(([c, other]) => [c, classes.get(other) ?? other]), ...classes]);

/** The same, one character behind the other. */
export const folds = () => [...table].flat().join("");
