#!/bin/sh
# Takes the pictures of the documentation from the example archive: scripts/screenshots.sh
# [FOLDER]. Without FOLDER they are docs/screenshot-*.png; with it, FOLDER gets every page type in every size and mode, for
# people to look at. Needs what scripts/test.sh sees to.
set -eu

from=$(pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
cargo build --locked
cd tests/browser
if ! cmp -s package-lock.json node_modules/.lock; then
    npm ci --no-audit --no-fund --loglevel=error
    cp package-lock.json node_modules/.lock
fi
export XIANGWEI="${CARGO_TARGET_DIR:-$root/target}/debug/xiangwei"
case ${1:-} in
    '') exec node pictures.mjs --docs "$root/docs" ;;
    /*) exec node pictures.mjs "$1" ;;
    *) exec node pictures.mjs "$from/$1" ;;
esac
