"""Hidden people, emergency access and what overseers of the three offices keep, for the access matrix."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from spoiwo.access.types import Kept, KeptUntil
from spoiwo.clients.services import retaining
from spoiwo.institutions.types import Role
from spoiwo.oversight import services
from spoiwo.oversight.models import Finding
from spoiwo.oversight.types import Oddity, Source
from tests.makers import guarding, institutions, registers

NUMBERED = (
    *("restriction", "finding", "incident", "access_review", "retention_rule", "hold"),
    "authorisation_alone",
)


def add(world: Any) -> None:
    """For each office a third client whom nobody of the matrix may see, and one thing of every other kind."""
    for name, office in world.offices.items():
        record, second = registers.records(office, f"{name}-3", f"{name}-2")
        setter = institutions.member(office, Role.SUPERVISOR)
        by = institutions.acting(setter)
        kept = retaining.hold(record_uuid=second.uuid, case_ref="skarga 7/2026", by=by)
        world.add("hold", name, kept.pk, of=name)
        made = guarding.hidden(record, by=setter)
        world.add("restriction", name, made.pk, of=name)
        world.add("client", f"hidden of {name}", record.uuid, of="")
        asking = institutions.member(office, Role.CASE_WORKER)
        opened = guarding.emergency(asking, record.person_id, now=timezone.now())
        world.add("emergency", name, opened.uuid, of=name)
        _kept_by_overseers(world, name, office, by)
        authorisation = setter.authorisations.get()
        world.add("authorisation_alone", name, authorisation.pk, of=name)
    for kind in NUMBERED:
        world.absent(kind, 999_999)
    world.absent("emergency", uuid4())


def _kept_by_overseers(world: Any, name: str, office: Any, by: Any) -> None:
    incident = services.open_incident(
        source=Source.OTHER, description="Zgubiony wydruk.", now=timezone.now(), by=by
    )
    world.add("incident", name, incident.pk, of=name)
    review = services.confirm_access(keep=[], now=timezone.now(), by=by)
    world.add("access_review", name, review.pk, of=name)
    rule = retaining.add_rule(
        kept=Kept.CLIENT, event=KeptUntil.NOT_IN_REGISTER, months=120, basis="JRWA 5311", by=by
    )
    world.add("retention_rule", name, rule.pk, of=name)
    found = Finding.objects.create(
        institution=office,
        oddity=Oddity.NIGHT,
        actor=uuid4(),
        day=timezone.localdate(),
        at=timezone.now(),
        first_seq=1,
    )
    world.add("finding", name, found.pk, of=name)
