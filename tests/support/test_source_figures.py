"""The figures of the partnership's minutes of 28 September 2015, out of rows that the demonstration writes down.

Expected figures are those of the source: the support centre in Gorzów for 2013 to 2015, the labour office's training
fund, and the regional centre's programme for animators and partnership groups.
"""

from argparse import Namespace
from datetime import date

import pytest

from spoiwo.access.services import load_shipped_bases
from spoiwo.cli.commands import report_support
from spoiwo.cli.console import Console
from spoiwo.cli.demo import region, region_support
from spoiwo.cli.errors import Unusable
from spoiwo.cli.types import Language
from spoiwo.territory.services import load_shipped

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
SOURCE = {
    "advice.count": 672,
    "advice.hours": 1811,
    "advice.recipients": 423,
    "advice.recipients.entities": 30,
    "support.specialist.recipients.entities": 28,
    "events.training.count": 57,
    "events.study_visit.count": 4,
    "events.trained.people": 440,
    "entities.social": 70,
    "entities.other": 70,
    "events.conference.counties": 5,
    "events.seminar.counties": 5,
    "animation.team.counties": 5,
    "animation.partnership.count": 5,
    "animation.cluster.count": 1,
    "events.fair.exhibitors": 39,
    "promotion.catalogue.count": 2,
    "promotion.catalogue.entities": 60,
    "promotion.tv_spot.entities": 5,
    "cycles.counties": 10,
    "cycles.sessions": 50,
    "partnerships.groups": 15,
    "kfs.employers": 29,
    "kfs.people": 89,
    "kfs.amount": 179_000,
}


def asked(**options) -> Namespace:
    values = {"first": "2013-01-01", "last": "2015-12-31", "institution": "", "by_county": False}
    return Namespace(**(values | options))


def test_the_command_prints_the_figures_of_the_source():
    load_shipped()
    load_shipped_bases()
    region.lay_out(TODAY)
    region_support.load_support(TODAY)
    again = region_support.load_support(TODAY)

    answer = report_support.run(asked(by_county=True), Console(language=Language.ENGLISH))

    figures = answer.data["figures"]
    assert {key: figures[key] for key in SOURCE} == SOURCE
    assert figures["people.supported"] == 912  # "over 900"
    assert figures["people.supported.unemployed"] == 240  # "about 240"
    assert figures["events.study_visit.people"] + figures["events.training.people"] >= 440
    assert again == 0
    assert sum(one["advice.hours"] for one in answer.data["counties"].values()) == 1811
    assert "advice.count\t672" in answer.lines


def test_days_that_are_none_are_refused():
    console = Console(language=Language.ENGLISH)

    with pytest.raises(Unusable, match="not a day"):
        report_support.run(asked(first="2013"), console)
    with pytest.raises(Unusable, match="before"):
        report_support.run(asked(first="2016-01-01"), console)
    with pytest.raises(Unusable, match="code"):
        report_support.run(asked(institution="nie-ma"), console)
