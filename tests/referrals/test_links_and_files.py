"""Receivers without an account, files of former years."""

import csv
import io
from datetime import timedelta

import pytest

from spoiwo.catalogue.models import Place
from spoiwo.institutions.types import Role
from spoiwo.partnership.models import OutgoingMail
from spoiwo.referrals import messages
from spoiwo.referrals.errors import (
    LinkSpent,
    NoAddress,
    NoSuchReferral,
    UnusableFile,
    WrongCode,
    WrongStep,
)
from spoiwo.referrals.models import AccessLink, Referral, ReferralEvent
from spoiwo.referrals.queries import listing
from spoiwo.referrals.rules.files import COLUMNS
from spoiwo.referrals.services import importing, links, packets, stepping
from spoiwo.referrals.types import (
    Outcome,
    Step,
    StepDetails,
)
from spoiwo.toolkit import sheets
from spoiwo.toolkit.context import acting_for
from tests.makers import catalogue, institutions
from tests.makers import referrals as made

pytestmark = pytest.mark.django_db
LATER = timedelta(days=1)


def test_somebody_without_any_address_is_not_told():
    parties = made.pair()
    parties.provider.email = ""
    parties.provider.save()

    row = made.sent(parties)

    assert not OutgoingMail.objects.exists()
    with pytest.raises(NoAddress), acting_for(parties.office.pk):
        links.make_link(row.uuid, at=made.NOON, by=parties.worker)


def linked(parties: made.Pair, row: Referral) -> tuple[str, str]:
    with acting_for(parties.office.pk):
        path, code = links.make_link(row.uuid, at=made.NOON, by=parties.worker)
    return path.split("/")[-2], code


def test_a_link_and_a_code_let_a_receiver_without_an_account_act_on_one_referral():
    parties = made.pair()
    row, other = made.sent(parties), made.sent(parties, 1)
    token, code = linked(parties, row)

    actor = links.enter_code(token, f" {code[:4]}-{code[4:]}", at=made.NOON)

    with acting_for(actor.institution_id):
        assert [one.pk for one in Referral.objects.visible_to(actor)] == [row.pk]
        assert listing.referral(actor, other.uuid) is None
        assert ReferralEvent.objects.visible_to(actor).count() == 1
        stepping.take_step(row.uuid, StepDetails(step=Step.ACCEPT), at=made.NOON, by=actor)
    event = ReferralEvent.objects.get(referral=row, step="accept")
    assert (event.by, event.by_link) == (None, True)
    with pytest.raises(WrongCode):
        links.enter_code(token, code, at=made.NOON)


def test_a_code_is_short_lived_and_guessed_five_times_at_most():
    parties = made.pair()
    token, code = linked(parties, made.sent(parties))

    with pytest.raises(WrongCode):
        links.enter_code(token, code, at=made.NOON + timedelta(hours=25))
    for _ in range(5):
        with pytest.raises(WrongCode):
            links.enter_code(token, "00000000", at=made.NOON)
    with pytest.raises(WrongCode):
        links.enter_code(token, code, at=made.NOON)
    links.send_code(token, at=made.NOON)
    fresh = OutgoingMail.objects.order_by("-pk")[0]
    assert fresh.to == "cis@example.pl"
    sent_code = next(word for word in fresh.text.split() if word.isdigit() and len(word) == 8)
    assert links.enter_code(token, sent_code, at=made.NOON).institution_id == parties.provider.pk


def test_links_end_by_being_replaced_taken_back_or_too_old():
    parties = made.pair()
    row = made.sent(parties)
    first, _ = linked(parties, row)
    second, _ = linked(parties, row)

    for token in (first, "nie-ma"):
        with pytest.raises(LinkSpent):
            links.send_code(token, at=made.NOON)
    with pytest.raises(LinkSpent):
        links.actor_of(second, at=made.NOON + timedelta(days=61))
    with acting_for(parties.office.pk):
        assert links.revoke_links(row.uuid, at=made.NOON, by=parties.worker) == 1
    with pytest.raises(LinkSpent):
        links.actor_of(second, at=made.NOON)
    assert AccessLink.objects.count() == 2


def test_a_code_goes_nowhere_when_there_is_no_address_any_more():
    parties = made.pair()
    token, _ = linked(parties, made.sent(parties))
    parties.provider.email = ""
    parties.provider.save()
    before = OutgoingMail.objects.count()

    links.send_code(token, at=made.NOON)

    assert OutgoingMail.objects.count() == before


def test_only_the_sender_gives_a_link_and_only_while_the_loop_is_open():
    parties = made.pair()
    row = made.sent(parties)

    with pytest.raises(NoSuchReferral), acting_for(parties.provider.pk):
        links.make_link(row.uuid, at=made.NOON, by=parties.centre)
    made.step(row, parties.worker, Step.WITHDRAW, outcome=Outcome.MISTAKE)
    with pytest.raises(WrongStep):
        linked(parties, row)


def file_of(*rows, header=COLUMNS, delimiter=";") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(header)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return out.getvalue().encode()


def file_row(parties: made.Pair, number: str, client: str = "1", **changed: str) -> dict[str, str]:
    return {
        "numer": number,
        "numer_klienta": client,
        "odbiorca": parties.provider.code,
        "miejsce": parties.place.name,
        "data_skierowania": "2025-01-10",
        "stan": "zakonczone",
        "data_zakonczenia": "2025-06-10",
        "wynik": "employed",
        "powod": "staż",
        **changed,
    }


OPEN_ROW = {"wynik": "", "data_zakonczenia": ""}


def brought_in(parties: made.Pair, content: bytes):
    with acting_for(parties.office.pk):
        return importing.import_referrals(
            "stare.csv", content, today=made.TODAY, at=made.NOON, by=parties.worker
        )


def test_good_rows_are_taken_and_bad_ones_kept_with_their_reasons():
    parties = made.pair(places_total=1)
    own = catalogue.place(catalogue.keeper(parties.office), name="Własne")
    running = {**OPEN_ROW, "stan": "w_trakcie"}
    content = file_of(
        file_row(parties, "S/1"),
        file_row(parties, "S/2", "2", **running),
        file_row(parties, "S/3", "3", **running),
        file_row(parties, "S/4", "2", **OPEN_ROW, stan="wyslane"),
        file_row(parties, "S/5", "99"),
        file_row(parties, "S/6", miejsce="Nie ma"),
        file_row(parties, "S/7", odbiorca=parties.office.code, miejsce=own.name),
        file_row(parties, "S/1"),
        file_row(parties, "S/8", stan="?"),
        {},
    )

    file = brought_in(parties, content)

    assert (file.rows, file.taken, file.refused) == (9, 2, 7)
    assert Place.objects.get(pk=parties.place.pk).taken_by_referrals == 1
    with acting_for(parties.office.pk):
        reasons = {one.number: one.problems for one in listing.refused_rows(parties.worker, file.uuid)}
    assert reasons == {
        4: ["no_free_place"],
        5: ["open_already"],
        6: ["client"],
        7: ["place"],
        8: ["own_place"],
        9: ["number_twice"],
        10: ["state"],
    }
    assert all(messages.problem_in_words(code) for codes in reasons.values() for code in codes)
    closed = Referral.objects.get(number="S/1")
    assert (closed.state, closed.acknowledged_at) == ("completed", made.NOON)
    assert packets.opened(closed)["reason"] == "staż"


def test_the_same_file_changes_nothing_the_second_time():
    parties = made.pair()
    content = file_of(file_row(parties, "S/1"), delimiter=",")
    brought_in(parties, content)

    again = brought_in(parties, content)

    assert (again.taken, again.known, again.refused) == (0, 1, 0)
    assert Referral.objects.count() == 1


def test_a_workbook_is_read_like_a_text_file():
    parties = made.pair()
    told = file_row(parties, "S/1")
    content = sheets.xlsx_file("skierowania", COLUMNS, [[told.get(name, "") for name in COLUMNS]])

    assert brought_in(parties, content).taken == 1
    assert Referral.objects.get().number == "S/1"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 nic", "workbook"),
        (b"a\x81b", "encoding"),
        (b"numer;inne\n1;2\n", "columns:"),
        (b'"numer;inne', "broken"),
        (";".join(COLUMNS).encode() + b"\n" + b"1\n" * 20_001, "too_many"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, problem):
    parties = made.pair()

    with pytest.raises(UnusableFile) as caught:
        brought_in(parties, content)
    assert caught.value.problem.startswith(problem)
    assert messages.message_for(caught.value)


def test_only_those_who_send_bring_files_in():
    parties = made.pair()

    with pytest.raises(NoSuchReferral):
        importing.import_referrals(
            "x.csv",
            b"",
            today=made.TODAY,
            at=made.NOON,
            by=institutions.acting(institutions.member(parties.office, Role.IOD)),
        )
