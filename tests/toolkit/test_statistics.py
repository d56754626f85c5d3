"""The planner learns of what an import brought in."""

import pytest
from django.db import connection

from spoiwo.clients.models import RecordVersion
from spoiwo.toolkit.statistics import refresh_statistics
from tests.makers.registers import bring_in, office, records, row


@pytest.mark.django_db
def test_after_an_import_a_record_is_found_by_its_own_index():
    holder = office()
    bring_in(holder, *(row(f"L{n}") for n in range(300)))

    refresh_statistics()

    wanted = RecordVersion.objects.filter(
        institution=holder, last_generation__gt=1, record__in=records(holder, "L1", "L2")
    )
    if connection.vendor == "sqlite":
        assert "record_id=?" in wanted.explain()
    assert wanted.count() == 2
