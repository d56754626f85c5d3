"""An edition as a statistical operation: response, coverage by weight, change in the panel, breaks of series."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from spoiwo.surveys.rules.documents import all_fields
from spoiwo.surveys.types import (
    NOT_IN_SCOPE,
    WITH_CHOICES,
    Break,
    BreakKind,
    Content,
    Coverage,
    Funnel,
    Outcome,
    Panel,
    Question,
    Step,
)

NEXT_STEP: Mapping[Step, Step] = {
    Step.PLANNED: Step.OPEN,
    Step.OPEN: Step.CLOSED,
    Step.CLOSED: Step.VERIFIED,
    Step.VERIFIED: Step.PUBLISHED,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one unit of the frame stands. weight: None when nobody knows it."""

    stratum: str
    outcome: Outcome
    weight: Decimal | None = None
    invited: bool = False
    opened: bool = False
    started: bool = False
    submitted: bool = False
    accepted: bool = False


def funnel(units: Iterable[Standing]) -> Funnel:
    """How many units came how far; who came further counts for every step before."""
    rows = list(units)
    accepted = sum(unit.accepted for unit in rows)
    submitted = sum(unit.submitted or unit.accepted for unit in rows)
    started = sum(unit.started or unit.submitted or unit.accepted for unit in rows)
    opened = sum(unit.opened or unit.started or unit.submitted or unit.accepted for unit in rows)
    invited = sum(
        unit.invited or unit.opened or unit.started or unit.submitted or unit.accepted for unit in rows
    )
    return Funnel(len(rows), invited, opened, started, submitted, accepted)


def coverage(units: Iterable[Standing]) -> list[Coverage]:
    """Response by stratum, in the order of their names.

    Units out of business or not eligible leave the scope, with their reason on record. A unit whose weight nobody
    knows weighs as the median of its stratum, or 1 when no weight of the stratum is known.
    """
    strata: dict[str, list[Standing]] = {}
    for unit in units:
        if unit.outcome not in NOT_IN_SCOPE:
            strata.setdefault(unit.stratum, []).append(unit)
    return [_coverage(name, strata[name]) for name in sorted(strata)]


def total_coverage(rows: Sequence[Coverage]) -> Coverage:
    """All strata together."""
    return Coverage(
        "",
        sum(row.in_scope for row in rows),
        sum(row.answered for row in rows),
        sum((row.weight_in_scope for row in rows), Decimal(0)),
        sum((row.weight_answered for row in rows), Decimal(0)),
    )


def panel(code: str, before: Mapping[str, Decimal], now: Mapping[str, Decimal]) -> Panel:
    """Change of a number between two editions. before, now: unit key -> value, without missing ones."""
    both = before.keys() & now.keys()
    return Panel(
        code,
        len(both),
        sum((before[key] for key in both), Decimal(0)),
        sum((now[key] for key in both), Decimal(0)),
        sum(before.values(), Decimal(0)),
        sum(now.values(), Decimal(0)),
    )


def breaks(before: Content, now: Content) -> list[Break]:
    """Questions whose answers cannot simply be compared with the edition before."""
    former = {question.code: question for question in before.questions()}
    fields_before = {field.code for field in all_fields(before)}
    found = []
    for question in now.questions():
        kind = _break_of(former.get(question.code), question)
        if kind:
            found.append(Break(question.code, kind))
        elif any(one.code not in fields_before for one in all_fields(now) if one.question is question):
            found.append(Break(question.code, BreakKind.CHOICES))
    return found


def _break_of(former: Question | None, question: Question) -> BreakKind | None:
    if former is None:
        return BreakKind.NEW
    if former.kind != question.kind:
        return BreakKind.KIND
    if former.unit != question.unit:
        return BreakKind.UNIT
    if question.kind in WITH_CHOICES and [one.code for one in former.choices] != [
        one.code for one in question.choices
    ]:
        return BreakKind.CHOICES
    if former.label.pl != question.label.pl:
        return BreakKind.WORDING
    return None


def _coverage(name: str, units: Sequence[Standing]) -> Coverage:
    known = [unit.weight for unit in units if unit.weight is not None]
    usual = Decimal(median(known)) if known else Decimal(1)
    weights = [usual if unit.weight is None else unit.weight for unit in units]
    answered = [unit.submitted or unit.accepted for unit in units]
    return Coverage(
        name,
        len(units),
        sum(answered),
        sum(weights, Decimal(0)),
        sum((weight for weight, did in zip(weights, answered, strict=True) if did), Decimal(0)),
    )
