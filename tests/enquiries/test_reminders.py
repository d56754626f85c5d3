"""Letters say that something waits and nothing else; what nobody waits for expires; nothing leaks on the way."""

import logging
import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from spoiwo.audit.models import AuditRecord
from spoiwo.enquiries.models import Enquiry, Nudge, Verification
from spoiwo.enquiries.services import reminding
from spoiwo.institutions.types import Role
from spoiwo.toolkit.jobs import perform
from tests.makers import enquiries as made
from tests.makers import institutions
from tests.makers.clients import signed_in

pytestmark = pytest.mark.django_db
CANARIES = (made.PESEL, "Nowak", "Anna", "zasiłek okresowy", "OPS.1.2026", "ZAP/")


def test_those_for_whom_something_waits_hear_of_it_once_a_day():
    there = made.offices()
    made.sent(there)
    idle = institutions.member(there.labour, Role.REGISTRAR)
    today = timezone.localdate()

    sent = [reminding.remind(day=today), reminding.remind(day=today)]
    next_day = reminding.remind(day=today + timedelta(days=1))

    assert sent == [1, 0]
    assert next_day == 1
    assert {letter.to[0] for letter in mail.outbox} == {there.officer.user.email}
    assert idle.user.email not in str([letter.to for letter in mail.outbox])
    assert all("1 sprawa" in letter.body for letter in mail.outbox)


def test_letters_speak_the_language_of_their_reader():
    there = made.offices()
    made.sent(there)
    there.officer.user.language = "en"
    there.officer.user.save()

    reminding.remind(day=timezone.localdate())

    assert "1 thing waits" in mail.outbox[0].body


def test_a_letter_that_could_not_be_sent_is_tried_again(monkeypatch):
    there = made.offices()
    made.sent(there)

    def broken(*_args, **_kwargs):
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as patch:
        patch.setattr(reminding, "send_mail", broken)
        assert reminding.remind(day=timezone.localdate()) == 0
    assert not Nudge.objects.exists()
    assert reminding.remind(day=timezone.localdate()) == 1


def test_a_month_after_the_day_to_answer_by_an_enquiry_expires():
    there = made.offices()
    today = timezone.localdate()
    old = made.sent(there, day=today - timedelta(days=14 + 31))
    made.sent(there, day=today - timedelta(days=14 + 30))

    assert reminding.expire(now=timezone.now(), day=today) == 1
    assert reminding.expire(now=timezone.now(), day=today) == 0

    assert [one.pk for one in Enquiry.objects.filter(state="expired")] == [old.pk]
    kept = AuditRecord.objects.filter(outcome="expired")
    assert {one.institution_id for one in kept} == {there.welfare.pk, there.labour.pk}
    assert "miesiąca po terminie" in signed_in(there.asker).get(f"/wnioski/{old.uuid}/").content.decode()


def test_an_enquiry_answered_meanwhile_does_not_expire():
    there = made.offices()
    old = made.sent(there, day=timezone.localdate() - timedelta(days=60))
    made.answered(there, old)

    assert reminding._expire_one(old.pk, now=timezone.now(), day=timezone.localdate()) == 0


def test_no_personal_data_in_letters_logs_and_audit(caplog, capsys):
    there = made.offices()
    asker, officer = signed_in(there.asker), signed_in(there.officer)
    question = {
        "asked": there.labour.pk,
        "pesel": made.PESEL,
        "last_name": "Nowak",
        "questions": ["unemployed"],
        "purpose": "joint-support|act-art-1:1",
    }
    with caplog.at_level(logging.DEBUG):
        asker.post("/sprawdz/", question)
        asker.post("/sprawdz/", {**question, "purpose": "nie-ma"})
        enquiry = made.sent(there)
        officer.get(f"/wnioski/{enquiry.uuid}/")
        paper = made.answered(there, enquiry)
        asker.get(f"/potwierdzenia/{paper.uuid}/")
        perform("enquiries.remind")
        perform("enquiries.expire")

    printed = capsys.readouterr()
    texts = [
        caplog.text,
        printed.out + printed.err,
        str([(letter.subject, letter.body) for letter in mail.outbox]),
        str(list(AuditRecord.objects.values())),
        str(list(Verification.objects.values())),
    ]
    assert mail.outbox
    for canary in CANARIES:
        assert [canary in text for text in texts] == [False] * len(texts), canary
