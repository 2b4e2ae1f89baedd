#!/bin/sh
# Whether the ordinals that a Word file numbers by itself are read as they are printed:
#
#     scripts/ordinals.sh [FILES] [PAGES]
#
# Writes FILES documents (1000) by a generator with a model of its own (tests/docx/generate.py), reads them,
# and has LibreOffice print PAGES of them (100) and as many again of those that it is known to print in its
# own way. The differences are listed with the clause of ECMA-376 part 1 that they depart from.
# Needs Python 3 with `venv` and the network for python-docx, `soffice` and `pdftotext`.
set -eu
cd "$(dirname "$0")/.."

for tool in python3 soffice pdftotext; do
    if ! command -v "$tool" >/dev/null; then
        echo "scripts/ordinals.sh: $tool is missing" >&2
        exit 2
    fi
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/python"
"$work/python/bin/pip" --quiet install python-docx
"$work/python/bin/python" tests/docx/generate.py "$work/files" "${1:-1000}"
XIANGWEI_ORDINALS=$work/files cargo test --locked --lib import::docx::tests::ordinals -- --nocapture
"$work/python/bin/python" tests/docx/compare.py "$work/files" "${2:-100}"
