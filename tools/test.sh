#!/bin/sh
# Everything that must hold before a change is taken. Whatever fails, the rest is run all the same;
# the last lines are pytest's summary, and the exit code speaks for all steps.
set -u
cd "$(dirname "$0")/.."
pytest=".venv/bin/python -m pytest"
shared="-n 2"  # in order: what really commits leaves an emptied database and comes last
taken="-n 2 --dist worksteal"  # whoever is free takes what is left
on_postgres=".venv/bin/python -m tools.postgres --"
covering="--cov --cov-report="
journeys="tests/journeys"  # all that are marked browser, and no other folder is read for them
doors="tests/access/test_matrix.py"  # all that are marked doors
deciding="tests/access tests/clients tests/matching tests/exchange"  # of code that PostgreSQL alone runs
in_memory=/dev/shm
failed=""
spent=""

# What tests write is thrown away, so it need not wait for a disk where there is room in memory.
if [ -w $in_memory ] && [ "$(df -Pk $in_memory | awk 'END { print $4 }')" -gt 4000000 ]; then
    TMPDIR=$(mktemp -d $in_memory/spoiwo-tests-XXXXXX)
    export TMPDIR
    trap 'rm -rf "$TMPDIR"' EXIT
fi

step() {
    name="$1"
    shift
    printf '\n== %s\n' "$name"
    [ -z "$spent" ] || printf 'Time so far:%s\n' "$spent"
    [ -z "$failed" ] || printf '(failed so far:%s)\n' "$failed"
    begun=$(date +%s)
    "$@" || failed="$failed $name;"
    spent="$spent $name $(($(date +%s) - begun)) s;"
}

rm -f .coverage .coverage.*
step "What can be read" tools/check.sh
# shellcheck disable=SC2046,SC2086 # commands with their options
{
    step "Journeys on SQLite" $pytest -q $taken -m browser $journeys
    step "Journeys on PostgreSQL" $on_postgres $pytest -q $taken -m browser $journeys
    step "Doors on SQLite" $pytest -q $taken -m doors $doors
    step "Doors on PostgreSQL" $on_postgres $pytest -q $taken -m doors $doors
    step "Suite on SQLite" $pytest -q $shared -m "not browser and not doors" $covering
    step "Suite on PostgreSQL" $on_postgres $pytest -q $shared -m "not browser and not doors" \
        $(printf -- '--ignore=%s ' $deciding)
    step "Suite on PostgreSQL, gate over the coverage of both" \
        $on_postgres $pytest $shared -m "not browser and not doors" $covering --cov-append \
        -p tools.coverage_gate $deciding
}
[ -z "$failed" ]
