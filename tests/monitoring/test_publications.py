import json
from pathlib import Path

import pytest

from spoiwo.monitoring import queries, services
from spoiwo.monitoring.errors import CardNotFound, NothingNew, SnapshotGone
from spoiwo.monitoring.models import Figure, IndicatorVersion, Publication
from spoiwo.monitoring.queries import evidence, released
from spoiwo.monitoring.queries.pictures import reported as reported_at
from spoiwo.monitoring.rules.releasing import beside
from spoiwo.monitoring.services import publishing, snapshots
from spoiwo.territory.services import import_terc
from tests.makers import territory
from tests.makers.monitoring import NOON, analyst, answered, approved, measure, office, reported

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "monitoring"


def published_card(**given) -> IndicatorVersion:
    ropo = office()
    measure()
    reported(ropo, 10.0, 20.0, 30.0)
    return approved(ropo, **given)


def by(version: IndicatorVersion, **given):
    return analyst(version.indicator.institution, **given)


def test_new_data_go_out_as_the_next_publication_and_the_first_one_stays():
    version = published_card()
    reported(version.indicator.institution, 15.0, 20.0, 30.0)

    second = services.publish_again(indicator_id=version.indicator_id, at=NOON, by=by(version))

    first = version.publications.get(number=1)
    assert (second.number, second.sql_hash) == (2, first.sql_hash)
    assert second.snapshot != first.snapshot
    assert [one.value for one in queries.figures_in(first)] == [60.0, 60.0]
    assert [one.value for one in queries.published(version)] == [65.0, 65.0]


def test_nothing_new_is_no_publication():
    version = published_card()

    with pytest.raises(NothingNew):
        services.publish_again(indicator_id=version.indicator_id, at=NOON, by=by(version))

    assert Publication.objects.count() == 1


def test_only_the_keeper_publishes_and_only_an_approved_card():
    version = published_card()

    with pytest.raises(CardNotFound):
        services.publish_again(indicator_id=version.indicator_id, at=NOON, by=analyst(office()))
    IndicatorVersion.objects.update(state="retired")
    with pytest.raises(CardNotFound):
        services.publish_again(indicator_id=version.indicator_id, at=NOON, by=by(version))


def test_a_figure_hidden_once_is_not_shown_by_a_later_publication():
    ropo = office()
    measure()
    reported(ropo, 10.0, 20.0)
    version = approved(ropo)
    reported(ropo, 10.0, 20.0, 30.0)
    reported(ropo, 1.0, 2.0, 3.0, period="2024")

    services.publish_again(indicator_id=version.indicator_id, at=NOON, by=by(version))

    assert {(one.period, one.value, one.status) for one in queries.published(version)} == {
        ("2024", 6.0, "ok"),
        ("2025", None, "suppressed"),
    }


def by_sex(ropo, women: tuple[float, ...], men: tuple[float, ...]) -> None:
    answers = [
        answered(unit=f"{sex}{number}", value=value, cell={"sex": sex})
        for sex, values in (("K", women), ("M", men))
        for number, value in enumerate(values)
    ]
    services.record_observations(answers, institution_id=ropo.pk, at=NOON)


def test_a_card_hides_what_would_give_away_what_another_one_hides():
    ropo = office()
    measure()
    by_sex(ropo, (10.0, 20.0, 30.0), (5.0,))

    sexes = approved(ropo, code="sexes", entry={"by": ["sex"]})
    together = approved(ropo)

    assert {(one.cell, one.value) for one in queries.published(sexes)} == {(("K",), 60.0), (("M",), None)}
    assert {one.status for one in queries.published(together)} == {"suppressed"}
    assert services.recompute(together.publications.get()).holds
    assert services.recompute(sexes.publications.get()).holds, "what went out later does not count"


def test_a_publication_from_before_there_were_data_gives_nothing_away():
    ropo = office()
    measure()
    version = approved(ropo)
    reported(ropo, 10.0, 20.0, 30.0)

    second = services.publish_again(indicator_id=version.indicator_id, at=NOON, by=by(version))

    assert {one.value for one in queries.figures_in(second)} == {60.0}
    assert services.recompute(second).holds


def test_a_card_over_other_measures_is_not_asked():
    ropo = office()
    measure()
    measure("began")
    by_sex(ropo, (10.0, 20.0, 30.0), (5.0,))
    reported(ropo, 4.0, 5.0, 6.0, measure="began")
    approved(ropo, code="sexes", entry={"by": ["sex"]})

    other = approved(ropo, entry={"numerator": "began"})

    assert {one.value for one in queries.published(other)} == {15.0}


@pytest.mark.parametrize(
    ("measures", "near"),
    [
        pytest.param({"a"}, [1, 2, 3], id="over another card"),
        pytest.param({"d"}, [4], id="the same measure"),
        pytest.param({"e"}, [], id="nobody"),
    ],
)
def test_cards_that_can_tell_about_measures(measures, near):
    assert beside(measures, {1: {"a"}, 2: {"b", "c"}, 3: {"a", "b"}, 4: {"d"}}) == near


def test_a_publication_is_computed_again_from_its_own_data():
    version = published_card()
    first = version.publications.get()
    reported(version.indicator.institution, 99.0, 20.0, 30.0)
    second = services.publish_again(indicator_id=version.indicator_id, at=NOON, by=by(version))

    assert services.recompute(first).holds
    assert services.recompute(second).holds
    assert services.recompute(first).figures == 2


def test_the_proof_finds_a_figure_that_was_changed():
    version = published_card()
    Figure.objects.filter(level=2).update(value=61.0)

    proof = services.recompute(version.publications.get())

    assert not proof.holds
    assert [(c.before.value, c.after.value) for c in proof.differing if c.before and c.after] == [
        (61.0, 60.0)
    ]


def test_the_proof_finds_another_card_and_another_policy():
    version = published_card()
    publication = version.publications.get()
    version.entry = version.entry | {"multiplier": 2}
    version.save()
    publication.refresh_from_db()

    proof = services.recompute(publication)

    assert (proof.same_card, proof.same_table, proof.holds) == (False, False, False)


def test_the_proof_finds_data_that_were_changed_or_lost(folder: Path):
    version = published_card()
    publication = version.publications.get()
    part = next(folder.glob("2025-*.parquet"))
    content = part.read_bytes()
    part.write_bytes(content + b" ")

    changed = services.recompute(publication)
    (folder / f"{publication.snapshot}.json").unlink()
    lost = services.recompute(publication)

    assert (changed.lost, changed.holds) == (part.name, False)
    assert lost.lost == publication.snapshot


def test_a_card_that_can_no_longer_be_computed_proves_nothing():
    version = published_card()
    version.entry = version.entry | {"by": ["age"]}
    version.save()

    assert not services.recompute(version.publications.get()).holds


def test_a_manifest_that_was_changed_is_no_manifest(folder: Path):
    version = published_card()
    name = version.publications.get().snapshot
    (folder / f"{name}.json").write_text(json.dumps({}))

    with pytest.raises(SnapshotGone):
        snapshots.manifest_of(name)


def test_freshness_tells_how_much_came_since():
    before = snapshots.freshness()
    version = published_card()
    reported(version.indicator.institution, 11.0)

    assert (before.taken_at, before.waiting) == (None, 0)
    assert snapshots.freshness().waiting == 1
    assert snapshots.freshness().taken_at is not None


def test_rows_behind_a_figure_are_those_of_its_snapshot():
    version = published_card()
    publication = version.publications.get()
    manifest = snapshots.manifest_of(publication.snapshot)
    reported(version.indicator.institution, 99.0)
    reported(version.indicator.institution, 1.0, territory="1465011", period="2024")
    newest = {year: told["newest"] for year, told in manifest.items()}
    card = publishing.card_of(version)

    def behind(actor):
        return evidence.rows_behind(actor, card, territory="08", period="2025", cell={}, newest=newest)

    assert [(row.unit, row.value, row.revision) for row in behind(by(version))] == [
        ("U0", 10.0, 1),
        ("U1", 20.0, 1),
        ("U2", 30.0, 1),
    ]
    assert behind(by(version, roles=("case_worker",))) == []
    assert behind(analyst(office())) == []


def test_a_commune_that_has_another_code_since_is_one_place_over_the_years():
    ropo = office()
    measure()
    reported(ropo, 10.0, 20.0, 30.0, territory="0801022", period="2024")
    reported(ropo, 11.0, 20.0, 30.0, territory="0801023")
    before = snapshots.take_snapshot()
    units = territory.without(territory.COUNTRY, "0801022") | {"0801023": "Bogdaniec"}
    import_terc(territory.terc_csv(units))

    version = approved(ropo, entry={"levels": [7]})

    assert [(one.territory, one.period, one.value) for one in queries.published(version)] == [
        ("0801023", "2024", 60.0),
        ("0801023", "2025", 61.0),
    ]
    assert version.publications.get().snapshot != before.name
    rows = evidence.rows_behind(
        by(version), publishing.card_of(version), territory="0801023", period="2024", cell={}, newest={}
    )
    assert [(one.territory, one.value) for one in rows] == [
        ("0801022", value) for value in (10.0, 20.0, 30.0)
    ]
    assert reported_at(version, 7) == {("0801023", "2024"): (3, 3), ("0801023", "2025"): (3, 3)}


def test_rows_of_a_cell_and_of_the_year_before_belong_to_a_change_by_sex():
    ropo = office()
    measure()
    for period in ("2023", "2024", "2025"):
        for number in range(3):
            for sex in ("K", "M"):
                services.record_observations(
                    [answered(unit=f"U{number}", period=period, cell={"sex": sex}, value=5.0)],
                    institution_id=ropo.pk,
                    at=NOON,
                )
    version = approved(ropo, entry={"kind": "change", "by": ["sex"]})

    rows = evidence.rows_behind(
        analyst(ropo),
        publishing.card_of(version),
        territory="0801",
        period="2025",
        cell={"sex": "K"},
        newest={},
    )

    assert {(row.period, row.cell) for row in rows} == {("2024", "K"), ("2025", "K")}


def test_response_counts_institutions_that_reported():
    ropo = office()
    measure()
    reported(ropo, 1.0, 2.0)
    silent = [
        answered(unit="S", value=None, status="missing"),
        answered(unit="N", value=None, status="zero_reported"),
        answered(unit="X", value=None, status="na"),
    ]
    services.record_observations(silent, institution_id=ropo.pk, at=NOON)
    version = approved(ropo)

    response = evidence.response_to(publishing.card_of(version), "2025")

    assert (response.asked, response.answered) == (4, 3)


def test_everybody_reads_open_cards_only():
    version = published_card()
    closed = approved(version.indicator.institution, code="inside", aims={"reach": "partners"})

    assert [one.indicator.code for one, _publication in released.for_everybody()] == ["graduates"]
    assert released.one_for_everybody(closed.indicator.code) is None
    assert released.one_for_everybody("graduates") == version
