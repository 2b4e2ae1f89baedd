#!/bin/sh
# Looks at licences, origins, duplicates and known weaknesses of all that the program depends
# on: scripts/deny.sh. Installs cargo-deny where it is missing, which takes some minutes, and
# fetches the list of advisories: it needs the network.
set -eu

cd "$(dirname "$0")/.."
cargo deny --version >/dev/null 2>&1 || cargo install --locked cargo-deny
exec cargo deny --locked check
