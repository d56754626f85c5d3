"""Static files, collected when they differ from those collected last."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from spoiwo import __version__

STAMP = ".collected"


def collect_when_stale() -> bool:
    """Collect into STATIC_ROOT unless nothing changed since the last time; answers whether it did."""
    stamp = Path(settings.STATIC_ROOT) / STAMP
    wanted = _fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(wanted, encoding="ascii")
    return True


def _fingerprint() -> str:
    """Hash over version, names, sizes and times of all static files."""
    digest = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list(None), key=lambda found: str(found[0])):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name}:{facts.st_size}:{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
