"""Two kinds of things are cached: figures that each process may remember by itself, and limits of sign-in.

Limits counted per process would let somebody try a password as often as there are processes. They lie in
files in the data folder, which all processes of the machine share; names of files are digests, and they hold
nothing but moments.
"""

import fcntl
import time
from pathlib import Path
from typing import Any

from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.locmem import LocMemCache

SHARED = "allauth:"  # how the keys of allauth's limits begin
MOST_FILES = 50_000  # when there are more, a third of them goes, whichever
EVERY = 60.0  # seconds between looks at whether there are too many


class Limits(FileBasedCache):
    """A cache in files in which only one of several processes that add a key succeeds."""

    def __init__(self, location: str, params: dict[str, Any]):
        super().__init__(location, {**params, "MAX_ENTRIES": MOST_FILES})
        self._looked_at = 0.0

    def add(self, key: Any, value: Any, timeout: Any = None, version: int | None = None) -> bool:
        """Set unless it is there; looking and setting happen under one lock."""
        self._createdir()  # type: ignore[attr-defined]
        with (Path(self._dir) / "lock").open("a") as lock:  # type: ignore[attr-defined]
            fcntl.flock(lock, fcntl.LOCK_EX)
            return bool(super().add(key, value, timeout, version))

    def _cull(self) -> None:
        """Look through the folder now and then, not at every write."""
        if time.monotonic() - self._looked_at > EVERY:
            self._looked_at = time.monotonic()
            super()._cull()  # type: ignore[misc]


class SharedLimits(LocMemCache):
    """Memory of the process, but for the limits of sign-in, which all processes share.

    location: the folder of the limits.
    """

    def __init__(self, location: str, params: dict[str, Any]):
        super().__init__("", params)
        self._limits = Limits(location, params)

    def add(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        """See BaseCache."""
        return (
            self._limits.add(key, *args, **kwargs) if _is_shared(key) else super().add(key, *args, **kwargs)
        )

    def get(self, key: Any, *args: Any, **kwargs: Any) -> Any:
        """See BaseCache."""
        return (
            self._limits.get(key, *args, **kwargs) if _is_shared(key) else super().get(key, *args, **kwargs)
        )

    def set(self, key: Any, *args: Any, **kwargs: Any) -> None:
        """See BaseCache."""
        (self._limits.set if _is_shared(key) else super().set)(key, *args, **kwargs)

    def delete(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        """See BaseCache."""
        return bool((self._limits.delete if _is_shared(key) else super().delete)(key, *args, **kwargs))

    def clear(self) -> None:
        """Forget both."""
        super().clear()
        self._limits.clear()


def _is_shared(key: Any) -> bool:
    return str(key).startswith(SHARED)
