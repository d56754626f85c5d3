"""Child processes that live and die together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

PATIENCE_SECONDS = 25
_LOOK_SECONDS = 0.2
_PR_SET_PDEATHSIG = 1


@dataclass
class Family:
    """Starts children, waits until one ends or the process is told to stop, then ends them all."""

    members: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    told_to_stop: bool = False

    def listen(self) -> None:
        """Take SIGINT, SIGTERM and SIGHUP as the word to stop. Call before starting children."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)

    def start(self, name: str, words: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start a child in a session of its own: Ctrl-C in the terminal reaches it through us only."""
        self.members[name] = subprocess.Popen(  # noqa: S603 - our own programs
            list(words),
            env=dict(environment),
            start_new_session=True,
            preexec_fn=_die_with_parent,  # noqa: PLW1509
        )

    def wait(self) -> str | None:
        """Wait for the word to stop (None) or for the first child that ends by itself (its name)."""
        while not self.told_to_stop:
            for name, child in self.members.items():
                if child.poll() is not None:
                    return name
            time.sleep(_LOOK_SECONDS)
        return None

    def end(self) -> None:
        """Ask all to finish what they have in hand; kill those that do not in time."""
        for child in self.members.values():
            if child.poll() is None:
                child.terminate()
        deadline = time.monotonic() + PATIENCE_SECONDS
        for child in self.members.values():
            try:
                child.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _kill_group(child)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.told_to_stop = True


def _kill_group(child: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    child.wait()


def _die_with_parent() -> None:
    """Between fork and exec: have the kernel end the child if we are killed outright (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
