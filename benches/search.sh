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

PAGEFIND_VERSION=1.5.2
root=$(cd "$(dirname "$0")/.." && pwd)

stop() {
    echo "search: $1" >&2
    exit 2
}

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

command -v cargo >/dev/null || stop "Rust is missing: see https://rustup.rs"
command -v python3 >/dev/null || stop "Python 3 is missing: apt install python3 python3-venv, or https://www.python.org"
python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' || stop "Python 3.9 or newer is needed, this is $(python3 --version)"

if [ -z "$work" ]; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    trap 'exit 130' INT TERM
fi
mkdir -p "$work"
work=$(cd "$work" && pwd)

if [ -z "${PAGEFIND:-}" ]; then
    if [ ! -x "$work/venv/bin/python" ]; then
        python3 -m venv "$work/venv" || stop "Python cannot make an environment: apt install python3-venv"
    fi
    "$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "pagefind[extended]==$PAGEFIND_VERSION" \
        || stop "pagefind $PAGEFIND_VERSION could not be installed from PyPI: is there a network? Or give PAGEFIND=/path/to/pagefind"
    # The program itself, not the Python script that starts it and would be measured with it.
    PAGEFIND=$(find "$work/venv" -path '*/pagefind_bin_extended/pagefind_extended*' -type f | head -n 1)
fi

# Build where the result is sure to be found, whatever cargo's settings say.
target=${CARGO_TARGET_DIR:-$root/target}
(cd "$root" && cargo build --release --locked --target-dir "$target" --bin xiangwei --example generate-archive)

python3 -B "$root/benches/compare/search.py" \
    --xiangwei "$target/release/xiangwei" \
    --generate "$target/release/examples/generate-archive" \
    --pagefind "$PAGEFIND" \
    --work "$work" \
    --sizes "$sizes" \
    ${runs:+--runs "$runs"}
