"""The journeys' own eyes: what they call wrong must really be called wrong."""

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.journeys.browser import Troubles, page_is_accessible

pytestmark = [pytest.mark.browser, pytest.mark.committed]
PAGE = "/konto/login/"


def test_an_image_without_a_text_is_noticed(page: Page):
    page.goto(PAGE)
    page.evaluate("document.querySelector('main').append(new Image())")

    with pytest.raises(AssertionError, match="image-alt"):
        page_is_accessible(page)


def test_scrolling_sideways_is_noticed(page: Page):
    page.goto(PAGE)
    page.evaluate("document.querySelector('main').style.width = '1500px'")

    with pytest.raises(AssertionError, match="sideways"):
        page_is_accessible(page)


@pytest.mark.parametrize(
    ("deed", "trouble"),
    [
        pytest.param("console.error('lost')", "lost", id="an error in the console"),
        pytest.param(
            "setTimeout(() => { throw new Error('broken') }, 0)", "broken", id="a script that fails"
        ),
        pytest.param(
            "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">')",
            "Content Security Policy",
            id="what the policy refuses",
        ),
        pytest.param("fetch('/static/absent.css')", "/static/absent.css", id="a file that is not there"),
    ],
)
def test_troubles_behind_the_page_are_noticed(
    chromium: Browser, live_server: LiveServer, deed: str, trouble: str
):
    context = chromium.new_context(base_url=live_server.url)
    troubles = Troubles(context, live_server.url)
    page = context.new_page()
    page.goto(PAGE)

    page.evaluate(deed)
    page.wait_for_timeout(300)
    context.close()

    assert any(trouble in found for found in troubles.found), troubles.found
