"""Figures that regions of Poland have published are cards: reported, they come out as they were told."""

from dataclasses import replace
from pathlib import Path

import pytest

from spoiwo.engines.indicators.cards import Protects, card_of
from spoiwo.monitoring import queries, services
from spoiwo.monitoring.errors import CardRefused
from spoiwo.monitoring.models import Indicator, IndicatorVersion
from spoiwo.monitoring.rules.cards import protecting
from spoiwo.monitoring.services import computing, publishing
from spoiwo.monitoring.types import Answered
from tests.makers.monitoring import NOON, analyst, office

pytestmark = pytest.mark.django_db

# A support centre of the subregion about 2013-2015 and a partnership about a year, as meetings were told.
TOLD = {
    "owes_entities": 70,
    "owes_surroundings": 70,
    "owes_advised": 423,
    "owes_advices": 672,
    "owes_advice_hours": 1811,
    "owes_trainings": 57,
    "council_meetings": 4,
    "information_meetings": 24,
    "recommendations": 2,
    "communiques": 4,
    "partnership_signatories": 69,
    "unemployed": 50,
    "active": 1000,
}
FIGURES = {
    "owes-entities": 70,
    "owes-surroundings": 70,
    "owes-advised": 423,
    "owes-advices": 672,
    "owes-advice-hours": 1811,
    "owes-hours-per-advice": 1811 / 672,
    "owes-trainings": 57,
    "council-meetings": 4,
    "information-meetings": 24,
    "communiques": 4,
    "partnership-signatories": 69,
    "unemployment": 5,
}


# Two tables of public statistics as their forms lay them out, made up: women and men by what followed.
TABLES = {
    "kis-finishing-table": ("kis_finishing", "activity", {"zatrudnienie": (21, 15), "bez działań": (12, 18)}),
    "cis-independent-table": ("cis_independent", "way", {"zatrudnienie": (30, 24), "spółdzielnia": (9, 12)}),
}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path


def test_what_the_field_has_told_comes_out_of_ready_cards():
    ropo = office()
    services.load_measures()
    told = [
        Answered(measure=measure, unit=f"u{part}", territory="0861011", period="2015", value=value / 4)
        for measure, value in TOLD.items()
        for part in range(4)
    ]
    services.record_observations(told, institution_id=ropo.pk, at=NOON)
    services.load_shipped(at=NOON, drafting=analyst(ropo), approving=analyst(ropo, user_id=902))

    versions = IndicatorVersion.objects.filter(indicator__code__in=FIGURES).select_related("indicator")
    found = {
        version.indicator.code: one.value
        for version in versions
        for one in queries.published(version)
        if (one.level, one.period) == (2, "2015")
    }
    assert found == pytest.approx(FIGURES)


@pytest.mark.parametrize(
    ("opened", "protects"),
    [
        pytest.param({"a", "b"}, Protects.OPEN, id="of public acts alone"),
        pytest.param({"a"}, Protects.PERSONS, id="of something else too"),
    ],
)
def test_a_card_protects_nobody_only_when_all_it_counts_is_public(opened, protects):
    mixed = card_of({"code": "c", "kind": "sum", "numerator": "a + b", "protects": "persons"})

    assert protecting(mixed, opened).protects is protects
    with pytest.raises(CardRefused):
        protecting(replace(mixed, protects=Protects.OPEN), ())


@pytest.mark.parametrize(
    ("measure", "status"),
    [
        pytest.param("council_meetings", "ok", id="what a public body does is public"),
        pytest.param("owes_trainings", "suppressed", id="what one entity reported is its own"),
    ],
)
def test_only_acts_of_public_bodies_are_told_of_one(measure, status):
    ropo = office()
    services.load_measures()
    one = Answered(measure=measure, unit="one", territory="0861011", period="2025", value=4.0)
    services.record_observations([one], institution_id=ropo.pk, at=NOON)
    entry = {"kind": "count", "numerator": measure, "levels": [2], "missing": "skip", "protects": "persons"}
    version = IndicatorVersion(indicator=Indicator(code="c"), entry=entry)

    found = computing.figures_of(publishing.card_of(version)).found

    assert [each.status for each in found] == [status]


def _of_tables() -> list[Answered]:
    """What three clubs or centres report, a third each."""
    return [
        Answered(
            measure=measure,
            unit=f"u{part}",
            territory="0861011",
            period="2025",
            value=values[at] / 3,
            cell={"sex": sex, dimension: name},
        )
        for measure, dimension, columns in TABLES.values()
        for name, values in columns.items()
        for at, sex in enumerate("KM")
        for part in range(3)
    ]


def test_two_tables_of_public_statistics_come_out_of_ready_cards_cell_by_cell():
    ropo = office()
    services.load_measures()
    services.record_observations(_of_tables(), institution_id=ropo.pk, at=NOON)
    services.load_shipped(at=NOON, drafting=analyst(ropo), approving=analyst(ropo, user_id=902))

    for code, (_measure, _dimension, columns) in TABLES.items():
        version = IndicatorVersion.objects.get(indicator__code=code)
        region = {one.cell: one.value for one in queries.published(version) if one.level == 2}

        assert region == {
            (sex, name): pytest.approx(values[at])
            for name, values in columns.items()
            for at, sex in enumerate("KM")
        }


def test_a_share_of_what_the_form_divides_further_leaves_nobody_out():
    """Those who became active are told by sex only, those who finished also by what they took up."""
    ropo = office()
    services.load_measures()
    active = [
        Answered(
            measure="kis_active_after",
            unit=f"u{part}",
            territory="0861011",
            period="2025",
            value=12.0,
            cell={"sex": sex},
        )
        for part in range(3)
        for sex in "KM"
    ]
    services.record_observations([*_of_tables(), *active], institution_id=ropo.pk, at=NOON)
    services.load_shipped(at=NOON, drafting=analyst(ropo), approving=analyst(ropo, user_id=902))

    version = IndicatorVersion.objects.get(indicator__code="kis-efficiency")
    [share] = [one.value for one in queries.published(version) if one.level == 2]

    assert share == pytest.approx(100 * 6 * 12 / (21 + 15 + 12 + 18))
