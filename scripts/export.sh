#!/bin/sh
# Asks a search library of others about what `xiangwei export search` writes of the example archive: scripts/export.sh [--install]
#
# The library is tantivy, in Python (PyPI). It is installed into target/export the first time, which needs the
# network; --install does that and no more. Needs Python 3.9 or newer with venv, and the program
# built (`cargo build` or `cargo test`). What is compared is told in tests/export/ask.py.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
target=${CARGO_TARGET_DIR:-$root/target}
wanted=tests/export/requirements.txt
tools=$target/export
program=$target/debug/xiangwei

stop() {
    echo "export: $1" >&2
    exit 2
}

# What was installed lies beside it, and says whether that is still what is wanted.
install() {
    cmp -s "$wanted" "$tools/requirements.txt" && return 0
    python3 -c 'import ensurepip, venv' 2>/dev/null ||
        stop "Python 3 with venv is missing; on Debian: sudo apt-get install python3-venv"
    rm -rf "$tools"
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check -r "$wanted" ||
        stop "tantivy cannot be installed; the first time this needs the network"
    cp "$wanted" "$tools/requirements.txt"
}

install
[ "${1:-}" != --install ] || exit 0

[ -x "$program" ] || stop "$program is missing; run: cargo build"
work=$(mktemp -d "${TMPDIR:-/tmp}/xiangwei-export.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
"$program" build --quiet --site . --output "$work/site"
"$program" export search "$work/export" --quiet --site .
"$tools/bin/python" tests/export/ask.py "$program" "$work/site" "$work/export" 250
