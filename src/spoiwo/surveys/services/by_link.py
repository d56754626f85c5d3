"""A round that anybody with its link answers anonymously: opinions about an event, asked without an analyst."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.surveys import policies
from spoiwo.surveys.errors import NotFound, NotYours, WrongStep
from spoiwo.surveys.models import Questionnaire, QuestionnaireVersion, Survey
from spoiwo.surveys.rules.documents import to_document
from spoiwo.surveys.services import urn
from spoiwo.surveys.services.recording import record_change
from spoiwo.surveys.types import Content, Draft, Step, VersionState
from spoiwo.toolkit.keys import key_ring


@transaction.atomic
def ask_by_link(*, draft: Draft, content: Content, title: str, at: datetime, by: Actor) -> Survey:
    """Open a round at once, with the newest published version of the own questionnaire of the draft's code.

    content: what the questionnaire holds when the institution has none of that code yet; from then on its analysts
    may change it. Raises NotYours.
    """
    if not policies.may_ask_by_link(by):
        raise NotYours("ask")
    version = _newest(draft.code, by) or _first_version(draft, content, at, by)
    survey = Survey.objects.create(
        institution_id=by.institution_id,
        questionnaire=version.questionnaire,
        version=version,
        title=title[:200],
        anonymous=True,
        open_link=True,
        step=Step.OPEN,
        frozen_at=at,
        wrapped_key=key_ring().new_data_key().wrapped,
    )
    _record(survey, "open", by)
    return survey


@transaction.atomic
def close_link(*, uuid: UUID, by: Actor) -> Survey:
    """Take no more answers; those in the urn come out unless they are too few. Raises NotFound, WrongStep."""
    survey = (
        Survey.objects.select_for_update(of=("self",))
        .filter(uuid=uuid, institution_id=by.institution_id, open_link=True)
        .first()
    )
    if survey is None or not policies.may_ask_by_link(by):
        raise NotFound(str(uuid))
    if survey.step != Step.OPEN:
        raise WrongStep(survey.step)
    if survey.anonymous:
        urn.let_all_out(survey)
    survey.step = Step.CLOSED
    survey.save(update_fields=["step"])
    _record(survey, survey.step, by)
    return survey


def _newest(code: str, by: Actor) -> QuestionnaireVersion | None:
    return (
        QuestionnaireVersion.objects.filter(
            questionnaire__institution_id=by.institution_id,
            questionnaire__code=code,
            state=VersionState.PUBLISHED,
        )
        .select_related("questionnaire")
        .order_by("-number")
        .first()
    )


def _first_version(draft: Draft, content: Content, at: datetime, by: Actor) -> QuestionnaireVersion:
    questionnaire, _made = Questionnaire.objects.get_or_create(
        institution_id=by.institution_id,
        code=draft.code,
        defaults={
            "title_pl": draft.title.pl,
            "title_en": draft.title.en,
            "subject": draft.subject,
            "minutes_budget": draft.minutes_budget,
        },
    )
    newest = questionnaire.versions.order_by("-number").first()
    return QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=newest.number + 1 if newest else 1,
        content=to_document(content),
        state=VersionState.PUBLISHED,
        published_at=at,
        edited_at=at,
        edited_by_user_id=by.user_id,
    )


def _record(survey: Survey, outcome: str, by: Actor) -> None:
    record_change(institution_id=survey.institution_id, ref=f"survey:{survey.pk}", outcome=outcome, by=by)
