"""The projects of the demonstration reproduce the figures that were told of in 2015."""

import pytest
from django.utils import timezone

from spoiwo.access.services import load_shipped_bases
from spoiwo.cli.demo import region, region_data, region_projects
from spoiwo.institutions.models import Institution
from spoiwo.projects.models import Project
from spoiwo.projects.queries import counting
from spoiwo.territory.services import load_shipped
from spoiwo.toolkit.context import acting_for
from tests.makers import projects as made

pytestmark = pytest.mark.django_db


def test_thirty_people_twenty_one_internships_and_a_hundred_and_fifty_on_a_path():
    load_shipped()
    load_shipped_bases()
    region.lay_out(timezone.localdate())

    loaded = region_projects.load_projects(timezone.localdate())

    assert loaded == 4
    assert region_projects.load_projects(timezone.localdate()) == 0
    figures = {}
    for code in (region_data.FUNDACJA_KOBIET, region_data.LWSH_ZARY):
        by = made.keeper(Institution.objects.get(code=code))
        with acting_for(by.institution_id):
            figures[code] = counting.totals_of(by, Project.objects.get(institution_id=by.institution_id))
    work, path = figures.values()
    assert (work.taken_in, work.interns, work.internships) == (30, 21, 21)
    assert (work.not_interested, work.dropped_out, work.finished, work.working) == (14, 4, 26, 7)
    assert (work.employers_asked, work.employers_refused) == (12, 10)
    assert (path.taken_in, path.finished + path.dropped_out) == (150, 150)
    assert path.reasons.keys() == {"no_interest", "health", "work", "no_contact"}
