"""One survey through all its screens: built, published, asked, answered, read."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from spoiwo.institutions.types import Kind, Role
from spoiwo.surveys.models import Answer, FrameUnit, Survey
from tests.makers import institutions as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser() -> Client:
    office = people.institution("rops", Kind.ROPS)
    people.institution("cis-1", Kind.CIS, name="CIS Próbny", email="cis@example.pl", teryt="0861011")
    client = Client()
    client.force_login(people.member(office, Role.ANALYST).user)
    return client


def found(pattern: str, text: object) -> str:
    match = re.search(pattern, str(text))
    assert match, pattern
    return match[1]


def post(browser: Client, name: str, *args: object, **data: object) -> str:
    answer = browser.post(reverse(name, args=args), data)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def edit_version(browser: Client, uuid: str) -> str:
    page = browser.get(reverse("surveys:build", args=[uuid])).content.decode()
    return found(r'name="edit_version" value="(\d+)"', page)


def built(browser: Client) -> str:
    where = post(
        browser,
        "surveys:new_questionnaire",
        title_pl="Sektor",
        code="sektor",
        subject="entity",
        minutes_budget=5,
    )
    uuid = found(r"kwestionariusze/([0-9a-f-]+)/", where)
    page = browser.get(reverse("surveys:add_page", args=[uuid]))
    version = found(r'name="edit_version" value="(\d+)"', page.content.decode())
    post(browser, "surveys:add_page", uuid, title_pl="Podmiot", code="p1", edit_version=version)
    given = {
        "label_pl": "Ile etatów?",
        "kind": "integer",
        "code": "jobs",
        "required": "on",
        "unit": "etat",
    }
    post(browser, "surveys:add_question", uuid, "p1", edit_version=edit_version(browser, uuid), **given)
    post(browser, "surveys:publish", uuid)
    return uuid


def opened(browser: Client) -> str:
    form = browser.get(reverse("surveys:new")).content.decode()
    version_id = found(r'<option value="(\d+)"', form)
    where = post(browser, "surveys:new", version=version_id, title="Edycja 2025", period="2025")
    survey = found(r"ankiety/([0-9a-f-]+)/", where)
    post(browser, "surveys:take_from_register", survey, kinds=["CIS"], area="08")
    post(browser, "surveys:step", survey, step="open")
    return survey


def answered(link: str) -> str:
    respondent = Client()
    assert "Sektor" in respondent.get(link).content.decode()
    refused = respondent.post(f"{link}strona/p1/", {"version": "0", "shown": "jobs", "v.jobs": "dużo"})
    assert refused.status_code == 422
    assert "dużo" in refused.content.decode()
    saved = respondent.post(f"{link}strona/p1/zapis/", {"version": "1", "shown": "jobs", "v.jobs": "12"})
    number = found(r'name="version" id="answer-version" value="(\d+)"', saved.content.decode())
    gone_on = respondent.post(f"{link}strona/p1/", {"version": number, "shown": "jobs", "v.jobs": "12"})
    assert gone_on.headers["Location"].endswith("/podsumowanie/")
    review = respondent.get(f"{link}podsumowanie/").content.decode()
    number = found(r'name="version" value="(\d+)"', review)
    receipt = respondent.post(f"{link}podsumowanie/", {"version": number})
    return respondent.get(receipt.headers["Location"]).content.decode()


def test_a_questionnaire_becomes_results(browser, django_capture_on_commit_callbacks):
    uuid = built(browser)
    survey = opened(browser)
    with django_capture_on_commit_callbacks(execute=True):
        post(browser, "surveys:letters", survey, letters="invitation")

    letter = mail.outbox[0]
    receipt = answered(found(r"http\S+(/ankieta/\S+/)", letter.body))

    assert letter.to == ["cis@example.pl"]
    assert "Sektor" not in f"{letter.subject}{letter.body}"
    assert re.search(r"[0-9A-F]{4}-[0-9A-F]{4}", receipt)
    assert "Ile etatów?" in browser.get(reverse("surveys:results", args=[survey])).content.decode()
    for step in ("closed", "verified", "published"):
        post(browser, "surveys:step", survey, step=step)
    unit = FrameUnit.objects.get()
    assert unit.outcome == "completed"
    assert Survey.objects.get().published_sha256
    addresses = [
        *(reverse(f"surveys:{name}", args=[survey]) for name in ("survey", "frame", "edition")),
        reverse("surveys:unit", args=[survey, unit.uuid]),
        reverse("surveys:read_answer", args=[Answer.objects.get().pk]),
        reverse("surveys:preview", args=[uuid, 1]),
    ]
    assert {address: browser.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 200
    )
    assert browser.get(reverse("surveys:print", args=[uuid, 1])).content.startswith(b"%PDF")
