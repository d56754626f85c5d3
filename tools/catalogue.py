"""Keep the one message catalogue: add entries, compile it, list what is missing.

python -m tools.catalogue add entries.json   add or replace translations
python -m tools.catalogue compile            write the .mo file (no gettext needed)
python -m tools.catalogue sync               take up new source strings (needs xgettext), then compile
python -m tools.catalogue check              fail when the catalogue lags behind the sources
"""

import argparse
import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import polib

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "spoiwo"
CATALOGUE = PACKAGE / "locale" / "pl" / "LC_MESSAGES" / "django.po"
HEADER = {
    "Project-Id-Version": "Spoiwo",
    "Language": "pl",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": (
        "nplurals=4; plural=(n==1 ? 0 : (n%10>=2 && n%10<=4) && (n%100<12 || n%100>14) ? 1 : "
        "n!=1 && (n%10>=0 && n%10<=1) || (n%10>=5 && n%10<=9) || (n%100>=12 && n%100<=14) ? 2 : 3);"
    ),
}


@contextmanager
def locked() -> Iterator[None]:
    """Hold the catalogue alone, so that two people adding entries lose nothing."""
    lock = CATALOGUE.with_suffix(".lock")
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def load() -> polib.POFile:
    """The catalogue, empty with the right header when the file does not exist yet."""
    catalogue = (
        polib.pofile(str(CATALOGUE), wrapwidth=110) if CATALOGUE.exists() else polib.POFile(wrapwidth=110)
    )
    catalogue.metadata = dict(HEADER)
    return catalogue


def save(catalogue: polib.POFile) -> None:
    """Write the entries in a fixed order, so that changes are easy to read."""
    catalogue.sort(key=lambda entry: (entry.msgctxt or "", entry.msgid))
    catalogue.save(str(CATALOGUE))
    catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))


def add(path: Path) -> int:
    """Take translations from a JSON list of {msgid, msgstr | msgid_plural + msgstr_plural, msgctxt}."""
    entries = json.loads(path.read_text(encoding="utf-8"))
    with locked():
        catalogue = load()
        for given in entries:
            entry = _same(catalogue, given["msgid"], given.get("msgctxt"))
            if entry is None:
                entry = polib.POEntry(msgid=given["msgid"], msgctxt=given.get("msgctxt"))
                catalogue.append(entry)
            _fill(entry, given)
        save(catalogue)
    print(f"{len(entries)} entries added to {CATALOGUE.name}", file=sys.stderr)
    return 0


def _same(catalogue: polib.POFile, msgid: str, context: str | None) -> polib.POEntry | None:
    """The entry of a text in its context; a text without one is never taken for the same text with one."""
    return next((one for one in catalogue if one.msgid == msgid and one.msgctxt == context), None)


def _fill(entry: polib.POEntry, given: dict[str, object]) -> None:
    flag = "python-format" if "%(" in entry.msgid else ""
    entry.flags = [flag] if flag else []
    entry.obsolete = False
    if "msgid_plural" in given:
        forms = given["msgstr_plural"]
        if not isinstance(forms, list) or len(forms) != 4:
            raise SystemExit(f"four plural forms needed: {entry.msgid}")
        entry.msgid_plural = str(given["msgid_plural"])
        entry.msgstr = ""
        entry.msgstr_plural = dict(enumerate(forms))
    else:
        entry.msgstr = str(given["msgstr"])


def compile_catalogue() -> int:
    """Write the binary catalogue beside the source one."""
    if CATALOGUE.exists():
        polib.pofile(str(CATALOGUE)).save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
    return 0


def source_strings() -> polib.POFile:
    """Every translatable string of the package, as xgettext finds it.

    Django writes files beside the templates it reads, so it reads a copy: whoever reads the sources meanwhile
    sees nothing of it.
    """
    with TemporaryDirectory() as folder:
        copy = Path(folder) / PACKAGE.name
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "vendor", "*.lock"))
        subprocess.run(
            [sys.executable, "-m", "django", "makemessages", "-l", "pl", "--no-wrap", "--no-obsolete"],
            cwd=copy,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": ""},
            check=True,
            capture_output=True,
        )
        return polib.pofile(str(copy / CATALOGUE.relative_to(PACKAGE)))


def sync() -> int:
    """Add new source strings untranslated, drop those that are gone, print what lacks a translation."""
    with locked():
        wanted = source_strings()
        catalogue = load()
        known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
        fresh = polib.POFile(wrapwidth=110)
        fresh.metadata = dict(HEADER)
        for entry in wanted:
            old = known.get((entry.msgctxt, entry.msgid))
            fresh.append(_merged(entry, old))
        save(fresh)
    missing = [entry.msgid for entry in fresh if not is_translated(entry)]
    print(json.dumps(missing, ensure_ascii=False, indent=1))
    return 0


def _merged(entry: polib.POEntry, old: polib.POEntry | None) -> polib.POEntry:
    clean = polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt, msgid_plural=entry.msgid_plural)
    clean.flags = [flag for flag in entry.flags if flag == "python-format"]
    if entry.msgid_plural:
        clean.msgstr_plural = old.msgstr_plural if old and old.msgid_plural else dict.fromkeys(range(4), "")
    else:
        clean.msgstr = old.msgstr if old else ""
    return clean


def is_translated(entry: polib.POEntry) -> bool:
    """Whether every form of the entry has a text."""
    if entry.msgid_plural:
        return len(entry.msgstr_plural) == 4 and all(entry.msgstr_plural.values())
    return bool(entry.msgstr)


def check() -> int:
    """Fail when a source string is missing from the catalogue or has no Polish text."""
    catalogue = {(entry.msgctxt, entry.msgid): entry for entry in load()}
    wanted = {(entry.msgctxt, entry.msgid) for entry in source_strings()}
    missing = sorted(key[1] for key in wanted if key not in catalogue or not is_translated(catalogue[key]))
    stale = sorted(key[1] for key in catalogue if key not in wanted)
    for msgid in missing:
        print(f"no Polish text: {msgid!r}")
    for msgid in stale:
        print(f"no longer in the sources: {msgid!r}")
    return 1 if missing or stale else 0


def main() -> int:
    """Run one of the commands above."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=["add", "compile", "sync", "check"])
    parser.add_argument("file", nargs="?", type=Path)
    options = parser.parse_args()
    if options.command == "add":
        return add(options.file)
    return {"compile": compile_catalogue, "sync": sync, "check": check}[options.command]()


if __name__ == "__main__":
    sys.exit(main())
