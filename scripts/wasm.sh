#!/bin/sh
# Builds the comparison that a browser runs: scripts/wasm.sh
#
# It is the program's own (wasm/src/lib.rs), with the crates in the versions that the program has,
# and stands in the theme as themes/gongbao/assets/compare.wasm. After a change in src/han,
# src/compare or src/beside build it anew; `cargo test --test browser` says when it is not what the
# program says. Needs Rust's target wasm32-unknown-unknown and says so.
set -eu

cd "$(dirname "$0")/.."
target=wasm32-unknown-unknown
asset=themes/gongbao/assets/compare.wasm
# More than this a reader should not have to wait for.
most=720000

if [ ! -d "$(rustc --print sysroot)/lib/rustlib/$target" ]; then
    echo "wasm: Rust's target $target is missing: rustup target add $target" >&2
    exit 2
fi

# Both lock files name one version of every crate that both have.
cp Cargo.lock wasm/Cargo.lock
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-target}/wasm"
# Paths of this machine do not belong into the file.
export RUSTFLAGS="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo --remap-path-prefix=$PWD=/xiangwei"
cargo build --quiet --release --manifest-path wasm/Cargo.toml --target "$target"
cp "$CARGO_TARGET_DIR/$target/release/xiangwei_beside.wasm" "$asset"
chmod 644 "$asset"

bytes=$(wc -c <"$asset")
echo "$asset: $bytes bytes, $(gzip -9c "$asset" | wc -c) packed"
if [ "$bytes" -gt "$most" ]; then
    echo "wasm: that is more than $most" >&2
    exit 1
fi
