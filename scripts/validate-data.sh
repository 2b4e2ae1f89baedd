#!/bin/sh
# Asks the official validator of the Data Package standard about the open data of the example
# archive and of tests/sites/open-data: scripts/validate-data.sh [--install]
#
# The validator is a Python program. It is installed into target/validator the first time, which
# needs the network; --install does that and no more. Needs Python 3.9 or newer with venv, and
# the program built (`cargo build` or `cargo test`).
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
me=validate-data
. scripts/python.sh
tools=$target/validator
program=$target/debug/xiangwei

install_python "$tools" tests/data/requirements.txt "the validator"
[ "${1:-}" != --install ] || exit 0

[ -x "$program" ] || stop "$program is missing; run: cargo build"
sites=$(mktemp -d "${TMPDIR:-/tmp}/xiangwei-data.XXXXXX")
trap 'rm -rf "$sites"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
"$program" build --quiet --no-search --site . --output "$sites/example"
"$program" build --quiet --no-search --site tests/sites/open-data --output "$sites/open-data"
"$tools/bin/python" tests/data/validate.py "$sites/example" "$sites/open-data"
