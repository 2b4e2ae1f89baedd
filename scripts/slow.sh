#!/bin/sh
# What takes longer than a test run should: scripts/slow.sh [MINUTES]
#
# Fuzzes the readers of front matter and body for MINUTES each (5 unless said), searches for a
# thousand phrases, and for as many in four scripts (tests/browser, whose packages must be
# installed), installs the packages for people without Rust (scripts/packages.sh), then measures
# the program on 10,000 reports beside Hugo and a plain copy, and its preview beside Hugo's
# server, which takes half an hour. Needs cargo-fuzz (see scripts/fuzz.sh) and, the first time,
# the network (see benches/compare.sh).
set -eu

minutes=${1:-5}
case $minutes in
    '' | *[!0-9]*)
        echo "slow: MINUTES must be a whole number" >&2
        exit 2
        ;;
esac

cd "$(dirname "$0")/.."
scripts/fuzz.sh "$minutes"
cargo build
(cd tests/browser && XIANGWEI_QUERIES=1000 node run.mjs scripts.test.mjs phrases.test.mjs)
scripts/packages.sh
benches/compare.sh --sizes 10000
benches/preview.sh --sizes 10000
