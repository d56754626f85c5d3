"""Thousands of values in one condition: the same rows as one by one, whatever the type of the column."""

from typing import Any
from uuid import uuid4

import pytest

from spoiwo.clients.models import Person, RecordVersion, SourceRecord
from spoiwo.toolkit.among import among
from tests.makers.institutions import institution
from tests.makers.registers import bring_in, row

pytestmark = pytest.mark.django_db


def test_each_type_of_column_is_found_by_its_values():
    bring_in(institution("pup"), row("A-1", pesel="44051401359"), row("A-2", pesel="02070803628"))
    wanted = RecordVersion.objects.select_related("record").get(record__local_id="A-1")

    given: dict[str, list[Any]] = {
        "pk": [wanted.pk, 0],
        "record": [wanted.record_id],
        "record__local_id": ["A-1", "B'\"\\", "ż"],
        "record__person": [wanted.record.person_id, uuid4()],
        "pesel_index": [bytes(wanted.pesel_index or b""), b"\x00\xff"],
    }
    found = [RecordVersion.objects.get(among(field, values)).pk for field, values in given.items()]

    assert found == [wanted.pk] * len(given)


def test_no_values_are_no_rows_and_no_query(django_assert_num_queries):
    bring_in(institution("pup"), row("A-1"))

    with django_assert_num_queries(0):
        assert not SourceRecord.objects.filter(among("pk", [])).exists()
        assert SourceRecord.objects.filter(among("person", set())).update(local_id="x") == 0


def test_more_values_than_a_statement_has_places_are_taken():
    bring_in(institution("pup"), row("A-1"))
    person = Person.objects.get().pk

    assert Person.objects.filter(among("pk", [*(uuid4() for _ in range(40_000)), person])).get().pk == person
