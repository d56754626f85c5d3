"""Rules of retention, legal holds, and carrying rules out."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from spoiwo.access.types import Kept, KeptUntil
from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.clients import policies
from spoiwo.clients.errors import (
    BasisMissing,
    HeldAlready,
    NoSuchRecord,
    NoSuchRule,
    PreviewChanged,
    RuleThereAlready,
)
from spoiwo.clients.models import LegalHold, RetentionRule
from spoiwo.clients.queries import retention as queries
from spoiwo.clients.rules import retention as rules
from spoiwo.clients.services.erasing import AT_ONCE, JOB, erase_records
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.context import acting_for


@transaction.atomic
def add_rule(*, kept: Kept, event: KeptUntil, months: int, basis: str, by: Actor) -> RetentionRule:
    """Write a rule down. Raises NoSuchRule (not for the actor), BasisMissing, EventDoesNotFit, RuleThereAlready."""
    if not policies.may_retain(by):
        raise NoSuchRule(kept.value)
    rules.check_rule(kept=kept, event=event, basis=basis)
    try:
        with transaction.atomic():
            made: RetentionRule = RetentionRule.objects.create(
                institution_id=by.institution_id,
                kept=kept,
                event=event,
                months=months,
                basis=basis.strip(),
                edited_at=timezone.now(),
                edited_by_user_id=by.user_id,
            )
    except IntegrityError:
        raise RuleThereAlready(f"{kept} {event}") from None
    _record(by, f"retention_rule:{made.pk}", "added", made.months)
    return made


@transaction.atomic
def remove_rule(*, rule_id: int, by: Actor) -> None:
    """Take a rule away; nothing that it erased comes back. Raises NoSuchRule."""
    rule = _locked_rule(rule_id, by)
    rule.delete()
    _record(by, f"retention_rule:{rule_id}", "removed", 1)


def carry_out(*, rule_id: int, expected: int, by: Actor) -> int:
    """Erase what is due under the rule today, as it was shown; how much went.

    expected: how much the preview said. Raises NoSuchRule, PreviewChanged.
    """
    today = timezone.localdate()
    with transaction.atomic():
        rule = _locked_rule(rule_id, by)
        with acting_for(by.institution_id, job=JOB, user_id=by.user_id):
            due = queries.preview(by, rule, today).due
        if due != expected:
            raise PreviewChanged(due)
        basis = f"{rule.basis} ({rule.months})"
        with acting_for(by.institution_id, job=JOB, user_id=by.user_id):
            if rule.kept == Kept.HISTORY:
                versions, facts = queries.due_history(rule, today)
                gone = facts.delete()[0] + versions.delete()[0]
                _record(by, f"retention_rule:{rule.pk}", "carried_out", gone)
                return gone
            ids = list(queries.due_records(rule, today).order_by("pk").values_list("pk", flat=True))
            return sum(
                erase_records(ids[at : at + AT_ONCE], institution_id=by.institution_id, basis=basis, by=by)
                for at in range(0, len(ids), AT_ONCE)
            )


@transaction.atomic
def hold(*, record_uuid: UUID, case_ref: str, by: Actor) -> LegalHold:
    """Keep a record from being erased. Raises NoSuchRecord, BasisMissing, HeldAlready."""
    if len(case_ref.strip()) < rules.LEAST_BASIS:
        raise BasisMissing(rules.LEAST_BASIS)
    record = policies.erasable(by).filter(uuid=record_uuid).first()
    if record is None:
        raise NoSuchRecord(str(record_uuid))
    if LegalHold.objects.filter(record=record, released_at__isnull=True).exists():
        raise HeldAlready(str(record_uuid))
    made: LegalHold = LegalHold.objects.create(
        record=record,
        institution_id=by.institution_id,
        case_ref=case_ref.strip(),
        set_at=timezone.now(),
        set_by_user_id=by.user_id,
    )
    _record(by, f"hold:{made.pk}", "held", 1)
    return made


@transaction.atomic
def release(*, hold_id: int, by: Actor) -> None:
    """Let the rules apply to the record again. Raises NoSuchRecord."""
    found = LegalHold.objects.visible_to(by).filter(pk=hold_id, released_at__isnull=True)
    standing = found.select_for_update().first()
    if standing is None:
        raise NoSuchRecord(str(hold_id))
    standing.released_at, standing.released_by_user_id = timezone.now(), by.user_id
    standing.save(update_fields=["released_at", "released_by_user_id"])
    _record(by, f"hold:{hold_id}", "released", 1)


def _locked_rule(rule_id: int, by: Actor) -> RetentionRule:
    found: RetentionRule | None = (
        RetentionRule.objects.visible_to(by).select_for_update().filter(pk=rule_id).first()
    )
    if found is None:
        raise NoSuchRule(str(rule_id))
    return found


def _record(by: Actor, what: str, outcome: str, count: int) -> None:
    audit.append(
        Entry(
            institution_id=by.institution_id,
            action=Action.OVERSIGHT,
            actor_user_id=by.user_id,
            institution_acting_id=by.institution_id,
            object_ref=what,
            outcome=outcome,
            count=count,
        )
    )
