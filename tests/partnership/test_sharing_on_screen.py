"""Sharing on screen: ideas, good practices and templates go their way in a browser."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.institutions.types import Role
from spoiwo.partnership.models import Idea, Practice, Presentation, Template
from spoiwo.partnership.rules.ideas import IdeaState, Marks
from spoiwo.partnership.services.ideas import TestPlan
from spoiwo.partnership.services.practices import PracticeDetails
from tests.makers import institutions as people
from tests.makers import partnership as make

GOOD = Marks(need=5, feasibility=4, cost=3, effect=4)
PLAN = TestPlan(
    hypothesis="Więcej osób przyjdzie", place="Lubiszyn", measures="liczba osób", until=date(2026, 9, 30)
)
DETAILS = PracticeDetails(
    title="Wspólny dyżur", problem="Dwa urzędy", solution="Jeden dzień", result="Mniej dojazdów"
)
TODAY = date(2026, 3, 11)


def post(browser, name, *args, **data):
    answer = browser.post(reverse(f"partnership:{name}", args=args), data, follow=True)
    assert answer.status_code == 200, (name, answer.content.decode()[-3000:])
    return answer.content.decode()


def page(browser, name, *args):
    answer = browser.get(reverse(f"partnership:{name}", args=args))
    assert answer.status_code == 200, name
    return answer.content.decode()


class Desks:
    """A secretary and a worker of a signatory, each at their browser."""

    def __init__(self):
        secretariat, office = people.institution(), people.institution()
        self.kept = make.agreement(office, secretariat=secretariat)
        self.council = make.body(self.kept)
        self.secretary, self.worker = Client(), Client()
        self.secretary.force_login(people.member(secretariat, Role.SECRETARY).user)
        self.worker.force_login(people.member(office, Role.CASE_WORKER).user)


@pytest.mark.django_db
def test_on_screen_an_idea_is_taken_over():
    at = Desks()
    kept, secretary, worker = at.kept, at.secretary, at.worker
    held, coming = make.meeting(at.council, held=True), make.meeting(at.council, announced=True)

    post(worker, "new_idea", kept.pk, title="Wspólny dyżur", problem="Dwa urzędy", proposal="Jeden dzień")
    idea = Idea.objects.get()
    post(secretary, "idea_step", idea.uuid, "ocena")
    wrong = worker.post(reverse("partnership:judge_idea", args=[idea.uuid]), {"need": "9"})
    assert wrong.status_code == 422
    post(worker, "judge_idea", idea.uuid, has_conflict="on", comment="nasz")
    post(secretary, "judge_idea", idea.uuid, need="5", feasibility="4", cost="4", effect="3", comment="dobry")
    assert "Oceniło go 1 z 2" in post(secretary, "idea_step", idea.uuid, "koniec-oceny")
    post(secretary, "plan_idea", idea.uuid, row=coming.pk)
    assert "Wspólny dyżur" in page(worker, "meeting", coming.uuid)
    Idea.objects.update(state=IdeaState.EVALUATED)
    post(
        secretary, "test_idea", idea.uuid, meeting=held.pk, hypothesis="Więcej", place="Lubiszyn",
        measures="liczba", until="30.09.2026", budget_pln="1000",
    )  # fmt: skip
    post(worker, "idea_result", idea.uuid, result="Więcej osób", works="yes")
    post(secretary, "idea_step", idea.uuid, "przejecie")
    assert "Przejęty przez innych" in page(worker, "idea", idea.uuid)
    assert worker.post(reverse("partnership:idea_step", args=[idea.uuid, "x"])).status_code == 404


@pytest.mark.django_db
def test_on_screen_two_ideas_become_one():
    at = Desks()
    kept, secretary, worker = at.kept, at.secretary, at.worker

    post(worker, "new_idea", kept.pk, title="Drugi", problem="a", proposal="b")
    post(worker, "new_idea", kept.pk, title="Trzeci", problem="a", proposal="b")
    second, third = Idea.objects.order_by("pk")
    post(secretary, "merge_ideas", second.uuid, row=third.pk)
    post(secretary, "archive_idea", third.uuid, reason="Poza zadaniami")
    assert "Poza zadaniami" in page(worker, "idea", third.uuid)
    assert "Trzeci" in page(worker, "ideas")


@pytest.mark.django_db
def test_on_screen_a_practice_is_published_and_shown():
    at = Desks()
    kept, secretary, worker = at.kept, at.secretary, at.worker
    coming = make.meeting(at.council, announced=True)

    words = {"title": "Dyżur", "problem": "a", "solution": "b", "result": "c", "contact": "kierownik"}
    post(worker, "new_practice", kept.pk, **words)
    practice = Practice.objects.get()
    for which in ("przejrzana", "publikacja", "uzywamy"):
        post(secretary, "practice_step", practice.uuid, which)
    Practice.objects.update(confirmed_on=timezone.localdate() - timedelta(days=400))
    assert "niepotwierdzona od roku" in page(Client(), "public_practices")
    post(worker, "practice_step", practice.uuid, "aktualna")
    assert "potwierdzona" in page(Client(), "public_practice", practice.uuid)
    post(worker, "edit_practice", practice.uuid, version="1", **(words | {"title": "Wspólny dyżur"}))
    late = worker.post(reverse("partnership:edit_practice", args=[practice.uuid]), {"version": "1", **words})
    assert late.status_code == 409
    assert "Nic nie zostało nadpisane" in late.content.decode()
    assert worker.post(reverse("partnership:practice_step", args=[practice.uuid, "x"])).status_code == 404
    post(worker, "offer_presentation", at.council.pk, title="Pokażemy dyżur", practice=str(practice.uuid))
    post(secretary, "plan_presentation", Presentation.objects.get().pk, row=coming.pk)
    assert "Pokażemy dyżur" in page(worker, "body", at.council.pk)
    assert (
        "Wspólny dyżur" in worker.get(reverse("partnership:practices"), {"szukaj": "dyżur"}).content.decode()
    )
    post(secretary, "archive_practice", practice.uuid, reason="Zmiana prawa")
    assert Client().get(reverse("partnership:public_practice", args=[practice.uuid])).status_code == 404


@pytest.mark.django_db
def test_on_screen_a_template_is_adopted():
    at = Desks()
    kept, secretary, worker = at.kept, at.secretary, at.worker

    post(secretary, "new_template", kept.pk, title="Umowa CIS", entity_kind="CIS", about="Dla uczestników")
    template = Template.objects.get()
    file = SimpleUploadedFile("umowa.docx", b"PK")
    post(
        secretary, "template_version", template.uuid, file=file, valid_from="1.03.2026", change="", meeting=""
    )
    post(worker, "adopt_template", template.uuid, since="2.03.2026", deviations="bez par. 4")
    assert "bez par. 4" in page(secretary, "template", template.uuid)
    assert "Umowa CIS" in page(worker, "templates")
    fetched = worker.get(reverse("partnership:template_file", args=[template.uuid, 1]))
    assert fetched.getvalue() == b"PK"
    assert worker.get(reverse("partnership:template_file", args=[template.uuid, 9])).status_code == 404
