"""Building questionnaires: drafts are changed one deed at a time, versions are published and never changed again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction

from spoiwo.kernel.actor import Actor
from spoiwo.surveys import policies
from spoiwo.surveys.errors import (
    CodeTaken,
    DraftAlreadyOpen,
    NotADraft,
    NotFound,
    NotYours,
    QuestionnaireIncomplete,
)
from spoiwo.surveys.models import Questionnaire, QuestionnaireVersion
from spoiwo.surveys.rules.checking import is_code, problems_of
from spoiwo.surveys.rules.documents import from_document, to_document
from spoiwo.surveys.services.recording import record_change
from spoiwo.surveys.types import Content, Draft, QuestionKind, VersionState
from spoiwo.toolkit.conflicts import Conflict

Deed = Callable[[Content], Content]


@transaction.atomic
def create_questionnaire(*, draft: Draft, content: Content, at: datetime, by: Actor) -> QuestionnaireVersion:
    """A questionnaire with its first draft. Raises NotYours, CodeTaken."""
    if not policies.may_build(by):
        raise NotYours("create")
    if not is_code(draft.code):
        raise CodeTaken(draft.code)
    made = Questionnaire(
        institution_id=by.institution_id,
        code=draft.code,
        title_pl=draft.title.pl,
        title_en=draft.title.en,
        subject=draft.subject,
        minutes_budget=draft.minutes_budget,
    )
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise CodeTaken(draft.code) from error
    version = QuestionnaireVersion.objects.create(
        questionnaire=made, content=to_document(content), edited_at=at, edited_by_user_id=by.user_id
    )
    _record(version, "created", by)
    return version


@transaction.atomic
def describe_questionnaire(*, questionnaire_id: int, draft: Draft, is_shared: bool, by: Actor) -> None:
    """Change title, budget and sharing; the code stays as it was. Raises NotFound."""
    found = Questionnaire.objects.own(by).filter(pk=questionnaire_id).first()
    if found is None:
        raise NotFound(str(questionnaire_id))
    found.title_pl, found.title_en = draft.title.pl, draft.title.en
    found.minutes_budget, found.is_shared = draft.minutes_budget, is_shared
    found.save(update_fields=["title_pl", "title_en", "minutes_budget", "is_shared"])
    record_change(
        institution_id=found.institution_id, ref=f"questionnaire:{found.pk}", outcome="described", by=by
    )


@transaction.atomic
def change_draft(
    *, version_id: int, edit_version: int, deed: Deed, at: datetime, by: Actor
) -> QuestionnaireVersion:
    """Do something to a draft.

    edit_version: that of the page the deed was asked on. Raises NotFound, NotADraft, Conflict (without fields, for
    the page shows the whole), and what the deed raises.
    """
    version = _own(version_id, by)
    if version.state != VersionState.DRAFT:
        raise NotADraft(str(version_id))
    if version.edit_version != edit_version:
        raise Conflict(
            (),
            version=version.edit_version,
            saved_by_user_id=version.edited_by_user_id,
            saved_at=version.edited_at,
        )
    version.content = to_document(deed(version.questions))
    version.edit_version += 1
    version.edited_at, version.edited_by_user_id = at, by.user_id
    version.save(update_fields=["content", "edit_version", "edited_at", "edited_by_user_id"])
    return version


@transaction.atomic
def publish_version(*, version_id: int, at: datetime, by: Actor) -> QuestionnaireVersion:
    """Make a draft final; the version published before is closed for new surveys.

    Raises NotFound, NotADraft, QuestionnaireIncomplete with everything that is missing.
    """
    version = _own(version_id, by)
    if version.state != VersionState.DRAFT:
        raise NotADraft(str(version_id))
    content = replace(version.questions, removed=())
    problems = problems_of(content, former=kinds_before(version.questionnaire_id))
    if problems:
        raise QuestionnaireIncomplete(problems)
    others = QuestionnaireVersion.objects.filter(questionnaire_id=version.questionnaire_id)
    others.filter(state=VersionState.PUBLISHED).update(state=VersionState.CLOSED)
    version.content = to_document(content)
    version.state, version.published_at = VersionState.PUBLISHED, at
    version.save(update_fields=["content", "state", "published_at"])
    _record(version, "published", by)
    return version


@transaction.atomic
def new_version(*, questionnaire_id: int, at: datetime, by: Actor) -> QuestionnaireVersion:
    """Draft the next version with the words of the newest one. Raises NotFound, DraftAlreadyOpen."""
    found = Questionnaire.objects.own(by).filter(pk=questionnaire_id).first()
    if found is None:
        raise NotFound(str(questionnaire_id))
    newest = found.versions.order_by("-number")[0]
    if newest.state == VersionState.DRAFT:
        raise DraftAlreadyOpen(newest.number)
    version = QuestionnaireVersion.objects.create(
        questionnaire=found,
        number=newest.number + 1,
        content=newest.content,
        edited_at=at,
        edited_by_user_id=by.user_id,
    )
    _record(version, "drafted", by)
    return version


@transaction.atomic
def discard_draft(*, version_id: int, by: Actor) -> None:
    """Throw a draft away, and the questionnaire with it when it was never published. Raises NotFound, NotADraft."""
    version = _own(version_id, by)
    if version.state != VersionState.DRAFT:
        raise NotADraft(str(version_id))
    _record(version, "discarded", by)
    questionnaire = version.questionnaire
    version.delete()
    if not questionnaire.versions.exists():
        questionnaire.delete()


def copy_shared(*, version_id: int, code: str, at: datetime, by: Actor) -> QuestionnaireVersion:
    """Take over a questionnaire that another institution shares, as a draft of one's own.

    Raises NotFound, NotYours, CodeTaken.
    """
    shared = QuestionnaireVersion.objects.visible_to(by).filter(pk=version_id).first()
    if shared is None:
        raise NotFound(str(version_id))
    source = shared.questionnaire
    draft = Draft(code=code, title=source.title, minutes_budget=source.minutes_budget)
    return create_questionnaire(draft=draft, content=shared.questions, at=at, by=by)


def kinds_before(questionnaire_id: int) -> dict[str, QuestionKind]:
    """Kinds of all questions ever published: a code never changes its kind, so that series can be compared."""
    published = QuestionnaireVersion.objects.filter(questionnaire_id=questionnaire_id).exclude(
        state=VersionState.DRAFT
    )
    return {
        question.code: question.kind
        for content in published.order_by("number").values_list("content", flat=True)
        for question in from_document(content).questions()
    }


def _own(version_id: int, by: Actor) -> QuestionnaireVersion:
    own = Questionnaire.objects.own(by).values("pk")
    found = (
        QuestionnaireVersion.objects.select_for_update(of=("self",))
        .filter(pk=version_id, questionnaire__in=own)
        .select_related("questionnaire")
        .first()
    )
    if found is None:
        raise NotFound(str(version_id))
    return found


def _record(version: QuestionnaireVersion, outcome: str, by: Actor) -> None:
    record_change(
        institution_id=version.questionnaire.institution_id,
        ref=f"questionnaire_version:{version.pk}",
        outcome=outcome,
        by=by,
    )
