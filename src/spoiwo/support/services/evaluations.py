"""Asking what people thought of an event, by a link that anybody who was there may use."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.support.errors import NoSuchRow, WrongStep
from spoiwo.support.models import Evaluation, Event
from spoiwo.support.services.log import record
from spoiwo.support.types import EventState
from spoiwo.surveys.services import by_link
from spoiwo.surveys.types import Choice, Content, Draft, Page, Question, QuestionKind, Step, Subject, Words

CODE = "event_opinions"
TITLE = Words("Ocena wydarzenia", "What did you think of the event?")
MARKS = ("1", "2", "3", "4", "5")
_RATED = (
    ("useful", Words("Przyda mi się w pracy albo w życiu", "It will be of use to me")),
    ("content", Words("Treść była zrozumiała", "The content was clear")),
    ("leader", Words("Osoby prowadzące były przygotowane", "Those who led it were prepared")),
    ("organised", Words("Organizacja była dobra", "It was well organised")),
)
_LABELS = {"1": Words("1 – wcale", "1 – not at all"), "5": Words("5 – w pełni", "5 – fully")}


@transaction.atomic
def ask_for_opinions(uuid: UUID, *, at: datetime, by: Actor) -> Evaluation:
    """Open the survey of an event that was announced or reported. Raises NoSuchRow, WrongStep when it was asked."""
    event = _event(uuid, by)
    asked_already = Evaluation.objects.filter(event=event).exists()
    if asked_already or event.state not in {EventState.ANNOUNCED, EventState.REPORTED}:
        raise WrongStep
    draft = Draft(code=CODE, title=TITLE, subject=Subject.PERSON, minutes_budget=3)
    survey = by_link.ask_by_link(draft=draft, content=questions(), title=event.title, at=at, by=by)
    made: Evaluation = Evaluation.objects.create(institution_id=by.institution_id, event=event, survey=survey)
    record(by, "evaluation", uuid)
    return made


@transaction.atomic
def close_opinions(uuid: UUID, *, by: Actor) -> Evaluation:
    """Take no more opinions. Raises NoSuchRow, WrongStep."""
    event = _event(uuid, by)
    made: Evaluation | None = Evaluation.objects.select_related("survey").filter(event=event).first()
    if made is None or made.survey.step != Step.OPEN:
        raise WrongStep
    by_link.close_link(uuid=made.survey.uuid, by=by)
    record(by, "evaluation", uuid)
    return made


def questions() -> Content:
    """The questionnaire that a centre begins with; its analysts may publish a newer version of it."""
    rated = tuple(
        Question(
            code=code,
            kind=QuestionKind.SINGLE,
            label=label,
            required=True,
            choices=tuple(Choice(mark, _LABELS.get(mark, Words(mark, mark))) for mark in MARKS),
        )
        for code, label in _RATED
    )
    words = (
        Question(
            code="best",
            kind=QuestionKind.LONG_TEXT,
            label=Words("Co było najlepsze?", "What was best?"),
            hint=Words(
                "Nie wpisuj nazwisk ani innych danych osób.", "Write no names or other personal data."
            ),
        ),
        Question(
            code="better",
            kind=QuestionKind.LONG_TEXT,
            label=Words("Co można poprawić?", "What could be better?"),
            hint=Words(
                "Nie wpisuj nazwisk ani innych danych osób.", "Write no names or other personal data."
            ),
        ),
    )
    return Content((Page(code="opinion", title=TITLE, questions=(*rated, *words)),))


def mean_mark(counts: Sequence[tuple[str, int]]) -> Decimal | None:
    """Mean of marks from 1 to 5, None without any or when choices are no marks."""
    if not counts or any(mark not in MARKS for mark, _count in counts):
        return None
    answers = sum(count for _mark, count in counts)
    total = sum(int(mark) * count for mark, count in counts)
    return (Decimal(total) / answers).quantize(Decimal("0.1")) if answers else None


def _event(uuid: UUID, by: Actor) -> Event:
    event: Event | None = Event.objects.visible_to(by).select_for_update().filter(uuid=uuid).first()
    if event is None or not by.has_any("support_adviser"):
        raise NoSuchRow(str(uuid))
    return event
