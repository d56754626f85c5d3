"""Questionnaires, surveys and answers that are valid as they stand."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from spoiwo.institutions.models import Institution
from spoiwo.kernel.actor import Actor
from spoiwo.surveys.models import Answer, FrameUnit, QuestionnaireVersion, Survey
from spoiwo.surveys.services import answering, building, frames, links, rounds
from spoiwo.surveys.types import (
    Choice,
    Content,
    Draft,
    Page,
    Question,
    QuestionKind,
    Round,
    Source,
    Subject,
    Unit,
    Words,
)

_numbers = count(1)
AT = datetime(2026, 2, 3, 12, tzinfo=UTC)


def analyst(office: Institution, user_id: int = 7) -> Actor:
    """Somebody of the institution who builds questionnaires and runs surveys."""
    return Actor(user_id=user_id, institution_id=office.pk, roles=frozenset({"analyst"}))


def question(code: str = "jobs", kind: QuestionKind = QuestionKind.INTEGER, **more: Any) -> Question:
    """A whole number unless told otherwise."""
    choices = more.pop("choices", ("a", "b", "c"))
    rows = more.pop("rows", ("r1", "r2"))
    with_choices = kind in {
        QuestionKind.SINGLE,
        QuestionKind.MULTIPLE,
        QuestionKind.MATRIX,
        QuestionKind.NUMBERS,
    }
    with_rows = kind in {QuestionKind.MATRIX, QuestionKind.NUMBERS}
    return Question(
        code=code,
        kind=kind,
        label=more.pop("label", Words(f"Pytanie {code}", f"Question {code}")),
        choices=tuple(Choice(one, Words(one.upper())) for one in choices) if with_choices else (),
        rows=tuple(Choice(one, Words(one.upper())) for one in rows) if with_rows else (),
        **more,
    )


def page(code: str = "p1", *questions: Question, condition: str = "") -> Page:
    """A page with one question unless told otherwise."""
    return Page(
        code=code, title=Words(f"Strona {code}"), questions=questions or (question(),), condition=condition
    )


def content(*pages: Page) -> Content:
    """A questionnaire with one page unless told otherwise."""
    return Content(pages or (page(),))


def sector() -> Content:
    """What social enterprises are asked: kind, jobs, and only CIS how many took part."""
    return Content(
        (
            page(
                "about",
                question("kind", QuestionKind.SINGLE, choices=("cis", "ps"), required=True),
                question("jobs", QuestionKind.DECIMAL, unit="etat", required=True, may_be_unknown=True,
                         minimum=Decimal(0)),
            ),
            page(
                "cis",
                question("participants", QuestionKind.NUMBERS, choices=("women", "men"), rows=("started", "ended")),
                question("closed", QuestionKind.YES_NO),
                question("why", QuestionKind.LONG_TEXT, condition='closed == "yes"', required=True),
                condition='kind == "cis"',
            ),
        )
    )  # fmt: skip


def version(office: Institution, asked: Content | None = None, **draft: Any) -> QuestionnaireVersion:
    """A published version of a new questionnaire."""
    made = draft_of(office, asked, **draft)
    return building.publish_version(version_id=made.pk, at=AT, by=analyst(office))


def draft_of(office: Institution, asked: Content | None = None, **draft: Any) -> QuestionnaireVersion:
    """The draft of a new questionnaire."""
    given: dict[str, Any] = {
        "code": f"k{next(_numbers)}",
        "title": Words("Ankieta próbna", "Trial survey"),
        **draft,
    }
    return building.create_questionnaire(
        draft=Draft(**given), content=asked or content(), at=AT, by=analyst(office)
    )


def survey(
    office: Institution,
    *units: Unit,
    asked: QuestionnaireVersion | None = None,
    is_open: bool = True,
    **round_: Any,
) -> Survey:
    """An open survey among these units."""
    by = analyst(office)
    given: dict[str, Any] = {"title": f"Badanie {next(_numbers)}", "open_link": not units, **round_}
    made = rounds.plan_survey(version_id=(asked or version(office)).pk, round_=Round(**given), by=by)
    frames.add_units(survey_id=made.pk, units=units, by=by)
    if is_open:
        made = rounds.open_survey(survey_id=made.pk, at=AT, by=by)
    return made


def about_persons(office: Institution, asked: Content | None = None) -> Survey:
    """An open survey about persons."""
    return survey(office, asked=version(office, asked, subject=Subject.PERSON), open_link=False)


def unit_of(made: Survey, key: str) -> FrameUnit:
    """The unit with this key."""
    return FrameUnit.objects.get(survey=made, key=key)


def token(made: Survey, key: str = "", *, source: Source = Source.LINK) -> str:
    """A link to the answer of a unit, or to a fresh one."""
    if not key:
        return links.link_for_anybody(made)
    return links.link_for_unit(unit_of(made, key), source=source, user_id=0 if source == Source.LINK else 7)


def fill_in(link: str, values: Mapping[str, Any], *, confirm: bool = False) -> None:
    """Answer all pages that apply; values: field code -> text or list of texts."""
    done: set[str] = set()
    while True:
        opening = answering.open_answer(link)
        left = [one for one in opening.pages if one.code not in done]
        if not left:
            return
        done.add(left[0].code)
        raw = {code: value if isinstance(value, list) else [str(value)] for code, value in values.items()}
        answering.save_page(
            token=link, page_code=left[0].code, raw=raw, version=opening.version, at=AT, confirm=confirm
        )


def hand_in(link: str, values: Mapping[str, Any], *, confirm: bool = False) -> str:
    """Answer all pages and hand in; gives the number of the receipt."""
    fill_in(link, values, confirm=confirm)
    return answering.hand_in(token=link, version=answering.open_answer(link).version, at=AT)


def answer_of(made: Survey, key: str) -> Answer:
    """The answer of a unit."""
    return Answer.objects.get(survey=made, unit__key=key)
