"""What was published before is worked out once for each snapshot, whatever is published afterwards."""

from pathlib import Path

import pytest

from spoiwo.engines.indicators import computing
from spoiwo.monitoring import queries, services
from spoiwo.monitoring.errors import SnapshotGone
from spoiwo.monitoring.services import remembered
from tests.makers.monitoring import NOON, analyst, answered, approved, measure, office, reported

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "monitoring"


@pytest.fixture
def worked_out(monkeypatch):
    """How many cards were worked out over snapshots, each time that any was."""
    counts: list[int] = []
    plain = computing.published

    def counted(engine, cards, *given, **named):
        counts.append(len(cards))
        return plain(engine, cards, *given, **named)

    monkeypatch.setattr(remembered, "published", counted)
    return counts


def history(ropo, *, publications: int):
    version = approved(ropo)
    for number in range(1, publications):
        reported(ropo, 10.0 + number, 20.0, 30.0)
        services.publish_again(indicator_id=version.indicator_id, at=NOON, by=analyst(ropo))
    return version


def test_each_snapshot_is_worked_out_once(worked_out):
    ropo = office()
    measure()
    reported(ropo, 10.0, 20.0, 30.0)

    history(ropo, publications=5)

    assert worked_out == [1, 1, 1, 1], "one snapshot more with every publication, and none of them twice"


def test_what_is_remembered_is_what_would_be_worked_out(folder: Path):
    ropo = office()
    measure()
    reported(ropo, 10.0, 20.0, 30.0, cell={"sex": "K"})
    reported(ropo, 5.0, cell={"sex": "M"})
    sexes = approved(ropo, code="sexes", entry={"by": ["sex"]})
    reported(ropo, 11.0, 20.0, 30.0, period="2024", cell={"sex": "K"})

    together = approved(ropo)
    hidden = {(one.period, one.status) for one in queries.published(together)}
    again = services.publish_again(indicator_id=sexes.indicator_id, at=NOON, by=analyst(ropo))
    for path in (folder / "known").iterdir():
        path.unlink()

    assert hidden == {("2024", "ok"), ("2025", "suppressed")}, "the men of 2025 would follow from the women"
    assert services.recompute(together.publications.get()).holds
    assert services.recompute(again).holds
    assert list((folder / "known").iterdir())


def test_what_stands_behind_a_window_is_remembered_too(worked_out):
    ropo = office()
    measure()
    for quarter in ("2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"):
        reported(ropo, 10.0, 20.0, 30.0, period=quarter)
    entry = {"numerator": "rolling(finished, quarters=4)", "grain": "quarter"}
    rolling = approved(ropo, entry=entry)
    services.record_observations(
        [answered(unit="U0", period="2025-Q1", value=4.0)], institution_id=ropo.pk, at=NOON
    )

    plain = approved(ropo, code="quarters", entry={"grain": "quarter"})

    assert {(one.period, one.status) for one in queries.published(plain)} >= {("2025-Q1", "suppressed")}
    assert services.recompute(rolling.publications.get()).holds
    assert services.recompute(plain.publications.get()).holds
    assert worked_out == [2]


def test_a_snapshot_has_to_be_there_until_it_was_worked_out(folder: Path):
    ropo = office()
    measure()
    reported(ropo, 10.0, 20.0, 30.0)
    version = approved(ropo)
    first = next(folder.glob("2025-*.parquet"))

    def published(value: float):
        reported(ropo, value, 20.0, 30.0)
        return services.publish_again(indicator_id=version.indicator_id, at=NOON, by=analyst(ropo))

    published(11.0)
    first.unlink()
    third = published(12.0)
    for path in folder.glob("2025-*.parquet"):
        path.unlink()

    assert third.number == 3
    with pytest.raises(SnapshotGone):
        published(13.0)
