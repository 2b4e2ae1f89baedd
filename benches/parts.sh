#!/bin/sh
# Compares a build in parts with the build of one machine, on the same invented reports, and prints the
# result as Markdown tables (also in FOLDER/parts.md).
#
#   benches/parts.sh [--sizes "2000 10000"] [--parts N] [FOLDER]
#
# The parts are made one after the other on this machine: the records of each, the pages of each, then
# they are put together. Needs Rust and Python 3.9 or newer, and a megabyte of disk for each report. Everything is
# made in FOLDER, or in a temporary folder that is removed at the end.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
me=parts
. "$root/benches/tools.sh"

sizes="2000 10000"
parts=4
work=
read_options "sizes parts" "$@"

need_tools
make_work
build_programs

python3 -B "$root/benches/compare/parts.py" \
    --xiangwei "$target/release/xiangwei" \
    --generate "$target/release/examples/generate-archive" \
    --work "$work" \
    --sizes "$sizes" \
    --parts "$parts"
