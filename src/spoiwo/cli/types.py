"""What the command line passes around: texts in two languages, commands, answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Language(StrEnum):
    """Languages of help and messages."""

    ENGLISH = "en"
    POLISH = "pl"


class Needs(StrEnum):
    """What has to be ready before a command runs."""

    NOTHING = "nothing"  # no settings, no secrets
    SETTINGS = "settings"  # settings and Django, no particular state of the database
    DATABASE = "database"  # a database with all migrations
    OWNER = "owner"  # as SETTINGS, connected as the owner of the tables


class ExitCode:
    """What the shell is told."""

    DONE = 0
    REFUSED = 1
    UNUSABLE = 2


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in both languages."""

    english: str
    polish: str

    def to(self, language: Language) -> str:
        """The sentence in that language."""
        return self.polish if language is Language.POLISH else self.english


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a command; `options` are those of argparse's add_argument."""

    flags: tuple[str, ...]
    help: Text
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One subcommand: its words, the module that does it, what it says about itself."""

    words: tuple[str, ...]
    module: str
    needs: Needs
    summary: Text
    details: Text | None = None
    arguments: tuple[Argument, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command found: data for machines, lines for people, the exit code for the shell."""

    data: Mapping[str, Any]
    lines: Sequence[str] = ()
    exit_code: int = ExitCode.DONE
