#!/bin/sh
# Asks a search library of others about what `xiangwei export search` writes of the example archive: scripts/export.sh [--install]
#
# The library is tantivy, in Python (PyPI). It is installed into target/export the first time, which needs the
# network; --install does that and no more. Needs Python 3.9 or newer with venv, and the program
# built (`cargo build` or `cargo test`). What is compared is told in tests/export/ask.py.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
me=export
. scripts/python.sh
tools=$target/export
program=$target/debug/xiangwei

install_python "$tools" tests/export/requirements.txt "tantivy"
[ "${1:-}" != --install ] || exit 0

[ -x "$program" ] || stop "$program is missing; run: cargo build"
work=$(mktemp -d "${TMPDIR:-/tmp}/xiangwei-export.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
"$program" build --quiet --site . --output "$work/site"
"$program" export search "$work/export" --quiet --site .
"$tools/bin/python" tests/export/ask.py "$program" "$work/site" "$work/export" 250
