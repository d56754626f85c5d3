"""Talking to whoever called: messages and progress on standard error, in their language."""

import os
import sys
from collections.abc import Mapping
from typing import TextIO

from spoiwo.cli.types import Language, Text

LANGUAGE_VARIABLES = ("SPOIWO_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def language_of(variables: Mapping[str, str]) -> Language:
    """The language asked for by SPOIWO_LANGUAGE, LC_ALL, LC_MESSAGES or LANG, the first one set; else English."""
    chosen = next((variables[name] for name in LANGUAGE_VARIABLES if variables.get(name)), "")
    return Language.POLISH if chosen.lower().startswith("pl") else Language.ENGLISH


class Console:
    """Messages for people; the result of a command goes to standard output and is not this class's matter."""

    def __init__(self, *, language: Language | None = None, stream: TextIO | None = None):
        self.language = language or language_of(os.environ)
        self._stream = stream

    def pick(self, text: Text) -> str:
        """The text in the language of the caller."""
        return text.to(self.language)

    def say(self, english: str, polish: str) -> None:
        """Write one line at once."""
        self.line(self.pick(Text(english, polish)))

    def line(self, line: str) -> None:
        """Write a line that is in the caller's language already."""
        stream = self._stream or sys.stderr
        stream.write(f"{line}\n")
        stream.flush()
