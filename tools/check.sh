#!/bin/sh
# What reads the code without running it. All of it is read, even when something is found early.
set -u
cd "$(dirname "$0")/.."
bin=.venv/bin
failed=0

step() {
    printf '\n== %s\n' "$1"
    shift
    "$@" || failed=1
}

types=$(mktemp)
$bin/mypy >"$types" 2>&1 &  # takes as long as all others together, on a core of its own
reader=$!
step "Style" $bin/ruff check .
step "Format" $bin/ruff format --check .
step "Contracts between modules" $bin/lint-imports --no-logo
step "Catalogue of messages" $bin/python -m tools.catalogue check
step "Types" wait $reader
cat "$types"
rm "$types"
exit $failed
