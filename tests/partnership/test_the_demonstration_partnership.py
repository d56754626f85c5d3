"""The demonstration partnership counts what the report of 2016 says it did, and every figure opens its rows."""

from argparse import Namespace
from datetime import date

import pytest

from spoiwo.access.services import load_shipped_bases
from spoiwo.cli.commands import report_partnership
from spoiwo.cli.console import Console
from spoiwo.cli.demo import partnership, region
from spoiwo.cli.types import Language
from spoiwo.partnership import queries
from spoiwo.partnership.models import Communique, Idea, Meeting, Outcome, Practice, Talk, Template
from spoiwo.partnership.rules.voting import Tally
from spoiwo.partnership.types import MeetingKind, OutcomeState
from spoiwo.territory.services import load_shipped

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
# As the partnership's own report of 2016 gives them.
REPORTED = {
    "signatories": 69,
    "council_meetings": 4,
    "signatories_meetings": 1,
    "committee_meetings": 6,
    "support_centre_meetings": 3,
    "information_meetings": 24,
    "recommendations": 2,
    "recommendations_implemented": 2,
    "communiques": 4,
    "communique_institutions": 69,
    "communique_deliveries": 276,
}


def test_the_partnership_of_2015_and_2016_counts_as_its_report_says():
    load_shipped()
    load_shipped_bases()
    region.lay_out(TODAY)
    partnership.load_partnership(TODAY)

    agreement = queries.agreement_by_code("partnerstwo-lokalne")
    assert agreement is not None
    figures = {one.key: one for one in queries.figures_of_year(agreement, 2016)}
    answer = report_partnership.run(
        Namespace(agreement="", year=2016, rows=True), Console(language=Language.POLISH)
    )
    february = Outcome.objects.filter(meeting__starts_on=date(2015, 2, 6)).order_by("pk")
    september = Meeting.objects.get(starts_on=date(2015, 9, 28))

    # as the report says, with every figure opening as many lines as it counts
    assert {key: figures[key].value for key in REPORTED} == REPORTED
    assert figures["communique_deliveries_reached"].value == 0  # nobody proved anything
    for figure in figures.values():
        assert len(queries.rows_in_words(agreement, figure.rows)) == len(figure.rows) == figure.value, (
            figure.key
        )
    # the command prints the frozen figures
    assert answer.data["frozen"] is True
    assert answer.data["figures"] == {key: one.value for key, one in figures.items()}
    # conclusions without owners and with a fuzzy deadline, carried to the next meeting
    assert [one.code for one in february] == [
        f"RP/2015/01/{end}" for end in ("W1", "D1", "D2", "W2", "D3", "W3", "D4")
    ]
    assert {(one.due_from, one.due_to, one.due_wording, one.state) for one in february} == {
        (date(2015, 3, 1), date(2015, 4, 30), "marzec/kwiecień br.", OutcomeState.ADOPTED)
    }
    assert september.items.get(kind="follow_up").position == 1
    assert queries.unfinished_before(september) == list(february)
    # functions, no names; loading again adds nothing
    chair = agreement.bodies.get(prefix="RP").mandates.get()
    assert (chair.function, chair.user_id) == ("przewodnictwo Rady Programowej", None)
    assert partnership.load_partnership(TODAY) == 0
    what_institutions_share_is_alive()
    what_comes_next_is_announced()


def what_institutions_share_is_alive():
    """A talk answered, an idea under test, a practice in use, two versions of a template in use."""
    assert Talk.objects.filter(messages__isnull=False).distinct().count() == 2
    assert sorted(Idea.objects.values_list("state", flat=True)) == ["submitted", "tested"]
    assert Practice.objects.get().uses.count() == 1
    assert Template.objects.get().adoptions.filter(version__is_current=False).count() == 1


def what_comes_next_is_announced():
    """A vote that was decided and one that is open, meetings to come with a file, a communiqué in two languages."""
    coming = Meeting.objects.filter(state="announced", starts_on__gte=TODAY)
    votes = Meeting.objects.filter(kind=MeetingKind.CIRCULATION).order_by("starts_on")
    told = Communique.objects.get(year=TODAY.year)

    assert sorted(coming.values_list("kind", flat=True)) == ["circulation", "council", "forum"]
    assert [queries.tally_of(one) for one in votes] == [Tally(2, 0, 1, 0), Tally(1, 0, 0, 2)]
    assert Outcome.objects.get(meeting=votes[0]).state == OutcomeState.ASSIGNED
    assert coming.get(kind="council").files.count() == 1
    assert coming.get(kind="council").items.filter(kind="follow_up").exists()
    assert told.editions.get().translations[0]["language"] == "en"
    assert len(told.editions.get().enclosures) == 1
    reached = queries.reach_of(queries.matrix_of(told))
    assert (reached.addressed, reached.reached) == (69, 1)
