"""Looking through the log for what is unusual; people decide what it means."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from spoiwo.access import queries as access
from spoiwo.audit import queries as audit
from spoiwo.clients.queries import overseeing
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key
from spoiwo.oversight import rules
from spoiwo.oversight.errors import AboutYourself, DecidedAlready, NoSuchFinding
from spoiwo.oversight.models import Finding, Incident, WatchedUpTo
from spoiwo.oversight.queries.watching import is_own
from spoiwo.oversight.services.incidents import open_incident
from spoiwo.oversight.services.log import record
from spoiwo.oversight.types import Odd, Source, State, WatchedLook
from spoiwo.toolkit.context import acting_for

AT_ONCE = 2000
MOST_PARTS = 50
JOB = "guarding"


def watch_all() -> int:
    """Examine what every institution's staff looked at since the last time; how many findings came in addition."""
    return sum(watch(institution_id) for institution_id in institutions.with_accounts())


def watch(institution_id: int) -> int:
    """Examine the looks of one institution's staff since the last time; how many findings came in addition."""
    found = 0
    for _part in range(MOST_PARTS):
        with acting_for(institution_id, job=JOB), transaction.atomic():
            examined, added = _next_part(institution_id)
        found += added
        if examined < AT_ONCE:
            break
    return found


@transaction.atomic
def dismiss_finding(*, finding_id: int, reason: str, by: Actor) -> None:
    """Say why it is all right. Raises NoSuchFinding, AboutYourself, DecidedAlready, ReasonNeeded."""
    found = _to_decide(finding_id, reason, by)
    _decide(found, State.DISMISSED, reason, by)


@transaction.atomic
def make_incident(*, finding_id: int, reason: str, by: Actor) -> Incident:
    """Say why it is not, and enter it as an incident. Raises as `dismiss_finding`."""
    found = _to_decide(finding_id, reason, by)
    _decide(found, State.INCIDENT, reason, by)
    return open_incident(
        source=Source.FINDING, source_ref=f"finding:{found.pk}", description=reason, now=timezone.now(), by=by
    )


def _to_decide(finding_id: int, reason: str, by: Actor) -> Finding:
    found: Finding | None = Finding.objects.visible_to(by).select_for_update().filter(pk=finding_id).first()
    if found is None:
        raise NoSuchFinding(str(finding_id))
    if is_own(by, found):
        raise AboutYourself(str(finding_id))
    if found.state != State.OPEN:
        raise DecidedAlready(found.state)
    rules.check_reason(reason)
    return found


def _decide(found: Finding, state: State, reason: str, by: Actor) -> None:
    found.state, found.reason = state, reason.strip()
    found.decided_at, found.decided_by_user_id = timezone.now(), by.user_id
    found.save(update_fields=["state", "reason", "decided_at", "decided_by_user_id"])
    record(by, f"finding:{found.pk}", state.value)


def _next_part(institution_id: int) -> tuple[int, int]:
    """(records examined, findings added)"""
    WatchedUpTo.objects.bulk_create([WatchedUpTo(institution_id=institution_id)], ignore_conflicts=True)
    mark = WatchedUpTo.objects.select_for_update().get(pk=institution_id)
    views = audit.views_after(institution_id, mark.seq, limit=AT_ONCE)
    if not views:
        return 0, 0
    looks = _looks(institution_id, views)
    staff = {search_key(name) for name in institutions.staff_of(institution_id).values()}
    odd = rules.odd_looks(looks, staff=staff) + _odd_days(institution_id, looks)
    added = _keep(institution_id, odd)
    mark.seq = views[-1].seq
    mark.save(update_fields=["seq"])
    return len(views), added


def _looks(institution_id: int, views: Sequence[audit.Record]) -> list[WatchedLook]:
    users = audit.subjects_of("user", {one.actor for one in views if one.actor})
    people = audit.subjects_of("person", {one.person for one in views if one.person})
    subjects = {UUID(subject) for subject in people.values()}
    staff = institutions.staff_of(institution_id)
    clients = overseeing.names_of_people(institution_id, subjects)
    relations = access.relation_periods(institution_id, subjects)
    return [
        WatchedLook(
            seq=one.seq,
            at=timezone.localtime(one.at),
            actor=one.actor,
            person=one.person,
            worker=search_key(staff.get(int(users.get(one.actor, "0")), "")),
            client=search_key(clients.get(UUID(people[one.person]), "")),
            relations=relations.get(UUID(people[one.person]), ()),
        )
        for one in views
        if one.actor and one.person in people
    ]


def _odd_days(institution_id: int, looks: Sequence[WatchedLook]) -> list[Odd]:
    firsts: dict[tuple[UUID, object], tuple[int, datetime]] = {}
    for look in looks:
        firsts.setdefault((look.actor, look.at.date()), (look.seq, look.at))
    if not firsts:
        return []
    since = looks[0].at - rules.RECENT - timedelta(days=1)
    people = audit.people_per_day(institution_id, {look.actor for look in looks}, since)
    return rules.odd_days(people, firsts)  # type: ignore[arg-type]


def _keep(institution_id: int, odd: Sequence[Odd]) -> int:
    """One finding per worker, person and day, and at night one per worker and day; more of the same are counted."""
    added = 0
    for one in odd:
        day = one.at.date()
        person = one.person if rules.is_about_person(one.oddity) else None
        standing = Finding.objects.filter(
            institution_id=institution_id, oddity=one.oddity, actor=one.actor, person=person, day=day
        ).first()
        if standing is None:
            Finding.objects.create(
                institution_id=institution_id,
                oddity=one.oddity,
                actor=one.actor,
                person=person,
                day=day,
                at=one.at,
                first_seq=one.seq,
                count=one.count,
                usual=one.usual,
            )
            added += 1
        else:
            standing.count = rules.counted(standing.count, one)
            standing.save(update_fields=["count"])
    return added
