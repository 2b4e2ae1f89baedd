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
while [ $# -gt 0 ]; do
    case $1 in
        --sizes | --runs) [ $# -ge 2 ] || stop "$1 needs a value" ;;
    esac
    case $1 in
        --sizes) sizes=$2; shift 2 ;;
        --runs) runs=$2; shift 2 ;;
        -h | --help) sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 0 ;;
        -*) stop "there is no option $1" ;;
        *) work=$1; shift ;;
    esac
done

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
