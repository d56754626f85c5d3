"""Two offices whose records are linked, and what a decision changes."""

from uuid import UUID

from django.utils import timezone

from spoiwo.access.models import Relation
from spoiwo.clients.models import CommonClient, SourceRecord
from spoiwo.clients.services import identity
from spoiwo.institutions.models import Institution
from spoiwo.kernel.actor import Actor
from tests.makers.access import agreement
from tests.makers.registers import bring_in, office, row


def two_offices() -> tuple[Institution, Institution]:
    labour, welfare = office(), office()
    agreement(labour, welfare)
    bring_in(labour, row("L1"), row("L2"))
    bring_in(welfare, row("W1"), row("W2"))
    return labour, welfare


def link(left: SourceRecord, right: SourceRecord, *, by: Actor | None = None) -> UUID:
    return identity.link_records(
        left_record_id=left.pk,
        right_record_id=right.pk,
        rule="pesel_one_field",
        strategy="exact-1",
        agreement="P/1",
        by=by,
    )


def common() -> set[tuple[int, int, str]]:
    return set(CommonClient.objects.values_list("institution_id", "other_id", "record__local_id"))


def known() -> set[tuple[object, int]]:
    today = timezone.localdate()
    return set(Relation.objects.current(today).values_list("person", "institution_id"))


def state() -> tuple[object, ...]:
    """Everything that a decision and its undoing must give back."""
    return (
        list(SourceRecord.objects.order_by("pk").values_list("pk", "person_id")),
        sorted(Relation.objects.values_list("person", "institution_id", "kind", "valid_from", "valid_to")),
        sorted(
            CommonClient.objects.values_list(
                "institution_id", "other_id", "record_id", "person_id", "since", "since_generation", "rule"
            )
        ),
    )
