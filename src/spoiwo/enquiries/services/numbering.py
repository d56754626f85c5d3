"""Numbers of things within an institution and year, without gaps."""

from spoiwo.enquiries.models import Number

ENQUIRY, OFFICE, CITIZEN = "ZAP", "POT", "ZAS"


def next_number(institution_id: int, series: str, year: int) -> str:
    """The next number of the series, such as POT/12/2026; the row stays locked until the transaction ends."""
    row = {"institution_id": institution_id, "series": series, "year": year}
    Number.objects.bulk_create([Number(**row)], ignore_conflicts=True)
    counter = Number.objects.select_for_update().get(**row)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{series}/{counter.last}/{year}"
