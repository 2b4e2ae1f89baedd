#!/bin/sh
# What takes longer than a test run should: scripts/slow.sh [MINUTES]
#
# Fuzzes the readers of front matter and body for MINUTES each (5 unless said), tries the laws of
# the program on a thousand texts each, lives through ten years of publications, counts the work for texts that grow (with Valgrind, where it is
# installed), reads a thousand Word files with automatic numbering and has LibreOffice print some of
# them (scripts/ordinals.sh), kills a publisher a thousand times, and over servers of others
# (scripts/publish.sh), searches for a thousand phrases, and for as many in four
# scripts (tests/browser, whose packages must be installed), builds in parts on a Ray cluster of which a node
# is killed (scripts/cluster.sh), installs the packages for people
# without Rust (scripts/packages.sh), then measures the program on 10,000 reports beside Hugo and a
# plain copy, its preview beside Hugo's server, what the search page takes of memory over 30
# queries there, 500 counts against those of a plain search, and how long a cold search takes there and on ten times as many
# documents, which takes three quarters of an hour. Needs cargo-fuzz (see scripts/fuzz.sh) and, the first
# time, the network (see benches/compare.sh).
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
scripts/ordinals.sh
PROPTEST_CASES=1000 cargo test --test properties --test compare
# Ten years of publications, with two thousand addresses.
cargo test --test history -- --ignored
# The work for a text grows with it and no faster, whatever is in it.
if command -v valgrind >/dev/null; then
    cargo build --release --locked --bin xiangwei
    XIANGWEI=$(realpath "${CARGO_TARGET_DIR:-target}")/release/xiangwei cargo test --test hostile -- --ignored
else
    echo "slow: valgrind is missing, work is not counted" >&2
fi
# A thousand kills of a publisher over stores of every manner and a folder, and some over servers of others.
cargo test --test publish -- --ignored --exact a_publisher_that_is_killed_a_thousand_times_leaves_a_whole_site_and_the_next_one_ends_it --nocapture
scripts/publish.sh 50
cargo build
(cd tests/browser && XIANGWEI_QUERIES=1000 node run.mjs scripts.test.mjs phrases.test.mjs)
scripts/packages.sh
# Parts of a build on other people's engines, and put together after many more edits than in every run.
scripts/cluster.sh
XIANGWEI_CASES=200 cargo test --test parts parts_put_together
# What is signed is what other people's programs take it for.
if command -v minisign >/dev/null; then scripts/proofs.sh; else echo "slow: minisign is missing, proofs are not asked about" >&2; fi
benches/compare.sh --sizes 10000
benches/preview.sh --sizes 10000

# The search page of 10,000 reports stays under 300 MB, whatever is searched for.
site=$(mktemp -d)
trap 'rm -rf "$site"' EXIT
cargo build --release --locked --bin xiangwei --example generate-archive
target/release/examples/generate-archive "$site/source" 10000
target/release/xiangwei build --quiet --site "$site/source" --output "$site/public"
node benches/search/memory.mjs "$site/public" --most 300
# What is counted there is what a plain search counts.
node benches/search/scan.mjs "$site/public" --queries 500
# A search with an empty cache is as quick as it has to be, and on ten times as many documents it hardly reads more.
node benches/search/measure.mjs "$site/public" --limits
cargo build --release --locked --example repeat-search
target/release/examples/repeat-search "$site/public" 10 "$site/more"
node benches/search/measure.mjs "$site/more" --sources "$site/public" --limits
# And it is published without asking for every file of it.
PUBLISH_SITE=$site/public cargo test --test publish -- --ignored --exact a_large_site_is_not_asked_for_file_by_file --nocapture
