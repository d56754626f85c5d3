"""Putting on record who looked at whom: called when a page is ready and before it is answered."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from spoiwo.access.types import ChosenPurpose, Grant, RelationKind
from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.clients.rules import situation
from spoiwo.clients.rules.situation import Shown
from spoiwo.kernel.actor import Actor

OWN_REGISTER = "own_register"  # purpose on record when an institution looks at its own data alone


def record_view(
    *,
    record: UUID,
    person: UUID,
    shown: Sequence[Shown],
    chosen: ChosenPurpose | None,
    grants: Collection[Grant],
    request_id: str,
    by: Actor,
) -> None:
    """Record that a client's page was shown: in the reader's chain, and in the chain of each owner of what it held.

    record: the own record's public id. chosen, grants: the stated purpose and what it opened; None and empty
    when only own data were shown. Raises AuditUnavailable: then nothing may be answered.
    """
    agreements = {grant.giver_id: grant.agreement_number for grant in grants}
    owners = sorted({item.institution_id for item in shown} - {by.institution_id})
    entries = [_view(by.institution_id, shown, chosen, chosen.agreement if chosen else "")]
    entries += [
        _view(owner, [item for item in shown if item.institution_id == owner], chosen, agreements[owner])
        for owner in owners
    ]
    audit.append(
        *(
            _by(by, entry, object_ref=f"record:{record}", person=person, request_id=request_id)
            for entry in entries
        )
    )


def record_asked(
    *, record: UUID, person: UUID, served_by: Collection[int], request_id: str, by: Actor
) -> None:
    """Record that somebody was told, before any purpose, that these institutions share data about a person."""
    entries = [
        Entry(institution_id=institution_id, action=Action.LIST_CLIENTS)
        for institution_id in sorted({by.institution_id, *served_by})
    ]
    audit.append(
        *(
            _by(by, entry, object_ref=f"record:{record}", person=person, request_id=request_id)
            for entry in entries
        )
    )


def record_number_shown(*, record: UUID, person: UUID, request_id: str, by: Actor) -> None:
    """Record that the own register's PESEL was shown in full."""
    entry = Entry(
        institution_id=by.institution_id,
        action=Action.VIEW_CLIENT,
        categories=("pesel",),
        purpose=OWN_REGISTER,
    )
    audit.append(_by(by, entry, object_ref=f"record:{record}", person=person, request_id=request_id))


def record_list(
    *,
    action: Action,
    served_by: Iterable[int],
    people: int,
    agreements: Mapping[int, str],
    digest: bytes,
    request_id: str,
    by: Actor,
) -> None:
    """Record that a list of common clients was shown or exported.

    served_by: for every person and other institution named in the list, that institution. people: how many
    people it names. agreements: institution -> number of the agreement that gives their identity.
    """
    per_owner = Counter(served_by)
    entries = [Entry(institution_id=by.institution_id, action=action, count=people, digest=digest)]
    entries += [
        Entry(institution_id=owner, action=action, count=count, agreement=agreements[owner])
        for owner, count in sorted(per_owner.items())
    ]
    audit.append(
        *(_by(by, entry, object_ref="list:common", person=None, request_id=request_id) for entry in entries)
    )


def _view(institution_id: int, shown: Sequence[Shown], chosen: ChosenPurpose | None, agreement: str) -> Entry:
    return Entry(
        institution_id=institution_id,
        action=Action.VIEW_CLIENT,
        categories=situation.categories_of(shown),
        purpose=chosen.purpose if chosen else OWN_REGISTER,
        legal_basis=chosen.legal_basis if chosen else "",
        agreement=agreement,
        relation=RelationKind.INVOLVEMENT.value,
        count=len(shown),
        digest=situation.digest_of(shown),
    )


def _by(by: Actor, entry: Entry, *, object_ref: str, person: UUID | None, request_id: str) -> Entry:
    return replace(
        entry,
        actor_user_id=by.user_id,
        institution_acting_id=by.institution_id,
        object_ref=object_ref,
        person=person,
        request_id=request_id,
    )
