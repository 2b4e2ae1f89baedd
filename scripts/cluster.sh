#!/bin/sh
# Builds the example archive in parts as engines of others run them: scripts/cluster.sh [--install]
#
# On a Ray cluster of three nodes on this machine, of which one is killed in the middle; and as the Jobs for Kubernetes
# say, which are held against its schema (tests/cluster/engines.py). Ray and the schemas are installed into target/cluster
# the first time, which needs the network and 500 MB; --install does that and no more. Needs Python 3.9 or newer
# with venv, and the program built (`cargo build` or `cargo test`).
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
target=${CARGO_TARGET_DIR:-$root/target}
wanted=tests/cluster/requirements.txt
tools=$target/cluster
program=${XIANGWEI:-$target/debug/xiangwei}

stop() {
    echo "cluster: $1" >&2
    exit 2
}

# What was installed lies beside it, and says whether that is still what is wanted.
install() {
    cmp -s "$wanted" "$tools/requirements.txt" && return 0
    python3 -c 'import ensurepip, venv' 2>/dev/null ||
        stop "Python 3 with venv is missing; on Debian: sudo apt-get install python3-venv"
    rm -rf "$tools"
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check -r "$wanted" ||
        stop "Ray cannot be installed; the first time this needs the network"
    cp "$wanted" "$tools/requirements.txt"
}

install
[ "${1:-}" != --install ] || exit 0

[ -x "$program" ] || stop "$program is missing; run: cargo build"
export RAY_USAGE_STATS_ENABLED=0
"$tools/bin/python" tests/cluster/engines.py "$program" .
