"""Writing cards: draft, review, approval by a second person, retirement of what was before."""

from datetime import datetime

from django.db import transaction

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.errors import CardNotFound, CodeTaken, DraftOpen, NotYetOrNoLonger
from spoiwo.monitoring.models import Indicator, IndicatorVersion
from spoiwo.monitoring.rules.cards import check_second_person, checked
from spoiwo.monitoring.rules.releasing import card_hash
from spoiwo.monitoring.services.computing import compiled
from spoiwo.monitoring.services.publishing import card_of, measure_units, release
from spoiwo.monitoring.types import CardDraft, State, Step
from spoiwo.toolkit.conflicts import Conflict


@transaction.atomic
def draft_card(draft: CardDraft, *, at: datetime, by: Actor) -> IndicatorVersion:
    """A new card with its first version. Raises CodeTaken, CardRefused, MeasuresUnknown, UnitsDoNotFit."""
    checked(draft.code, draft.entry, measure_units())
    if Indicator.objects.filter(code=draft.code).exists():
        raise CodeTaken(draft.code)
    indicator = Indicator.objects.create(code=draft.code, side=draft.side, institution_id=by.institution_id)
    version = _version(indicator, 1, draft, at, by)
    _note(version, "draft", by)
    return version


@transaction.atomic
def redraft(
    *, version_id: int, draft: CardDraft, edit_version: int, at: datetime, by: Actor
) -> IndicatorVersion:
    """Change a draft; whoever changes it has drafted it. edit_version: that of the form.

    Raises as `draft_card`, and CardNotFound, NotYetOrNoLonger, Conflict.
    """
    version = _reached(version_id, by, State.DRAFT)
    if version.edit_version != edit_version:
        raise Conflict(
            (),
            version=version.edit_version,
            saved_by_user_id=version.drafted_by_user_id,
            saved_at=version.drafted_at,
        )
    checked(version.indicator.code, draft.entry, measure_units())
    version.name_pl, version.name_en = draft.name_pl, draft.name_en
    version.entry, version.texts, version.aims = dict(draft.entry), dict(draft.texts), dict(draft.aims)
    version.edit_version += 1
    version.drafted_by_user_id, version.drafted_at = by.user_id, at
    version.save()
    _note(version, "draft", by)
    return version


@transaction.atomic
def revise(*, indicator_id: int, at: datetime, by: Actor) -> IndicatorVersion:
    """A draft of the next version, the same as the last one. Raises CardNotFound, DraftOpen."""
    indicator = (
        Indicator.objects.select_for_update()
        .filter(pk=indicator_id, institution_id=by.institution_id)
        .first()
    )
    if indicator is None:
        raise CardNotFound
    last = indicator.versions.order_by("-number").first()
    assert last is not None
    if last.state in {State.DRAFT, State.REVIEW}:
        raise DraftOpen
    version = IndicatorVersion.objects.create(
        indicator=indicator,
        number=last.number + 1,
        name_pl=last.name_pl,
        name_en=last.name_en,
        entry=last.entry,
        texts=last.texts,
        aims=last.aims,
        drafted_by_user_id=by.user_id,
        drafted_at=at,
    )
    _note(version, "draft", by)
    return version


@transaction.atomic
def take_step(*, version_id: int, step: Step, at: datetime, by: Actor) -> IndicatorVersion:
    """Send a draft for approval, take it back, approve it, or retire what was approved.

    Approval compiles the card, publishes its figures and retires the version before. Figures of a card that is retired
    leave the lists, the dashboards and the open data; they stay, with their proof, on its page. Raises CardNotFound,
    NotYetOrNoLonger, OwnWork, CardRefused.
    """
    if step is Step.SEND:
        version = _reached(version_id, by, State.DRAFT)
        version.state = State.REVIEW
    elif step is Step.TAKE_BACK:
        version = _reached(version_id, by, State.REVIEW)
        version.state = State.DRAFT
    elif step is Step.RETIRE:
        version = _reached(version_id, by, State.APPROVED)
        version.state, version.retired_at = State.RETIRED, at
    else:
        version = _reached(version_id, by, State.REVIEW)
        check_second_person(drafted_by=version.drafted_by_user_id, approving=by.user_id)
        _approve(version, at, by.user_id)
    version.save()
    _note(version, step, by)
    return version


def _approve(version: IndicatorVersion, at: datetime, user_id: int) -> None:
    card = card_of(version)
    version.sql = compiled(card)
    version.sql_hash = card_hash(card.code, version.entry, version.sql)
    version.indicator.versions.filter(state=State.APPROVED).update(state=State.RETIRED, retired_at=at)
    version.state = State.APPROVED
    version.approved_by_user_id, version.approved_at = user_id, at
    version.save()
    release(version, card, at=at, user_id=user_id)


def _reached(version_id: int, by: Actor, state: State) -> IndicatorVersion:
    """A version of the own institution in this state."""
    version = (
        IndicatorVersion.objects.visible_to(by)
        .select_for_update(of=("self",))
        .filter(pk=version_id, indicator__institution_id=by.institution_id)
        .select_related("indicator")
        .first()
    )
    if version is None:
        raise CardNotFound
    if version.state != state:
        raise NotYetOrNoLonger(version.state)
    return version


def _version(
    indicator: Indicator, number: int, draft: CardDraft, at: datetime, by: Actor
) -> IndicatorVersion:
    return IndicatorVersion.objects.create(
        indicator=indicator,
        number=number,
        name_pl=draft.name_pl,
        name_en=draft.name_en,
        entry=dict(draft.entry),
        texts=dict(draft.texts),
        aims=dict(draft.aims),
        drafted_by_user_id=by.user_id,
        drafted_at=at,
    )


def _note(version: IndicatorVersion, step: str, by: Actor) -> None:
    audit.append(
        Entry(
            institution_id=version.indicator.institution_id,
            institution_acting_id=by.institution_id,
            action=Action.OTHER,
            actor_user_id=by.user_id,
            object_ref=f"indicator_version:{version.pk}",
            categories=(step,),
        )
    )
