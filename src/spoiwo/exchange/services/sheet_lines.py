"""Rows of sheets, weighed and written down by the support register."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from spoiwo.exchange.types import Finding, RowProblem, SheetKind
from spoiwo.kernel.actor import Actor
from spoiwo.support.services import past_years, results
from spoiwo.support.services.past_years import LineProblem, PastLine
from spoiwo.support.types import DeliveryKind, LabourStatus, Mode

_CODES: dict[str, Any] = {"kind": DeliveryKind, "mode": Mode, "labour_status": LabourStatus}
_READ_OTHERWISE = frozenset({"first_last", "last_first", "adviser"})
_WHERE = {
    LineProblem.NO_MINUTES: "minutes",
    LineProblem.DAY_TO_COME: "day",
    LineProblem.UNKNOWN_PROJECT: "project",
    LineProblem.OUTSIDE_PROJECT: "project",
    LineProblem.PERIOD_CLOSED: "day",
}


@dataclass(slots=True)
class Line:
    """One row of a sheet: what could be read of it, and what is wrong with it."""

    number: int
    cells: list[str]
    values: dict[str, Any]
    findings: list[Finding]


def told_apart(kind: SheetKind, lines: Iterable[Line]) -> Iterator[Line]:
    """The lines; totals of a period and priority that stood further up are refused."""
    seen: dict[Any, int] = {}
    for line in lines:
        if kind is SheetKind.KFS and not line.findings:
            values = line.values
            place = (values["first_day"], values["last_day"], values["priority"].casefold())
            first = seen.setdefault(place, line.number)
            if first != line.number:
                line.findings.append(Finding(RowProblem.REPEATED_TOTAL, "priority", str(first)))
        yield line


def weigh(kind: SheetKind, lines: Sequence[Line], *, by: Actor) -> None:
    """Add to each line what the register would refuse about it; writes nothing."""
    if kind is SheetKind.SUPPORT:
        good = [line for line in lines if not line.findings]
        problems = past_years.weigh_lines(_past(good), today=timezone.localdate(), by=by)
        _add(good, problems)


def take(kind: SheetKind, lines: Sequence[Line], *, by: Actor) -> None:
    """Write the good lines down, and add to the others why they were refused."""
    good = [line for line in lines if not line.findings]
    if kind is SheetKind.SUPPORT:
        _add(good, past_years.take_lines(_past(good), today=timezone.localdate(), by=by))
        return
    for line in good:
        results.set_kfs_total(**line.values, by=by)


def _past(lines: Sequence[Line]) -> list[PastLine]:
    return [_past_line(line.values) for line in lines]


def _past_line(values: dict[str, Any]) -> PastLine:
    given = {name: value for name, value in values.items() if name not in _READ_OTHERWISE}
    for name, code in _CODES.items():
        if given.get(name):
            given[name] = code(given[name])
        else:
            given.pop(name, None)
    return PastLine(**given, adviser_id=int(values.get("adviser") or 0))


def _add(lines: Sequence[Line], problems: Sequence[LineProblem | None]) -> None:
    for line, problem in zip(lines, problems, strict=True):
        if problem is not None:
            line.findings.append(Finding(RowProblem(problem.value), _WHERE.get(problem, "")))
