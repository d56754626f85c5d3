"""Why a common client is worth joint work, as far as the own register tells."""

from collections.abc import Callable, Collection
from datetime import date

from spoiwo.clients.types import FactKind, Status
from spoiwo.plans.rules.employment import months_later
from spoiwo.plans.types import Candidate, Criterion

LONG_TERM_MONTHS = 12
UNEMPLOYED = frozenset({Status.UNEMPLOYED_WITH_BENEFIT, Status.UNEMPLOYED_WITHOUT_BENEFIT})
ON_BENEFITS = frozenset({Status.LONG_TERM_BENEFIT, Status.TEMPORARY_BENEFIT, Status.TARGETED_BENEFIT})
BENEFIT_FACTS = frozenset(
    {
        FactKind.PERMANENT_ALLOWANCE,
        FactKind.PERIODIC_ALLOWANCE,
        FactKind.TARGETED_ALLOWANCE,
        FactKind.HOUSING_ALLOWANCE,
        FactKind.UNEMPLOYMENT_BENEFIT,
    }
)
KINDS = BENEFIT_FACTS | {
    FactKind.DISABILITY,
    FactKind.EDUCATION,
    FactKind.CARE_DUTIES,
    FactKind.HOMELESSNESS,
}
LOW_EDUCATION = ("podstaw", "gimnazj", "bez wykszta", "niepełne", "zasadnicz")
NO = frozenset({"", "nie", "no", "0", "brak"})


def reasons(candidate: Candidate, wanted: Collection[Criterion], *, today: date) -> tuple[Criterion, ...]:
    """Which of the wanted criteria the client meets, in their fixed order; empty when none."""
    return tuple(one for one in Criterion if one in wanted and _TESTS[one](candidate, today))


def _long_term(candidate: Candidate, today: date) -> bool:
    since = candidate.status_from
    return (
        candidate.status in UNEMPLOYED
        and since is not None
        and months_later(since, LONG_TERM_MONTHS) <= today
    )


def _on_benefits(candidate: Candidate, _today: date) -> bool:
    return candidate.status in ON_BENEFITS or _has_any(candidate, BENEFIT_FACTS)


def _low_qualifications(candidate: Candidate, _today: date) -> bool:
    return any(
        kind == FactKind.EDUCATION and value.lower().startswith(LOW_EDUCATION)
        for kind, value in candidate.facts
    )


def _fact(*kinds: FactKind) -> Callable[[Candidate, date], bool]:
    return lambda candidate, _today: _has_any(candidate, frozenset(kinds))


def _has_any(candidate: Candidate, kinds: Collection[str]) -> bool:
    return any(kind in kinds and value.strip().lower() not in NO for kind, value in candidate.facts)


_TESTS: dict[Criterion, Callable[[Candidate, date], bool]] = {
    Criterion.LONG_TERM_UNEMPLOYED: _long_term,
    Criterion.ON_BENEFITS: _on_benefits,
    Criterion.DISABILITY: _fact(FactKind.DISABILITY),
    Criterion.LOW_QUALIFICATIONS: _low_qualifications,
    Criterion.CARE_DUTIES: _fact(FactKind.CARE_DUTIES),
    Criterion.HOMELESSNESS: _fact(FactKind.HOMELESSNESS),
}
