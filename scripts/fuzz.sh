#!/bin/sh
# Runs the fuzzers, each for so many minutes (one, if nothing is said), on what the example
# archive and the tests have, and on what earlier runs have found.
#
#     scripts/fuzz.sh [MINUTES]
#
# It needs cargo-fuzz (`cargo install cargo-fuzz`) and a C++ compiler. The fuzzers ask for
# features that only a nightly compiler allows by itself; the stable one is told to.
set -eu
cd "$(dirname "$0")/.."

minutes=${1:-1}
if ! cargo fuzz --version >/dev/null 2>&1; then
    echo "scripts/fuzz.sh: cargo-fuzz is missing; run: cargo install cargo-fuzz" >&2
    exit 2
fi

# Seeds: front matter for one fuzzer, texts for the second, for the third every report beside
# the one before it in the list, as two years of one, and for the fourth the parts of Word files.
# What is imported begins as texts, too.
mkdir -p fuzz/corpus/matter fuzz/corpus/body fuzz/corpus/pair fuzz/corpus/word fuzz/corpus/import
cp tests/docx/ordinals/*.txt tests/docx/everything.txt fuzz/corpus/word/
before=site.yaml
find content tests/sites -name '*.md' | while read -r file; do
    name=$(printf '%s' "$file" | tr '/' '_')
    awk 'NR > 1 && $0 == "---" { exit } NR > 1' "$file" >"fuzz/corpus/matter/$name"
    awk 'body; NR > 1 && $0 == "---" { body = 1 }' "$file" >"fuzz/corpus/body/$name"
    { cat "$before"; printf '\n=====\n'; cat "$file"; } >"fuzz/corpus/pair/$name"
    cp "fuzz/corpus/body/$name" "fuzz/corpus/import/$name"
    before=$file
done
cp site.yaml "fuzz/corpus/matter/site.yaml"
mkdir -p fuzz/corpus/page
cp tests/import/html/*.html fuzz/corpus/page/

# Address checks are left out: the program has no unsafe code, and the fuzzers run faster.
for target in matter body pair page word import; do
    RUSTC_BOOTSTRAP=1 cargo fuzz run --sanitizer none "$target" -- \
        -max_total_time=$((minutes * 60)) -max_len=16384 -timeout=5 -rss_limit_mb=2048
done
