#!/usr/bin/env node
// Runs the program of this system. It is in a package of its own, of which npm has installed the
// one that fits; this only hands over arguments, signals and the exit code.

"use strict";

const { spawn } = require("node:child_process");

const platform = `${process.platform}-${process.arch}`;

/** Where the program is, or nothing. */
function program() {
  const file = process.platform === "win32" ? "xiangwei.exe" : "xiangwei";
  try {
    return require.resolve(`@xiangwei/${platform}/${file}`);
  } catch {
    return null;
  }
}

function refuse(why) {
  console.error(`xiangwei: ${why}`);
  process.exitCode = 2;
}

function run(path) {
  const child = spawn(path, process.argv.slice(2), { stdio: "inherit" });
  // A terminal tells both of Ctrl-C; what is sent to this process alone is passed on.
  const signals = { SIGINT: () => {}, SIGTERM: () => child.kill("SIGTERM"), SIGHUP: () => child.kill("SIGHUP") };
  for (const [name, heard] of Object.entries(signals)) process.on(name, heard);
  child.on("error", (error) => refuse(`${path} cannot be run: ${error.message}`));
  child.on("exit", (code, signal) => {
    for (const [name, heard] of Object.entries(signals)) process.off(name, heard);
    if (signal) process.kill(process.pid, signal);
    else process.exitCode = code;
  });
}

const path = program();
if (path) run(path);
else refuse(`there is no program for ${platform}, or npm was told to leave out optional packages (npm install --include=optional xiangwei)`);
