"""Findings and incidents as those see them who watch over the register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from spoiwo.access import queries as access
from spoiwo.access.queries import Emergency
from spoiwo.audit import queries as audit
from spoiwo.audit.types import Action
from spoiwo.clients.queries import overseeing
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.oversight import rules
from spoiwo.oversight.models import AccessReview, Finding, Incident
from spoiwo.oversight.types import Risk, State

MOST_OPENED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What waits at the supervisor's desk."""

    findings: int
    emergencies: int
    incidents: int
    late_incidents: int
    review_due: bool


def desk_of(actor: Actor, now: datetime) -> Desk:
    """How much waits; six cheap questions."""
    running = list(incidents_of(actor).filter(closed_at__isnull=True))
    late = [one for one in running if clock_of(one) is not None and rules.due_at(one.discovered_at) < now]
    quarter = rules.quarter_of(now.date())
    return Desk(
        findings=findings_of(actor, state=State.OPEN).count(),
        emergencies=access.count_to_review(actor, now),
        incidents=len(running),
        late_incidents=len(late),
        review_due=not AccessReview.objects.visible_to(actor).filter(quarter=quarter).exists(),
    )


def findings_of(actor: Actor, *, state: str = "", oddity: str = "") -> "QuerySet[Finding]":
    """Findings of the own institution, newest first."""
    found = Finding.objects.visible_to(actor)
    if state:
        found = found.filter(state=state)
    if oddity:
        found = found.filter(oddity=oddity)
    return found.order_by("-at", "-pk")


def finding(actor: Actor, pk: int) -> Finding | None:
    """One of them."""
    found: Finding | None = Finding.objects.visible_to(actor).filter(pk=pk).first()
    return found


def incidents_of(actor: Actor) -> "QuerySet[Incident]":
    """Incidents of the own institution, newest first."""
    return Incident.objects.visible_to(actor).order_by("-discovered_at", "-pk")


def incident(actor: Actor, pk: int) -> Incident | None:
    """One of them."""
    found: Incident | None = Incident.objects.visible_to(actor).filter(pk=pk).first()
    return found


def clock_of(found: Incident) -> datetime | None:
    """By when the authority must be told, None when the clock does not run."""
    running = rules.is_running(
        risk=Risk(found.risk), told_on=found.authority_told_on, closed=found.closed_at is not None
    )
    return rules.due_at(found.discovered_at) if running else None


def opened_by(actor: Actor, emergency: Emergency) -> audit.Records:
    """Everything that its account looked at of its people while it went on, as the own log has it."""
    people = audit.pseudonyms_for("person", map(str, access.people_of(emergency)))
    return (
        audit.records_for(actor)
        .filter(
            actor__in=audit.pseudonyms_for("user", [str(emergency.user_id)]),
            person__in=people,
            at__gte=emergency.opened_at,
            at__lte=emergency.ends_at,
        )
        .exclude(action=Action.EMERGENCY)
        .order_by("seq")[:MOST_OPENED]
    )


def emergencies_of_others(actor: Actor) -> audit.Records:
    """What other institutions opened of the own clients in emergencies, newest first."""
    return (
        audit.records_for(actor)
        .filter(relation="emergency")
        .exclude(institution_acting_id=actor.institution_id)
    )


@dataclass(frozen=True, slots=True)
class Names:
    """Names for the pseudonyms of findings: of own staff and of those clients whom the reader may see."""

    workers: dict[UUID, str]
    clients: dict[UUID, str]


def names_for(actor: Actor, findings: Sequence[Finding]) -> Names:
    """Names for these findings."""
    staff = institutions.staff_of(actor.institution_id)
    users = audit.subjects_of("user", {one.actor for one in findings})
    subjects = audit.subjects_of("person", {one.person for one in findings if one.person})
    named = overseeing.clients_of(actor, {UUID(subject) for subject in subjects.values()})
    return Names(
        workers={key: staff[int(subject)] for key, subject in users.items() if int(subject) in staff},
        clients={
            key: f"{named[UUID(subject)].name} ({named[UUID(subject)].local_id})"
            for key, subject in subjects.items()
            if UUID(subject) in named
        },
    )


def is_own(actor: Actor, found: Finding) -> bool:
    """Whether the finding is about the actor's own looks."""
    return str(actor.user_id) in audit.subjects_of("user", {found.actor}).values()


def reviews_of(actor: Actor) -> "QuerySet[AccessReview]":
    """Certificates of the own institution, newest first."""
    return AccessReview.objects.visible_to(actor).order_by("-confirmed_at", "-pk")
