"""Queries worded once: the same answers as Django's own, for new values each time."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spoiwo.access.models import LegalBasis, Relation
from spoiwo.kernel.ids import new_uuid
from spoiwo.toolkit import prepared
from spoiwo.toolkit.prepared import Prepared
from tests.makers import institutions

pytestmark = pytest.mark.django_db


def bases(day, codes):
    """Bases in force on the day under any of these codes."""
    found = LegalBasis.objects.filter(valid_from__lte=day, code__in=codes)
    return found.order_by("code").values_list("code", "version", "is_example", "valid_from")


@pytest.fixture(autouse=True)
def _three_bases():
    for code, year in (("old", 2001), ("middle", 2011), ("young", 2021)):
        LegalBasis.objects.create(
            code=code, version=3, act="ustawa", article="art. 1", valid_from=date(year, 1, 1)
        )


def test_every_call_is_answered_for_its_own_values():
    query = Prepared(bases)

    before, after = (
        query.rows(date(2015, 1, 1), ("middle", "young")),
        query.rows(date(2025, 1, 1), ("old", "young")),
    )

    assert before == [("middle", 3, True, date(2011, 1, 1))]
    assert after == [("old", 3, True, date(2001, 1, 1)), ("young", 3, True, date(2021, 1, 1))]


def test_what_is_in_the_database_now_is_answered_not_what_was():
    query = Prepared(bases)
    assert query.rows(date(2025, 1, 1), ("old",)) != []

    LegalBasis.objects.filter(code="old").delete()

    assert query.rows(date(2025, 1, 1), ("old",)) == []


def test_an_empty_list_finds_nothing_without_asking():
    with CaptureQueriesContext(connection) as asked:
        assert Prepared(bases).rows(date(2025, 1, 1), ()) == []

    assert len(asked) == 0


def test_a_long_list_is_answered_too():
    codes = (*(f"none-{n}" for n in range(prepared.LONGEST)), "old", "young")

    assert [row[0] for row in Prepared(bases).rows(date(2025, 1, 1), codes)] == ["old", "young"]


def test_uuids_and_numbers_come_back_as_they_went_in():
    office, other = institutions.institution(), institutions.institution()
    person = new_uuid()
    Relation.objects.create(
        person=person, institution=office, kind="involvement", valid_from=date(2024, 1, 1)
    )

    def relations(institution_id, known):
        rows = Relation.objects.filter(institution_id=institution_id, person=known)
        return rows.values_list("person", "institution_id", "valid_to")

    query = Prepared(relations)

    assert query.rows(office.pk, person) == [(person, office.pk, None)]
    assert query.rows(other.pk, person) == []
    assert query.rows(office.pk, new_uuid()) == []


def test_texts_from_outside_stay_values():
    assert Prepared(bases).rows(date(2025, 1, 1), ("old') OR 1=1 --", "%s")) == []


def test_a_value_looked_at_in_python_is_an_error():
    query = Prepared(lambda day, codes: bases(day, [code for code in codes if code == "old"] or ["old"]))

    with pytest.raises(AssertionError, match="do not reach the database"):
        query.rows(date(2025, 1, 1), ("old",))
