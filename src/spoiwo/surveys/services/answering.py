"""Answering: page by page, saved as one goes, handed in once."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.surveys.errors import (
    AlreadyAnswered,
    AnswersRefused,
    LinkSpent,
    NotCollecting,
    NotFound,
    NotYours,
)
from spoiwo.surveys.models import Answer, FrameUnit, Survey
from spoiwo.surveys.models.keys import key_of, key_of_link
from spoiwo.surveys.rules import answering as rules
from spoiwo.surveys.rules.building import find_page
from spoiwo.surveys.rules.documents import fields_of
from spoiwo.surveys.rules.register import told_by_register, without_questions
from spoiwo.surveys.rules.sealing import Kept, opened, sealed
from spoiwo.surveys.services import urn
from spoiwo.surveys.services.links import Link, read_link
from spoiwo.surveys.services.prefilling import filled_in_beforehand
from spoiwo.surveys.types import (
    AnswerState,
    Content,
    Fault,
    Outcome,
    Page,
    Problem,
    Source,
    Step,
    Subject,
    Value,
    Values,
)
from spoiwo.toolkit.conflicts import Conflict, differences
from spoiwo.toolkit.context import acting_for

JOB = "answering"
CONFIRM = "confirm"
Raw = Mapping[str, Sequence[str]]


@dataclass(slots=True)
class Opening:
    """An answer as its respondent sees it; answer is None until something was saved.

    content: what is asked; whole: the questionnaire; told: what of it the register answers.
    """

    link: Link
    survey: Survey
    unit: FrameUnit | None
    answer: Answer | None
    kept: Kept
    content: Content
    key: bytes
    whole: Content
    told: Values

    @property
    def version(self) -> int:
        """What a form sends back, so that two people who fill in at once notice."""
        return self.answer.version if self.answer else 0

    @property
    def is_done(self) -> bool:
        """Whether it was handed in and nobody asks about it."""
        if self.survey.anonymous:
            return bool(self.unit and self.unit.answered)
        return bool(self.answer and self.answer.state in {AnswerState.SUBMITTED, AnswerState.ACCEPTED})

    @property
    def is_open(self) -> bool:
        """Whether answers are taken: while the survey is open, and afterwards what was asked about or came on paper."""
        if self.survey.step == Step.OPEN:
            return True
        asked = self.answer is not None and self.answer.state == AnswerState.QUERIED
        return self.survey.step == Step.CLOSED and (asked or self.link.source != Source.LINK)

    @property
    def pages(self) -> list[Page]:
        """Pages that apply to what was answered so far."""
        return rules.shown_pages(self.content, self.kept.values)


def open_answer(token: str) -> Opening:
    """What a link leads to, without changing anything. Raises LinkSpent."""
    link = read_link(token)
    with acting_for(0, job=JOB):
        return _opening(link, lock=False)


def note_opening(token: str, *, at: datetime) -> None:
    """Remember that the unit has opened its link; of an anonymous survey nothing is remembered."""
    link = read_link(token)
    with acting_for(0, job=JOB):
        units = FrameUnit.objects.filter(pk=link.unit_id, opened_at__isnull=True, survey__anonymous=False)
        units.update(opened_at=at)


def save_page(
    *,
    token: str,
    page_code: str,
    raw: Raw,
    version: int,
    at: datetime,
    confirm: bool = False,
    overwrite: bool = False,
) -> Opening:
    """Keep the answers of one page.

    confirm: values filled in beforehand on this page are still right. What is right is kept even when something else
    is not. Raises LinkSpent, NotCollecting, AlreadyAnswered, NoSuchQuestion; Conflict when somebody else saved other
    answers of this page since it was opened; AnswersRefused for what is wrong on the page, after keeping the rest.
    """
    link = read_link(token)
    with acting_for(0, job=JOB), transaction.atomic():
        opening = _opening(link, lock=True)
        _may_change(opening)
        page = find_page(opening.content, page_code)
        before = dict(opening.kept.values)
        values, problems = rules.read_page(page, raw, before)
        if version != opening.version and not overwrite:
            _refuse_conflict(opening, page, before, values)
        problems += _unconfirmed(opening.kept, page, before, values, confirm=confirm)
        opening.kept.values = rules.without_what_does_not_apply(opening.whole, values)
        if page.code not in opening.kept.pages:
            opening.kept.pages.append(page.code)
        _store(opening, at)
    if problems:
        raise AnswersRefused(problems)
    return opening


def hand_in(*, token: str, version: int, at: datetime) -> str:
    """Hand the whole answer in; gives the number of the receipt.

    Raises as `save_page`; AnswersRefused for required questions without an answer and for values filled in
    beforehand that nobody confirmed.
    """
    link = read_link(token)
    with acting_for(0, job=JOB), transaction.atomic():
        opening = _opening(link, lock=True)
        _may_change(opening)
        if version != opening.version:
            raise Conflict((), version=opening.version)
        problems = rules.unanswered(opening.content, opening.kept.values)
        problems += [
            Problem(code, Fault.REQUIRED, CONFIRM)
            for code in opening.kept.prefilled
            if code in opening.kept.values
        ]
        if problems:
            raise AnswersRefused(problems)
        if opening.survey.anonymous:
            urn.put_in(opening.survey, opening.kept.values, unit=opening.unit, draft=opening.answer)
        else:
            _submit(opening, at)
        return receipt_number(opening.kept.values)


def receipt_number(values: Values) -> str:
    """What the respondent keeps: it follows from the answers alone and tells nothing of who gave them."""
    document = json.dumps(values, ensure_ascii=False, sort_keys=True)
    digits = hashlib.sha256(document.encode()).hexdigest()[:12].upper()
    return "-".join((digits[:4], digits[4:8], digits[8:]))


@transaction.atomic
def begin_answer_about(*, survey_id: int, subject_key: str, at: datetime, by: Actor) -> Answer:
    """The own institution's answer about a person (one per survey and subject), begun when there is none.

    Raises NotFound, NotYours for a survey that is not about persons, NotCollecting.
    """
    survey = Survey.objects.visible_to(by).select_related("questionnaire").filter(pk=survey_id).first()
    if survey is None:
        raise NotFound(str(survey_id))
    if survey.questionnaire.subject != Subject.PERSON or survey.anonymous or not subject_key:
        raise NotYours(subject_key)
    found = Answer.objects.visible_to(by).filter(survey=survey, subject_key=subject_key).first()
    if found is not None:
        return found
    if survey.step != Step.OPEN:
        raise NotCollecting(str(survey_id))
    made = Answer(
        survey=survey,
        holder_id=survey.institution_id,
        subject_key=subject_key,
        source=Source.ACCOUNT,
        started_at=at,
        saved_at=at,
        entered_by_user_id=by.user_id,
    )
    made.sealed = sealed(Kept(), key_of(survey), made.pk)
    made.save(force_insert=True)
    return made


def _opening(link: Link, *, lock: bool) -> Opening:
    survey = (
        Survey.objects.select_related("version", "questionnaire", "previous", "institution")
        .filter(pk=link.survey_id)
        .first()
    )
    if survey is None:
        raise LinkSpent
    unit = _unit(link, survey)
    if unit is None and not survey.open_link and link.source == Source.LINK:
        raise LinkSpent
    whole = survey.version.questions
    told = told_by_register(whole, unit.kind) if unit is not None and not survey.anonymous else {}
    content = without_questions(whole, told)
    key = key_of(survey)
    answers = Answer.objects.select_for_update() if lock else Answer.objects.all()
    if survey.anonymous:
        number, key = key_of_link(link.secret)
        answer = answers.filter(pk=number, state=AnswerState.STARTED).first()
    elif unit is not None:
        answer = answers.filter(unit=unit).first()
    else:
        answer = answers.filter(pk=link.answer_id, survey=survey).first()
    kept = (
        opened(bytes(answer.sealed), key, answer.pk)
        if answer
        else filled_in_beforehand(survey, unit, content)
    )
    kept.values |= told
    kept.prefilled = {code: source for code, source in kept.prefilled.items() if code not in told}
    return Opening(link, survey, unit, answer, kept, content, key, whole, told)


def _unit(link: Link, survey: Survey) -> FrameUnit | None:
    if not link.unit_id:
        return None
    unit = FrameUnit.objects.filter(pk=link.unit_id, survey=survey).first()
    if unit is None or (link.number and unit.link_number != link.number):
        raise LinkSpent
    return unit


def _may_change(opening: Opening) -> None:
    if opening.is_done:
        raise AlreadyAnswered
    if not opening.is_open:
        raise NotCollecting(opening.survey.step)


def _refuse_conflict(opening: Opening, page: Page, before: Values, values: Values) -> None:
    codes = [field.code for question in page.questions for field in fields_of(question)]
    found = differences(
        {code: values.get(code) for code in codes}, {code: before.get(code) for code in codes}
    )
    if found:
        raise Conflict(
            found, version=opening.version, saved_at=opening.answer.saved_at if opening.answer else None
        )


def _unconfirmed(
    kept: Kept, page: Page, before: Mapping[str, Value], values: Values, *, confirm: bool
) -> list[Problem]:
    """Changed values are the respondent's own; the others wait for a tick."""
    open_codes = []
    for question in page.questions:
        for field in fields_of(question):
            if field.code not in kept.prefilled:
                continue
            if confirm or values.get(field.code) != before.get(field.code):
                del kept.prefilled[field.code]
            else:
                open_codes.append(field.code)
    return [Problem(CONFIRM, Fault.REQUIRED)] if open_codes else []


def _store(opening: Opening, at: datetime) -> None:
    answer = opening.answer
    is_anonymous = opening.survey.anonymous
    if answer is None:
        answer = _fresh(opening, at)
        answer.sealed = sealed(opening.kept, opening.key, answer.pk)
        answer.save(force_insert=True)
    else:
        answer.sealed = sealed(opening.kept, opening.key, answer.pk)
        answer.version += 1
        answer.saved_at = None if is_anonymous else at
        answer.save(update_fields=["sealed", "version", "saved_at"])
    opening.answer = answer
    if opening.unit and not is_anonymous and opening.unit.outcome == Outcome.WAITING:
        FrameUnit.objects.filter(pk=opening.unit.pk).update(outcome=Outcome.PARTIAL)


def _fresh(opening: Opening, at: datetime) -> Answer:
    link, survey, unit = opening.link, opening.survey, opening.unit
    answer = Answer(survey=survey, holder_id=survey.institution_id)
    if survey.anonymous:
        answer.id, _key = key_of_link(link.secret)
        answer.is_anonymous = True
        return answer
    if unit is not None:
        answer.unit, answer.respondent_id = unit, unit.respondent_id
    else:
        answer.id = link.answer_id
    answer.source, answer.entered_by_user_id = link.source, link.user_id
    answer.started_at = answer.saved_at = at
    return answer


def _submit(opening: Opening, at: datetime) -> None:
    if opening.answer is None:
        _store(opening, at)
    assert opening.answer is not None
    answer = opening.answer
    answer.state, answer.submitted_at = AnswerState.SUBMITTED, at
    answer.save(update_fields=["state", "submitted_at"])
    if opening.unit is not None:
        FrameUnit.objects.filter(pk=opening.unit.pk).update(answered=True, outcome=Outcome.COMPLETED)
