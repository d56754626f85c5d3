"""The screens of those who build, run and read, and of those who are asked with an account."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Kind, Role
from spoiwo.surveys.models import Answer, FrameUnit, Questionnaire, ResultsExport, Survey
from spoiwo.surveys.services import building, deciding, exporting, rounds, workbooks
from spoiwo.surveys.types import Pattern, QuestionKind, Unit
from tests.makers import institutions as people
from tests.makers import surveys
from tests.makers.surveys import AT, analyst, content, page, question

pytestmark = pytest.mark.django_db
ONE = Unit(name="CIS Jeden", key="one", kind="CIS", territory="0861011", email="one@example.pl")
K = QuestionKind


def browser(office: Institution, *roles: Role) -> Client:
    client = Client()
    client.force_login(people.member(office, *(roles or (Role.ANALYST,))).user)
    return client


def get(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"surveys:{name}", args=args), query)
    assert answer.status_code == 200, name
    return answer.content.decode()


def post(client: Client, page_: str, /, *args: object, **data: Any) -> Any:
    return client.post(reverse(f"surveys:{page_}", args=args), data)


def build_text(client: Client, draft: Any) -> str:
    return get(client, "build", draft.questionnaire.uuid)


EVERY_KIND = content(
    page(
        "p1",
        *(question(kind.value, kind, hint=question().label) for kind in K),
        question("last", K.TEXT, condition='yes_no == "yes" and not (single in ("a", "b") or integer > 5)'),
        question(
            "more", condition='answered(text) and "a" in multiple and count(multiple) >= 2 and integer != 3'
        ),
        question(
            "again", condition='integer < 3 or decimal <= 4 or single not in ("c",) or integer == decimal'
        ),
        question("unknown", may_be_unknown=True, unit="osoba", condition="integer >= 1"),
    )
)


def test_a_questionnaire_of_every_kind_is_built_shown_printed_and_filled_in():
    office = people.institution()
    client = browser(office)
    draft = surveys.draft_of(office, EVERY_KIND)

    text = build_text(client, draft)
    version = building.publish_version(version_id=draft.pk, at=AT, by=analyst(office))
    made = surveys.survey(office, ONE, asked=version)
    link = surveys.token(made, "one")
    filled = {
        "text": "a",
        "long_text": "b",
        "integer": "2",
        "decimal": "2,5",
        "date": "3.02.2024",
        "single": "c",
        "multiple": ["a", "b"],
        "yes_no": "yes",
        "matrix.r1": "a",
        "numbers.r1.a": "3",
        "unknown": "?",
    }
    surveys.fill_in(link, filled)

    assert (
        "„Pytanie yes_no”: Tak i nie jest tak, że („Pytanie single”: A lub B lub „Pytanie integer” powyżej 5)"
        in text
    )
    assert "liczba odpowiedzi na „Pytanie multiple” co najmniej 2" in text
    uuid = version.questionnaire.uuid
    assert "Pytanie matrix" in get(client, "preview", uuid, 1)
    assert client.get(reverse("surveys:print", args=[uuid, 1])).content.startswith(b"%PDF")
    review = Client().get(reverse("surveys:answer_review", args=[link])).content.decode()
    assert [
        words for words in ("3.02.2024", "2,5", "Tak", "A, B", "Brak danych") if words not in review
    ] == []
    shown = Client().get(reverse("surveys:answer_page", args=[link, "p1"])).content.decode()
    assert [value for value in ("3.02.2024", "2,5", "2") if f'value="{value}"' not in shown] == []


def test_the_builder_says_what_cannot_be_done():
    office = people.institution()
    client = browser(office)
    draft = surveys.draft_of(office, content(page("p1", question("a", condition="x y"), question("b"))))
    uuid = draft.questionnaire.uuid

    undo = post(client, "rearrange", uuid, deed="undo::", edit_version="1")
    stale = post(client, "rearrange", uuid, deed="up:question:b", edit_version="9")
    publish = post(client, "publish", uuid)
    page_twice = post(client, "add_page", uuid, code="p1", title_pl="Druga", edit_version="1")
    twice = post(client, "add_question", uuid, "p1", label_pl="A", kind="text", code="b", edit_version="1")
    wrong = post(
        client, "edit_question", uuid, "b", label_pl="A", kind="single", code="Zły kod", edit_version="1"
    )
    late = post(client, "edit_page", uuid, "p1", code="p1", title_pl="Druga", edit_version="9")

    assert undo.status_code == 302
    assert stale.status_code == late.status_code == 409
    assert "zmienił tymczasem" in stale.content.decode()
    assert "nie da się zrozumieć" in publish.content.decode()
    assert {one.status_code for one in (publish, page_twice, twice, wrong)} == {422}
    assert post(client, "rearrange", uuid, deed="fly:question:b", edit_version="1").status_code == 404
    for name, args in (
        ("edit_page", (uuid, "p9")),
        ("edit_question", (uuid, "zz")),
        ("add_question", (uuid, "p9")),
    ):
        assert client.get(reverse(f"surveys:{name}", args=args)).status_code == 404


def test_the_builder_changes_moves_and_puts_back():
    office = people.institution()
    client = browser(office)
    draft = surveys.draft_of(
        office, content(page("p1", question("a"), question("b")), page("p2", question("c")))
    )
    uuid = draft.questionnaire.uuid
    deeds = [
        "up:question:b",
        "down:page:p1",
        "duplicate:question:a",
        "remove:question:a_2",
        "undo::",
        "remove:page:p2",
    ]

    for number, deed in enumerate(deeds, start=1):
        assert post(client, "rearrange", uuid, deed=deed, edit_version=str(number)).status_code == 302
    post(client, "edit_page", uuid, "p1", code="praca", title_pl="Praca", edit_version="7")
    post(client, "edit_question", uuid, "a", label_pl="Nowe", kind="single", code="a", choices="Tak\nx | Nie | No\n\n",
         edit_version="8")  # fmt: skip
    get(client, "edit_question", uuid, "a")
    get(client, "edit_page", uuid, "praca")

    draft.refresh_from_db()
    asked = draft.questions
    assert [[one.code for one in part.questions] for part in asked.pages] == [["b", "a", "a_2"]]
    assert [(one.code, one.label.pl, one.label.en) for one in asked.find("a").choices] == [
        ("a1", "Tak", ""),
        ("x", "Nie", "No"),
    ]
    assert asked.find("a").pattern == Pattern.ANY
    assert "Usunięto" in build_text(client, draft)
    assert post(client, "discard", uuid).status_code == 302
    assert Questionnaire.objects.count() == 0


def test_questionnaires_are_listed_described_renewed_and_copied():
    office, neighbour = people.institution(), people.institution()
    client = browser(office)
    version = surveys.version(office)
    uuid = version.questionnaire.uuid

    described = post(client, "describe", uuid, title_pl="Nowy tytuł", minutes_budget="3", is_shared="on")
    refused = post(client, "describe", uuid, title_pl="", minutes_budget="3")
    post(client, "new_version", uuid)
    post(client, "new_version", uuid)
    other = browser(neighbour)
    copied = post(other, "copy", uuid, 1)
    taken = post(other, "copy", uuid, 1)

    assert described.status_code == 302
    assert refused.status_code == 422
    assert "Nowy tytuł" in get(client, "questionnaires")
    assert "Buduj dalej" in get(client, "questionnaire", uuid)
    assert "Skopiuj dla mojej instytucji" in get(other, "questionnaire", uuid)
    assert "/budowa/" in copied.headers["Location"]
    assert taken.headers["Location"] == reverse("surveys:questionnaire", args=[uuid])
    assert post(other, "describe", uuid, title_pl="x", minutes_budget="3").status_code == 404
    assert post(other, "copy", uuid, 2).status_code == 404
    assert (
        post(
            client, "new_questionnaire", title_pl="x", code="Źle", subject="entity", minutes_budget="3"
        ).status_code
        == 422
    )
    code = version.questionnaire.code
    assert (
        post(
            client, "new_questionnaire", title_pl="x", code=code, subject="entity", minutes_budget="3"
        ).status_code
        == 422
    )


def test_an_xlsform_is_shown_before_it_is_saved():
    office = people.institution()
    client = browser(office)
    version = surveys.version(office, surveys.sector())
    file = client.get(reverse("surveys:xlsform", args=[version.questionnaire.uuid, 1])).content

    shown = post(client, "import_xlsform", code="kopia", file=SimpleUploadedFile("a.xlsx", file))
    refused = post(client, "import_xlsform", code="kopia", file=SimpleUploadedFile("a.xlsx", b"nothing"))
    signed = shown.content.decode().partition('name="workbook" value="')[2].partition('"')[0]
    saved = post(client, "import_xlsform", workbook=signed, code="kopia")
    twice = post(client, "import_xlsform", workbook=signed, code="kopia")
    forged = post(client, "import_xlsform", workbook="x", code="inna")

    assert Questionnaire.objects.filter(code="kopia").count() == 1
    assert "Pytanie participants" in shown.content.decode()
    assert refused.status_code == twice.status_code == 422
    assert "/budowa/" in saved.headers["Location"]
    assert forged.headers["Location"] == reverse("surveys:import_xlsform")
    assert workbooks.read_xlsform(file).refused == ()


def running(office: Institution, **more: Any) -> Survey:
    made = surveys.survey(office, ONE, Unit(name="PS Dwa", key="two", kind="inny"), **more)
    surveys.hand_in(surveys.token(made, "one"), {"jobs": "4"})
    return made


def test_a_survey_is_planned_and_its_frame_put_together():
    office = people.institution()
    client = browser(office)
    assert "Brak opublikowanego kwestionariusza" in get(client, "new")
    version = surveys.version(office)

    wrong = post(client, "new", version=str(version.pk), title="x", period="2025-13")
    unknown = post(client, "new", version=str(version.pk), title="x", weight_question="nothing")
    post(client, "new", version=str(version.pk), title="Edycja", period="2025-q1")
    made = Survey.objects.get()
    empty = post(client, "step", made.uuid, step="open")
    nothing = post(client, "take_from_register", made.uuid)
    area = post(client, "take_from_register", made.uuid, kinds=["CIS"], area="8")
    nameless = post(client, "add_unit", made.uuid)
    nowhere = post(client, "add_unit", made.uuid, name="Ktoś", territory="8")
    post(client, "add_unit", made.uuid, name="Ktoś", email="k@example.pl", kind="CIS", territory="0861011")
    unit = FrameUnit.objects.get()
    listed = get(client, "frame", made.uuid, q="kto")
    post(client, "remove_unit", made.uuid, unit.uuid)

    assert {one.status_code for one in (wrong, unknown, empty, nothing, area, nameless, nowhere)} == {422}
    assert (unit.kind, unit.territory) == ("CIS", "0861011")
    assert made.period == "2025-Q1"
    assert "Ktoś" in listed
    assert FrameUnit.objects.count() == 0
    assert "Edycja" in get(client, "list")
    assert post(client, "step", made.uuid, step="fly").status_code == 404
    assert post(client, "letters", made.uuid, letters="fly").status_code == 404
    assert post(client, "letters", made.uuid, letters="reminder").status_code == 422


def test_a_running_survey_is_kept_by_those_who_run_it():
    office = people.institution()
    client = browser(office)
    made = running(office, period="2025", open_link=True)
    unit = surveys.unit_of(made, "two")

    for letters in ("invitation", "reminder", "again"):
        assert post(client, "letters", made.uuid, letters=letters).status_code == 302
    phone = post(client, "enter", made.uuid, unit.uuid, source="phone")
    settled = post(client, "settle", made.uuid, unit.uuid, outcome="refused", reason="no_time")
    refused = post(client, "settle", made.uuid, unit.uuid, outcome="refused", reason="closed")
    known = SimpleUploadedFile("k.csv", b"key;jobs\ntwo;7\nnobody;1\n")
    broken = SimpleUploadedFile("k.csv", b"\xff\xfe\x00")
    some = post(client, "known_values", made.uuid, file=known, known_from="CAS")
    unreadable = post(client, "known_values", made.uuid, file=broken, known_from="CAS")
    all_taken = SimpleUploadedFile("k.csv", b"key;jobs\ntwo;7\n")

    assert "/ankieta/" in phone.headers["Location"]
    assert settled.status_code == 302
    assert refused.status_code == unreadable.status_code == 422
    assert "nobody" in some.content.decode()
    assert post(client, "known_values", made.uuid, file=all_taken, known_from="").status_code == 422
    all_taken = SimpleUploadedFile("k.csv", b"key;jobs\ntwo;7\n")
    assert post(client, "known_values", made.uuid, file=all_taken, known_from="CAS").status_code == 302
    assert post(client, "enter", made.uuid, unit.uuid, source="dream").status_code == 404
    assert post(client, "remove_unit", made.uuid, unit.uuid).status_code == 302
    assert "Odmowa" in get(client, "frame", made.uuid, wynik="refused")
    assert "Brak czasu" in get(client, "unit", made.uuid, unit.uuid)
    assert "Otwarty odnośnik" in get(client, "survey", made.uuid)
    assert post(client, "take_from_register", made.uuid, kinds=["CIS"], area="").status_code == 422
    assert post(client, "add_unit", made.uuid, name="Późno").status_code == 422


def test_answers_are_read_asked_about_and_accepted():
    office = people.institution()
    client = browser(office)
    made = running(office, period="2025")
    answer = surveys.answer_of(made, "one")

    post(client, "ask_about", answer.pk, field="jobs", text="Na pewno?")
    asked = Answer.objects.get(pk=answer.pk).state
    accepted_early = post(client, "accept", answer.pk)
    wrong = post(client, "ask_about", answer.pk, field="zz", text="?")
    empty = post(client, "ask_about", answer.pk, field="jobs", text="")
    deciding.reply(token=surveys.token(made, "one"), query_id=answer.queries.get().pk, text="Tak", at=AT)
    text = get(client, "read_answer", answer.pk)
    post(client, "accept", answer.pk)
    early = post(client, "accept_all", made.uuid)
    rounds.close_survey(survey_id=made.pk, by=analyst(office))
    post(client, "accept_all", made.uuid)

    assert asked == "queried"
    assert accepted_early.status_code == wrong.status_code == early.status_code == 302
    assert empty.status_code == 422
    assert "Na pewno?" in text
    assert "Tak" in text
    assert Answer.objects.get(pk=answer.pk).state == "accepted"


def test_results_are_filtered_and_taken_as_files(monkeypatch):
    office = people.institution()
    client = browser(office)
    asked = surveys.version(
        office, content(page("p", question("kind", K.YES_NO), question("jobs"), question("why", K.TEXT)))
    )
    made = surveys.survey(office, ONE, asked=asked, period="2025")
    surveys.hand_in(surveys.token(made, "one"), {"kind": "yes", "jobs": "4", "why": "bo tak"})

    some = get(client, "results", made.uuid, czesc="kind=no", rodzaj="CIS", teren="08")
    post(client, "ask_export", made.uuid, format="xlsx")
    export = ResultsExport.objects.get()
    waiting = get(client, "export_progress", export.uuid)
    early = client.get(reverse("surveys:fetch_export", args=[export.uuid]))
    exporting.make_export(export.uuid)
    ready = client.get(reverse("surveys:fetch_export", args=[export.uuid]))
    body = b"".join(ready)
    exporting.path_of(export.uuid).unlink()
    monkeypatch.setattr(exporting, "MOST_XLSX_CELLS", 0)

    assert "0 z 1 odpowiedzi" in some
    assert "bo tak" in get(client, "results", made.uuid)
    assert "hx-get" in waiting
    assert early.status_code == 404
    assert body.startswith(b"PK")
    assert client.get(reverse("surveys:fetch_export", args=[export.uuid])).status_code == 404
    assert post(client, "ask_export", made.uuid, format="xlsx").status_code == 302
    assert post(client, "ask_export", made.uuid, format="pdf").status_code == 404
    monkeypatch.setattr("spoiwo.surveys.views.results.MOST_AT_ONCE", 0)
    assert "za dużo, aby zsumować" in get(client, "results", made.uuid)


def test_breaks_are_noted_on_the_report():
    office = people.institution()
    client = browser(office)
    made = running(office, period="2025")

    post(client, "note_break", made.uuid, question="jobs", note="Nowa definicja")
    wrong = post(client, "note_break", made.uuid, question="zz", note="x")

    assert wrong.status_code == 422
    assert "Nowa definicja" in get(client, "edition", made.uuid)


def test_an_institution_answers_what_it_is_asked_and_reads_results():
    office, asked = people.institution("rops", Kind.ROPS), people.institution("pup", Kind.PUP)
    client = browser(asked, Role.CASE_WORKER)
    units = [
        Unit(name="My", key="us", institution_id=asked.pk),
        *(Unit(name=f"U{n}", key=f"u{n}") for n in range(4)),
    ]
    made = surveys.survey(office, *units, title="Potrzeby")
    anonymous = surveys.survey(office, units[0], title="Nastroje", anonymous=True)

    listed = get(client, "waiting")
    ours = post(client, "answer_for_us", surveys.unit_of(made, "us").uuid)
    hidden = post(client, "answer_for_us", surveys.unit_of(anonymous, "us").uuid)
    strange = post(client, "answer_for_us", surveys.unit_of(made, "u1").uuid)
    for key in ("us", "u0", "u1", "u2"):
        surveys.hand_in(surveys.token(made, key), {"jobs": "3"})
    rounds.close_survey(survey_id=made.pk, by=analyst(office))
    rounds.verify_survey(survey_id=made.pk, by=analyst(office))
    rounds.publish_survey(survey_id=made.pk, at=AT, by=analyst(office))

    assert "Potrzeby" in listed
    assert "/ankieta/" in ours.headers["Location"]
    assert "/ankieta/" in hidden.headers["Location"]
    assert strange.status_code == 404
    assert "Potrzeby" in get(client, "waiting")
    assert "Pytanie jobs" in get(client, "published", made.uuid)
    assert client.get(reverse("surveys:published", args=[anonymous.uuid])).status_code == 404
    assert client.get(reverse("surveys:survey", args=[made.uuid])).status_code == 404
