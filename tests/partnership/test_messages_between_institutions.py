"""Institutions write to each other here instead of by e-mail; clients' numbers have no place in it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.partnership.errors import (
    FileRefused,
    LooksLikeClientData,
    NotAParty,
    NotFound,
    NotYours,
    TextMissing,
    WrongState,
)
from spoiwo.partnership.models import Talk, TalkMessage
from spoiwo.partnership.queries import talks as inbox
from spoiwo.partnership.rules.client_data import numbers_like_pesel
from spoiwo.partnership.services import talks
from spoiwo.partnership.services.keeping_files import LARGEST
from spoiwo.partnership.services.talks import Written
from spoiwo.partnership.types import Attached
from tests.makers import institutions as people
from tests.makers import partnership as make

NUMBER = "44051401458"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PESEL 44051401458", 1),
        ("440514-01458 i 02070803628", 2),
        ("4405 1401 458", 1),
        ("44051401459", 0),  # the last digit does not fit
        ("telefon 95 123 45 67", 0),
        ("konto 44 0514 0145 8000 0000 0000 0000", 0),
        ("00000000000", 0),
    ],
)
def test_numbers_of_clients_are_noticed(text, found):
    assert numbers_like_pesel(text) == found


@given(some.text(alphabet=some.characters(exclude_categories=["Nd"]), max_size=40))
def test_a_text_without_digits_holds_no_number_and_one_put_into_it_is_found(text):
    assert numbers_like_pesel(text) == 0
    assert numbers_like_pesel(f"{text} {NUMBER} {text}") == 1


def written(text="Prosimy o terminy.", **more):
    return Written(text=text, **more)


def opened(kept, by, *to, **more):
    return talks.open_talk(
        agreement_id=kept.pk,
        subject="Terminy szkoleń",
        to_ids=[one.pk for one in to],
        written=written(**more),
        at=make.NOON,
        by=by,
    )


def account_at(office, *roles):
    """Somebody with an account, so that it can be told who has read."""
    return people.acting(people.member(office, *(roles or (Role.CASE_WORKER,))))


@pytest.mark.django_db
def test_a_talk_is_read_answered_and_closed_by_those_concerned():
    labour, welfare, third = (people.institution() for _ in range(3))
    kept = make.agreement(labour, welfare, third)
    asking, answering = account_at(labour), account_at(welfare)

    talk = opened(kept, asking, welfare)

    assert inbox.unread_talks(answering) == 1
    assert inbox.unread_talks(asking) == 0
    assert inbox.unread_talks(account_at(third)) == 0
    with pytest.raises(NotFound):
        talks.write_in_talk(uuid=talk.uuid, written=written(), at=make.NOON, by=account_at(third))
    talks.read_talk(uuid=talk.uuid, at=make.NOON + timedelta(hours=1), by=answering)
    assert inbox.unread_talks(answering) == 0
    talks.write_in_talk(
        uuid=talk.uuid, written=written("12 marca."), at=make.NOON + timedelta(hours=2), by=answering
    )
    assert inbox.unread_talks(asking) == 1
    said = inbox.said_in(talk)
    assert [one.readers for one in said] == [[(welfare.short_name, "Anna Próbna")], []]
    with pytest.raises(NotYours):
        talks.close_talk(uuid=talk.uuid, at=make.NOON, by=answering)
    talks.close_talk(uuid=talk.uuid, at=make.NOON, by=asking)
    with pytest.raises(WrongState):
        talks.write_in_talk(uuid=talk.uuid, written=written(), at=make.NOON, by=answering)
    assert list(inbox.talks_of(asking, text="terminy", only_open=True)) == []
    assert list(inbox.talks_of(asking, text="terminy")) == [talk]


@pytest.mark.django_db
def test_members_of_a_body_read_what_is_written_to_it():
    member, outside = people.institution(), people.institution()
    kept = make.agreement(member, outside)
    forum = make.body(kept)
    make.seat(forum, member)

    talk = talks.open_talk_of_body(
        body_id=forum.pk, subject="Nowe zasady", written=written(), at=make.NOON, by=make.worker(member)
    )

    assert inbox.talk(make.secretary(kept), talk.uuid) == talk
    assert inbox.talk(make.worker(outside), talk.uuid) is None
    with pytest.raises(NotYours):
        talks.open_talk_of_body(
            body_id=forum.pk, subject="Nie", written=written(), at=make.NOON, by=make.worker(outside)
        )
    talks.close_talk(uuid=talk.uuid, at=make.NOON, by=make.secretary(kept))
    with pytest.raises(NotFound):
        talks.read_talk(uuid=talk.uuid, at=make.NOON, by=make.worker(outside))
    talks.read_talk(
        uuid=talk.uuid, at=make.NOON, by=make.worker(member)
    )  # without an account nothing is noted
    assert not talk.readings.exists()
    assert not Talk.objects.visible_to(Actor(user_id=1, institution_id=0, is_operator=True)).exists()


@pytest.mark.django_db
def test_what_holds_a_clients_number_nothing_or_a_strange_file_is_refused():
    labour, welfare = people.institution(), people.institution()
    kept = make.agreement(labour, welfare)
    by = make.worker(labour)
    refused: list[tuple[type[Exception], dict[str, Any]]] = [
        (LooksLikeClientData, {"text": f"PESEL {NUMBER}"}),
        (LooksLikeClientData, {"file": Attached(f"{NUMBER}.pdf", b"%PDF")}),
        (TextMissing, {"text": "  "}),
        (FileRefused, {"file": Attached("a.pdf", b"")}),
        (FileRefused, {"file": Attached("a.exe", b"MZ")}),
        (FileRefused, {"file": Attached("a.pdf", b"x" * (LARGEST + 1))}),
    ]

    for error, values in refused:
        with pytest.raises(error):
            opened(kept, by, welfare, **values)

    opened(kept, by, welfare, text=f"Numer sprawy {NUMBER}", is_sure=True)
    for _ in range(2):  # the same file twice lies there once
        opened(kept, by, welfare, file=Attached("plan.pdf", b"%PDF-1.7 plan"))
    assert set(TalkMessage.objects.exclude(file_name="").values_list("file_name", flat=True)) == {"plan.pdf"}


@pytest.mark.django_db
def test_only_signatories_write_and_are_written_to():
    labour, stranger = people.institution(), people.institution()
    kept = make.agreement(labour)

    with pytest.raises(NotAParty):
        opened(kept, make.worker(labour), stranger)
    with pytest.raises(NotAParty):
        opened(kept, make.worker(labour), labour)
    with pytest.raises(NotFound):
        opened(kept, make.worker(stranger), labour)
    with pytest.raises(NotYours):
        opened(kept, Actor(user_id=1, institution_id=0, is_operator=True), labour)


@pytest.mark.django_db
def test_on_screen_a_message_with_a_file_reaches_the_other_institution():
    labour, welfare = people.institution(), people.institution()
    kept = make.agreement(labour, welfare)
    asking, answering = people.member(labour, Role.CASE_WORKER), people.member(welfare, Role.CASE_WORKER)
    here, there = Client(), Client()
    here.force_login(asking.user)
    there.force_login(answering.user)

    form: dict[str, Any] = {"subject": "Terminy", "to": [welfare.pk], "text": f"Dla {NUMBER}"}
    refused = here.post(reverse("partnership:new_talk", args=[kept.pk]), form)
    assert refused.status_code == 422
    assert "PESEL" in refused.content.decode()
    nobody = here.post(reverse("partnership:new_talk", args=[kept.pk]), {"subject": "A", "text": "B"})
    assert nobody.status_code == 422
    form |= {"text": "Prosimy o terminy.", "file": SimpleUploadedFile("plan.pdf", b"%PDF-1.4")}
    answer = here.post(reverse("partnership:new_talk", args=[kept.pk]), form)
    page = there.get(answer["Location"])

    assert "Prosimy o terminy." in page.content.decode()
    assert "1 nieprzeczytana wiadomość" not in there.get(reverse("partnership:home")).content.decode()
    message = TalkMessage.objects.get()
    file = there.get(reverse("partnership:talk_file", args=[message.uuid]))
    assert file.getvalue() == b"%PDF-1.4"
    talk = Talk.objects.get()
    there.post(reverse("partnership:write_in_talk", args=[talk.uuid]), {"text": "12 marca"})
    assert "1 nieprzeczytana wiadomość" in here.get(reverse("partnership:home")).content.decode()
    assert "Terminy" in here.get(reverse("partnership:talks")).content.decode()
    here.post(reverse("partnership:close_talk", args=[talk.uuid]))
    assert "zamknięta" in here.get(reverse("partnership:talks")).content.decode()
