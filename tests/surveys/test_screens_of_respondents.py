"""What a respondent meets in a browser without scripts."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from spoiwo.surveys.services import answering, deciding
from spoiwo.surveys.types import QuestionKind, Unit
from tests.makers import institutions as people
from tests.makers import surveys
from tests.makers.surveys import AT, analyst, content, page, question

pytestmark = pytest.mark.django_db
ONE = Unit(name="Fundacja Próbna", key="one", kind="FOUNDATION", territory="0861011")


def save(token, values, *, version=None, **more):
    opening = answering.open_answer(token)
    raw = {code: [text] for code, text in values.items()}
    given: dict[str, Any] = {"page_code": opening.pages[0].code, "at": AT, **more}
    return answering.save_page(
        token=token, raw=raw, version=opening.version if version is None else version, **given
    )


class TestScreens:
    """The same in a browser without scripts."""

    def test_questions_that_follow_from_answers_appear_on_the_same_page(self):
        office = people.institution()
        asked = surveys.version(
            office,
            content(
                page(
                    "p",
                    question("closed", QuestionKind.YES_NO),
                    question("why", QuestionKind.TEXT, condition='closed == "yes"', required=True),
                )
            ),
        )
        made = surveys.survey(office, ONE, asked=asked)
        address = reverse("surveys:answer_page", args=[surveys.token(made, "one"), "p"])

        more = Client().post(address, {"version": "0", "shown": "closed", "v.closed": "yes"})
        refused = Client().post(address, {"version": "1", "shown": "closed why", "v.closed": "yes"})
        saved = Client().post(f"{address}zapis/", {"version": "2", "shown": "closed why", "v.closed": "no"})

        assert more.status_code == 200
        assert "kolejne pytania" in more.content.decode()
        assert refused.status_code == 422
        assert 'hx-swap-oob="outerHTML:#question-why"' in saved.content.decode()

    def test_the_second_of_two_people_chooses(self):
        made = surveys.survey(people.institution(), ONE)
        token = surveys.token(made, "one")
        save(token, {"jobs": "3"})
        address = reverse("surveys:answer_page", args=[token, "p1"])

        conflict = Client().post(address, {"version": "0", "shown": "jobs", "v.jobs": "5"})
        told = Client().post(f"{address}zapis/", {"version": "0", "shown": "jobs", "v.jobs": "5"})
        chosen = Client().post(address, {"version": "1", "shown": "jobs", "v.jobs": "5", "overwrite": "1"})
        back = Client().post(address, {"version": "2", "shown": "jobs", "v.jobs": "5", "go": "back"})

        assert conflict.status_code == 409
        assert "Ktoś inny" in told.content.decode()
        assert chosen.headers["Location"].endswith("/podsumowanie/")
        assert back.headers["Location"] == reverse("surveys:answer", args=[token])

    def test_a_dead_link_is_told_kindly_and_kept_in_no_cache(self):
        answer = Client().get("/ankieta/nie-ma/")

        assert answer.status_code == 404
        assert "Ten odnośnik już nie działa" in answer.content.decode()
        assert "no-store" in answer.headers["Cache-Control"]

    def test_an_open_link_begins_an_answer_of_ones_own(self):
        made = surveys.survey(people.institution())
        address = reverse("surveys:open_link", args=[made.uuid])

        first, second = (Client().post(address).headers["Location"] for _time in range(2))

        assert Client().get(address).status_code == 200
        assert first != second

    def test_an_incomplete_answer_is_shown_with_what_is_missing(self):
        made = surveys.survey(
            office := people.institution(), ONE, asked=surveys.version(office, surveys.sector())
        )
        token = surveys.token(made, "one")

        refused = Client().post(reverse("surveys:answer_review", args=[token]), {"version": "0"})

        assert refused.status_code == 422
        assert "Odpowiedz na to pytanie" in refused.content.decode()
        assert Client().get(reverse("surveys:receipt", args=[token])).status_code == 302

    def test_whoever_answered_is_thanked_and_cannot_answer_again(self):
        made = surveys.survey(people.institution(), ONE)
        token = surveys.token(made, "one")
        surveys.hand_in(token, {"jobs": "3"})

        for name in ("answer_page", "answer_review"):
            args = [token, "p1"] if name == "answer_page" else [token]
            assert Client().get(reverse(f"surveys:{name}", args=args)).status_code == 302
        page_ = reverse("surveys:answer_page", args=[token, "p1"])
        told = Client().post(f"{page_}zapis/", {"version": "1", "v.jobs": "5"})
        assert "złożona" in told.content.decode()
        assert "złożona" in Client().get(reverse("surveys:answer", args=[token])).content.decode()
        receipt = reverse("surveys:receipt", args=[token])
        assert "<script" not in Client().get(f"{receipt}?nr=<script>").content.decode().partition("<main")[2]

    def test_a_respondent_replies_on_the_first_page(self):
        office = people.institution()
        made = surveys.survey(office, ONE)
        token = surveys.token(made, "one")
        surveys.hand_in(token, {"jobs": "3"})
        answer = surveys.answer_of(made, "one")
        query = deciding.ask_about(
            answer_id=answer.pk, field="jobs", text="Na pewno trzy?", at=AT, by=analyst(office)
        )

        shown = Client().get(reverse("surveys:answer", args=[token])).content.decode()
        Client().post(reverse("surveys:reply", args=[token, query.pk]), {"text": "Tak, trzy"})
        Client().post(reverse("surveys:reply", args=[token, query.pk]), {"text": ""})

        assert "Na pewno trzy?" in shown
        query.refresh_from_db()
        assert query.reply == "Tak, trzy"
