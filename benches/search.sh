#!/bin/sh
# Compares the building of our search index with the pagefind command line on the same pages,
# and prints the result as Markdown tables (also in FOLDER/search.md).
#
#   benches/search.sh [--sizes "1000 10000"] [--runs N] [FOLDER]
#
# Needs Rust, Python 3.9 or newer and, the first time, the network: pagefind comes from PyPI
# into an environment of its own. Everything is made in FOLDER, or in a temporary folder that is
# removed at the end. PAGEFIND=/path/to/pagefind compares with another one and installs none.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
me=search
. "$root/benches/tools.sh"

sizes="1000 10000"
runs=
work=
read_options "sizes runs" "$@"

need_tools
make_work
need_pagefind
build_programs

python3 -B "$root/benches/compare/search.py" \
    --xiangwei "$target/release/xiangwei" \
    --generate "$target/release/examples/generate-archive" \
    --pagefind "$PAGEFIND" \
    --work "$work" \
    --sizes "$sizes" \
    ${runs:+--runs "$runs"}
