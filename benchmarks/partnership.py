"""Lists and boards of a partnership of 250 institutions after ten years, and a communiqué to 1,000 institutions.

    python -m benchmarks.partnership INSTITUTIONS MEETINGS CONCLUSIONS LETTERS    measures in the world of the settings

The pages take turns with a signed-in page that does nothing; the communiqué goes to an SMTP server in this process.
"""

import asyncio
import json
import socket
import statistics
import sys
import threading
import time
from datetime import date, timedelta
from typing import Any, Self

from benchmarks.report import Figure
from benchmarks.world import CLERK, PASSWORD, found, python, world

SIZE = (250, 1_000, 5_000, 1_000)
ROUNDS = 60
FIRST = date(2016, 1, 4)
MOST_TIMES, MOST_MILLISECONDS, MOST_SECONDS = 4.0, 300.0, 60.0
PLACES = {
    "home": "/partnerstwo/",
    "meetings": "/partnerstwo/posiedzenia/",
    "board": "/partnerstwo/wnioski/",
    "table": "/partnerstwo/wnioski/tabela/?state=open",
    "searched": "/partnerstwo/wnioski/tabela/?q=wizyta",
    "calendar": "/kalendarz/?dzien=2026-05-01",
}


def run(size: tuple[int, int, int, int] = SIZE) -> list[Figure]:
    """Both databases, one after the other."""
    figures = []
    for vendor in ("SQLite", "PostgreSQL"):
        with world(vendor) as made:
            got = json.loads(python(made, "-m", "benchmarks.partnership", *map(str, size)))
        for key in PLACES:
            what = f"{key}, {size[0]} institutions, {size[1]:,} meetings, {size[2]:,} conclusions, {vendor}"
            figures.append(_figure(what, got[key], "ms", got["nothing"], MOST_TIMES))
            figures.append(_figure(f"p95 of {what}", got[f"{key} p95"], "ms", 0.0, MOST_MILLISECONDS))
        figures.append(
            _figure(
                f"communiqué to {size[3]:,} institutions, {vendor}", got["sending"], "s", 0.0, MOST_SECONDS
            )
        )
    return figures


def _figure(what: str, value: float, unit: str, limit: float, must: float) -> Figure:
    return Figure(
        case="partnership",
        what=what,
        value=round(value, 2),
        unit=unit,
        limit=round(limit, 2),
        limit_name="page that does nothing" if limit else "",
        must=must,
        at_least=False,
    )


def _measure(institutions: int, meetings: int, conclusions: int, letters: int) -> dict[str, float]:
    import django

    django.setup()
    from django.test import Client

    agreement = _filled(institutions, meetings, conclusions, letters)
    browser = Client(HTTP_HOST="127.0.0.1")
    assert browser.login(username=CLERK, email=CLERK, password=PASSWORD)
    spans: dict[str, list[float]] = {key: [] for key in ("nothing", *PLACES)}
    for _ in range(ROUNDS):
        for key, path in (("nothing", "/nic/"), *PLACES.items()):
            started = time.perf_counter()
            answer = browser.get(path)
            spans[key].append((time.perf_counter() - started) * 1000)
            assert answer.status_code == 200, (key, answer.status_code)
    medians = {key: statistics.median(values[5:]) for key, values in spans.items()}
    tails = {f"{key} p95": statistics.quantiles(values[5:], n=20)[-1] for key, values in spans.items()}
    return {**medians, **tails, "sending": _sending(agreement)}


def _filled(institutions: int, meetings: int, conclusions: int, letters: int) -> Any:
    """Ten years of one partnership; the rows that services would write one by one are written at once."""
    from django.db import connection

    from spoiwo.partnership.models import Accession, AccessionStep
    from tests.makers import institutions as people
    from tests.makers import partnership as make

    labour, _ = found()
    offices = [
        people.institution(email=f"i{number}@example.pl") for number in range(max(institutions, letters))
    ]
    agreement = make.agreement()
    everybody = [labour, *(office.pk for office in offices)]
    Accession.objects.bulk_create(
        Accession(agreement=agreement, institution_id=pk, state="signed") for pk in everybody
    )
    AccessionStep.objects.bulk_create(
        AccessionStep(accession=one, state="signed", on=make.FOUNDED) for one in Accession.objects.all()
    )
    _meet(make.body(agreement), offices[:institutions], meetings, conclusions)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return agreement


def _meet(council: Any, owners: list[Any], meetings: int, conclusions: int) -> None:
    """Meetings of ten years at even intervals, and the conclusions they drew in turn."""
    from spoiwo.partnership.models import Meeting, Outcome

    days = [FIRST + timedelta(days=n * 3650 // meetings) for n in range(meetings)]
    held = Meeting.objects.bulk_create(
        Meeting(
            body=council,
            kind="council",
            title=f"Posiedzenie {n}",
            starts_on=day,
            ends_on=day,
            state="published",
        )
        for n, day in enumerate(days)
    )
    states = ("adopted", "assigned", "in_progress", "claimed", "verified", "verified", "verified", "expired")
    Outcome.objects.bulk_create(
        Outcome(
            code=f"RP/{n}",
            body=council,
            meeting=held[n % meetings],
            kind="conclusion",
            text=f"Zorganizować {'wizytę' if n % 9 == 0 else 'spotkanie'} numer {n}",
            state=states[n % len(states)],
            owner=None if n % len(states) == 0 else owners[n % len(owners)],
            due_to=days[n % meetings] + timedelta(days=60),
        )
        for n in range(conclusions)
    )


def _sending(agreement: Any) -> float:
    """Seconds from the press of the button until the server has every letter."""
    from django.test import override_settings
    from django.utils import timezone

    from spoiwo.partnership import services
    from spoiwo.partnership.models import OutgoingMail
    from tests.makers import partnership as make

    draft = make.communique(agreement.bodies.get(), approved=True)
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with (
        _Postbox() as box,
        override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=box.port),
    ):
        started = time.perf_counter()
        services.send_communique(
            communique_id=draft.pk, at=timezone.now(), day=timezone.localdate(), by=make.secretary(agreement)
        )
        services.send_waiting()
        spent = time.perf_counter() - started
    waiting = OutgoingMail.objects.exclude(state="sent").count()
    assert box.kept == OutgoingMail.objects.count(), (box.kept, waiting)
    return spent


class _Postbox:
    """An SMTP server that keeps everything, on a thread with an event loop of its own."""

    def __init__(self) -> None:
        self.kept = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        serving = asyncio.start_server(self._talk, sock=self._socket)
        asyncio.run_coroutine_threadsafe(serving, self._loop).result()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 bench\r\n")
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b"DATA":
                writer.write(b"354 go on\r\n")
                await reader.readuntil(b"\r\n.\r\n")
                self.kept += 1
            writer.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            if word == b"QUIT":
                break
        writer.close()


if __name__ == "__main__":
    print(json.dumps(_measure(*map(int, sys.argv[1:5]))))
