"""kill -9 in the middle of sending: no letter is lost, none goes out twice, and what cannot be known is said so."""

import os
import signal
import subprocess
import sys

import pytest
from django.test import override_settings
from django.utils import timezone

from spoiwo.partnership import services
from spoiwo.partnership.models import OutgoingMail
from spoiwo.partnership.types import Channel, DeliveryState, MailState
from tests.makers import institutions as people
from tests.makers import partnership as make
from tests.makers.postman import postman
from tests.soak.server import address_of_test_database

pytestmark = [pytest.mark.committed, pytest.mark.slow, pytest.mark.enable_socket]
SMTP = "django.core.mail.backends.smtp.EmailBackend"
INSTITUTIONS = 9
KILLS = {("kept", 3), ("offered", 5)}  # after the server took the third letter, before it took the fifth


class Senders:
    """Processes that send; the server kills the one at work at the moments of KILLS."""

    def __init__(self) -> None:
        self._at_work: subprocess.Popen[bytes] | None = None
        self.killed = 0

    def hear(self, stage: str, number: int) -> None:
        """What the server tells of each letter."""
        if (stage, number) in KILLS and self._at_work is not None:
            os.kill(self._at_work.pid, signal.SIGKILL)
            self._at_work.wait()
            self.killed += 1

    def send(self, port: int, *, minutes: int) -> int:
        """Let one send until it is done or killed; answers its exit code."""
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "SPOIWO_TEST_DATABASE_URL": address_of_test_database(),
        }
        command = [sys.executable, "-m", "tests.partnership.sending", str(port), str(minutes)]
        self._at_work = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        return self._at_work.wait()


def test_a_communique_goes_on_after_every_kill_and_no_letter_is_lost_or_doubled():
    offices = [people.institution(email=f"urzad{number}@example.pl") for number in range(INSTITUTIONS)]
    partnership = make.agreement(*offices)
    draft = make.communique(make.body(partnership), approved=True)
    secretary, at = make.secretary(partnership), timezone.now()
    with override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=1):  # nobody is there yet
        services.send_communique(
            communique_id=draft.pk, channels=[Channel.EMAIL], at=at, day=timezone.localdate(), by=secretary
        )
    senders = Senders()

    with postman(senders.hear) as server:
        ends = [senders.send(server.port, minutes=minutes) for minutes in (2, 9, 16)]
        states = {one.message_id: one.state for one in OutgoingMail.objects.all()}
        kept = [message_id for _to, message_id in server.accepted]
        sent = {message_id for message_id, state in states.items() if state == MailState.SENT}
        unsure = {message_id for message_id, state in states.items() if state == MailState.UNSURE}
        deliveries = dict(draft.deliveries.values_list("mail__message_id", "state"))
        lost = unsure - set(kept)
        for mail in OutgoingMail.objects.filter(message_id__in=lost):
            services.send_again(mail_id=mail.pk, at=timezone.now(), by=secretary)
        ends.append(senders.send(server.port, minutes=23))

    assert (ends, senders.killed) == ([-signal.SIGKILL, -signal.SIGKILL, 0, 0], 2)
    assert len(kept) == len(set(kept))  # nothing goes out twice by itself
    assert len(states) == INSTITUTIONS
    assert sent | unsure == set(states)  # nothing is left behind
    assert sent <= set(kept)  # nothing is called sent that the server does not have
    assert (len(unsure), len(lost)) == (2, 1)  # the two during which it was killed, one of which arrived
    assert {deliveries[one] for one in sent} == {DeliveryState.SENT}
    assert {deliveries[one] for one in unsure} == {DeliveryState.UNSURE}
    assert sorted(to for to, _ in server.accepted) == sorted(one.email for one in offices)
