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
me=cluster
. scripts/python.sh
tools=$target/cluster
program=${XIANGWEI:-$target/debug/xiangwei}

install_python "$tools" tests/cluster/requirements.txt "Ray"
[ "${1:-}" != --install ] || exit 0

[ -x "$program" ] || stop "$program is missing; run: cargo build"
export RAY_USAGE_STATS_ENABLED=0
"$tools/bin/python" tests/cluster/engines.py "$program" .
