"""Once a quarter: who still may what, confirmed by somebody who answers for it."""

import hashlib
import json
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from spoiwo.kernel.actor import Actor
from spoiwo.oversight import rules
from spoiwo.oversight.models import AccessReview
from spoiwo.oversight.queries.reviewing import authorisations_in_force
from spoiwo.oversight.services.log import record


@transaction.atomic
def confirm_access(*, keep: Collection[int], now: datetime, by: Actor) -> AccessReview:
    """Confirm the authorisations that should stay; the others stand in the certificate as to be withdrawn.

    keep: ids of authorisations. Raises nothing: whoever may not read the staff confirms an empty list.
    """
    today = timezone.localdate(now)
    rows = [{**row, "stays": row["id"] in set(keep)} for row in authorisations_in_force(by, today)]
    digest = hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).digest()
    made = AccessReview.objects.create(
        institution_id=by.institution_id,
        quarter=rules.quarter_of(today),
        confirmed_at=now,
        confirmed_by_user_id=by.user_id,
        rows=rows,
        digest=digest,
    )
    record(by, f"access_review:{made.pk}", "confirmed", count=len(rows), digest=digest)
    return made
