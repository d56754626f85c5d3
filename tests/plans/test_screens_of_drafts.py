"""Pages of drafts: begun, written section by section by two browsers, signed, changed."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from spoiwo.plans.models import (
    JointPlan,
)
from spoiwo.plans.services import agreeing, starting
from tests.makers import districts, institutions
from tests.makers import plans as made
from tests.makers.plan_pages import address, browser, content_of, text, words

pytestmark = pytest.mark.django_db


def test_a_plan_is_begun_from_the_clients_page_in_two_clicks():
    pair = made.partners()
    page = browser(pair.labour)
    start = f"/plany/klient/{pair.town.own.uuid}/nowy/"
    assert "Zacznij wspólny plan" in text(page.get(f"/plany/klient/{pair.town.own.uuid}/"))

    shown = page.get(start)
    initial = shown.context["form"].initial
    answer = page.post(
        start,
        {
            "partners": initial["partners"],
            "template": made.shipped(),
            "starts_on": words(made.today()),
            "worker": "career_adviser",
        },
    )

    assert answer.status_code == 302
    draft = text(page.get(answer.headers["Location"]))
    assert "Niczego nie brakuje" in draft
    assert "Wiem, jaką pracę mogę podjąć" in draft
    plan = JointPlan.objects.get()
    assert str(plan.number) in text(
        page.get(f"/plany/klient/{pair.town.own.uuid}/", headers={"HX-Request": "true"})
    )
    again = page.post(start, {**initial, "starts_on": words(made.today()), "worker": "career_adviser"})
    assert again.status_code == 422
    assert "ma już otwarty plan" in again.content.decode()


def test_the_workers_of_the_clients_districts_stand_in_the_draft():
    pair = made.partners(own=districts.lives("L1"), theirs=districts.lives("W1"))
    keeper = districts.keeper(pair.town.welfare)
    with made.as_actor(keeper):
        district = districts.district(keeper, serves=districts.worker(pair.town.welfare, "Zofia Rejonowa"))
        districts.ground(keeper, district)

    browser(pair.labour).post(
        f"/plany/klient/{pair.town.own.uuid}/nowy/",
        {
            "partners": [pair.town.welfare.pk],
            "template": made.shipped(),
            "starts_on": words(made.today()),
            "worker": "career_adviser",
        },
    )

    pair.plan = JointPlan.objects.get()
    assert {one.role.value: one.name for one in content_of(pair).workers} == {
        "career_adviser": "Anna Próbna",
        "social_worker": "Zofia Rejonowa",
    }


def test_a_client_whom_nobody_shares_has_nobody_to_plan_with():
    pair = made.partners(state="ended")

    page = browser(pair.labour).get(f"/plany/klient/{pair.town.own.uuid}/nowy/")

    assert "Nie ma z kim planować" in text(page)


def sections(pair: made.Partners) -> list[tuple[str, dict[str, object]]]:
    """Every section of the draft with something new in it: (rest of the address, what is sent)."""
    goal = content_of(pair).goals[0]
    first, last = words(made.today()), words(made.today() + timedelta(days=300))
    goal_form: dict[str, object] = {"measure": "m", "baseline": "b", "target": "t", "due_on": last}
    action_form: dict[str, object] = {
        "text": "Nowe działanie",
        "owner": pair.welfare.institution_id,
        "responsible": pair.welfare.user_id,
        "area": "work",
        "starts_on": first,
        "due_on": last,
        "project": "FERS 7",
    }
    worker = f"{pair.welfare.institution_id}:{pair.welfare.user_id}"
    return [
        ("projekt/podstawy/", {"problem": "Nowy problem", "starts_on": first, "ends_on": last}),
        ("projekt/cel/nowy/", {"text": "Nowy cel", **goal_form}),
        (f"projekt/cel/{goal.key}/", {"text": "Zmieniony cel", **goal_form}),
        (f"projekt/cel/{goal.key}/nowy/", action_form),
        (f"projekt/cel/{goal.key}/{goal.actions[0].key}/", {**action_form, "text": "Zmienione", "owner": 0}),
        ("projekt/wsparcie/", {"schedule": f"{first} 600\n{last} 300,50 zł"}),
        ("projekt/pracownicy/", {"social_worker": worker}),
    ]


def test_the_foot_of_a_draft_names_the_product_and_not_the_plan():
    pair = made.started()

    shown = text(browser(pair.labour).get(address(pair, "projekt/")))

    assert f"<span>Spoiwo {settings.SPOIWO_VERSION}</span>" in shown


def test_every_section_of_the_draft_is_changed_and_shown():
    pair = made.started()
    page, version = browser(pair.labour), made.under_way(pair).edit_version
    for rest, data in sections(pair):
        assert page.get(address(pair, rest)).status_code == 200
        answer = page.post(address(pair, rest), {"version": version, **data})
        assert answer.status_code == 302, answer.content.decode()
    paper = {
        "kind": "ipd",
        "owner": pair.labour.institution_id,
        "number": "IPD/7",
        "signed_on": words(made.today()),
    }
    assert page.post(address(pair, "projekt/dokument/"), paper).status_code == 302

    shown = text(page.get(address(pair, "projekt/")))

    for told in (
        "Nowy problem",
        "Nowy cel",
        "Zmieniony cel",
        "Nowe działanie",
        "Zmienione",
        "IPD/7",
        "FERS 7",
    ):
        assert told in shown
    assert "900,50" in shown.replace("\xa0", " ")
    assert {one.role for one in content_of(pair).workers} == {"social_worker"}
    assert "600,00" in page.get(address(pair, "projekt/wsparcie/")).context["form"].initial["schedule"]


def test_goals_and_papers_are_taken_out():
    pair = made.started()
    page = browser(pair.labour)
    goal = content_of(pair).goals[0]
    page.post(
        address(pair, "projekt/dokument/"),
        {
            "kind": "ipd",
            "owner": pair.labour.institution_id,
            "number": "IPD/7",
            "signed_on": words(made.today()),
        },
    )

    page.post(address(pair, f"projekt/usun/{goal.key}/"), {"version": 99})
    page.post(address(pair, "projekt/dokument/usun/"), {"number": "IPD/7"})
    for rest, data in ((f"projekt/usun/{goal.key}/", {"version": "x"}), ("projekt/dokument/usun/", {})):
        answer = page.post(address(pair, rest), data, follow=True)
        assert "Tego już nie ma" in text(answer)

    assert goal.key not in {one.key for one in content_of(pair).goals}
    assert content_of(pair).papers == ()


@pytest.mark.parametrize(
    ("rest", "data"),
    [
        ("projekt/wsparcie/", {"schedule": "jutro 5"}),
        ("projekt/wsparcie/", {"schedule": "1.12.2026"}),
        ("projekt/wsparcie/", {"schedule": "1.12.2026 -5"}),
        ("projekt/wsparcie/", {"schedule": "1.11.2026 5\n1.12.2026 6"}),
        ("projekt/dokument/", {"number": ""}),
        ("projekt/cel/nowy/", {"text": ""}),
    ],
)
def test_what_cannot_be_read_is_said_beside_what_was_typed(rest, data):
    pair = made.started()

    answer = browser(pair.labour).post(address(pair, rest), {"version": 99, **data})

    assert answer.status_code == 422
    assert "Popraw" in answer.content.decode()


def test_two_browsers_on_one_goal_meet_in_a_conflict_and_nothing_is_overwritten():
    pair = made.started()
    goal = content_of(pair).goals[0]
    rest = address(pair, f"projekt/cel/{goal.key}/")
    forms = {by: browser(by).get(rest).context["form"].initial for by in (pair.labour, pair.welfare)}
    sent = {
        by: {**{k: v for k, v in form.items() if k != "actions"}, "due_on": words(goal.due_on), "text": name}
        for (by, form), name in zip(forms.items(), ("Pierwszy", "Drugi"), strict=True)
    }

    assert browser(pair.labour).post(rest, sent[pair.labour]).status_code == 302
    conflict = browser(pair.welfare).post(rest, sent[pair.welfare])

    assert conflict.status_code == 409
    assert "Pierwszy" in conflict.content.decode()
    assert "Drugi" in conflict.content.decode()
    assert content_of(pair).goals[0].text == "Pierwszy"
    again = {**sent[pair.welfare], "version": conflict.context["version"]}
    assert browser(pair.welfare).post(rest, again).status_code == 302
    assert content_of(pair).goals[0].text == "Drugi"


def test_two_browsers_on_two_goals_do_not_get_into_each_others_way():
    pair = made.started()
    first, second, _third = content_of(pair).goals
    version = made.under_way(pair).edit_version
    data = {"measure": "m", "baseline": "b", "target": "t", "version": version}

    for by, goal in ((pair.labour, first), (pair.welfare, second)):
        given = {**data, "text": f"Cel {by.institution_id}", "due_on": words(goal.due_on)}
        assert browser(by).post(address(pair, f"projekt/cel/{goal.key}/"), given).status_code == 302

    assert {one.text for one in content_of(pair).goals[:2]} == {
        f"Cel {by.institution_id}" for by in (pair.labour, pair.welfare)
    }


def test_a_goal_that_somebody_changed_is_not_removed_unseen():
    pair = made.started()
    goal = content_of(pair).goals[0]
    version = made.under_way(pair).edit_version
    data = {"measure": "m", "baseline": "b", "target": "t", "text": "Nowy", "due_on": words(goal.due_on)}
    browser(pair.labour).post(address(pair, f"projekt/cel/{goal.key}/"), {"version": version, **data})

    answer = browser(pair.welfare).post(address(pair, f"projekt/usun/{goal.key}/"), {"version": version})

    assert answer.status_code == 409
    assert content_of(pair).goals[0].text == "Nowy"


def test_three_parties_sign_and_the_plan_begins():
    pair = made.started()
    labour, welfare = browser(pair.labour), browser(pair.welfare)
    assert labour.post(address(pair, "projekt/do-podpisu/"), follow=True).status_code == 200
    fingerprint = made.under_way(pair).fingerprint
    wrong = labour.post(address(pair, "projekt/podpis/"), {"fingerprint": fingerprint, "password": "nie to"})
    assert wrong.status_code == 422

    for page in (labour, welfare):
        assert page.get(address(pair, "projekt/podpis/")).status_code == 200
        answer = page.post(
            address(pair, "projekt/podpis/"),
            {"fingerprint": fingerprint, "password": institutions.PASSWORD},
        )
        assert answer.status_code == 302, answer.content.decode()
    twice = welfare.post(
        address(pair, "projekt/podpis/"), {"fingerprint": fingerprint, "password": institutions.PASSWORD}
    )
    assert twice.status_code == 422
    form = labour.get(address(pair, "projekt/podpis-osoby/")).context["form"]
    given = {"signed_on": words(made.today()), "fingerprint": form.initial["fingerprint"], "witnessed": "on"}
    bad = labour.post(
        address(pair, "projekt/podpis-osoby/"),
        {**given, "scan": SimpleUploadedFile("x.pdf", b"nie pdf")},
    )
    assert bad.status_code == 422
    done = labour.post(
        address(pair, "projekt/podpis-osoby/"),
        {**given, "scan": SimpleUploadedFile("x.pdf", made.SCAN)},
    )
    assert done.status_code == 302, done.content.decode()

    shown = text(labour.get(address(pair)))
    assert "Uzgodniony" in shown
    assert labour.get(address(pair, "krok/begin/")).status_code == 200
    labour.post(address(pair, "krok/begin/"))
    assert "Realizowany" in text(labour.get(address(pair)))
    scan = welfare.get(address(pair, "podpis/1/plik/"))
    assert scan.content == made.SCAN


def test_what_cannot_be_proposed_or_taken_back_is_said():
    pair = made.started(template=0)
    page = browser(pair.labour)

    told = text(page.post(address(pair, "projekt/do-podpisu/"), follow=True))
    again = text(page.post(address(pair, "projekt/cofnij/"), follow=True))

    assert "Dodaj co najmniej jeden cel." in told
    assert "Tej wersji nie można zmienić" in again
    for rest in ("projekt/podpis/", "projekt/podpis-osoby/"):
        assert page.get(address(pair, rest)).status_code == 404


def test_a_change_is_shown_field_by_field_and_can_be_given_up():
    pair = made.active()
    page = browser(pair.labour)
    page.post(address(pair, "zmiana/"))
    goal = content_of(pair).goals[0]
    data = {"measure": "m", "baseline": "b", "target": "t", "text": "Nowy cel", "due_on": words(goal.due_on)}
    page.post(address(pair, f"projekt/cel/{goal.key}/"), {"version": 99, **data})

    draft = text(page.get(address(pair, "projekt/")))
    plan = text(page.get(address(pair)))

    assert "Co różni się od obowiązującej wersji" in draft
    assert "Nowy cel" in draft
    assert "Nowy cel" not in plan
    assert "Trwa zmiana: wersja 2" in plan
    page.post(address(pair, "projekt/porzuc/"))
    assert page.get(address(pair, "projekt/")).status_code == 404
    assert "Porzucona" in text(page.get(address(pair, "wersje/")))


def test_versions_tell_who_signed_and_what_became_different():
    pair = made.active()
    with made.as_actor(pair.labour):
        starting.begin_change(pair.uuid, at=made.now(), by=pair.labour)
    page = browser(pair.labour)
    page.post(address(pair, "projekt/wsparcie/"), {"version": 99, "schedule": f"{words(made.today())} 600"})
    with made.as_actor(pair.labour):
        agreeing.propose(pair.uuid, at=made.now(), by=pair.labour)
    made.signed_by_all(pair)

    shown = text(page.get(address(pair, "wersje/"))).replace("\xa0", " ")

    assert "600,00 zł" in shown
    assert "potwierdzono hasłem" in shown
    assert shown.index("Wersja 2") < shown.index("Wersja 1")
