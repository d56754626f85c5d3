"""The own institution's access log: who looked at whom, when, why."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext

from spoiwo.access import queries as access
from spoiwo.audit import queries as audit
from spoiwo.clients.queries import overseeing
from spoiwo.clients.services.reading import OWN_REGISTER
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.matching.messages import PURPOSE_NAMES
from spoiwo.oversight.types import SUBJECT_ACCESS, LogFilter, Vocabulary


def log_of(actor: Actor, wanted: LogFilter) -> audit.Records:
    """Records of the own chain that fit, newest first; none for those who may not read it."""
    records = audit.records_for(actor)
    if wanted.first:
        records = records.filter(at__gte=_midnight(wanted.first))
    if wanted.last:
        records = records.filter(at__lt=_midnight(wanted.last + timedelta(days=1)))
    if wanted.worker_id:
        records = records.filter(
            actor__in=audit.pseudonyms_for("user", [str(wanted.worker_id)]),
            institution_acting_id=actor.institution_id,
        )
    if wanted.person:
        people = overseeing.people_like(actor, wanted.person)
        records = records.filter(person__in=audit.pseudonyms_for("person", map(str, people)))
    if wanted.purpose:
        records = records.filter(purpose=wanted.purpose)
    if wanted.action:
        records = records.filter(action=wanted.action)
    if wanted.outcome:
        records = records.filter(outcome=wanted.outcome)
    if wanted.strangers:
        records = records.exclude(institution_acting_id=actor.institution_id)
    return records


def vocabulary(actor: Actor, records: Sequence[audit.Record]) -> Vocabulary:
    """Names for what these records hold: own staff and own clients only; other people keep their code."""
    return Vocabulary(
        workers=_own_workers(actor, records),
        institutions={
            pk: badge.name
            for pk, badge in institutions.badges_of({one.institution_acting_id for one in records}).items()
        },
        clients=_own_clients(actor, {one.person for one in records if one.person}),
        purposes=purposes(),
        bases={basis.versioned_code: str(basis) for basis in access.bases()},
    )


def purposes() -> dict[str, str]:
    """Everything that may stand as the purpose of a look, in words by code: of agreements, and of own work."""
    agreed = {purpose.code: str(purpose) for purpose in access.all_purposes()}
    reviewed = {code: str(name) for code, name in PURPOSE_NAMES.items()}
    own = {OWN_REGISTER: gettext("own register"), SUBJECT_ACCESS: gettext("answer to the person")}
    return agreed | reviewed | own


def staff_names(actor: Actor) -> dict[int, str]:
    """Own staff, past and present (account id to name), for those who may read the log."""
    if not actor.has_any("supervisor", "iod"):
        return {}
    return institutions.staff_of(actor.institution_id)


def chain_length(actor: Actor) -> int:
    """How many records the own chain has."""
    return audit.length_of(actor.institution_id)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _own_workers(actor: Actor, records: Sequence[audit.Record]) -> dict[UUID, str]:
    acted_here = {
        one.actor for one in records if one.actor and one.institution_acting_id == actor.institution_id
    }
    names = staff_names(actor)
    subjects = audit.subjects_of("user", set(acted_here))
    return {
        UUID(str(pseudonym)): names[int(subject)]
        for pseudonym, subject in subjects.items()
        if int(subject) in names
    }


def _own_clients(actor: Actor, pseudonyms: Collection[UUID]) -> dict[UUID, str]:
    subjects = audit.subjects_of("person", set(pseudonyms))
    people = {UUID(str(pseudonym)): UUID(subject) for pseudonym, subject in subjects.items()}
    named = overseeing.clients_of(actor, set(people.values()))
    return {
        pseudonym: f"{named[person].name} ({named[person].local_id})"
        for pseudonym, person in people.items()
        if person in named
    }
