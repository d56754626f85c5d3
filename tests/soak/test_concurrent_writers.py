"""A hundred people at once: no update is lost, nobody sees an error of the server."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from django.test import Client

from spoiwo.audit.models import AuditHead
from spoiwo.audit.queries import verify
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Role
from tests.database import as_owner
from tests.makers import institutions
from tests.makers.clients import signed_in, town, with_purpose
from tests.rounds import rounds
from tests.soak.forms import fields_of
from tests.soak.server import served

WRITERS = 100
FULL = 2000  # requests
PATIENCE = 120  # seconds a writer waits for an answer before it counts as lost
BUSY = 503
ATTEMPTS = 10

pytestmark = [pytest.mark.committed, pytest.mark.soak, pytest.mark.slow]


def cookies_of(browser: Client) -> str:
    return "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())


def asked(
    port: int, method: str, path: str, cookies: str, body: list[tuple[str, str]] | None = None
) -> tuple[int, str]:
    """(status, text) of one request on a connection of its own."""
    headers = {"Cookie": cookies, "Host": "127.0.0.1"}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as link:
        link.request(method, path, urlencode(body) if body is not None else None, headers)
        answer = link.getresponse()
        return answer.status, answer.read().decode(errors="replace")


def patiently(work: Callable[[], int]) -> list[int]:
    """Every status met: who reads that too many are working comes back, as the page asks."""
    met = [work()]
    while met[-1] == BUSY and len(met) < ATTEMPTS:
        met.append(work())
    return met


def all_at_once(work: Callable[[int], list[int]], count: int) -> Counter[int]:
    with ThreadPoolExecutor(WRITERS) as crowd:
        return Counter(status for met in crowd.map(work, range(count)) for status in met)


def test_a_hundred_readers_of_one_person_leave_every_look_on_record():
    with as_owner():
        place = town()
        browser = with_purpose(signed_in(place.worker), place.own)
        before = AuditHead.objects.get(pk=place.labour.pk).seq
    cookies, path, looks = cookies_of(browser), f"/klienci/{place.own.uuid}/", rounds(FULL)

    def look(_number: int) -> list[int]:
        return patiently(lambda: asked(port, "GET", path, cookies)[0])

    with served(workers=4, threads=25) as port:
        answers = all_at_once(look, looks)

    with as_owner():
        on_record = AuditHead.objects.get(pk=place.labour.pk).seq - before
        assert set(answers) <= {200, BUSY}
        assert answers[200] == looks
        assert looks <= on_record <= looks + answers[BUSY]
        assert verify().breaches == ()


def test_a_hundred_editors_of_one_institution_lose_nothing():
    with as_owner():
        office = institutions.institution("wspolny-urzad")
        browser = signed_in(institutions.member(office, Role.LOCAL_ADMIN))
        started_at = office.version
    path, cookies = f"/instytucje/{office.code}/zmiana/", cookies_of(browser)

    def edit(number: int) -> int:
        status, page = asked(port, "GET", path, cookies)
        if status != 200:
            return status
        fields = [(name, f"99 {number:07d}" if name == "phone" else value) for name, value in fields_of(page)]
        token = dict(fields)["csrfmiddlewaretoken"]
        status, _ = asked(port, "POST", path, f"{cookies}; csrftoken={token}", fields)
        return status

    with served(workers=4, threads=25) as port:
        answers = all_at_once(lambda number: patiently(lambda: edit(number)), rounds(FULL))

    with as_owner():
        saved = Institution.objects.get(pk=office.pk).version - started_at
        assert set(answers) <= {302, 409, BUSY}
        assert answers[302] > 0
        assert answers[302] <= saved <= answers[302] + answers[BUSY]
