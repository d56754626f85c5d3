"""A few looks at common clients, through the real pages, so that the log of a demonstration is not empty."""

from collections.abc import Iterator, MutableMapping
from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from spoiwo.access import queries as access
from spoiwo.access.services import remember_purpose
from spoiwo.cli.errors import Refused
from spoiwo.clients.queries import listing, opening
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.context import acting_for

EACH = 5
_OWN_ADDRESS = "localhost"
_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def look_around(email: str, *, institution_id: int, day: date) -> int:
    """Have the case worker with this account sign in and open the first clients of the list.

    Answers how many pages were read.

    Raises Refused when a page is not answered as it should be.
    """
    worker = get_user_model().objects.get(email=email)
    actor = institutions.actor_for(worker, institution_id=institution_id, day=day)
    assert actor is not None, "the worker was authorised before"
    browser = Client(headers={"host": _OWN_ADDRESS})
    browser.force_login(worker, backend=_BACKEND)
    session = browser.session
    looked_at = list(_state_purposes(session, actor, day))
    session.save()
    for uuid in looked_at:
        answer = browser.get(reverse("clients:client", args=[uuid]))
        if answer.status_code != HTTPStatus.OK:
            raise Refused(
                f"The page of a client answered {answer.status_code}.",
                f"Strona klienta odpowiedziała kodem {answer.status_code}.",
            )
    browser.logout()
    return len(looked_at)


def _state_purposes(session: MutableMapping[str, Any], actor: Actor, day: date) -> Iterator[UUID]:
    with acting_for(actor.institution_id):
        scope = listing.list_scope(actor, day=day)
        found = listing.common_clients(scope, listing.ListFilter(mine=True), page="1", per_page=EACH)
        for row in found.rows:
            opened = opening.open_client(actor, row.uuid, day=day)
            assert opened is not None, "it stands in the list"
            kinds = access.relation_kinds(opened.person, institution_id=actor.institution_id, day=day)
            offered = access.offered_purposes(opened.grants, kinds)
            wanted = next(one for one in offered if one.preselected)
            remember_purpose(
                session,
                actor=actor,
                person=opened.person,
                purpose=wanted.code,
                legal_basis=wanted.legal_basis,
                grants=opened.grants,
                day=day,
            )
            yield row.uuid
