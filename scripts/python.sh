# For scripts that ask a Python program: what it needs, in an environment of its own. To be sourced by a
# script that has set `me`, its name for messages, and stands in the project's folder.

target=${CARGO_TARGET_DIR:-$PWD/target}

stop() {
    echo "$me: $1" >&2
    exit 2
}

# What was installed lies beside it, and says whether that is still what is wanted:
# `install_python FOLDER REQUIREMENTS WHAT`.
install_python() {
    cmp -s "$2" "$1/requirements.txt" && return 0
    python3 -c 'import ensurepip, venv' 2>/dev/null ||
        stop "Python 3 with venv is missing; on Debian: sudo apt-get install python3-venv"
    rm -rf "$1"
    python3 -m venv "$1"
    "$1/bin/pip" install --quiet --disable-pip-version-check -r "$2" ||
        stop "$3 cannot be installed; the first time this needs the network"
    cp "$2" "$1/requirements.txt"
}
