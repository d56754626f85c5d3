"""Facts that the platform holds become observations: of the support register, of common clients, of joint plans, of
partnerships.

Lower contexts are asked through their queries, each institution in its own name. Distinct persons are told apart by
identity links over all institutions and counted at one of them only, so that adding institutions up counts nobody
twice; their measures stand for a whole year and are never added up over periods.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from spoiwo.clients.queries import comparing, counts
from spoiwo.institutions import queries as institutions
from spoiwo.monitoring.services.recording import record_observations
from spoiwo.monitoring.services.shipped import load_measures
from spoiwo.monitoring.types import Answered, Seat
from spoiwo.partnership import queries as partnership
from spoiwo.partnership.queries.figures import figures_of_year
from spoiwo.plans.queries.counting import plans_counted
from spoiwo.support.queries import measures
from spoiwo.support.types import ADVICE, TRAINED_BY, DeliveryKind, Scope
from spoiwo.toolkit.context import acting_for

MEETINGS = (
    "council_meetings", "signatories_meetings", "committee_meetings", "support_centre_meetings",
    "information_meetings", "forum_meetings",
)  # fmt: skip
ALL_KINDS = tuple(kind.value for kind in DeliveryKind)
ADVICE_KINDS = tuple(kind.value for kind in ADVICE)


def gather_facts(year: int, *, day: date, at: datetime) -> int:
    """Record what the platform knows of a year; answers how many observations are new or differ."""
    load_measures()
    seats = [Seat(one.pk, one.code, one.teryt) for one in institutions.seats()]
    seen: dict[str, set[object]] = {"supported": set(), "advised": set(), "clients": set()}
    recorded = 0
    for seat in seats:
        with acting_for(seat.institution_id):
            found = [
                *_support(seat, year, seen["supported"], seen["advised"]),
                *_clients(seat, year, day, seen["clients"]),
                *_plans(seat, year),
            ]
            recorded += record_observations(found, institution_id=seat.institution_id, at=at)
    return recorded + _partnerships(seats, year, at)


def _support(seat: Seat, year: int, supported: set[object], advised: set[object]) -> Iterator[Answered]:
    """Advice by county, and people supported and advised who were not counted at another centre already."""
    scope = Scope(
        first=date(year, 1, 1), last=date(year, 12, 31), institutions=frozenset({seat.institution_id})
    )
    counted = measures.read(scope, by_county=True)
    sums: dict[str, list[int]] = {}
    for one in [each for each in counted.given[0] if each.kind in ADVICE_KINDS]:
        both = sums.setdefault(one.county or seat.territory, [0, 0])
        both[0] += one.count
        both[1] += one.minutes
    for county, (times, minutes) in sorted(sums.items()):
        yield _told(seat, "owes_advices", year, times, county)
        yield _told(seat, "owes_advice_hours", year, minutes / 60, county)
    there, came = counted.people_tally(counted.there), counted.people_tally(counted.came)
    yield from _once(
        seat, "people_supported", year, there.distinct(ALL_KINDS) | came.distinct(TRAINED_BY), supported
    )
    yield from _once(seat, "owes_advised", year, there.distinct(ADVICE_KINDS), advised)


def _clients(seat: Seat, year: int, day: date, seen: set[object]) -> Iterator[Answered]:
    """People whom another institution serves too, as they are now: told of the running year only."""
    if day.year != year:
        return
    records = counts.common_records(seat.institution_id, day)
    people: set[object] = set(comparing.people_of(records).values())
    yield from _once(seat, "common_clients", year, people, seen)


def _plans(seat: Seat, year: int) -> Iterator[Answered]:
    """Joint plans, told by the institution that began them; nothing of those that never had one."""
    found = plans_counted(seat.institution_id, first=date(year, 1, 1), last=date(year, 12, 31))
    if found.begun or found.closed:
        yield _told(seat, "joint_plans", year, found.begun)
        yield _told(seat, "joint_plans_closed", year, found.closed)
        yield _told(seat, "joint_plans_completed", year, found.completed)


def _partnerships(seats: Iterable[Seat], year: int, at: datetime) -> int:
    """Meetings and recommendations, recorded by the institution that keeps the agreement."""
    known = {seat.institution_id: seat for seat in seats}
    recorded = 0
    for agreement in partnership.public_agreements():
        seat = known.get(agreement.secretariat_id)
        if seat is None:
            continue
        with acting_for(seat.institution_id):
            figures = {one.key: one.value for one in figures_of_year(agreement, year)}
            found = [
                _told(seat, "meetings", year, sum(figures[key] for key in MEETINGS)),
                _told(seat, "council_meetings", year, figures["council_meetings"]),
                _told(seat, "information_meetings", year, figures["information_meetings"]),
                _told(seat, "communiques", year, figures["communiques"]),
                _told(seat, "partnership_signatories", year, figures["signatories"]),
                _told(seat, "recommendations_implemented", year, figures["recommendations_implemented"]),
                _told(seat, "recommendations", year, figures["recommendations"]),
            ]
            recorded += record_observations(found, institution_id=seat.institution_id, at=at)
    return recorded


def _once(seat: Seat, measure: str, year: int, people: set[object], seen: set[object]) -> Iterator[Answered]:
    """Distinct people without those whom another institution has told of; nothing of nobody."""
    if people:
        yield _told(seat, measure, year, len(people - seen))
        seen |= people


def _told(seat: Seat, measure: str, year: int, value: float, territory: str = "") -> Answered:
    return Answered(
        measure=measure,
        unit=seat.code,
        territory=territory or seat.territory,
        period=str(year),
        value=float(value),
        status="ok" if value else "zero_reported",
    )
