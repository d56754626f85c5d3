"""What the platform answers to the connector of an office: the same steps as on the pages, without a browser."""

import json
from collections.abc import Callable, Mapping
from uuid import UUID

from spoiwo.discovery import queries
from spoiwo.discovery.errors import NoSuchRound
from spoiwo.discovery.rules import envelopes
from spoiwo.discovery.rules.requests import Asked, Step
from spoiwo.discovery.services import rounds
from spoiwo.kernel.actor import Actor

STANDING = "spoiwo-standing-1"


def answer(asked: Asked, body: bytes, *, by: Actor) -> bytes:
    """Do the step that is asked for, save for connecting. Raises whatever the step refuses."""
    if asked.step is Step.STANDING:
        return _standing(asked.agreement, by)
    steps: Mapping[Step, Callable[[UUID, bytes, Actor], bytes]] = {
        Step.TOKENS: _tokens,
        Step.REPLY: _reply,
        Step.GIVE: _give,
        Step.RECEIVED: _received,
    }
    if asked.round is None:
        raise NoSuchRound
    return steps[asked.step](asked.round, body, by)


def _standing(agreement: str, by: Actor) -> bytes:
    """Every comparison of the office under the agreement, newest first; figures only."""
    told = []
    for found in queries.rounds_of(by).filter(agreement_number=agreement):
        view = queries.standing(found, by)
        told.append(
            {
                "round": str(found.uuid),
                "epoch": found.epoch,
                "partner": view.partner,
                "state": found.state,
                "sent": view.own_sent,
                "sure": view.sure,
                "possible": view.possible,
                "given": view.given,
                "received": view.received,
            }
        )
    return json.dumps({"format": STANDING, "rounds": told}, ensure_ascii=False).encode()


def _tokens(round_uuid: UUID, body: bytes, by: Actor) -> bytes:
    rounds.send_tokens(round_uuid=round_uuid, content=body, by=by)
    return b""


def _reply(round_uuid: UUID, _body: bytes, by: Actor) -> bytes:
    return envelopes.write_reply(rounds.reply_for(round_uuid=round_uuid, by=by))


def _give(round_uuid: UUID, body: bytes, by: Actor) -> bytes:
    rounds.give_fields(round_uuid=round_uuid, parcel=envelopes.read_parcel(body), by=by)
    return b""


def _received(round_uuid: UUID, _body: bytes, by: Actor) -> bytes:
    return envelopes.write_parcel(rounds.fields_for(round_uuid=round_uuid, by=by))
