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
target=${CARGO_TARGET_DIR:-$root/target}
wanted=tests/data/requirements.txt
tools=$target/validator
program=$target/debug/xiangwei

stop() {
    echo "validate-data: $1" >&2
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
        stop "the validator cannot be installed; the first time this needs the network"
    cp "$wanted" "$tools/requirements.txt"
}

install
[ "${1:-}" != --install ] || exit 0

[ -x "$program" ] || stop "$program is missing; run: cargo build"
sites=$(mktemp -d "${TMPDIR:-/tmp}/xiangwei-data.XXXXXX")
trap 'rm -rf "$sites"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
"$program" build --quiet --no-search --site . --output "$sites/example"
"$program" build --quiet --no-search --site tests/sites/open-data --output "$sites/open-data"
"$tools/bin/python" tests/data/validate.py "$sites/example" "$sites/open-data"
