"""Somebody says that a place is missing; those who keep places write it down or say why not."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from spoiwo.catalogue.errors import DecidedAlready, NoSuchPlace, NotYourPlace, UnknownUnit
from spoiwo.catalogue.models import Place, SuggestedPlace
from spoiwo.catalogue.queries import finding
from spoiwo.catalogue.services import missing
from spoiwo.catalogue.types import MissingPlace, PlaceKind
from spoiwo.institutions.models import User
from spoiwo.institutions.types import Kind, Role
from spoiwo.kernel.actor import Actor
from tests.makers import catalogue as made

NOON = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Europe/Warsaw"))
CLUB = MissingPlace(kind=PlaceKind.KIS, name="Klub przy Polnej", teryt="0861011")
pytestmark = pytest.mark.django_db


def suggested(by, **told) -> SuggestedPlace:
    return missing.suggest_place(replace(CLUB, **told), at=NOON, by=by)


def support_centre() -> Actor:
    return made.keeper(made.office(Kind.OWES), Role.SUPPORT_ADVISER)


def browser(by) -> Client:
    client = Client(headers={"accept-language": "pl"})
    client.force_login(User.objects.get(pk=by.user_id))
    return client


def test_whoever_the_place_belongs_to_writes_it_down():
    owner = made.office(Kind.KIS)
    by, other = made.keeper(owner), made.keeper()
    said = suggested(other, institution_id=owner.pk, reason="byliśmy tam")

    assert [finding.count_to_decide(one) for one in (by, other, made.keeper())] == [1, 0, 0]
    place = missing.take_up(said.uuid, made.details(name="Klub Polna"), at=NOON, by=by)

    assert (place.institution_id, place.name, place.confirmed_on) == (owner.pk, "Klub Polna", made.TODAY)
    assert [(one.state, one.place) for one in finding.suggested_places(other)] == [("accepted", place)]
    assert finding.count_to_decide(by) == 0
    with pytest.raises(DecidedAlready):
        missing.turn_down(said.uuid, reply="", at=NOON, by=by)


def test_a_place_of_somebody_outside_the_directory_waits_for_those_who_keep_places_for_others():
    other, centre = made.keeper(), support_centre()
    said = suggested(other, provider="Parafia w Witnicy")
    adopted = made.office(Kind.FOUNDATION)

    with pytest.raises(NoSuchPlace):
        missing.take_up(said.uuid, made.details(), at=NOON, by=other)
    place = missing.take_up(said.uuid, made.details(), at=NOON, by=centre, institution_id=adopted.pk)

    assert (place.institution_id, place.keeper_id) == (adopted.pk, centre.institution_id)


def test_a_refusal_leaves_the_suggestion_waiting():
    owner = made.office(Kind.KIS)
    by = made.keeper(owner)
    said = suggested(made.keeper(), institution_id=owner.pk)

    with pytest.raises(NotYourPlace):
        missing.take_up(said.uuid, made.details(), at=NOON, by=by, institution_id=made.office().pk)

    assert finding.missing_place(by, said.uuid) == said
    assert not Place.objects.exists()


def test_what_nobody_can_place_or_say_is_refused():
    with pytest.raises(UnknownUnit):
        suggested(made.keeper(), teryt="0899999")
    nobody = Actor(user_id=0, institution_id=0, is_operator=True)
    with pytest.raises(NoSuchPlace):
        suggested(nobody)
    assert list(finding.suggested_places(nobody)) == []
    with pytest.raises(NoSuchPlace):
        missing.turn_down(uuid4(), reply="", at=NOON, by=support_centre())


def test_readers_without_the_task_of_keeping_decide_nothing():
    owner = made.office(Kind.KIS)
    said = suggested(made.keeper(), institution_id=owner.pk)
    reader = made.keeper(owner, Role.ANALYST)

    assert finding.missing_place(reader, said.uuid) is None
    assert list(finding.suggested_places(reader)) == []


def test_a_missing_place_goes_from_the_picture_to_the_catalogue_on_screen():
    owner = made.office(Kind.KIS, name="Klub Integracji Polna")
    by, other = made.keeper(owner), made.keeper()
    theirs, ours = browser(other), browser(by)
    suggest, listed = reverse("catalogue:suggest_place"), reverse("catalogue:missing")
    assert suggest in theirs.get(reverse("catalogue:infrastructure")).content.decode()
    assert theirs.get(suggest).status_code == 200
    assert theirs.post(suggest, {"name": "Klub"}).status_code == 422

    told = {"kind": "KIS", "name": "Klub przy Polnej", "teryt": made.GORZOW, "institution": str(owner.pk)}
    sent = theirs.post(suggest, {**told, "about": "ul. Polna 3"}, follow=True)

    said = SuggestedPlace.objects.get()
    take_up = reverse("catalogue:take_up", args=[said.uuid])
    assert "Klub przy Polnej" in sent.content.decode()
    assert take_up not in sent.content.decode()
    assert theirs.get(take_up).status_code == 404
    assert "Brakujące miejsca (1)" in ours.get(reverse("catalogue:corrections")).content.decode()
    assert take_up in ours.get(listed).content.decode()
    form = ours.get(take_up).content.decode()
    assert "Kto prowadzi: Klub Integracji Polna." in form
    assert 'value="Klub przy Polnej"' in form
    entry = {
        "kind": "KIS",
        "name": "Klub przy Polnej",
        "teryt": made.GORZOW,
        "places_total": "10",
        "taken_elsewhere": "0",
        "funding": "public",
        "respond_days": "14",
    }
    assert ours.post(take_up, {**entry, "places_total": "-1"}).status_code == 422
    assert ours.post(take_up, entry).status_code == 302
    assert Place.objects.get().institution == owner
    assert reverse("catalogue:place", args=[Place.objects.get().uuid]) in theirs.get(listed).content.decode()


def test_the_owner_has_to_be_chosen_when_the_suggestion_says_none():
    said = suggested(made.keeper(), provider="Parafia w Witnicy")
    centre = support_centre()
    client, address = browser(centre), reverse("catalogue:take_up", args=[said.uuid])
    entry = {"kind": "KIS", "name": "Klub", "taken_elsewhere": "0", "funding": "public", "respond_days": "14"}

    assert "Parafia w Witnicy" in client.get(address).content.decode()
    assert client.post(address, {**entry, "institution": ""}).status_code == 422
    assert client.post(address, {**entry, "institution": str(centre.institution_id)}).status_code == 302


def test_a_missing_place_is_rejected_with_a_reply():
    other = made.keeper()
    said = suggested(other)
    client, address = browser(support_centre()), reverse("catalogue:turn_down", args=[said.uuid])

    client.post(address, {"reply": "Zamknięto w 2024 r."})
    again = client.post(address, {"reply": "x"}, follow=True)

    assert "Zamknięto w 2024 r." in browser(other).get(reverse("catalogue:missing")).content.decode()
    assert "już" in again.content.decode()
    assert browser(other).post(address, {}).status_code == 404


def test_a_unit_that_has_gone_is_told_at_its_field(monkeypatch):
    def gone(*_args, **_more):
        raise UnknownUnit(made.GORZOW)

    monkeypatch.setattr(missing, "suggest_place", gone)
    told = {"kind": "KIS", "name": "Klub", "teryt": made.GORZOW}

    answer = browser(made.keeper()).post(reverse("catalogue:suggest_place"), told)

    assert answer.status_code == 422
