"""Two offices write one plan in two browsers at once: the second sees both values, nothing is overwritten unseen."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from spoiwo.institutions.models import User
from spoiwo.kernel.actor import Actor
from spoiwo.plans.models import PlanVersion
from spoiwo.plans.rules.content import content_of
from tests.database import as_owner
from tests.journeys.browser import page_is_accessible, sign_in
from tests.journeys.conftest import opened
from tests.makers import institutions
from tests.makers import plans as made

pytestmark = [pytest.mark.browser, pytest.mark.committed]


@pytest.fixture
def other_page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page in a second browser."""
    yield from opened(chromium, live_server, scripts=True)


def at_the_goal(page: Page, by: Actor, draft: str, goal: str) -> None:
    """Sign in and open the form of a goal."""
    with as_owner():
        email = User.objects.get(pk=by.user_id).email
    page.goto("/konto/login/")
    sign_in(page, email, institutions.PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dzień dobry")
    page.goto(draft)
    page.get_by_role("link", name=re.compile(f"Zmień cel.*{re.escape(goal)}")).click()


def said(pair: made.Partners) -> str:
    """What the first goal of the draft says now."""
    with as_owner():
        version = PlanVersion.objects.get(plan__uuid=pair.uuid)
    return content_of(version.content).goals[0].text


def test_the_second_to_save_a_goal_sees_both_values(page: Page, other_page: Page):
    with as_owner():
        pair = made.started()
    goal, draft = said(pair), f"/plany/{pair.uuid}/projekt/"
    at_the_goal(page, pair.labour, draft, goal)
    at_the_goal(other_page, pair.welfare, draft, goal)

    for one, text in ((page, "Praca w bibliotece"), (other_page, "Praca w ogrodzie")):
        one.get_by_label("Cel", exact=True).fill(text)
        one.get_by_role("button", name="Zapisz", exact=True).click()

    expect(page.get_by_role("heading", name="Praca w bibliotece")).to_be_visible()
    shown = other_page.get_by_role("main")
    expect(shown).to_contain_text("Praca w bibliotece")
    expect(shown).to_contain_text("Praca w ogrodzie")
    page_is_accessible(other_page)
    assert said(pair) == "Praca w bibliotece"
