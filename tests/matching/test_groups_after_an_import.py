"""After an import a supervisor sees what came of it, in groups that open as lists."""

import pytest
from django.test import Client
from django.urls import reverse

from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Role
from spoiwo.matching.models import MatchRun
from spoiwo.matching.queries import after_import
from spoiwo.matching.queries.after_import import Group
from spoiwo.matching.services import runs
from spoiwo.matching.views import after_import as views
from tests.makers.matching import partners
from tests.makers.registers import bring_in, pesels, row, worker
from tests.makers.reviewing import signed_in

pytestmark = pytest.mark.django_db
NUMBER, OTHER_NUMBER = pesels(2)
SECOND = 2


def second_import() -> tuple[Institution, Institution]:
    """The second extract links one, asks about one, brings one, changes one, and leaves one out."""
    labour, welfare = partners()
    bring_in(
        welfare,
        row("W1", pesel=NUMBER),
        row("W2", first_name="Ewa", last_name="Zając"),
        row("W3", last_name="Sroka"),
    )
    stays = row("L5", last_name="Wilk", pesel=OTHER_NUMBER)
    bring_in(labour, row("L3", last_name="Kos"), row("L4", last_name="Gil"), stays)
    runs.match_now(labour.pk)
    bring_in(
        labour,
        row("L1", pesel=NUMBER),
        row("L2", first_name="Ewa", last_name="Zając"),
        row("L3", last_name="Kos", phone="600100200"),
        stays,
    )
    runs.match_now(labour.pk)
    return labour, welfare


def opened(browser: Client, group: str) -> str:
    return browser.get(reverse("matching:import_group", args=[SECOND, group])).content.decode()


@pytest.mark.parametrize(
    ("group", "there", "elsewhere"),
    [
        ("linked", ["L1"], ["L2", "L3", "L4", "L5"]),
        ("waiting", ["L2"], ["L1", "L3", "L4", "L5"]),
        ("new", ["L1", "L2"], ["L3", "L4", "L5"]),
        ("changed", ["L3"], ["L1", "L2", "L4", "L5"]),
        ("gone", ["L4"], ["L1", "L2", "L3", "L5"]),
    ],
)
def test_each_group_opens_as_a_list(group: str, there: list[str], elsewhere: list[str]) -> None:
    labour, _welfare = second_import()

    page = opened(signed_in(labour, Role.SUPERVISOR), group)

    assert [number for number in (*there, *elsewhere) if f">{number}<" in page] == there


def test_the_summary_counts_the_groups_for_who_may_open_them() -> None:
    labour, _welfare = second_import()
    address = reverse("matching:import_summary", args=[SECOND])
    run = MatchRun.objects.get(institution=labour, generation=SECOND)

    for_supervisors = signed_in(labour, Role.SUPERVISOR).get(address).content.decode()
    for_directors = signed_in(labour, Role.DIRECTOR).get(address).content.decode()

    assert after_import.counts(worker(labour, Role.SUPERVISOR), run) == {
        Group.LINKED: 1,
        Group.WAITING: 1,
        Group.NEW: 2,
        Group.CHANGED: 1,
        Group.GONE: 1,
    }
    assert "Już nieobsługiwani" in for_supervisors
    assert reverse("matching:import_group", args=[SECOND, "gone"]) not in for_directors


def test_a_reviewer_goes_from_the_group_to_the_proposal_and_a_supervisor_does_not() -> None:
    labour, _welfare = second_import()

    by_reviewer = opened(signed_in(labour), "waiting")
    by_supervisor = opened(signed_in(labour, Role.SUPERVISOR), "waiting")

    assert 'href="/propozycje/' in by_reviewer.split("<tbody>")[1]
    assert "href=" not in by_supervisor.split("<tbody>")[1].split("</tbody>")[0]


@pytest.mark.parametrize("group", ["waiting", "new"])
def test_long_groups_go_on_on_the_next_page(monkeypatch: pytest.MonkeyPatch, group: str) -> None:
    monkeypatch.setattr(views, "PAGE_SIZE", 1)
    labour, welfare = partners()
    both = ["Zając", "Sroka"]
    bring_in(welfare, *(row(f"W{at}", last_name=name) for at, name in enumerate(both)))
    bring_in(labour, *(row(f"L{at}", last_name=name) for at, name in enumerate(both)))
    runs.match_now(labour.pk)
    browser = signed_in(labour)
    address = reverse("matching:import_group", args=[1, group])

    first = browser.get(address)
    second = browser.get(address, {"after": first.context["page"].after})

    names = [page.context["page"].members[0].shown.local_id for page in (first, second)]
    assert names == ["L0", "L1"]
    assert second.context["page"].after == 0


def test_what_is_no_group_is_not_there_and_an_import_yet_to_come_has_nobody() -> None:
    labour, _welfare = second_import()
    browser = signed_in(labour)

    no_group = browser.get("/propozycje/po-imporcie/2/inne/")
    to_come = browser.get("/propozycje/po-imporcie/7/new/")

    assert no_group.status_code == 404
    assert "Nikogo tu nie ma" in to_come.content.decode()
