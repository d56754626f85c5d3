"""A private comparison of the demonstration: two invented registers that stay where they are.

The people are invented and belong to no register of the platform; it holds how many are in common, and sealed fields.
"""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.contrib.auth import get_user_model

from spoiwo.cli.demo import region_data as paper
from spoiwo.cli.demo.generate import generate
from spoiwo.discovery import queries
from spoiwo.discovery.services import connector, office, rounds
from spoiwo.discovery.services.office import Office
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.context import acting_for

SEED = 20261
SIDES = ((paper.PUP_GORZOW, "pup", 140), (paper.OPS_DESZCZNO, "ops", 90))
COMMON = 35


def is_loaded() -> bool:
    """Whether the comparison is there."""
    by = _registrar(paper.PUP_GORZOW)
    with acting_for(by.institution_id):
        return queries.rounds_of(by).exists()


def load_discovery(today: date) -> int:
    """Compare the two registers as their registrars would; how many rounds were added."""
    if is_loaded():
        return 0
    actors = [_registrar(code) for code, _name, _size in SIDES]
    with acting_for(actors[0].institution_id):
        offer = next(
            one for one in queries.offers(actors[0], today) if one.partner_id == actors[1].institution_id
        )
        found = rounds.begin_round(agreement_id=offer.agreement_id, partner_id=offer.partner_id, by=actors[0])
    with TemporaryDirectory() as folder:
        both = _offices(Path(folder), offer.agreement_number, today)
        for by, one in zip(actors, both, strict=True):
            made = connector.prepare(one, epoch=found.epoch, today=today)
            office.remember(one, found.epoch, made.memory)
            with acting_for(by.institution_id):
                rounds.send_tokens(round_uuid=found.uuid, content=made.envelope, by=by)
        rounds.join_round(found.uuid)
        with acting_for(actors[0].institution_id):
            reply = rounds.reply_for(round_uuid=found.uuid, by=actors[0])
            common = connector.read(both[0], reply, office.recall(both[0], found.epoch))
            parcel = connector.parcel(both[0], common, epoch=found.epoch)
            rounds.give_fields(round_uuid=found.uuid, parcel=parcel, by=actors[0])
    return 1


def _offices(folder: Path, agreement: str, today: date) -> list[Office]:
    """Both offices on their own computers, with each other's keys."""
    (_, left, pup), (_, right, ops) = SIDES
    generate(
        SEED, folder, day=today, pup=pup, ops=ops, common=COMMON, noise="realistic", formats=("standard",)
    )
    keys = {name: office.begin(folder / name, agreement=agreement) for name in (left, right)}
    return [
        Office(
            folder=folder / name,
            agreement=agreement,
            partner=keys[partner].public,
            register=folder / f"{name}_standard.csv",
            fields=("first_name", "last_name", "phone"),
            keys=keys[name],
        )
        for name, partner in ((left, right), (right, left))
    ]


def _registrar(code: str) -> Actor:
    holder = institutions.by_code(code)
    assert holder is not None, code
    email = paper.worker_of(code, Role.REGISTRAR).email
    return Actor(
        user_id=get_user_model().objects.get(email=email).pk,
        institution_id=holder.pk,
        roles=frozenset({str(Role.REGISTRAR)}),
    )
