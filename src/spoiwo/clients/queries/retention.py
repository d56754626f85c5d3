"""What the rules of retention say is due, who holds it back, and what was erased."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from spoiwo.access.types import Kept, KeptUntil
from spoiwo.clients.models import (
    Erasure,
    Extract,
    Fact,
    LegalHold,
    RecordVersion,
    RetentionRule,
    SourceRecord,
)
from spoiwo.clients.rules import retention as rules
from spoiwo.clients.types import RegisterKind
from spoiwo.kernel.actor import Actor

Rule = RetentionRule  # for contexts that show it
Erased = Erasure
SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLine:
    """A record that is due. name: a code when the person is hidden from the reader."""

    uuid: UUID
    local_id: str
    name: str
    on_hold: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a rule would erase today: how many records or former rows, how many are held back, the first of them."""

    due: int
    on_hold: int
    lines: tuple[DueLine, ...]


def rules_of(actor: Actor) -> "QuerySet[RetentionRule]":
    """Rules of the own institution."""
    return RetentionRule.objects.visible_to(actor).order_by("kept", "event")


def holds_of(actor: Actor) -> "QuerySet[LegalHold]":
    """Standing legal holds of the own institution, newest first."""
    standing = LegalHold.objects.visible_to(actor).filter(released_at__isnull=True)
    return standing.select_related("record").order_by("-set_at", "-pk")


def erasures_of(actor: Actor) -> "QuerySet[Erasure]":
    """The register of erasures of the own institution, newest first."""
    return Erasure.objects.visible_to(actor).order_by("-erased_at", "-pk")


def preview(actor: Actor, rule: RetentionRule, day: date) -> Preview:
    """What would go today; asked in the reader's name, so that hidden people are counted but not named."""
    if rule.kept == Kept.HISTORY:
        versions, facts = due_history(rule, day)
        return Preview(due=versions.count() + facts.count(), on_hold=0, lines=())
    due = due_records(rule, day)
    held = due.filter(holds__released_at__isnull=True, holds__isnull=False)
    ids = list(due.order_by("pk").values_list("pk", flat=True)[:SHOWN])
    names = {
        pk: f"{last} {first}"
        for pk, first, last in RecordVersion.objects.overseen_by(actor)
        .filter(record__in=ids)
        .order_by("first_generation")
        .values_list("record_id", "first_name", "last_name")
    }
    on_hold = set(held.values_list("pk", flat=True))
    lines = due.filter(pk__in=ids).order_by("pk").values_list("pk", "uuid", "local_id")
    return Preview(
        due=due.count() - len(on_hold),
        on_hold=len(on_hold),
        lines=tuple(
            DueLine(
                uuid=uuid,
                local_id=local_id if pk in names else "",
                name=names.get(pk, ""),
                on_hold=pk in on_hold,
            )
            for pk, uuid, local_id in lines
        ),
    )


def due_records(rule: RetentionRule, day: date) -> "QuerySet[SourceRecord]":
    """Records of the rule's institution that are due on the day, those on hold among them."""
    first_kept = rules.kept_from(day, rule.months)
    records = SourceRecord.objects.filter(institution_id=rule.institution_id, erased_at__isnull=True)
    if rule.event == KeptUntil.NOT_IN_REGISTER:
        return records.filter(Exists(_gone_before(rule.institution_id, first_kept)), ~Exists(_in_force()))
    return records.filter(Exists(_in_force().filter(status_to__lt=first_kept)))


def due_history(rule: RetentionRule, day: date) -> "tuple[QuerySet[RecordVersion], QuerySet[Fact]]":
    """Former values and facts that are due; those that the newest extract replaced stay, to be put back."""
    first_kept = _midnight(rules.kept_from(day, rule.months))
    versions = RecordVersion.objects.filter(
        Exists(_replaced(RegisterKind.REGISTER, first_kept)),
        last_generation__lt=F("institution__register_state__generation"),
        institution_id=rule.institution_id,
    )
    facts = Fact.objects.filter(
        Exists(_replaced(RegisterKind.FACTS, first_kept)),
        last_generation__lt=F("institution__register_state__facts_generation"),
        institution_id=rule.institution_id,
    )
    held = LegalHold.objects.filter(released_at__isnull=True).values("record_id")
    last_word = RecordVersion.objects.filter(
        record=OuterRef("record"), first_generation__gt=OuterRef("first_generation")
    )
    return versions.filter(Exists(last_word)).exclude(record__in=held), facts.exclude(record__in=held)


def _gone_before(institution_id: int, first_kept: date) -> "QuerySet[RecordVersion]":
    """The last values of the record ended with an extract published before the day."""
    left = Extract.objects.filter(
        institution_id=institution_id,
        kind=RegisterKind.REGISTER,
        generation=OuterRef("last_generation"),
        published_at__lt=_midnight(first_kept),
    )
    later = RecordVersion.objects.filter(
        record=OuterRef("record"), first_generation__gt=OuterRef("first_generation")
    )
    return RecordVersion.objects.filter(Exists(left), ~Exists(later), record=OuterRef("pk"))


def _in_force() -> "QuerySet[RecordVersion]":
    return RecordVersion.objects.current().filter(record=OuterRef("pk"))


def _replaced(kind: RegisterKind, before: datetime) -> "QuerySet[Extract]":
    return Extract.objects.filter(
        institution_id=OuterRef("institution_id"),
        kind=kind,
        generation=OuterRef("last_generation"),
        published_at__lt=before,
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
