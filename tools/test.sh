#!/bin/sh
# Everything that must hold before a change is taken. Ends with pytest's own summary.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin
covering="--cov --cov-report="

step() { printf '\n== %s\n' "$*"; }
on_postgres() { $bin/python -m tools.postgres -- "$@"; }

tools/check.sh
rm -f .coverage .coverage.*

step "Journeys in the browser, SQLite"
$bin/python -m pytest -q -m browser
step "Journeys in the browser, PostgreSQL"
on_postgres $bin/python -m pytest -q -m browser
step "Suite on SQLite"
# shellcheck disable=SC2086 # two options
$bin/python -m pytest -q -n 2 -m "not browser" $covering
step "Suite on PostgreSQL, then the gate over the coverage of both"
# shellcheck disable=SC2086
on_postgres $bin/python -m pytest -n 2 -m "not browser" $covering --cov-append -p tools.coverage_gate
