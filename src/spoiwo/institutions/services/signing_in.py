"""Signing in is on record in the chain of every institution it opens."""

from django.db import transaction
from django.utils import timezone

from spoiwo.audit import services as audit
from spoiwo.audit.types import PLATFORM, Action, Entry
from spoiwo.institutions.models import Membership


@transaction.atomic
def record_sign_in(*, user_id: int) -> None:
    """Note when an account was used, for each institution it is not suspended at; else in the platform's chain."""
    memberships = Membership.objects.filter(user_id=user_id, suspended_at__isnull=True)
    chains = list(memberships.order_by("institution_id").values_list("institution_id", flat=True))
    memberships.update(last_used_at=timezone.now())
    audit.append(
        *(
            Entry(
                institution_id=chain,
                action=Action.SIGN_IN,
                actor_user_id=user_id,
                institution_acting_id=chain,
                object_ref=f"user:{user_id}",
            )
            for chain in chains or [PLATFORM]
        )
    )
