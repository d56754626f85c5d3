"""The private comparison of the demonstration region."""

import pytest
from django.utils import timezone

from spoiwo.access.services import load_shipped_bases
from spoiwo.cli.demo import region, region_discovery
from spoiwo.discovery.models import CommonPerson, Round
from spoiwo.territory.services import load_shipped
from spoiwo.toolkit.context import acting_for


@pytest.mark.django_db
def test_two_offices_of_the_region_have_compared_their_registers(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    load_shipped()
    load_shipped_bases()
    region.lay_out(timezone.localdate())

    added = region_discovery.load_discovery(timezone.localdate())
    again = region_discovery.load_discovery(timezone.localdate())

    with acting_for(0, job="discovery"):
        held = list(CommonPerson.objects.filter(level="sure"))
        state = Round.objects.get().state
    assert (added, again, state) == (1, 0, "joined")
    assert len(held) > 0.9 * region_discovery.COMMON
    assert sum(bool(one.left_gave) != bool(one.right_gave) for one in held) == len(held)
    assert region_discovery.is_loaded()
