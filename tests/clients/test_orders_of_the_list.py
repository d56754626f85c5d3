"""Orders of the list of common clients, page after page."""

from datetime import UTC, date, datetime

import pytest

from spoiwo.clients.models import CommonClient
from spoiwo.clients.queries import listing
from spoiwo.institutions.queries import actor_for
from spoiwo.institutions.types import Kind
from tests.makers import institutions
from tests.makers.access import agreement
from tests.makers.clients import link, offices
from tests.makers.registers import bring_in, records, row

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("order", "last_names"),
    [
        ("name", ["A", "B", "C", "D"]),
        ("-name", ["D", "C", "B", "A"]),
        ("status", ["B", "D", "A", "C"]),  # bierna, poszukująca, none
        ("-status", ["A", "C", "D", "B"]),
        ("since", ["C", "D", "A", "B"]),
        ("-since", ["A", "B", "D", "C"]),
    ],
)
@pytest.mark.parametrize("third", [False, True], ids=["one other office", "two other offices"])
def test_pages_of_every_order_follow_each_other_without_gaps(order, last_names, third):
    labour, _, worker = offices(
        ("1", {"last_name": "A"}),
        ("2", {"last_name": "B", "status": "inactive"}),
        ("3", {"last_name": "C"}),
        ("4", {"last_name": "D", "status": "jobseeker"}),
    )
    if third:
        centre = institutions.institution("", Kind.PCPR)
        agreement(labour, centre)
        bring_in(centre, row("C3"))
        link(*records(labour, "L3"), *records(centre, "C3"))
    for last_name, day in (("a", 3), ("b", 3), ("c", 1), ("d", 2)):
        since = datetime(2026, 1, day, tzinfo=UTC)
        CommonClient.objects.filter(institution=labour, last_key=last_name).update(since=since)
    actor = actor_for(worker.user, institution_id=labour.pk, day=date.today())
    assert actor is not None
    scope = listing.list_scope(actor, day=date.today())

    def page(number, size):
        found = listing.common_clients(scope, listing.ListFilter(sort=order), page=str(number), per_page=size)
        return [one.last_name for one in found.rows]

    assert page(1, 10) == last_names
    assert page(1, 3) + page(2, 3) == last_names
    assert [name for number in (1, 2, 3, 4) for name in page(number, 1)] == last_names
    assert [one.last_name for one in listing.export_rows(scope, listing.ListFilter(sort=order))] == last_names
