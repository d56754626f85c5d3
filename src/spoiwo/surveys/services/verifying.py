"""Questions about an answer, as its respondent reads them."""

from spoiwo.surveys.models import Answer, VerificationQuery
from spoiwo.surveys.services.answering import JOB
from spoiwo.toolkit.context import acting_for


def open_queries(answer: Answer) -> list[VerificationQuery]:
    """Questions that wait for a reply, the oldest first."""
    with acting_for(0, job=JOB):
        waiting = VerificationQuery.objects.filter(answer=answer, replied_at__isnull=True)
        return list(waiting.order_by("asked_at", "pk"))
