"""Writing cards: draft, review, approval by a second person, retirement of what was before."""

import hashlib
from datetime import datetime

from django.db import transaction

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.engines.indicators.batching import Surroundings
from spoiwo.engines.indicators.cards import Card
from spoiwo.engines.indicators.compiling import statement
from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.errors import CardNotFound, CodeTaken, DraftOpen, NotYetOrNoLonger
from spoiwo.monitoring.models import Figure, Indicator, IndicatorVersion, Measure
from spoiwo.monitoring.rules.cards import check_second_person, checked
from spoiwo.monitoring.services.computing import figures_of
from spoiwo.monitoring.types import CardDraft, Found, State, Step


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
def redraft(*, version_id: int, draft: CardDraft, at: datetime, by: Actor) -> IndicatorVersion:
    """Change a draft; whoever changes it has drafted it. Raises as `draft_card`, and CardNotFound, NotYetOrNoLonger."""
    version = _reached(version_id, by, State.DRAFT)
    checked(version.indicator.code, draft.entry, measure_units())
    version.name_pl, version.name_en = draft.name_pl, draft.name_en
    version.entry, version.texts = dict(draft.entry), dict(draft.texts)
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
        drafted_by_user_id=by.user_id,
        drafted_at=at,
    )
    _note(version, "draft", by)
    return version


@transaction.atomic
def take_step(*, version_id: int, step: Step, at: datetime, by: Actor) -> IndicatorVersion:
    """Send a draft for approval, take it back, or approve it.

    Approval compiles the card, publishes its figures and retires the version before. Raises CardNotFound,
    NotYetOrNoLonger, OwnWork, CardRefused.
    """
    if step is Step.SEND:
        version = _reached(version_id, by, State.DRAFT)
        version.state = State.REVIEW
    elif step is Step.TAKE_BACK:
        version = _reached(version_id, by, State.REVIEW)
        version.state = State.DRAFT
    else:
        version = _reached(version_id, by, State.REVIEW)
        check_second_person(drafted_by=version.drafted_by_user_id, approving=by.user_id)
        _approve(version, at, by.user_id)
    version.save()
    _note(version, step, by)
    return version


def measure_units() -> dict[str, str]:
    """Unit of every measure by code."""
    return dict(Measure.objects.values_list("code", "unit"))


def card_of_version(version: IndicatorVersion) -> Card:
    """The card of a version, ready to be computed."""
    return checked(version.indicator.code, version.entry, measure_units())


def _approve(version: IndicatorVersion, at: datetime, user_id: int) -> None:
    card = card_of_version(version)
    dimensions = tuple(sorted({*card.by, *card.filtered}))
    version.sql = statement([card], Surroundings(dimensions=dimensions))
    version.sql_hash = hashlib.sha256(version.sql.encode()).hexdigest()
    version.snapshot, found = figures_of(card)
    version.indicator.versions.filter(state=State.APPROVED).update(state=State.RETIRED)
    version.state = State.APPROVED
    version.approved_by_user_id, version.approved_at = user_id, at
    Figure.objects.bulk_create([_figure(version, each) for each in found], batch_size=500)


def _figure(version: IndicatorVersion, found: Found) -> Figure:
    return Figure(
        version=version,
        territory=found.territory,
        level=found.level,
        period=found.period,
        cell=list(found.cell),
        numerator=found.numerator,
        denominator=found.denominator,
        value=found.value,
        n_units=found.n_units,
        coverage=found.coverage,
        status=found.status,
    )


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
