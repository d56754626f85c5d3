"""Numbers of referrals: one row of its own for each sender and year, locked while a number is taken."""

from django.db import transaction

from spoiwo.referrals.models import ReferralCounter


@transaction.atomic
def next_numbers(institution_id: int, year: int, count: int = 1) -> list[str]:
    """So many fresh numbers of a sender, "SK/7/2026"."""
    ReferralCounter.objects.bulk_create(
        [ReferralCounter(institution_id=institution_id, year=year)], ignore_conflicts=True
    )
    row = ReferralCounter.objects.select_for_update().get(institution_id=institution_id, year=year)
    first = row.last + 1
    row.last += count
    row.save(update_fields=["last"])
    return [f"SK/{number}/{year}" for number in range(first, first + count)]
