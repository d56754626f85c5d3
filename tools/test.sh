#!/bin/sh
# Everything that must hold before a change is taken. Whatever fails, the rest is run all the same;
# the last lines are pytest's summary, and the exit code speaks for all steps.
set -u
cd "$(dirname "$0")/.."
pytest=".venv/bin/python -m pytest"
on_postgres=".venv/bin/python -m tools.postgres --"
covering="--cov --cov-report="
failed=""

step() {
    name="$1"
    shift
    printf '\n== %s\n' "$name"
    [ -z "$failed" ] || printf '(failed so far:%s)\n' "$failed"
    "$@" || failed="$failed $name;"
}

rm -f .coverage .coverage.*
step "What can be read" tools/check.sh
# shellcheck disable=SC2086 # commands with their options
{
    step "Journeys on SQLite" $pytest -q -n 2 -m browser
    step "Journeys on PostgreSQL" $on_postgres $pytest -q -n 2 -m browser
    step "Suite on SQLite" $pytest -q -n 2 -m "not browser" $covering
    step "Suite on PostgreSQL, gate over the coverage of both" \
        $on_postgres $pytest -n 2 -m "not browser" $covering --cov-append -p tools.coverage_gate
}
[ -z "$failed" ]
