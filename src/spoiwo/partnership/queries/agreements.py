"""Agreements and who is a signatory on a day."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from spoiwo.kernel.actor import Actor
from spoiwo.partnership.models import Accession, AccessionStep, Agreement
from spoiwo.partnership.types import AccessionState


def agreements_of(actor: Actor) -> list[Agreement]:
    """Agreements in reach, by title."""
    return list(Agreement.objects.visible_to(actor).select_related("secretariat").order_by("title", "pk"))


def agreement(actor: Actor, pk: int) -> Agreement | None:
    """An agreement in reach."""
    return Agreement.objects.visible_to(actor).select_related("secretariat").filter(pk=pk).first()


def agreement_by_code(code: str) -> Agreement | None:
    """The agreement with this code; that it exists is public."""
    return Agreement.objects.select_related("secretariat").filter(code=code).first()


def public_agreements() -> list[Agreement]:
    """All agreements; they are public."""
    return list(Agreement.objects.select_related("secretariat").order_by("title", "pk"))


def accessions_on(
    agreement: Agreement, day: date, *, state: AccessionState | None = None
) -> QuerySet[Accession, Any]:
    """Accessions with ``state_then``: where each stood on the day, and ``since`` when; none for those not begun.

    state: only those that stood so.
    """
    newest = AccessionStep.objects.filter(accession=OuterRef("pk"), on__lte=day).order_by("-on", "-pk")
    found = (
        Accession.objects.filter(agreement=agreement)
        .annotate(
            state_then=Subquery(newest.values("state")[:1]),
            since=Subquery(newest.values("on")[:1]),
            day_known=Subquery(newest.values("day_known")[:1]),
        )
        .exclude(state_then__isnull=True)
        .select_related("institution")
        .order_by("institution__sort_key", "pk")
    )
    return found.filter(state_then=state) if state else found


def signatories_on(agreement: Agreement, day: date) -> list[Any]:
    """Institutions that were signatories on the day, in the order of the directory."""
    signed = accessions_on(agreement, day, state=AccessionState.SIGNED)
    return [accession.institution for accession in signed]


def count_signatories(agreement: Agreement, day: date) -> int:
    """How many signatories there were on the day; never kept as a number."""
    return accessions_on(agreement, day, state=AccessionState.SIGNED).count()


def is_signatory(agreement: Agreement, institution_id: int, day: date) -> bool:
    """Whether the institution was a signatory on the day, neither suspended nor withdrawn."""
    signed = accessions_on(agreement, day, state=AccessionState.SIGNED)
    return signed.filter(institution_id=institution_id).exists()


def history_of(agreement: Agreement) -> list[AccessionStep]:
    """Everything that happened to accessions, the newest first."""
    steps = AccessionStep.objects.filter(accession__agreement=agreement)
    return list(steps.select_related("accession__institution").order_by("-on", "-pk"))
