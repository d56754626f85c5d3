#!/bin/sh
# What reads the code without running it, quickest first.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin

step() { printf '\n== %s\n' "$*"; }

step "Style"
$bin/ruff check .
step "Format"
$bin/ruff format --check .
step "Types"
$bin/mypy
step "Contracts between modules"
$bin/lint-imports --no-logo
step "Catalogue of messages"
$bin/python -m tools.catalogue check
