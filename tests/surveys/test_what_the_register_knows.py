"""Nobody is asked what kind of entity it is when the register says so, and pages on that condition follow."""

from dataclasses import replace
from datetime import date, timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from spoiwo.institutions.models import InstitutionKind
from spoiwo.institutions.types import Kind
from spoiwo.surveys.forms import QuestionForm, question_initial
from spoiwo.surveys.models import FrameUnit
from spoiwo.surveys.rules import workbook
from spoiwo.surveys.rules.checking import problems_of
from spoiwo.surveys.rules.documents import from_document, to_document
from spoiwo.surveys.rules.register import told_by_register, without_questions
from spoiwo.surveys.services import answering, frames, taking_in
from spoiwo.surveys.tables.builder import build_view
from spoiwo.surveys.types import Content, Fault, QuestionKind, Source, Unit
from tests.makers import institutions as people
from tests.makers import surveys
from tests.makers.surveys import AT, analyst, content, page, question
from tests.surveys.test_xlsform import sheets_of

CENTRE = Unit(name="CIS Próbne", key="cis", kind="CIS", territory="0861011")
CLUB = Unit(name="Szkoła Próbna", key="school", kind="SCHOOL", territory="0861011")
DAY = AT.date()


def asked() -> Content:
    """The questionnaire of the sector, in which the register answers what kind somebody is."""
    about, cis = surveys.sector().pages
    kind, jobs = about.questions
    return Content((page("kinds", replace(kind, from_register=True)), page("about", jobs), cis))


def survey(*units: Unit, **round_):
    office = people.institution()
    return surveys.survey(office, *units, asked=surveys.version(office, asked()), **round_)


@pytest.mark.parametrize(
    ("kind", "told"), [("CIS", {"kind": "cis"}), ("cis", {"kind": "cis"}), ("SCHOOL", {}), ("", {})]
)
def test_the_register_answers_with_the_choice_of_that_code(kind, told):
    assert told_by_register(asked(), kind) == told
    assert told_by_register(surveys.sector(), kind) == {}, "only what is marked"


def test_a_page_that_nothing_is_left_of_is_not_asked():
    assert [one.code for one in without_questions(asked(), {"kind"}).pages] == ["about", "cis"]
    assert without_questions(asked(), {}) == asked()


@pytest.mark.django_db
def test_who_is_known_begins_with_the_next_question_and_gets_the_pages_for_its_kind():
    made = survey(CENTRE, CLUB)

    known = answering.open_answer(surveys.token(made, "cis"))
    unknown = answering.open_answer(surveys.token(made, "school"))

    assert [one.code for one in known.pages] == ["about", "cis"]
    assert known.kept.values == {"kind": "cis"}
    assert [one.code for one in unknown.pages] == ["kinds", "about"]


@pytest.mark.django_db
def test_what_the_register_says_is_in_the_answer_whatever_is_sent():
    made = survey(CENTRE)
    link = surveys.token(made, "cis")
    counts = {f"participants.{row}.{sex}": "1" for row in ("started", "ended") for sex in ("women", "men")}

    surveys.hand_in(link, {"kind": "ps", "jobs": "2", **counts})

    assert answering.open_answer(link).kept.values["kind"] == "cis"
    assert answering.open_answer(link).kept.values["participants.ended.men"] == 1


@pytest.mark.django_db
def test_a_kind_of_the_last_edition_waits_for_no_confirmation():
    office = people.institution()
    version = surveys.version(office, asked())
    first = surveys.survey(office, CENTRE, asked=version, period="2024")
    surveys.hand_in(surveys.token(first, "cis"), {"jobs": "2", **dict.fromkeys(_cells(), "1")})
    second = surveys.survey(office, CENTRE, asked=version, period="2025")

    opening = answering.open_answer(surveys.token(second, "cis"))

    assert opening.kept.values["kind"] == "cis"
    assert "jobs" in opening.kept.prefilled
    assert "kind" not in opening.kept.prefilled


def _cells() -> list[str]:
    return [f"participants.{row}.{sex}" for row in ("started", "ended") for sex in ("women", "men")]


@pytest.mark.django_db
def test_an_answer_begun_before_is_told_too():
    made = survey(CLUB)
    link = surveys.token(made, "school")
    surveys.fill_in(link, {"kind": "ps", "jobs": "1"})
    FrameUnit.objects.filter(survey=made).update(kind="CIS")

    opening = answering.open_answer(link)

    assert opening.kept.values["kind"] == "cis"
    assert [one.code for one in opening.pages] == ["about", "cis"]


@pytest.mark.django_db
def test_an_anonymous_answer_is_not_told_what_its_unit_is():
    made = survey(CENTRE, anonymous=True)

    opening = answering.open_answer(surveys.token(made, "cis"))

    assert opening.kept.values == {}
    assert opening.pages[0].code == "kinds"


@pytest.mark.django_db
def test_answers_taken_in_have_the_kind_of_the_register():
    made = survey(CENTRE)
    given = {"cis": {"jobs": ["1"], **{cell: ["1"] for cell in _cells()}}}

    taken, refused = taking_in.take_answers(
        survey_id=made.pk, answers=given, source=Source.PAPER, at=AT, by=analyst(made.institution)
    )

    assert (taken, refused) == (1, {})
    assert answering.open_answer(surveys.token(made, "cis")).kept.values["kind"] == "cis"


@pytest.mark.django_db
def test_a_respondent_reads_what_the_register_says():
    made = survey(CENTRE)
    link = surveys.token(made, "cis")
    client = Client()

    start = client.get(f"/ankieta/{link}/").content.decode()
    surveys.fill_in(link, {"jobs": "2", **dict.fromkeys(_cells(), "1")})
    review = client.get(f"/ankieta/{link}/podsumowanie/").content.decode()
    gone = client.get(f"/ankieta/{link}/strona/kinds/")

    for shown in (start, review):
        assert "Z rejestru instytucji" in shown
        assert "CIS" in shown
    assert gone.status_code == HTTPStatus.NOT_FOUND


@pytest.mark.django_db
def test_an_institution_is_asked_as_what_it_is_on_the_day():
    both = people.institution("both", Kind.NGO, Kind.CIS, teryt="0861011")
    former = people.institution("former", Kind.CIS, teryt="0861011")
    later = people.institution("later", Kind.CIS, teryt="0861011")
    InstitutionKind.objects.filter(institution=both).update(valid_from=date(2020, 1, 1), valid_to=DAY)
    InstitutionKind.objects.filter(institution=former).update(valid_to=DAY - timedelta(days=1))
    InstitutionKind.objects.filter(institution=later).update(valid_from=DAY + timedelta(days=1))
    office = people.institution()
    made = surveys.survey(office, asked=surveys.version(office), is_open=False, open_link=False)

    count = frames.take_from_register(
        survey_id=made.pk, kinds=[Kind.CIS, Kind.KIS], area="08", day=DAY, by=analyst(office)
    )

    assert count == 1
    assert surveys.unit_of(made, "both").kind == "CIS"


def test_a_questionnaire_whose_answers_are_no_kinds_is_not_published():
    made = content(
        page("p1", question("kind", QuestionKind.SINGLE, choices=("one", "two"), from_register=True))
    )

    assert [(one.place, one.fault) for one in problems_of(made)] == [("kind", Fault.NOT_IN_REGISTER)]


def test_the_mark_is_kept_in_documents_and_workbooks():
    document = to_document(asked())

    assert from_document(document) == asked()
    del document["pages"][0]["questions"][0]["from_register"]
    assert from_document(document).pages[0].questions[0].from_register is False
    assert workbook.read_workbook(sheets_of(asked())).content == asked()


def test_the_mark_is_one_of_questions_with_one_answer():
    single = question("kind", QuestionKind.SINGLE, choices=("cis", "ps"), from_register=True)
    typed = {**question_initial(single), "edit_version": "1"}
    forms = [QuestionForm(typed), QuestionForm({**typed, "kind": "multiple"})]

    assert [form.is_valid() for form in forms] == [True, True]
    assert [form.question().from_register for form in forms] == [True, False]


@pytest.mark.django_db
def test_the_builder_shows_the_mark():
    version = surveys.draft_of(people.institution(), asked())

    details = build_view(version, (), language="pl").pages[0].questions[0].details

    assert "odpowiada rejestr" in details
