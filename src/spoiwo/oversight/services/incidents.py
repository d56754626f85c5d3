"""The register of incidents: breaches of data protection from discovery to end."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from spoiwo.access import services as access
from spoiwo.access.queries import Emergency
from spoiwo.access.types import Verdict
from spoiwo.kernel.actor import Actor
from spoiwo.oversight import rules
from spoiwo.oversight.errors import ClosedAlready, NoSuchIncident
from spoiwo.oversight.models import Incident
from spoiwo.oversight.services.log import record
from spoiwo.oversight.types import IncidentDetails, Risk, Source
from spoiwo.toolkit.conflicts import Conflict, differences

FIELDS = ("description", "risk", "people_affected", "measures", "authority_told_on", "people_told_on")


@transaction.atomic
def open_incident(
    *, source: Source, description: str, now: datetime, by: Actor, source_ref: str = ""
) -> Incident:
    """Enter an incident; the clock of 72 hours runs from now. Raises NoSuchIncident (not for you), ReasonNeeded."""
    if not by.has_any("supervisor", "iod"):
        raise NoSuchIncident(source_ref)
    rules.check_reason(description)
    year = timezone.localtime(now).year
    last = (
        Incident.objects.filter(institution_id=by.institution_id, discovered_at__year=year)
        .select_for_update()
        .order_by("-number")
        .first()
    )
    made = Incident.objects.create(
        institution_id=by.institution_id,
        number=(last.number if last else 0) + 1,
        source=source,
        source_ref=source_ref,
        discovered_at=now,
        description=description.strip(),
        edited_at=now,
        edited_by_user_id=by.user_id,
    )
    record(by, f"incident:{made.pk}", "opened")
    return made


@transaction.atomic
def change_incident(*, incident_id: int, details: IncidentDetails, version: int, by: Actor) -> Incident:
    """Write down what is known and what was done. Raises NoSuchIncident, ClosedAlready, ReasonNeeded, Conflict."""
    found = _locked(incident_id, by)
    if found.closed_at is not None:
        raise ClosedAlready(found.label)
    rules.check_reason(details.description)
    yours = {name: getattr(details, name) for name in FIELDS}
    if found.version != version:
        saved = {name: getattr(found, name) for name in FIELDS}
        raise Conflict(
            differences(yours, saved),
            version=found.version,
            saved_by_user_id=found.edited_by_user_id,
            saved_at=found.edited_at,
        )
    for name, value in yours.items():
        setattr(found, name, value)
    found.version += 1
    found.edited_at, found.edited_by_user_id = timezone.now(), by.user_id
    found.save()
    record(by, f"incident:{found.pk}", "changed")
    return found


@transaction.atomic
def close_incident(*, incident_id: int, by: Actor) -> Incident:
    """End it. Raises NoSuchIncident, ClosedAlready, ClosedWithoutRisk."""
    found = _locked(incident_id, by)
    rules.check_closing(
        risk=Risk(found.risk),
        measures=found.measures,
        told_on=found.authority_told_on,
        closed=found.closed_at is not None,
    )
    found.closed_at = timezone.now()
    found.version += 1
    found.save(update_fields=["closed_at", "version"])
    record(by, f"incident:{found.pk}", "closed")
    return found


@transaction.atomic
def review_emergency(
    *, uuid: UUID, verdict: Verdict, note: str, now: datetime, by: Actor
) -> tuple[Emergency, Incident | None]:
    """Give a verdict on somebody else's emergency access; one that was not justified becomes an incident.

    Raises NoSuchEmergency, OwnEmergency, ReviewedAlready, NotOverYet, ReasonTooShort, ReasonNeeded.
    """
    reviewed = access.review_emergency(uuid=uuid, verdict=verdict, note=note, now=now, by=by)
    if verdict is Verdict.JUSTIFIED:
        return reviewed, None
    made = open_incident(
        source=Source.EMERGENCY, source_ref=f"emergency:{uuid}", description=note, now=now, by=by
    )
    return reviewed, made


def _locked(incident_id: int, by: Actor) -> Incident:
    found: Incident | None = (
        Incident.objects.visible_to(by).select_for_update().filter(pk=incident_id).first()
    )
    if found is None:
        raise NoSuchIncident(str(incident_id))
    return found
