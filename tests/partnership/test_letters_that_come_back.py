"""The command that reads the mailbox letters are sent from."""

import io
import mailbox
import sys
from argparse import Namespace
from types import SimpleNamespace

import pytest

from spoiwo.cli.commands import mail_returned
from spoiwo.cli.console import Console
from spoiwo.cli.errors import Refused
from spoiwo.cli.types import Language
from spoiwo.partnership.models import OutgoingMail
from spoiwo.partnership.services import outbox
from spoiwo.partnership.types import MailState
from tests.makers.partnership import NOON
from tests.makers.postman import report_of_delivery

pytestmark = pytest.mark.django_db
POLISH = Console(language=Language.POLISH)


def sent(key):
    outbox.put(outbox.Draft(about="x", key=key, to="a@example.pl", subject="s", text="t"), at=NOON)
    mail = OutgoingMail.objects.get(message_id=outbox.message_id_of(key))
    OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.SENT)
    return mail


def test_a_mail_server_hands_one_message_over(monkeypatch):
    mail = sent("list")
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(report_of_delivery(mail.message_id))))

    answer = mail_returned.run(Namespace(maildir=""), POLISH)

    mail.refresh_from_db()
    assert answer.data == {"bounced": 1, "waits": 0, "foreign": 0}
    assert (mail.state, mail.problem) == (MailState.BOUNCED, "550 5.1.1 mailbox full")


def test_new_messages_of_a_mailbox_are_read_once_and_stay_there(tmp_path):
    first, second = sent("pierwszy"), sent("drugi")
    box = mailbox.Maildir(str(tmp_path / "skrzynka"))
    box.add(report_of_delivery(first.message_id))
    box.add(report_of_delivery(second.message_id, action="delayed"))
    box.add(b"Subject: Re\n\nDziekujemy")
    folder = Namespace(maildir=str(tmp_path / "skrzynka"))

    answers = [mail_returned.run(folder, POLISH).data for _twice in range(2)]

    assert answers == [
        {"bounced": 1, "waits": 1, "foreign": 1},
        {"bounced": 0, "waits": 0, "foreign": 0},
    ]
    assert len(mailbox.Maildir(str(tmp_path / "skrzynka"), create=False)) == 3
    assert sorted(OutgoingMail.objects.values_list("state", flat=True)) == [MailState.BOUNCED, MailState.SENT]


def test_what_is_no_folder_is_refused(tmp_path):
    with pytest.raises(Refused):
        mail_returned.run(Namespace(maildir=str(tmp_path / "nie-ma")), POLISH)
