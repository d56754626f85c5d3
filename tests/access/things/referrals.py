"""Referrals of the three offices to centres outside, for the access matrix."""

from typing import Any
from uuid import uuid4

from django.utils import timezone

from spoiwo.institutions.types import Kind, Role
from spoiwo.referrals.services import importing, links, sending
from spoiwo.referrals.types import Basis, NewReferral
from spoiwo.toolkit.context import acting_for
from tests.makers import catalogue, institutions, registers
from tests.makers import referrals as made


def add(world: Any) -> None:
    """For each office a referral with a link, and a file that was read."""
    at = timezone.now()
    centre = catalogue.office(Kind.CIS, email="cis@example.pl")
    place = catalogue.place(catalogue.keeper(centre), name="Centrum poza biurami", today=at.date())
    for name, office in world.offices.items():
        by = institutions.acting(institutions.member(office, Role.CASE_WORKER))
        (record,) = registers.records(office, f"{name}-1")
        new = NewReferral(
            place=place.uuid,
            client=record.uuid,
            reason="praca",
            basis=Basis.CONSENT,
            consent_on=at.date(),
            answers=made.FINE,
        )
        with acting_for(office.pk):
            row = sending.send_referral(new, at=at, by=by)
            path, _code = links.make_link(row.uuid, at=at, by=by)
            content = (
                b"numer;numer_klienta;odbiorca;miejsce;data_skierowania;stan\n1;x;y;z;2025-01-01;wyslane\n"
            )
            file = importing.import_referrals("stare.csv", content, today=at.date(), at=at, by=by)
        world.add("referral", name, row.uuid, of=name)
        world.add("referral sent", name, row.uuid, of=name)
        world.add("file of referrals", name, file.uuid, of=name)
        world.add("link to a referral", name, path.split("/")[-2], of=name)
    for kind in ("referral", "referral sent", "file of referrals"):
        world.absent(kind, uuid4())
    world.absent("link to a referral", "nie-ma-takiego")
