"""A connector comes forward with a code, and from then on asks by its key."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.discovery.errors import NoSuchRound, OwnKeyTwice, UnknownKey, WrongCode
from spoiwo.discovery.models import Connector
from spoiwo.discovery.policies import may_send
from spoiwo.discovery.rules import codes, requests
from spoiwo.discovery.rules.requests import Asked
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.context import acting_for

JOB = "discovery"


@transaction.atomic
def offer_code(*, by: Actor) -> str:
    """A code for the office's connector, in place of whatever connector there was. Raises NoSuchRound."""
    if not may_send(by):
        raise NoSuchRound
    code = codes.new_code()
    Connector.objects.visible_to(by).update_or_create(
        institution_id=by.institution_id,
        defaults={
            "code": codes.digest_of(code),
            "offered_at": timezone.now(),
            "by_user_id": by.user_id,
            "public": "",
            "connected_at": None,
            "last_asked": 0,
        },
    )
    _report(by, "connector_code")
    return code


@transaction.atomic
def disconnect(*, by: Actor) -> None:
    """The connector may ask for nothing more. Raises NoSuchRound where there is none."""
    if not may_send(by):
        raise NoSuchRound
    gone, _ = Connector.objects.visible_to(by).delete()
    if not gone:
        raise NoSuchRound
    _report(by, "connector_disconnected")


def connect(asked: Asked, body: bytes, now: datetime) -> None:
    """Take the key of whoever knows the code. Raises BadSignature, TooLate, WrongCode, OwnKeyTwice."""
    requests.check_body(asked, body)
    requests.check_once(asked, last=0, now=now)
    with acting_for(0, job=JOB), transaction.atomic():
        found = (
            Connector.objects.select_for_update()
            .filter(code=codes.digest_of(body.decode("ascii", "replace")), public="")
            .filter(offered_at__gt=now - codes.LASTS)
            .first()
        )
        if found is None:
            raise WrongCode
        if Connector.objects.filter(public=asked.signer).exists():
            raise OwnKeyTwice
        found.public, found.connected_at, found.last_asked = asked.signer, now, asked.at
        found.save(update_fields=["public", "connected_at", "last_asked"])
        actor = _registrar(found, now)
        _report(actor, "connector_connected")


@contextmanager
def asking(asked: Asked, now: datetime) -> Iterator[Actor]:
    """In whose name a connector asks; inside the block the database is asked in the name of the institution.

    Raises UnknownKey, TooLate.
    """
    with acting_for(0, job=JOB), transaction.atomic():
        found = Connector.objects.select_for_update().filter(public=asked.signer).first()
        if found is None:
            raise UnknownKey
        requests.check_once(asked, last=found.last_asked, now=now)
        found.last_asked = asked.at
        found.save(update_fields=["last_asked"])
        actor = _registrar(found, now)
    with acting_for(actor.institution_id, user_id=actor.user_id):
        yield actor


def _registrar(found: Connector, now: datetime) -> Actor:
    """The registrar who connected it, as long as they are one. Raises UnknownKey."""
    user = get_user_model().objects.filter(pk=found.by_user_id, is_active=True).first()
    day = timezone.localdate(now)
    actor = user and institutions.actor_for(user, institution_id=found.institution_id, day=day)
    if not actor or actor.institution_id != found.institution_id or not may_send(actor):
        raise UnknownKey
    return actor


def _report(by: Actor, outcome: str) -> None:
    audit.append(
        Entry(
            institution_id=by.institution_id,
            institution_acting_id=by.institution_id,
            action=Action.OTHER,
            actor_user_id=by.user_id,
            object_ref="discovery:connector",
            count=1,
            outcome=outcome,
        )
    )
