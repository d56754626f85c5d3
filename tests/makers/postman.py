"""A real SMTP server of a test's own, and the reports of delivery that such servers send back."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.test import override_settings


class Postman(threading.Thread):
    """Keeps what it accepts. Addresses decide: 4xx@ is put off once, 5xx@ always refused, back@ comes back later.

    hears: told of every letter before ("offered") and after ("kept") it is kept, with its number from 1 on.
    """

    def __init__(self, hears: Callable[[str, int], None] = lambda _stage, _number: None) -> None:
        super().__init__(daemon=True)
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.accepted: list[tuple[str, str]] = []  # recipient, Message-ID
        self.returned: list[bytes] = []  # reports of delivery for the mailbox of the sender
        self.put_off: set[str] = set()
        self.hears = hears
        self._offered = 0

    def run(self) -> None:
        """Serve one sender after the other; one that hangs up in the middle is no reason to stop."""
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with suppress(OSError), connection, connection.makefile("rwb", buffering=0) as wire:
                self._talk(wire)

    def _talk(self, wire: Any) -> None:
        _say(wire, "220 test")
        recipient = ""
        while line := wire.readline().decode().strip():
            word = line[:4].upper()
            if word == "RCPT":
                recipient = line.split("<")[1].split(">")[0]
                _say(wire, self._answer_for(recipient))
            elif word == "DATA":
                self._offered += 1
                self.hears("offered", self._offered)
                _say(wire, "354 go on")
                if not self._keep(recipient, wire):
                    return
                self.hears("kept", self._offered)
                _say(wire, "250 kept")
            elif word == "QUIT":
                _say(wire, "221 bye")
                return
            else:
                _say(wire, "250 ok")

    def _answer_for(self, recipient: str) -> str:
        if recipient.startswith("5xx"):
            return "550 no such user"
        if recipient.startswith("4xx") and recipient not in self.put_off:
            self.put_off.add(recipient)
            return "451 try later"
        return "250 ok"

    def _keep(self, recipient: str, wire: Any) -> bool:
        """Keep a letter that came whole; whether it did."""
        message_id = ""
        while line := wire.readline().decode():
            if line.rstrip("\r\n") == ".":
                self.accepted.append((recipient, message_id))
                if recipient.startswith("back"):
                    self.returned.append(report_of_delivery(message_id, recipient=recipient))
                return True
            if line.lower().startswith("message-id:"):
                message_id = line.split(":", 1)[1].strip()
        return False


def _say(wire: Any, text: str) -> None:
    wire.write(f"{text}\r\n".encode())


@contextmanager
def postman(hears: Callable[[str, int], None] = lambda _stage, _number: None) -> Iterator[Postman]:
    """The server, with the settings that lead letters to it."""
    server = Postman(hears)
    server.start()
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=server.port,
        EMAIL_TIMEOUT=20,
    ):
        yield server
    server.socket.close()


def report_of_delivery(
    message_id: str,
    *,
    recipient: str = "a@example.pl",
    action: str = "failed",
    words: str = "smtp; 550 5.1.1 mailbox full",
    headers_only: bool = False,
) -> bytes:
    """What a mail server writes to the sender of a letter that it could not deliver (RFC 3464)."""
    diagnosis = f"Diagnostic-Code: {words}\n" if words else ""
    letter = f"Message-ID: {message_id}\nSubject: Komunikat\n"
    kind = "text/rfc822-headers" if headers_only else "message/rfc822"
    return f"""\
From: mailer-daemon@example.pl
To: spoiwo@example.pl
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="granica"

--granica
Content-Type: text/plain

Your message could not be delivered.
--granica
Content-Type: message/delivery-status

Reporting-MTA: dns; poczta.example.pl

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: 5.1.1
{diagnosis}
--granica
Content-Type: {kind}

{letter}{"" if headers_only else chr(10) + "Rada obradowala."}
--granica--
""".encode()
