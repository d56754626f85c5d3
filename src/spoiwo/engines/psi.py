"""Private set intersection of texts between two sides; the cryptography runs in a process of its own (`psi_child`)."""

import base64
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from spoiwo.engines import psi_child
from spoiwo.kernel.errors import DomainError


class PsiMissing(DomainError):
    """The library is not installed where it is looked for."""


class PsiBroken(DomainError):
    """What the other side sent is none of it, or does not belong together."""


@dataclass(frozen=True, slots=True)
class Intersecting:
    """Steps of the two sides. python: an interpreter that has openmined-psi; empty for the one that runs this."""

    python: str = ""

    def ask(self, numbers: Sequence[str]) -> tuple[bytes, bytes]:
        """The key that reads the answer, and the request to send. Raises PsiMissing."""
        made = self._run("ask", numbers=list(numbers))
        return base64.b64decode(made["key"]), base64.b64decode(made["request"])

    def answer(self, numbers: Sequence[str], request: bytes) -> tuple[bytes, bytes]:
        """Setup and response to send back. Raises PsiMissing, PsiBroken."""
        made = self._run("answer", numbers=list(numbers), request=_text(request))
        return base64.b64decode(made["setup"]), base64.b64decode(made["response"])

    def read(self, key: bytes, setup: bytes, response: bytes) -> list[int]:
        """Places of the own numbers that are in common. Raises PsiMissing, PsiBroken."""
        made = self._run("read", key=_text(key), setup=_text(setup), response=_text(response))
        return [int(place) for place in made["places"]]

    def _run(self, step: str, **told: object) -> Any:
        command = [self.python or sys.executable, "-I", psi_child.__file__]
        question = json.dumps({"step": step, **told}).encode()
        try:
            done = subprocess.run(command, input=question, capture_output=True, check=False)  # noqa: S603
        except OSError as error:
            raise PsiMissing(str(error)) from error
        if done.returncode == psi_child.ABSENT:
            raise PsiMissing
        if done.returncode:
            raise PsiBroken(done.stderr.decode(errors="replace").strip())
        return json.loads(done.stdout)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
