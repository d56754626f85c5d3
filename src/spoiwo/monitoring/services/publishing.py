"""Publications: figures with the hash of their card, the snapshot they stand on and the policy; and their proof."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.engines.indicators.cards import Card
from spoiwo.engines.indicators.disclosure.auditing import Audit
from spoiwo.kernel.actor import Actor
from spoiwo.monitoring.errors import CardNotFound, CardRefused, NothingNew, SnapshotGone
from spoiwo.monitoring.models import Figure, Indicator, IndicatorVersion, Measure, Publication
from spoiwo.monitoring.queries import figures_in, open_measures, published
from spoiwo.monitoring.rules.cards import changes, checked
from spoiwo.monitoring.rules.releasing import HIDDEN, POLICY, card_hash, still_hidden, table_hash
from spoiwo.monitoring.services.computing import figures_of, figures_over
from spoiwo.monitoring.services.snapshots import files_of
from spoiwo.monitoring.types import Found, Key, Proof, State


@transaction.atomic
def publish_again(*, indicator_id: int, at: datetime, by: Actor) -> Publication:
    """Publish the approved card over the newest data. Raises CardNotFound, NothingNew, CardRefused."""
    indicator = (
        Indicator.objects.select_for_update()
        .filter(pk=indicator_id, institution_id=by.institution_id)
        .first()
    )
    version = indicator.versions.filter(state=State.APPROVED).first() if indicator else None
    if version is None:
        raise CardNotFound
    before = published(version)
    made = release(version, card_of(version), at=at, user_id=by.user_id)
    if made.number > 1 and not changes(before, figures_in(made)):
        raise NothingNew
    audit.append(
        Entry(
            institution_id=by.institution_id,
            institution_acting_id=by.institution_id,
            action=Action.OTHER,
            actor_user_id=by.user_id,
            object_ref=f"publication:{made.pk}",
            categories=("publish",),
        )
    )
    return made


def release(version: IndicatorVersion, card: Card, *, at: datetime, user_id: int) -> Publication:
    """Compute an approved version over the newest snapshot and keep what came out. Call inside a transaction."""
    computed = figures_of(card)
    found = still_hidden(computed.found, hidden_before(version, None))
    last = version.publications.aggregate(last=Max("number"))["last"] or 0
    publication = Publication.objects.create(
        version=version,
        number=last + 1,
        snapshot=computed.snapshot,
        sql_hash=version.sql_hash,
        policy=POLICY,
        audit=computed.audit,
        table_hash=table_hash(found),
        published_by_user_id=user_id,
        published_at=at,
    )
    Figure.objects.bulk_create([_figure(publication, each) for each in found], batch_size=500)
    return publication


def hidden_before(version: IndicatorVersion, publication: Publication | None) -> frozenset[Key]:
    """Places of figures that publications of the card have hidden, up to one of them or in all."""
    hidden = Figure.objects.filter(publication__version__indicator=version.indicator_id, status=HIDDEN)
    if publication is not None:
        hidden = hidden.filter(publication__pk__lt=publication.pk)
    return frozenset(
        (level, territory, period, tuple(cell))
        for level, territory, period, cell in hidden.values_list("level", "territory", "period", "cell")
    )


def recompute(publication: Publication) -> Proof:
    """Compute a publication again from its card and the data kept for it, and compare every figure."""
    version = publication.version
    before = figures_in(publication)
    card = card_of(version)
    same_card = card_hash(card.code, version.entry, version.sql) == publication.sql_hash
    try:
        audit = publication.audit == Audit.DONE
        again = figures_over(card, files_of(publication.snapshot), until=publication.pk, audit=audit)
    except SnapshotGone as gone:
        return Proof(len(before), same_card, same_table=False, lost=gone.file)
    except CardRefused:
        return Proof(len(before), same_card=False, same_table=False)
    found = still_hidden(again.found, hidden_before(version, publication))
    differing = tuple(changes(before, found))
    same_table = table_hash(found) == publication.table_hash and not differing
    lacks_auditor = again.audit == Audit.ABSENT
    return Proof(len(before), same_card, same_table, differing=differing, lacks_auditor=lacks_auditor)


def card_of(version: IndicatorVersion) -> Card:
    """The card of a version, ready to be computed. Raises CardRefused, MeasuresUnknown, UnitsDoNotFit."""
    return checked(version.indicator.code, version.entry, measure_units(), open_measures())


def measure_units() -> dict[str, str]:
    """Unit of every measure by code."""
    return dict(Measure.objects.values_list("code", "unit"))


def _figure(publication: Publication, found: Found) -> Figure:
    return Figure(
        publication=publication,
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
