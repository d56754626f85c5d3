"""Communiqués: a snapshot of signatories, proof by channel, an outbox that neither loses nor doubles."""

import smtplib
from datetime import timedelta

import pytest
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from spoiwo.partnership import queries, services
from spoiwo.partnership.errors import FileRefused, NoTargets, NotFound, NotYours, TextMissing, WrongState
from spoiwo.partnership.models import Delivery, OutgoingMail
from spoiwo.partnership.rules import delivering
from spoiwo.partnership.services import outbox
from spoiwo.partnership.types import AccessionState, Channel, DeliveryState, MailState, Target
from tests.makers import institutions as people
from tests.makers import partnership as make
from tests.makers.partnership import DAY, NOON
from tests.makers.postman import postman, report_of_delivery

pytestmark = [pytest.mark.django_db]


def signatories(*addresses):
    return [people.institution(email=address) for address in addresses]


def sent(partnership, council=None, **more):
    council = council or make.body(partnership)
    draft = make.communique(council, approved=True)
    more.setdefault("channels", [Channel.IN_APP, Channel.EMAIL])
    return services.send_communique(
        communique_id=draft.pk, at=NOON, day=DAY, by=make.secretary(partnership), **more
    )


def later(minutes):
    return lambda: NOON + timedelta(minutes=minutes)


@pytest.mark.enable_socket
def test_a_real_server_loses_and_doubles_nothing_and_every_state_is_true():
    addresses = ["a@example.pl", "4xx@example.pl", "5xx@example.pl", "b@example.pl"]
    partnership = make.agreement(*signatories(*addresses))
    communique = sent(partnership)

    with postman() as server:
        first = services.send_waiting(clock=later(0))
        again = services.send_waiting(clock=later(0))
        after_a_minute = services.send_waiting(clock=later(2))

    states = {one.to: one.state for one in OutgoingMail.objects.all()}
    assert (first, again, after_a_minute) == (2, 0, 1)
    assert sorted(to for to, _ in server.accepted) == ["4xx@example.pl", "a@example.pl", "b@example.pl"]
    assert len({message_id for _, message_id in server.accepted}) == 3
    assert states == {
        "a@example.pl": MailState.SENT,
        "b@example.pl": MailState.SENT,
        "4xx@example.pl": MailState.SENT,
        "5xx@example.pl": MailState.FAILED,
    }
    refused = communique.deliveries.get(institution__email="5xx@example.pl", channel=Channel.EMAIL)
    assert (refused.state, refused.problem) == (DeliveryState.FAILED, "550 no such user")


@pytest.mark.enable_socket
def test_a_letter_that_a_real_server_took_and_sent_back_is_no_longer_called_sent():
    partnership = make.agreement(*signatories("a@example.pl", "back@example.pl"))
    communique = sent(partnership)

    with postman() as server:
        services.send_waiting(clock=later(0))
        delivery = communique.deliveries.get(institution__email="back@example.pl", channel=Channel.EMAIL)
        before = delivery.state
        found = [services.take_returned(raw, at=NOON) for raw in server.returned]
        delivery.refresh_from_db()
        after = delivery.state, delivery.problem
        services.send_again(mail_id=delivery.mail_id, at=NOON, by=make.secretary(partnership))
        late = services.take_returned(server.returned[0], at=NOON)
        services.send_waiting(clock=later(1))

    assert (before, found) == (DeliveryState.SENT, ["bounced"])
    assert after == (DeliveryState.FAILED, "550 5.1.1 mailbox full")
    assert late == "bounced"  # a report of the first attempt does not stop the second one
    assert [to for to, _ in server.accepted].count("back@example.pl") == 2
    assert {one.state for one in OutgoingMail.objects.all()} == {MailState.SENT}


@pytest.mark.parametrize(
    ("told", "found"),
    [
        pytest.param({"action": "delayed"}, "waits", id="the server still tries"),
        pytest.param({"headers_only": True}, "bounced", id="only the head of the letter came back"),
        pytest.param({"words": ""}, "bounced", id="without words"),
        pytest.param({"message_id": "<obcy@example.pl>"}, "foreign", id="a letter of somebody else"),
        pytest.param({"message_id": ""}, "foreign", id="no letter named"),
        pytest.param({"action": ""}, "foreign", id="no verdict"),
    ],
)
def test_only_a_report_of_a_lasting_failure_takes_sent_back(told, found):
    partnership = make.agreement(*signatories("a@example.pl"))
    sent(partnership)
    services.send_waiting(clock=later(0))
    mail = OutgoingMail.objects.get()

    answer = services.take_returned(report_of_delivery(**{"message_id": mail.message_id, **told}), at=NOON)

    mail.refresh_from_db()
    assert answer == found
    assert (mail.state == MailState.BOUNCED) is (found == "bounced")


def test_an_ordinary_answer_is_left_alone():
    assert services.take_returned(b"Subject: Re: Komunikat\n\nPrzeczytane.", at=NOON) == "foreign"


@pytest.mark.enable_socket
def test_a_sender_that_was_killed_half_way_leaves_one_letter_in_doubt_and_doubles_none():
    partnership = make.agreement(*signatories("a@example.pl", "b@example.pl"))
    communique = sent(partnership)
    killed = OutgoingMail.objects.order_by("pk").first()
    OutgoingMail.objects.filter(pk=killed.pk).update(
        state=MailState.SENDING, leased_until=NOON + timedelta(minutes=5)
    )

    with postman() as server:
        meanwhile = services.send_waiting(clock=later(1))
        later_on = services.send_waiting(clock=later(6))
        doubtful = communique.deliveries.get(mail=killed)
        assert doubtful.state == DeliveryState.UNSURE
        services.send_again(mail_id=killed.pk, at=NOON, by=make.secretary(partnership))
        decided = services.send_waiting(clock=later(7))

    assert (meanwhile, later_on, decided) == (1, 0, 1)
    assert sorted(to for to, _ in server.accepted) == ["a@example.pl", "b@example.pl"]


def test_without_a_server_letters_wait_and_give_up_after_the_last_try():
    partnership = make.agreement(*signatories("a@example.pl"))
    sent(partnership)
    mail = OutgoingMail.objects.get()
    minutes = 0

    with override_settings(EMAIL_BACKEND="tests.partnership.test_communiques_arrive.NoServer"):
        for _ in range(delivering.TRIES):
            services.send_waiting(clock=later(minutes))
            mail.refresh_from_db()
            assert mail.next_try_at is not None
            minutes = int((mail.next_try_at - NOON).total_seconds() // 60) + 1

    assert (mail.state, mail.attempts) == (MailState.FAILED, delivering.TRIES)
    assert mail.problem == "0 ConnectionRefusedError"


class NoServer:
    """A backend whose server does not answer."""

    def __init__(self, **_kwargs: object):
        pass

    def open(self) -> None:
        raise ConnectionRefusedError

    def close(self) -> None:
        pass

    def send_messages(self, _messages: object) -> int:
        raise ConnectionRefusedError


class Strict(NoServer):
    """A backend whose server refuses the data for good."""

    def open(self) -> None:
        pass

    def send_messages(self, _messages: object) -> int:
        raise smtplib.SMTPDataError(554, "spam")


def test_a_lasting_refusal_is_final_at_once_and_a_bounce_takes_sent_back():
    partnership = make.agreement(*signatories("a@example.pl"))
    communique = sent(partnership)
    with override_settings(EMAIL_BACKEND="tests.partnership.test_communiques_arrive.Strict"):
        services.send_waiting(clock=later(0))
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.problem) == (MailState.FAILED, "554 spam")
    services.send_again(mail_id=mail.pk, at=NOON, by=make.secretary(partnership))
    services.send_waiting(clock=later(0))

    assert services.note_bounce(message_id=mail.message_id, problem="550 full", at=NOON) is True
    assert services.note_bounce(message_id="<obcy@x>", problem="", at=NOON) is False
    assert outbox._send_one(mail.pk, None, later(0)) == 0

    delivery = communique.deliveries.get(channel=Channel.EMAIL)
    assert (delivery.state, delivery.problem) == (DeliveryState.FAILED, "550 full")


def test_a_letter_that_was_sent_is_not_sent_again_by_hand():
    partnership = make.agreement(*signatories("a@example.pl"))
    sent(partnership)
    services.send_waiting(clock=later(0))
    mail = OutgoingMail.objects.get()

    with pytest.raises(WrongState):
        services.send_again(mail_id=mail.pk, at=NOON, by=make.secretary(partnership))
    with pytest.raises(NotFound):
        services.send_again(mail_id=0, at=NOON, by=make.secretary(partnership))


def test_sent_is_never_reached_and_each_proof_is():
    offices = signatories("a@example.pl", "", "", "")
    partnership = make.agreement(*offices)
    secretary = make.secretary(partnership)
    more = [Target(offices[1].pk, Channel.PAPER), Target(offices[2].pk, Channel.PARTNER_WEB)]
    communique = sent(partnership, make.body(partnership), more=more)
    services.send_waiting(clock=later(0))

    before = queries.reach_of(queries.matrix_of(communique))
    services.acknowledge(
        delivery_id=communique.deliveries.get(institution=offices[0], channel=Channel.IN_APP).pk,
        at=NOON,
        by=make.worker(offices[0]),
    )
    for _twice in range(2):
        services.keep_evidence(
            delivery_id=communique.deliveries.get(channel=Channel.PAPER).pk,
            name="zpo.pdf",
            content=b"%PDF",
            at=NOON,
            by=secretary,
        )
    page = communique.deliveries.get(channel=Channel.PARTNER_WEB)
    title, text = "<title>Aktualności</title>", "<p>KOMUNIKAT z posiedzenia</p>"
    for html, state in (
        (None, DeliveryState.SENT),
        (title, DeliveryState.SENT),
        (title + text, DeliveryState.PROVEN),
    ):
        services.note_page(delivery_id=page.pk, url="https://example.pl/k", html=html, at=NOON, by=secretary)
        page.refresh_from_db()
        assert page.state == state
    after = queries.reach_of(queries.matrix_of(communique))

    assert (before.addressed, before.sent, before.reached) == (4, 4, 0)
    assert (after.addressed, after.reached) == (4, 3)
    assert page.found_title == "Aktualności"


def test_the_audience_is_those_who_were_signatories_that_day():
    staying, gone = people.institution(), people.institution()
    partnership = make.agreement(staying, gone)
    services.set_accession(
        agreement_id=partnership.pk,
        institution_id=gone.pk,
        state=AccessionState.WITHDRAWN,
        on=DAY,
        by=make.secretary(partnership),
    )

    communique = sent(partnership)

    assert {one.institution_id for one in communique.deliveries.all()} == {staying.pk}
    assert queries.count_signatories(partnership, DAY - timedelta(days=1)) == 2


def test_a_correction_goes_to_everybody_again_and_both_editions_stay():
    partnership = make.agreement(people.institution())
    secretary = make.secretary(partnership)
    communique = sent(partnership, channels=[Channel.IN_APP])

    communique.refresh_from_db()
    services.edit_communique(
        communique_id=communique.pk,
        title="Poprawiony",
        text="Inaczej.",
        version=communique.version,
        by=secretary,
    )
    services.approve_communique(communique_id=communique.pk, at=NOON, by=secretary)
    services.send_communique(communique_id=communique.pk, at=NOON, day=DAY, by=secretary)

    version = communique.version + 1
    draft = services.edit_communique(
        communique_id=communique.pk, title="Poprawiony", text="Jeszcze.", version=version, by=secretary
    )
    again = services.edit_communique(
        communique_id=communique.pk,
        title="Poprawiony",
        text="I jeszcze.",
        version=draft.version,
        by=secretary,
    )
    assert (draft.edition, again.edition) == (2, 2)
    assert sorted(communique.deliveries.values_list("edition", flat=True)) == [1, 2]
    assert [one.text for one in communique.editions.order_by("number")] == ["Rada obradowała.", "Inaczej."]


def test_what_is_not_approved_or_has_no_audience_is_not_sent():
    partnership = make.agreement()
    council, secretary = make.body(partnership), make.secretary(partnership)
    draft, empty = make.communique(council), make.communique(council, text=" ")
    approved = make.communique(council, approved=True)

    def send(row):
        return services.send_communique(communique_id=row.pk, at=NOON, day=DAY, by=secretary)

    with pytest.raises(WrongState):
        send(draft)
    with pytest.raises(NoTargets):
        send(approved)
    with pytest.raises(TextMissing):
        services.approve_communique(communique_id=empty.pk, at=NOON, by=secretary)
    with pytest.raises(WrongState):
        services.approve_communique(communique_id=approved.pk, at=NOON, by=secretary)
    with pytest.raises(WrongState):
        services.expect_delivery(
            communique_id=draft.pk,
            target=Target(partnership.secretariat_id, Channel.PAPER),
            at=NOON,
            by=secretary,
        )


def test_nobody_speaks_for_another_institution():
    mine, other = people.institution(), people.institution()
    partnership = make.agreement(mine, other)
    communique = sent(partnership)
    delivery = communique.deliveries.get(institution=mine)

    with pytest.raises(NotFound):
        services.acknowledge(delivery_id=delivery.pk, at=NOON, by=make.worker(other))
    with pytest.raises(NotYours):
        services.acknowledge(delivery_id=delivery.pk, at=NOON, by=make.secretary(partnership))
    with pytest.raises(NotYours):
        services.keep_evidence(delivery_id=delivery.pk, name="x", content=b"x", at=NOON, by=make.worker(mine))
    with pytest.raises(NotYours):
        services.approve_communique(communique_id=communique.pk, at=NOON, by=make.worker(mine))
    for content, reason in ((b"", "empty"), (b"x" * 10_000_001, "too_large")):
        with pytest.raises(FileRefused) as refusal:
            services.keep_evidence(
                delivery_id=delivery.pk, name="x", content=content, at=NOON, by=make.secretary(partnership)
            )
        assert refusal.value.reason == reason
    with pytest.raises(NotFound):
        services.note_page(delivery_id=0, url="", html=None, at=NOON, by=make.secretary(partnership))


def test_the_same_key_is_the_same_letter():
    draft = outbox.Draft(about="x", key="k", to="a@example.pl", subject="Dwie\nlinie", text="t")

    assert (outbox.put(draft, at=NOON), outbox.put(draft, at=NOON)) == (1, 0)
    assert OutgoingMail.objects.get().subject == "Dwie linie"


@settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    state=some.sampled_from(list(DeliveryState)), attempts=some.integers(1, 12), code=some.integers(100, 599)
)
def test_reached_means_proof_and_waiting_ends(state, attempts, code):
    assert delivering.is_reached(state) is (state in {DeliveryState.ACKNOWLEDGED, DeliveryState.PROVEN})
    assert (delivering.wait_after(attempts) is None) is (attempts >= delivering.TRIES)
    assert delivering.is_passing(code) is (code // 100 == 4)


def test_each_institution_and_channel_has_one_delivery_of_an_edition():
    partnership = make.agreement(people.institution())
    communique = sent(partnership, channels=[Channel.IN_APP, Channel.IN_APP])

    again = services.expect_delivery(
        communique_id=communique.pk,
        target=Target(communique.deliveries.get().institution_id, Channel.IN_APP),
        at=NOON,
        by=make.secretary(partnership),
    )

    assert Delivery.objects.get() == again
