"""How often plans are reviewed."""

from datetime import date

from spoiwo.plans.models import ReviewInterval


def days_on(day: date) -> dict[str, int]:
    """Kind of paper ("" for any plan) -> days between reviews, as they hold on the day."""
    return dict(ReviewInterval.objects.in_force(day).values_list("paper", "days"))
