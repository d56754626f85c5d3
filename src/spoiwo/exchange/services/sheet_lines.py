"""Rows of sheets, weighed and written down by the support register."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from spoiwo.exchange.rules.sheet_columns import NO
from spoiwo.exchange.types import Finding, RowProblem, SheetKind
from spoiwo.kernel.actor import Actor
from spoiwo.support.services import past_events, past_years, results
from spoiwo.support.services.past_events import PastAttendance
from spoiwo.support.services.past_recipients import LineProblem, Named
from spoiwo.support.services.past_years import PastLine
from spoiwo.support.types import DeliveryKind, EventKind, LabourStatus, Mode, RecipientKind

_WHERE = {
    LineProblem.NO_MINUTES: "minutes",
    LineProblem.DAY_TO_COME: "day",
    LineProblem.UNKNOWN_PROJECT: "project",
    LineProblem.OUTSIDE_PROJECT: "project",
    LineProblem.PERIOD_CLOSED: "day",
    LineProblem.EVENT_UNDER_WAY: "title",
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
    good = [line for line in lines if not line.findings]
    today = timezone.localdate()
    if kind is SheetKind.SUPPORT:
        _add(good, past_years.weigh_lines([_past_line(line.values) for line in good], today=today, by=by))
    elif kind is SheetKind.EVENTS:
        _add(good, past_events.weigh_lines([_attendance(line.values) for line in good], today=today, by=by))


def take(kind: SheetKind, lines: Sequence[Line], *, by: Actor) -> None:
    """Write the good lines down, and add to the others why they were refused."""
    good = [line for line in lines if not line.findings]
    today = timezone.localdate()
    if kind is SheetKind.SUPPORT:
        _add(good, past_years.take_lines([_past_line(line.values) for line in good], today=today, by=by))
    elif kind is SheetKind.EVENTS:
        _add(good, past_events.take_lines([_attendance(line.values) for line in good], today=today, by=by))
    else:
        for line in good:
            results.set_kfs_total(**line.values, by=by)


def _past_line(values: Mapping[str, Any]) -> PastLine:
    fields = ("day", "minutes", "topic", "place", "teryt", "project", "anonymous_headcount")
    return PastLine(
        **_given(values, fields),
        **_given(values, ("kind",), code=DeliveryKind),
        **_given(values, ("mode",), code=Mode),
        recipient=_named(values, values["recipient"]),
        adviser_id=int(values.get("adviser") or 0),
    )


def _attendance(values: Mapping[str, Any]) -> PastAttendance:
    fields = (
        *("title", "day", "last_day", "minutes", "lasted", "edition", "place", "teryt", "project"),
        "anonymous_headcount",
    )
    return PastAttendance(
        **_given(values, fields),
        **_given(values, ("kind",), code=EventKind),
        person=_named(values, RecipientKind.PERSON) if values.get("last_name") else None,
        entity=_named(values, RecipientKind.ENTITY) if values.get("name") else None,
    )


def _named(values: Mapping[str, Any], kind: RecipientKind) -> Named:
    """The person, entity or group that a row is about."""
    if kind is RecipientKind.PERSON:
        return Named(
            kind=kind,
            since=values["day"],
            **_given(values, ("first_name", "last_name", "pesel", "birth_date")),
            **_given(values, ("labour_status",), code=LabourStatus),
        )
    return Named(
        kind=kind,
        since=values["day"],
        is_social=values.get("is_social") != NO,
        **_given(values, ("name", "number", "teryt")),
    )


def _given(
    values: Mapping[str, Any], fields: Iterable[str], *, code: Callable[[Any], Any] | None = None
) -> dict[str, Any]:
    """Those of the values that a row holds, as codes when it is said which."""
    found = {name: values[name] for name in fields if values.get(name)}
    return found if code is None else {name: code(value) for name, value in found.items()}


def _add(lines: Sequence[Line], problems: Sequence[LineProblem | None]) -> None:
    for line, problem in zip(lines, problems, strict=True):
        if problem is not None:
            line.findings.append(Finding(RowProblem(problem.value), _WHERE.get(problem, "")))
