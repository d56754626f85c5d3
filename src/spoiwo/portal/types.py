"""What the home page is made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One matter with its one next action. tone: that of components/tag.html; url empty when there is nowhere to go."""

    tone: str
    tag: Any
    title: Any
    detail: Any = ""
    url: str = ""
    action: Any = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A bar of the picture: a whole phrase with its figure, the figure, the longest bar, whose colour."""

    label: Any
    value: int
    maximum: int
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A line of a list beside the work: what, and how it stands; url empty when it leads nowhere."""

    label: Any
    value: Any
    url: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A titled list of facts or bars."""

    title: Any
    facts: Sequence[Fact] = field(default_factory=tuple)
    measures: Sequence[Measure] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The day of one person: what waits, and what stands beside it."""

    tasks: Sequence[Task]
    panels: Sequence[Panel]
