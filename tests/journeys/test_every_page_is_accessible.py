"""Whoever signs in and follows every link meets only pages that everybody can use, in both languages."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error, Page, Response
from pytest_django.live_server_helper import LiveServer

from spoiwo.institutions.types import Role
from tests.access.world import Person, World, build
from tests.database import as_owner
from tests.journeys.browser import page_is_accessible
from tests.rounds import shared_out

pytestmark = [pytest.mark.browser, pytest.mark.committed]

FILES = re.compile(
    r"(\.csv|\.xlsx|\.docx|\.pdf|\.ics|/pdf/|/plik/|/dokument/|/odrzucone/|/wzor\.|/calosc/|/static/)"
)
NUMBERS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/)")
OFFICE = re.compile(r"/instytucje/(left|right|stranger)/")
ROLES = (
    "",
    Role.CASE_WORKER,
    Role.REVIEWER,
    Role.REGISTRAR,
    Role.SUPERVISOR,
    Role.DIRECTOR,
    Role.LOCAL_ADMIN,
    Role.IOD,
    Role.ANALYST,
    "operator",
)
AT_LEAST = {"pl": 30, "en": 30}


def shape(path: str) -> str:
    """The address without numbers: pages of one kind are looked at once."""
    return OFFICE.sub("/instytucje/urzad/", NUMBERS.sub("#", path))


def person(world: World, role: str) -> Person:
    return next(one for one in world.people if one.role == role and one.office in {"left", ""})


def pages_behind(page: Page, start: str) -> Iterator[str]:
    """Paths of the page's links that stay in the product and open pages."""
    site = urlsplit(start).netloc
    for href in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
        parts = urlsplit(href)
        if parts.netloc == site and not FILES.search(parts.path):
            yield parts.path


def opened(page: Page, address: str) -> Response | None:
    """The answer of a page; None of a file, which the browser saves instead of showing."""
    try:
        return page.goto(address)
    except Error as error:
        if "Download is starting" not in str(error):
            raise
        return None


def visit(page: Page, site: str, seen: set[str]) -> None:
    """Follow links, breadth first, to every kind of page not seen before."""
    waiting = ["/"]
    while waiting:
        path = waiting.pop(0)
        if shape(path) in seen:
            continue
        seen.add(shape(path))
        answer = opened(page, site + path)
        if answer is None:
            continue
        assert answer.status < 400, f"{path} answers {answer.status}"
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue  # a feed
        page_is_accessible(page)
        waiting.extend(path for path in pages_behind(page, site) if shape(path) not in seen)


@pytest.mark.soak
@pytest.mark.parametrize("language", shared_out(["pl", "en"]))
def test_every_page_that_links_lead_to(page: Page, live_server: LiveServer, language: str):
    with as_owner():
        world = build()
    seen: set[str] = set()

    for role in ROLES:
        page.context.clear_cookies()
        cookies = {"spoiwo_language": language, "django_language": language}
        if role:
            cookies |= {name: morsel.value for name, morsel in person(world, role).browser.cookies.items()}
        page.context.add_cookies(
            [{"name": n, "value": v, "url": live_server.url} for n, v in cookies.items()]
        )
        if role:
            seen.discard("/")
        visit(page, live_server.url, seen)

    assert len(seen) >= AT_LEAST[language], sorted(seen)
