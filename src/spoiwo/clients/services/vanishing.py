"""What follows when a register no longer holds records: relations end, common clients go."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from spoiwo.access import services as access
from spoiwo.access.types import RelationKind
from spoiwo.clients.models import SourceRecord
from spoiwo.clients.services.common_clients import refresh_common, served_at


@transaction.atomic
def settle_vanished(*, institution_id: int, records: Collection[int]) -> None:
    """End the institution's relation to people it holds under no other record, and its common clients' rows.

    records: of the institution, at most a few hundred; those it still holds are left alone. May be repeated.
    """
    people = set(SourceRecord.objects.filter(pk__in=records).values_list("person_id", flat=True))
    served = {one.person for one in served_at(people) if one.institution == institution_id}
    today = timezone.localdate()
    access.close_relations(
        [(person, institution_id) for person in sorted(people - served)],
        kind=RelationKind.INVOLVEMENT,
        until=today - timedelta(days=1),
    )
    refresh_common(people, day=today)
