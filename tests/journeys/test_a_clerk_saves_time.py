"""A clerk's hands: an advice action from the page of the day in two clicks, a plan of three goals by keyboard alone.

How long a practised clerk needs is reckoned from what is pressed, by the keystroke-level model of Card, Moran and
Newell (1980): 0.28 s a key for an average typist, 1.35 s to find the next thing to do.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from spoiwo.institutions.types import Role
from spoiwo.plans.models import Action, JointPlan, PlanVersion
from spoiwo.plans.rules.content import content_of
from spoiwo.plans.types import ActionState
from tests.database import as_owner
from tests.journeys.browser import page_is_accessible, sign_in
from tests.makers import institutions
from tests.makers import plans as made
from tests.makers.clients import town

pytestmark = [pytest.mark.browser, pytest.mark.committed]
KEY_SECONDS, THOUGHT_SECONDS = 0.28, 1.35
MOST_SECONDS = 180
MOST_TABS = 80
MOST_CLICKS = 2
COUNTING = """
for (const kind of ["click", "pointerdown"]) {
  addEventListener(kind, () => {
    sessionStorage.setItem(kind, Number(sessionStorage.getItem(kind) || 0) + 1);
  }, true);
}
"""


def happened(page: Page, kind: str) -> int:
    """How often the page was clicked, or touched with a pointer, since the counting began."""
    return int(page.evaluate("kind => Number(sessionStorage.getItem(kind) || 0)", kind))


class Keyboard:
    """All that a clerk without a mouse has."""

    def __init__(self, page: Page):
        self._page = page
        self.pressed = self.thoughts = 0

    @property
    def seconds(self) -> float:
        """What a practised clerk needs for what was pressed."""
        return self.pressed * KEY_SECONDS + self.thoughts * THOUGHT_SECONDS

    def press(self, key: str) -> None:
        """One key."""
        self.pressed += 1
        self._page.keyboard.press(key)

    def go_to(self, target: Locator) -> None:
        """From one thing to the next, until the target has the focus."""
        expect(target).to_be_visible()
        self.thoughts += 1
        for _ in range(MOST_TABS):
            if target.evaluate("one => one === document.activeElement"):
                return
            self.press("Tab")
        pytest.fail(f"{target} is not reached by Tab")

    def follow(self, target: Locator) -> None:
        """Go to a link or a button and press it."""
        self.go_to(target)
        self.press("Enter")

    def skip_to_content(self) -> None:
        """Past the head and the menu of a page that has just opened."""
        self.follow(self._page.get_by_role("link", name="Przejdź do treści"))


def entered(page: Page, email: str) -> None:
    """Sign in, and begin to count."""
    page.goto("/konto/login/")
    sign_in(page, email, institutions.PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dzień dobry")
    page.add_init_script(COUNTING)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Dzień dobry")


def test_an_advice_action_is_recorded_from_the_page_of_the_day_in_two_clicks(page: Page):
    with as_owner():
        pair = made.active(since=timezone.localdate() - timedelta(days=40))
        row = made.own_action(pair)
        Action.objects.filter(pk=row.pk).update(due_on=timezone.localdate())
        email = pair.town.worker.user.email
    assert row.text.startswith("Rozmowy z doradcą")
    entered(page, email)

    page.get_by_role("button", name=re.compile(f"Zrobione.*{row.text}")).click()
    expect(page.get_by_text(f"Wykonane: {row.text}.")).to_be_visible()

    assert happened(page, "click") <= MOST_CLICKS
    page_is_accessible(page)
    with as_owner():
        assert Action.objects.get(pk=row.pk).state == ActionState.DONE


def test_a_plan_of_three_goals_is_written_from_a_template_without_the_mouse(page: Page):
    with as_owner():
        place = town()
        account = institutions.user("doradca@example.pl", full_name="Anna Wymyślona")
        institutions.member(place.labour, Role.CASE_WORKER, account=account)
        person = place.own
    entered(page, "doradca@example.pl")
    keys = Keyboard(page)

    keys.follow(page.get_by_role("navigation").get_by_role("link", name="Wspólni klienci").first)
    keys.skip_to_content()
    keys.follow(page.get_by_role("link", name="Nowak Anna"))
    keys.skip_to_content()
    keys.follow(page.get_by_role("button", name="Otwórz stronę klienta"))
    keys.skip_to_content()
    keys.follow(page.get_by_role("link", name="Zacznij wspólny plan"))
    keys.skip_to_content()
    keys.follow(page.get_by_role("button", name="Utwórz projekt"))
    expect(page.get_by_text("Niczego nie brakuje.")).to_be_visible()

    assert happened(page, "pointerdown") == 0
    assert keys.seconds <= MOST_SECONDS
    with as_owner():
        plan = JointPlan.objects.get(record=person)
        content = content_of(PlanVersion.objects.get(plan=plan).content)
    assert len(content.goals) == 3
    assert all(goal.actions for goal in content.goals)
