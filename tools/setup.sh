#!/bin/sh
# Put everything in place: Debian packages, the virtual environment, the compiled catalogue.
#   tools/setup.sh run    what the product needs
#   tools/setup.sh test   what its tests need too
# The second time costs a comparison of checksums.
set -eu
cd "$(dirname "$0")/.."
purpose="${1:-test}"
venv=.venv

say() { printf '%s\n' "$*" >&2; }

packages_missing() {
    find_python >/dev/null || printf 'python3 python3-venv '
    for library in libpango-1.0 libpangoft2-1.0; do
        has_library "$library" || printf '%s-0 ' "$library"
    done
    [ -e /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf ] || printf 'fonts-dejavu-core '
    [ "$purpose" = test ] || return 0
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || printf 'postgresql '
    command -v chromium >/dev/null || printf 'chromium '
    command -v xgettext >/dev/null || printf 'gettext '
    command -v java >/dev/null || printf 'openjdk-17-jre-headless '
    command -v calcurse >/dev/null || printf 'calcurse '
    ls /usr/lib/*/libical.so.3 >/dev/null 2>&1 || printf 'libical3 '
}

has_library() { ls /usr/lib/*/"$1".so.0 >/dev/null 2>&1; }

install_packages() {
    missing="$(packages_missing)"
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        say "Missing: $missing"
        say "Run: sudo apt-get update && sudo apt-get install -y $missing"
        exit 1
    fi
    say "Installing: $missing"
    apt-get update -qq >&2
    # shellcheck disable=SC2086 # a list of names
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >&2
}

# A Python that is new enough and can make environments: Debian's own lacks ensurepip without python3-venv.
find_python() {
    for candidate in ${PYTHON:-} python3.11 python3 python3.13 python3.12 /usr/bin/python3; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return 0
        fi
    done
    return 1
}

lock_of() { [ "$1" = test ] && echo requirements-dev.lock || echo requirements.lock; }
wanted_stamp() { cat "$(lock_of "$1")" pyproject.toml | sha256sum | cut -d ' ' -f 1; }
is_ready() { [ "$(cat "$venv/.ready-$1" 2>/dev/null)" = "$(wanted_stamp "$1")" ] && "$venv/bin/python" -c '' 2>/dev/null; }

install_environment() {
    if ! "$venv/bin/python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        say "Making the environment in $venv"
        "$(find_python)" -m venv --clear "$venv"
    fi
    # The lock is complete: without --no-deps, pip asks anew for a library that is wanted with an extra.
    lock="$(lock_of "$purpose")"
    say "Installing the libraries of $lock"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps --require-hashes -r "$lock"
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation -e .
    wanted_stamp "$purpose" >"$venv/.ready-$purpose"
}

compile_catalogue() {
    for catalogue in src/spoiwo/locale/*/LC_MESSAGES/django.po; do
        compiled="${catalogue%.po}.mo"
        if [ ! -e "$compiled" ] || [ "$catalogue" -nt "$compiled" ]; then
            "$venv/bin/python" -m tools.catalogue compile
        fi
    done
}

install_packages
# An environment with the tests' libraries serves the product as well.
is_ready "$purpose" || is_ready test || install_environment
compile_catalogue
