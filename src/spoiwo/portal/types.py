"""What the home page and the page of the day's work are made of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from spoiwo.kernel.actor import Actor

AT_ONCE = 20


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


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One matter of the day's work. post_url: where its one deed is sent, when it takes no page of its own.

    other, other_url: the way for the rare case in which the one deed does not fit.
    """

    title: Any
    tag: Any = ""
    tone: str = ""
    detail: Any = ""
    url: str = ""
    action: Any = ""
    action_url: str = ""
    post_url: str = ""
    other: Any = ""
    other_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkSection:
    """A titled list of matters; more_url leads to all of them.

    counts: whether they wait for the worker. note: a sentence below. listing: common clients whose other
    institutions it names; plans: joint plans it speaks of. Both have to be put on record.
    """

    title: Any
    items: Sequence[WorkItem]
    more_url: str = ""
    more_label: Any = ""
    counts: bool = True
    note: Any = ""
    listing: Any = None
    plans: Sequence[Any] = ()
    at_once: int = AT_ONCE

    @property
    def folded(self) -> int:
        """How many of the items are seen only once they are asked for."""
        return max(0, len(self.items) - self.at_once)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Whose work is shown: reader, who asks; worker, whose work it is (the reader, or the one stood in for)."""

    reader: Actor
    worker: Actor
    worker_name: str
    day: date
