#!/bin/sh
# Runs every test of the project: scripts/test.sh
#
# On a machine with Rust it first sees to what else is needed: Chromium, poppler-utils and
# Chinese fonts, Node 20 or newer with npm, Python 3 with venv. Debian's packages are installed
# if we may (as root or with sudo that asks no password); otherwise it says what to install and
# exits with 2. It stops at the first step that fails, prints what that step said and exits
# with 1. Where everything is installed no network is needed.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
browser_tests=$root/tests/browser
log=$(mktemp "${TMPDIR:-/tmp}/xiangwei-test.XXXXXX")
fetched=$log.fetched
halved=$log.halved
fetching=
trap '[ -z "$fetching" ] || kill "$fetching" 2>/dev/null; rm -f "$log" "$fetched" "$halved"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
begun=$(date +%s)

has() {
    command -v "$1" >/dev/null 2>&1
}

stop() {
    echo "test: $1" >&2
    exit 2
}

# The browser that the tests drive, or nothing. One without windows draws the same, and takes half of the time.
find_browser() {
    for name in "${CHROMIUM:-}" chromium-headless-shell /usr/bin/chromium chromium chromium-browser google-chrome; do
        if [ -n "$name" ] && has "$name"; then
            command -v "$name"
            return
        fi
    done
}

has_chinese_fonts() {
    has fc-list && [ -n "$(fc-list :lang=zh family)" ]
}

node_is_new() {
    has node && has npm && node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)'
}

has_venv() {
    has python3 && python3 -c 'import ensurepip, venv' 2>/dev/null
}

# The package of a browser without windows, where there is one.
browser_package() {
    if apt-cache show chromium-headless-shell >/dev/null 2>&1; then echo chromium-headless-shell; else echo chromium; fi
}

# The Debian packages that are missing here.
missing_packages() {
    [ -n "$(find_browser)" ] || browser_package
    has git || echo git
    has pdftotext || echo poppler-utils
    has_chinese_fonts || echo fonts-noto-cjk fontconfig
    node_is_new || echo nodejs npm
    has_venv || echo python3-venv
}

# Runs a command as root, where that needs no password.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

# Installs packages of Debian.
install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >"$log" 2>&1
}

may_install() {
    has apt-get && { [ "$(id -u)" = 0 ] || { has sudo && sudo -n true 2>/dev/null; }; }
}

prepare_machine() {
    has cargo || stop "Rust is missing: see https://rustup.rs"
    for part in fmt clippy; do
        cargo "$part" --version >/dev/null 2>&1 || stop "cargo $part is missing: rustup component add rustfmt clippy"
    done
    packages=$(missing_packages | tr '\n' ' ')
    [ -n "$packages" ] || return 0
    if may_install; then
        as_root apt-get update -qq || true
        packages=$(missing_packages | tr '\n' ' ')
        echo "installing $packages"
        # A mirror may lack the browser without windows.
        # shellcheck disable=SC2046,SC2086 # The names are words.
        install $packages || install $(missing_packages | sed 's/^chromium-headless-shell$/chromium/') || tail -n 20 "$log" >&2
    fi
    packages=$(missing_packages | tr '\n' ' ')
    case $packages in
        '') ;;
        'nodejs npm ') stop "Node 20 or newer with npm is missing: https://nodejs.org" ;;
        *) stop "missing: $packages
  on Debian: sudo apt-get install $packages
  Node must be 20 or newer (https://nodejs.org); CHROMIUM=/path names another Chromium." ;;
    esac
}

# Runs a step in silence: `step NAME COMMAND…`; one line with its seconds, or all that it said.
step() {
    name=$1
    shift
    from=$(date +%s)
    printf '%-34s ' "$name"
    if "$@" >"$log" 2>&1; then
        echo "ok      $(($(date +%s) - from)) s"
    else
        echo "FAILED  $(($(date +%s) - from)) s"
        say_failure >&2
        echo "test: $name failed" >&2
        exit 1
    fi
}

# What a failed step said: all of it, or the last part where it is long. Node's runner lists
# what failed at its end.
say_failure() {
    if grep -q '^✖ failing tests:' "$log"; then
        sed -n '/^✖ failing tests:/,$p' "$log"
    else
        tail -n 400 "$log"
    fi
}

skipped() {
    printf '%-34s %s\n' "$1" "skipped: $2"
}

# The lock file beside what is installed says whether that is still what is wanted.
install_browser_tests() {
    cd "$browser_tests"
    cmp -s package-lock.json node_modules/.lock && return 0
    npm ci --no-audit --no-fund --loglevel=error
    cp package-lock.json node_modules/.lock
}

# One compilation for lints, tests, documentation and the binary that the browser tests: clippy is a
# compiler that says more, and this is how `cargo clippy` calls it.
compiling() {
    RUSTC_WORKSPACE_WRAPPER=clippy-driver CLIPPY_ARGS=-Dwarnings cargo test --locked "$@"
}

# Half of what the tests take, by what they take.
FIRST_HALF="beside compare desk diagnostics documented history leaks preview recipes"

# The files of tests, two at a time: in most of them one long test leaves a core idle at the end. Cargo itself runs
# one after the other.
run_tests() {
    first=
    second=
    for file in tests/*.rs; do
        target=$(basename "$file" .rs)
        case " $FIRST_HALF " in
            *" $target "*) first="$first --test $target" ;;
            *) second="$second --test $target" ;;
        esac
    done
    # shellcheck disable=SC2086 # The names are words.
    compiling $first >"$halved" 2>&1 &
    half=$!
    # shellcheck disable=SC2086 # The same.
    compiling --lib --bins $second || { kill "$half"; return 1; }
    wait "$half" || { cat "$halved"; return 1; }
    cat "$halved"
}

document() {
    export RUSTDOC="$root/scripts/rustdoc.sh" XIANGWEI_DOC="${CARGO_TARGET_DIR:-$root/target}/doc"
    RUSTDOCFLAGS="${RUSTDOCFLAGS:-} -D warnings" compiling --doc
}

have_fetched() {
    wait "$fetching" || { cat "$fetched"; return 1; }
    fetching=
}

run_browser_tests() {
    cd "$browser_tests"
    CHROMIUM=$(find_browser) XIANGWEI=${CARGO_TARGET_DIR:-$root/target}/debug/xiangwei node run.mjs
}

# What comes from the network is fetched while the compiler works.
fetch() {
    scripts/validate-data.sh --install && scripts/export.sh --install && (install_browser_tests)
}

prepare_machine
fetch >"$fetched" 2>&1 &
fetching=$!
step "cargo fmt" cargo fmt --check
step "compile, with clippy's lints" compiling --all-targets --no-run
step "cargo test" run_tests
step "documentation" document
if cargo deny --version >/dev/null 2>&1; then
    # Advisories need the network: scripts/deny.sh looks at them too.
    step "cargo deny" cargo deny --locked --offline check bans licenses sources
else
    skipped "cargo deny" "scripts/deny.sh installs and runs it"
fi
step "validator, search library, browser tests' packages" have_fetched
step "open data" scripts/validate-data.sh
step "export for search servers" scripts/export.sh
step "browser tests" run_browser_tests
echo "all tests passed in $(($(date +%s) - begun)) s"
