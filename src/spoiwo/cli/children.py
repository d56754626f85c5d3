"""Child processes that live and die together.

They are forked from a process that has loaded everything already, which halves the time until the first
page and lets them share memory. Nothing may be open across the fork: no connection, no thread.
"""

import ctypes
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from types import FrameType

PATIENCE_SECONDS = 25
_LOOK_SECONDS = 0.1
_PR_SET_PDEATHSIG = 1
_OURS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass
class Family:
    """Starts children, waits until one ends or the process is told to stop, then ends them all."""

    members: dict[str, int] = field(default_factory=dict)  # name -> process id
    told_to_stop: bool = False

    def listen(self) -> None:
        """Take SIGINT, SIGTERM and SIGHUP as the word to stop. Call before starting children."""
        for number in _OURS:
            signal.signal(number, self._stop)

    def start(self, name: str, work: Callable[[], None]) -> None:
        """Do the work in a child, in a session of its own: Ctrl-C in the terminal reaches it through us only."""
        pid = os.fork()
        if pid == 0:
            os._exit(_live(work))
        self.members[name] = pid

    def wait(self) -> str | None:
        """Wait for the word to stop (None) or for the first child that ends by itself (its name)."""
        while not self.told_to_stop:
            ended = [name for name in list(self.members) if self._has_ended(name)]
            if ended:
                return ended[0]
            time.sleep(_LOOK_SECONDS)
        return None

    def end(self) -> None:
        """Ask all to finish what they have in hand; kill those that do not in time."""
        for name in list(self.members):
            self._tell(name, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.members and time.monotonic() < deadline:
            for name in list(self.members):
                self._has_ended(name)
            time.sleep(_LOOK_SECONDS / 2)
        for name in list(self.members):
            self._tell(name, signal.SIGKILL)
            os.waitpid(self.members.pop(name), 0)

    def _has_ended(self, name: str) -> bool:
        pid, _ = os.waitpid(self.members[name], os.WNOHANG)
        if pid:
            del self.members[name]
        return bool(pid)

    def _tell(self, name: str, number: signal.Signals) -> None:
        """A killed child takes along the processes that it started itself."""
        if number is signal.SIGKILL:
            os.killpg(self.members[name], number)
        else:
            os.kill(self.members[name], number)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.told_to_stop = True


def _live(work: Callable[[], None]) -> int:
    """The child's whole life; answers its exit code and never lets an exception out."""
    try:
        os.setsid()
        for number in _OURS:
            signal.signal(number, signal.SIG_DFL)
        _die_with_parent()
        work()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    except BaseException:  # noqa: BLE001 - nothing stands above this in the child
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def _die_with_parent() -> None:
    """Have the kernel end this child if the parent is killed outright (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
