"""Offering counted needs to a body of the partnership as a topic of its next meetings."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from spoiwo.catalogue import messages as catalogue_words
from spoiwo.catalogue.queries.infrastructure import unmet_needs
from spoiwo.catalogue.services.needs import mark_offered
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.partnership.services import bodies
from spoiwo.referrals.errors import NothingToOffer

LONGEST_NOTE = 1000


@transaction.atomic
def offer_needs(*, body_id: int, today: date, by: Actor) -> int:
    """Put the needs counted since the last time into a body's backlog as one topic; how many kinds and counties.

    Raises NothingToOffer, and the partnership's NotFound and NotYours.
    """
    needs = unmet_needs(only_new=True)
    if not needs:
        raise NothingToOffer
    names = institutions.unit_names(tuple(one.county for one in needs), today)
    lines = [
        f"{name}: {catalogue_words.KIND_NAMES[one.kind]} ({one.count})"
        for name, one in zip(names, needs, strict=True)
    ]
    topic = bodies.open_topic(
        body_id=body_id,
        title=_("Needs that found no place"),
        note="\n".join(lines)[:LONGEST_NOTE],
        on=today,
        by=by,
    )
    mark_offered([(one.county, one.kind) for one in needs], topic=topic.pk)
    return len(needs)
