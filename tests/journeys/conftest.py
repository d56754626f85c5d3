"""A browser, and the product behind a real server, for journeys."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.journeys.browser import HEIGHT, WIDTHS, Troubles

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 10_000  # milliseconds, on a machine with other work to do


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The visit to every page takes as long as all others together, so it begins first."""
    items.sort(key=lambda item: "test_every_page_that_links_lead_to" not in item.nodeid)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser of the system, started once."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "Chromium is missing. Run: apt-get install -y chromium"
    # Playwright's loop runs in this thread, where the makers ask the database in the ordinary way.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def opened(chromium: Browser, live_server: LiveServer, *, scripts: bool) -> Iterator[Page]:
    context = chromium.new_context(
        base_url=live_server.url,
        locale="pl-PL",
        timezone_id="Europe/Warsaw",
        viewport={"width": WIDTHS[0], "height": HEIGHT},
        java_script_enabled=scripts,
    )
    context.set_default_timeout(PATIENCE)
    troubles = Troubles(context, live_server.url)
    yield context.new_page()
    context.close()
    assert troubles.found == []


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page in a browser of its own; fails for errors in the console, 5xx and requests to elsewhere."""
    yield from opened(chromium, live_server, scripts=True)


@pytest.fixture
def plain_page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """The same without JavaScript."""
    yield from opened(chromium, live_server, scripts=False)
