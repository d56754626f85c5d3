"""Links that lead to an answer without signing in: signed, never stored, made when they are needed."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core import signing
from django.urls import reverse

from spoiwo.kernel.actor import Actor
from spoiwo.surveys.errors import LinkSpent
from spoiwo.surveys.models import Answer, FrameUnit, Survey
from spoiwo.surveys.types import Source, Step

_SALT = "spoiwo.surveys.answer"
STAFF_SECONDS = 12 * 60 * 60  # links of staff, who sit in front of the screen
DAYS = 400
_CODES = {Source.LINK: "l", Source.ACCOUNT: "a", Source.PHONE: "t", Source.PAPER: "p"}
_SOURCES = {code: source for source, code in _CODES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where a link leads. secret: what an anonymous answer hangs on; user_id: who writes down for somebody."""

    survey_id: int
    unit_id: int
    answer_id: UUID
    number: int
    source: Source
    user_id: int

    @property
    def secret(self) -> str:
        """Equal for all links to the same answer."""
        return f"{self.survey_id}:{self.unit_id}:{self.answer_id.hex}"


def link_for_unit(unit: FrameUnit, *, source: Source = Source.LINK, user_id: int = 0) -> str:
    """The token of a unit's link."""
    return _token(unit.survey_id, unit.pk, UUID(int=0), unit.link_number, source, user_id)


def link_for_anybody(survey: Survey) -> str:
    """The token of a fresh answer to a survey that anybody may answer."""
    return _token(survey.pk, 0, uuid4(), 0, Source.LINK, 0)


def survey_open_to_anybody(uuid: UUID) -> Survey:
    """The survey behind an open link. Raises LinkSpent when it takes no answers."""
    found = Survey.objects.filter(uuid=uuid, open_link=True, step=Step.OPEN)
    survey = found.select_related("version", "questionnaire", "institution").first()
    if survey is None:
        raise LinkSpent
    return survey


def link_for_answer(answer: Answer, *, source: Source, user_id: int) -> str:
    """The token of an answer that exists, for staff."""
    return _token(answer.survey_id, answer.unit_id or 0, answer.pk, 0, source, user_id)


def path_for_answer(answer: Answer, *, by: Actor, source: Source = Source.ACCOUNT) -> str:
    """The path of the page on which staff fill the answer in."""
    return path_of(link_for_answer(answer, source=source, user_id=by.user_id))


def path_of(token: str) -> str:
    """The path that a link opens."""
    return reverse("surveys:answer", args=[token])


def read_link(token: str) -> Link:
    """Where a token leads. Raises LinkSpent for one that is altered or too old."""
    try:
        survey_id, unit_id, answer, number, source, user_id = signing.loads(
            token, salt=_SALT, max_age=DAYS * 24 * 60 * 60
        )
        if _SOURCES[source] != Source.LINK:
            signing.loads(token, salt=_SALT, max_age=STAFF_SECONDS)
    except (signing.BadSignature, ValueError, KeyError):
        raise LinkSpent from None
    return Link(
        survey_id=survey_id,
        unit_id=unit_id,
        answer_id=UUID(answer) if answer else UUID(int=0),
        number=number,
        source=_SOURCES[source],
        user_id=user_id,
    )


def _token(survey_id: int, unit_id: int, answer: UUID, number: int, source: Source, user_id: int) -> str:
    given = [survey_id, unit_id, answer.hex if answer.int else "", number, _CODES[source], user_id]
    return signing.dumps(given, salt=_SALT)
