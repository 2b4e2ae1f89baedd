#!/bin/sh
# Builds the packages for people without Rust, installs each as they would, and builds a site with
# it: scripts/packages.sh [PROFILE]
#
# PROFILE is that of Cargo, `dist` unless said: what is released is tried; `dev` is sooner ready.
# Needs Python 3.8 or newer with venv, Node 18 or newer with npm, and the network for maturin, which
# goes into target/maturin the first time.
set -eu

profile=${1:-dist}
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
target=${CARGO_TARGET_DIR:-$root/target}
tools=$target/maturin
scratch=$(mktemp -d "${TMPDIR:-/tmp}/xiangwei-packages.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)

stop() {
    echo "packages: $1" >&2
    exit 1
}

# What each installed program must be able to do: say which it is, and build a site with the theme
# that is in it, far from these sources.
try() {
    echo "packages: trying $1"
    said=$("$1" --version)
    case $said in
        "xiangwei $version"*) ;;
        *) stop "$1 says it is '$said', and not version $version" ;;
    esac
    rm -rf "$scratch/site"
    cp -R tests/sites/minimal "$scratch/site"
    (cd "$scratch/site" && "$1" build --quiet)
    [ -n "$(find "$scratch/site/public" -name '*.css')" ] || stop "$1 built no style sheet"
    grep -q '</html>' "$scratch/site/public/index.html" || stop "$1 built no home page"
    code=0
    "$1" build --quiet --site "$scratch/nowhere" >"$scratch/said" 2>&1 || code=$?
    [ "$code" = 2 ] || stop "$1 exits with $code and not with 2 where there is no site"
}

install_maturin() {
    [ -x "$tools/bin/maturin" ] && return 0
    python3 -m venv "$tools"
    "$tools/bin/pip" install --quiet --disable-pip-version-check 'maturin>=1.9,<2'
}

# The wheel, in an environment of its own.
wheel() {
    install_maturin
    "$tools/bin/maturin" build --locked --profile "$profile" --target-dir "$target" --out "$scratch/wheels" --compatibility linux
    python3 -m venv "$scratch/venv"
    "$scratch/venv/bin/pip" install --quiet --disable-pip-version-check --no-index "$scratch"/wheels/*.whl
    try "$scratch/venv/bin/xiangwei"
}

# Both npm packages of this system, with the program that is in the wheel. Nothing is asked of the
# registry, which packages of other systems would be looked for in.
npm_packages() {
    mkdir "$scratch/npm"
    binary=$scratch/venv/bin/xiangwei
    for folder in $(node npm/pack.mjs "$scratch/npm" host "$binary") $(node npm/pack.mjs "$scratch/npm"); do
        npm pack --silent --pack-destination "$scratch/npm" "$folder" >/dev/null
    done
    mkdir "$scratch/installed"
    (cd "$scratch/installed" && npm install --silent --offline --no-audit --no-fund "$scratch"/npm/*.tgz)
    try "$scratch/installed/node_modules/.bin/xiangwei"
}

# The crate as crates.io would have it: nothing but what is packaged, and no repository around it.
crate() {
    cargo package --locked --no-verify --allow-dirty --target-dir "$target"
    tar -xzf "$target/package/xiangwei-$version.crate" -C "$scratch"
    cargo install --locked --path "$scratch/xiangwei-$version" --profile "$profile" --root "$scratch/cargo" --target-dir "$target"
    try "$scratch/cargo/bin/xiangwei"
    commit=$(git rev-parse --short=7 HEAD 2>/dev/null) || return 0
    case $("$scratch/cargo/bin/xiangwei" --version) in
        *"($commit)") ;;
        *) stop "the crate does not know its commit, $commit" ;;
    esac
}

wheel
npm_packages
crate
echo "packages: wheel, npm packages and crate build a site"
