from pathlib import Path

import pytest

from spoiwo.engines.indicators.disclosure import solving
from spoiwo.monitoring import queries, services
from spoiwo.monitoring.errors import (
    CardNotFound,
    CardRefused,
    CodeTaken,
    DraftOpen,
    MeasuresUnknown,
    NotYetOrNoLonger,
    OwnWork,
    UnitsDoNotFit,
)
from spoiwo.monitoring.models import Figure, Indicator, IndicatorVersion, Measure, Observation
from spoiwo.monitoring.services.shipped import load_measures, load_shipped, read_shipped
from spoiwo.monitoring.services.trying import dry_run
from spoiwo.monitoring.types import State, Step
from tests.makers.monitoring import NOON, analyst, answered, approved, draft, measure, office, reported

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path
    return tmp_path


def sent(at, **given) -> IndicatorVersion:
    version = services.draft_card(draft(**given), at=NOON, by=analyst(at))
    return services.take_step(version_id=version.pk, step=Step.SEND, at=NOON, by=analyst(at))


def values(version: IndicatorVersion) -> dict[tuple[str, str], float | None]:
    return {(found.territory, found.period): found.value for found in queries.published(version)}


def test_a_second_person_approves_and_the_figures_are_published():
    ropo = office()
    measure()
    reported(ropo, 10.0, 20.0, 30.0)

    version = approved(ropo)

    assert version.state == State.APPROVED
    assert (version.drafted_by_user_id, version.approved_by_user_id) == (901, 902)
    publication = version.publications.get()
    assert publication.sql_hash == version.sql_hash
    assert len(version.sql_hash) == len(publication.snapshot) == len(publication.table_hash) == 64
    assert "observations" in version.sql
    assert values(version) == {("08", "2025"): 60.0, ("0801", "2025"): 60.0}


def test_nobody_approves_the_own_work():
    ropo = office()
    measure()
    version = sent(ropo)

    with pytest.raises(OwnWork):
        services.take_step(version_id=version.pk, step=Step.APPROVE, at=NOON, by=analyst(ropo))


def test_figures_that_would_give_somebody_away_are_not_published():
    ropo = office()
    measure()
    reported(ropo, 10.0, 20.0)

    version = approved(ropo)

    assert {(found.value, found.status) for found in queries.published(version)} == {(None, "suppressed")}


def test_a_new_version_takes_the_place_of_the_one_before():
    ropo = office()
    measure()
    first = approved(ropo)
    second = services.revise(indicator_id=first.indicator_id, at=NOON, by=analyst(ropo))
    services.take_step(version_id=second.pk, step=Step.SEND, at=NOON, by=analyst(ropo))
    services.take_step(version_id=second.pk, step=Step.APPROVE, at=NOON, by=analyst(ropo, user_id=902))

    first.refresh_from_db()
    second.refresh_from_db()

    assert (first.state, second.state, second.number) == (State.RETIRED, State.APPROVED, 2)


def test_a_dry_run_lists_the_published_figures_that_would_change():
    ropo = office()
    measure()
    reported(ropo, 10.0, 20.0, 30.0)
    reported(ropo, 1.0, 1.0, 1.0, period="2024")
    first = approved(ropo)
    second = services.revise(indicator_id=first.indicator_id, at=NOON, by=analyst(ropo))
    services.redraft(
        version_id=second.pk,
        draft=draft(entry={"levels": [2], "multiplier": 2}),
        edit_version=second.edit_version,
        at=NOON,
        by=analyst(ropo),
    )
    second.refresh_from_db()

    changes = dry_run(second)

    assert [
        (c.place.territory, c.place.period, c.before and c.before.value, c.after and c.after.value)
        for c in changes
    ] == [
        ("08", "2024", 3.0, 6.0),
        ("08", "2025", 60.0, 120.0),
        ("0801", "2024", 3.0, None),
        ("0801", "2025", 60.0, None),
    ]
    assert Figure.objects.filter(publication__version=second).count() == 0


def test_a_dry_run_of_a_first_version_shows_what_is_new_and_the_same_changes_nothing():
    ropo = office()
    measure()
    reported(ropo, 10.0, 20.0, 30.0)
    version = sent(ropo, entry={"levels": [2]})

    before = dry_run(version)
    services.take_step(version_id=version.pk, step=Step.APPROVE, at=NOON, by=analyst(ropo, user_id=902))

    assert [(c.before, c.after.value) for c in before] == [(None, 60.0)]
    assert dry_run(services.revise(indicator_id=version.indicator_id, at=NOON, by=analyst(ropo))) == []


def test_a_division_nobody_reported_is_refused_when_tried():
    ropo = office()
    measure()
    reported(ropo, 1.0)
    version = sent(ropo, entry={"by": ["age"]})

    with pytest.raises(CardRefused) as refused:
        dry_run(version)

    assert refused.value.reason == "dimension"


def test_figures_too_entangled_to_be_checked_are_not_published(monkeypatch):
    ropo = office()
    measure()
    for county in ("0801", "0802", "0803"):
        reported(ropo, 1.0, territory=county)
    version = sent(ropo)
    monkeypatch.setattr(solving, "LARGEST_SYSTEM", 1)

    with pytest.raises(CardRefused) as refused:
        dry_run(version)

    assert refused.value.reason == "entangled"


def test_without_observations_there_is_nothing_to_publish():
    ropo = office()
    measure()

    assert values(approved(ropo)) == {}


@pytest.mark.parametrize(
    ("entry", "error"),
    [
        pytest.param({"numerator": "finished +"}, CardRefused, id="a formula that ends early"),
        pytest.param({"kind": "share"}, CardRefused, id="a share of nothing"),
        pytest.param({"numerator": "nobody"}, MeasuresUnknown, id="an unknown measure"),
        pytest.param({"numerator": "finished + money"}, UnitsDoNotFit, id="people and money"),
        pytest.param(
            {"kind": "ratio", "denominator": "money - finished"}, UnitsDoNotFit, id="money without people"
        ),
    ],
)
def test_a_card_that_cannot_be_right_is_refused(entry, error):
    ropo = office()
    measure()
    measure("money", unit="pln")

    with pytest.raises(error):
        services.draft_card(draft(entry=entry), at=NOON, by=analyst(ropo))

    assert Indicator.objects.count() == 0


def test_a_code_is_given_once():
    ropo = office()
    measure()
    approved(ropo)

    with pytest.raises(CodeTaken):
        services.draft_card(draft(), at=NOON, by=analyst(ropo))


def test_a_draft_comes_back_from_review_and_is_changed_by_its_last_writer():
    ropo = office()
    measure()
    version = sent(ropo)
    other = analyst(ropo, user_id=905)
    services.take_step(version_id=version.pk, step=Step.TAKE_BACK, at=NOON, by=other)

    changed = services.redraft(
        version_id=version.pk,
        draft=draft(name_pl="Inna"),
        edit_version=version.edit_version,
        at=NOON,
        by=other,
    )

    assert (changed.name_pl, changed.drafted_by_user_id, changed.state) == ("Inna", 905, State.DRAFT)


def test_steps_are_taken_in_their_order():
    ropo = office()
    measure()
    version = approved(ropo)

    for step in set(Step) - {Step.RETIRE}:
        with pytest.raises(NotYetOrNoLonger):
            services.take_step(version_id=version.pk, step=step, at=NOON, by=analyst(ropo))
    retired = services.take_step(version_id=version.pk, step=Step.RETIRE, at=NOON, by=analyst(ropo))
    assert (retired.state, retired.retired_at) == (State.RETIRED, NOON)
    with pytest.raises(NotYetOrNoLonger):
        services.take_step(version_id=version.pk, step=Step.RETIRE, at=NOON, by=analyst(ropo))


def test_one_version_at_a_time_is_in_the_making():
    ropo = office()
    measure()
    version = sent(ropo)

    with pytest.raises(DraftOpen):
        services.revise(indicator_id=version.indicator_id, at=NOON, by=analyst(ropo))


def test_other_institutions_and_other_roles_reach_no_draft():
    ropo, other = office(), office()
    measure()
    version = sent(ropo)

    for stranger in (analyst(other), analyst(ropo, roles=("case_worker",))):
        with pytest.raises(CardNotFound):
            services.take_step(version_id=version.pk, step=Step.TAKE_BACK, at=NOON, by=stranger)
    with pytest.raises(CardNotFound):
        services.revise(indicator_id=version.indicator_id, at=NOON, by=analyst(other))


def test_a_correction_is_a_new_revision_and_the_last_one_counts():
    ropo = office()
    measure()
    reported(ropo, 10.0, 20.0, 30.0)

    corrected = services.record_observations(
        [answered(unit="U0", value=40.0), answered(unit="U1", value=20.0)], institution_id=ropo.pk, at=NOON
    )

    assert corrected == 1
    assert sorted(Observation.objects.values_list("unit", "revision", "value")) == [
        ("U0", 1, 10.0), ("U0", 2, 40.0), ("U1", 1, 20.0), ("U2", 1, 30.0),
    ]  # fmt: skip
    assert values(approved(ropo))["08", "2025"] == 90.0


def test_cells_are_told_apart_whatever_the_order_of_their_dimensions():
    ropo = office()
    measure()
    both = [answered(cell={"sex": "K", "age": "60+"}), answered(cell={"age": "60+", "sex": "K"})]

    assert services.record_observations(both, institution_id=ropo.pk, at=NOON) == 1


def test_observations_of_unknown_measures_are_refused():
    with pytest.raises(MeasuresUnknown):
        services.record_observations([answered(measure="nobody")], institution_id=office().pk, at=NOON)


def test_a_snapshot_rewrites_only_years_with_something_new(folder: Path):
    ropo = office()
    measure()
    reported(ropo, 1.0, 2.0, 3.0)
    reported(ropo, 1.0, 2.0, 3.0, period="2024")
    first = approved(ropo)
    before = {path.name: path.stat().st_mtime_ns for path in (folder / "monitoring").glob("*.parquet")}

    reported(ropo, 4.0, 2.0, 3.0)
    second = services.revise(indicator_id=first.indicator_id, at=NOON, by=analyst(ropo))
    dry_run(second)

    after = {path.name: path.stat().st_mtime_ns for path in (folder / "monitoring").glob("*.parquet")}
    assert len(before) == 2
    assert before.items() <= after.items()
    assert len(after) == 3
    assert next(name for name in after if name not in before).startswith("2025-")


def test_ready_cards_come_with_their_measures():
    ropo = office()

    loaded = load_shipped(at=NOON, drafting=analyst(ropo), approving=analyst(ropo, user_id=902))

    assert loaded == 39
    assert IndicatorVersion.objects.filter(state=State.APPROVED).count() == 39
    assert Measure.objects.count() == len(read_shipped("measure"))
    assert load_shipped(at=NOON, drafting=analyst(ropo), approving=analyst(ropo, user_id=902)) == 0
    assert load_measures() == 0
