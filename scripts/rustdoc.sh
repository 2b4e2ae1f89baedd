#!/bin/sh
# Writes the documentation where `cargo test --doc` means to try its examples; Cargo calls this as
# RUSTDOC. `cargo doc` would compile every library once more for itself, and this takes those of the
# tests. The pages go to the folder XIANGWEI_DOC.
set -eu

skipping=
for argument; do
    shift
    case ${skipping:+value}$argument in
        value*) skipping= ;;
        --test) ;;
        --test-run-directory) skipping=yes ;;
        --test-run-directory=*) ;;
        *) set -- "$@" "$argument" ;;
    esac
done
exec rustdoc "$@" --out-dir "$XIANGWEI_DOC"
