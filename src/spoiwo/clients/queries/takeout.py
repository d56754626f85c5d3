"""Everything an institution put in, opened, for its own open export. Streams; runs in the job "export".

People under restriction are left out: files are read by more people than are named.
"""

from collections.abc import Iterator

from django.db.models import QuerySet

from spoiwo.access.types import Category
from spoiwo.clients.models import Fact, HiddenRecord, RecordVersion
from spoiwo.clients.rules.register_rows import open_fact_secret
from spoiwo.clients.types import FactKind, FactRow, RegisterRow
from spoiwo.kernel.sealing import unseal
from spoiwo.toolkit.keys import DOCUMENT, FACT, PESEL, key_ring

PLAIN = (
    "household_id", "document_kind", "first_name", "second_name", "last_name", "family_name", "birth_date", "sex",
    "citizenship", "teryt", "place", "postal_code", "street", "house", "flat", "phone", "email", "status",
    "status_from", "status_to", "case_ref", "worker",
)  # fmt: skip
AT_ONCE = 2000


def rows_in_force(institution_id: int) -> Iterator[RegisterRow]:
    """The register as the newest published extracts left it, in the order of arrival."""
    versions = (
        RecordVersion.objects.filter(institution_id=institution_id, record__erased_at__isnull=True)
        .current()
        .exclude(record__in=_hidden())
        .select_related("record")
        .order_by("record_id")
    )
    ring = key_ring()
    for version in versions.iterator(chunk_size=AT_ONCE):
        pesel = document = ""
        if version.pesel_sealed or version.document_sealed:
            key = ring.unwrap(bytes(version.record.wrapped_key))
            pesel = unseal(key, bytes(version.pesel_sealed), PESEL) if version.pesel_sealed else ""
            sealed = bytes(version.document_sealed)
            document = unseal(key, sealed, DOCUMENT) if sealed else ""
        yield RegisterRow(
            local_id=version.record.local_id,
            pesel=pesel,
            document_no=document,
            updated_at=version.source_updated_on,
            **{name: getattr(version, name) for name in PLAIN},
        )


def facts_in_force(institution_id: int) -> Iterator[FactRow]:
    """The facts as the newest published facts files left them."""
    facts = (
        Fact.objects.filter(institution_id=institution_id, record__erased_at__isnull=True)
        .current()
        .exclude(record__in=_hidden())
        .select_related("record")
        .order_by("record_id", "pk")
    )
    ring = key_ring()
    for fact in facts.iterator(chunk_size=AT_ONCE):
        value, note = fact.value, fact.note
        if fact.value_sealed:
            key = ring.unwrap(bytes(fact.record.wrapped_key))
            value, note = open_fact_secret(unseal(key, bytes(fact.value_sealed), FACT))
        yield FactRow(
            local_id=fact.record.local_id,
            category=Category(fact.category),
            kind=FactKind(fact.kind),
            value=value,
            unit=fact.unit,
            valid_from=fact.valid_from,
            valid_to=fact.valid_to,
            note=note,
        )


def _hidden() -> QuerySet[HiddenRecord, int]:
    return HiddenRecord.objects.values_list("record_id", flat=True)
