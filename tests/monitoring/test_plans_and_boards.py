from datetime import date
from pathlib import Path

import pytest

from spoiwo.monitoring import services
from spoiwo.monitoring.errors import BoardFull, BoardNotFound, ProgrammeNotFound
from spoiwo.monitoring.models import Collection, Objective
from spoiwo.monitoring.queries import boards as board_queries
from spoiwo.monitoring.queries import own, plans
from spoiwo.monitoring.rules.progress import way_gone
from spoiwo.monitoring.services import boards, programmes
from spoiwo.monitoring.services.reports import save_report
from spoiwo.monitoring.types import Aims, ProgrammeChange, View
from spoiwo.portal.queries.home import home_of
from spoiwo.portal.queries.home_monitoring import monitoring_tasks
from spoiwo.toolkit.conflicts import Conflict
from tests.makers import institutions
from tests.makers.monitoring import NOON, analyst, answered, approved, measure, office, reported

DAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path


def programme(by, **given):
    return programmes.begin_programme(
        **({"name": "Program", "first_year": 2024, "last_year": 2027, "by": by} | given)
    )


def delivery(by, programme_id: int, **given) -> Collection:
    kept = {
        "what": "Dane",
        "period": "2025",
        "owner_id": by.institution_id,
        "due_on": DAY,
        "indicator_id": None,
    }
    return programmes.plan_collection(programme_id=programme_id, **(kept | given), by=by)


@pytest.mark.parametrize(
    ("aims", "value", "gone"),
    [
        (Aims(baseline=30.0, targets={"2025": 40.0, "2027": 50.0}), 40.0, 0.5),
        (Aims(targets={"2027": 50.0}), 25.0, 0.5),
        (Aims(baseline=50.0, targets={"2027": 40.0}), 45.0, 0.5),
        (Aims(baseline=50.0, targets={"2027": 50.0}), 50.0, 1.0),
        (Aims(baseline=50.0, targets={"2027": 50.0}), 45.0, None),
        (Aims(baseline=50.0), 45.0, None),
        (Aims(targets={"2027": 50.0}), None, None),
    ],
)
def test_progress_is_the_way_gone_from_the_baseline_to_the_last_target(aims, value, gone):
    assert way_gone(aims, value) == gone


@pytest.mark.django_db
def test_a_tree_is_read_from_its_root_with_the_approved_cards_that_watch_it():
    ropo = office()
    by = analyst(ropo)
    measure()
    card = approved(ropo)
    made = programme(by)
    goal = programmes.add_objective(programme_id=made.pk, name="Praca", above_id=None, by=by)
    other = programmes.add_objective(programme_id=made.pk, name="Zdrowie", above_id=None, by=by)
    part = programmes.add_objective(programme_id=made.pk, name="Trwała praca", above_id=goal.pk, by=by)
    programmes.watch_objective(
        programme_id=made.pk, objective_id=part.pk, indicator_id=card.indicator_id, by=by
    )

    branches = plans.tree(made)

    assert [(b.objective.name, b.depth, list(b.versions)) for b in branches] == [
        ("Praca", 0, []),
        ("Trwała praca", 1, [card]),
        ("Zdrowie", 0, []),
    ]
    change(made, by, names={other.pk: "Zdrowie"})
    assert list(Objective.objects.all()) == [other]


def change(made, by, *, edit_version: int = 1, **given):
    kept = {"name": made.name, "first_year": made.first_year, "last_year": made.last_year, **given}
    return programmes.change_programme(
        programme_id=made.pk, change=ProgrammeChange(**kept), edit_version=edit_version, at=NOON, by=by
    )


@pytest.mark.django_db
def test_a_programme_and_its_objectives_get_other_names_and_lose_indicators():
    ropo = office()
    by = analyst(ropo)
    measure()
    card = approved(ropo)
    made = programme(by)
    goal = programmes.add_objective(programme_id=made.pk, name="Praca", above_id=None, by=by)
    part = programmes.add_objective(programme_id=made.pk, name="Etaty", above_id=goal.pk, by=by)
    for one in (goal, part):
        programmes.watch_objective(
            programme_id=made.pk, objective_id=one.pk, indicator_id=card.indicator_id, by=by
        )

    changed = change(
        made,
        by,
        name="Nowy program",
        last_year=2030,
        names={goal.pk: "Dobra praca", part.pk: "Etaty"},
        watching={goal.pk: frozenset({card.indicator_id})},
    )

    assert (changed.name, changed.last_year, changed.edit_version) == ("Nowy program", 2030, 2)
    assert [(b.objective.name, list(b.versions)) for b in plans.tree(made)] == [
        ("Dobra praca", [card]),
        ("Etaty", []),
    ]


@pytest.mark.django_db
def test_who_changes_a_programme_that_somebody_has_changed_sees_both():
    by = analyst(office())
    made = programme(by)
    goal = programmes.add_objective(programme_id=made.pk, name="Praca", above_id=None, by=by)
    change(made, by, names={goal.pk: "Dobra praca"})

    with pytest.raises(Conflict) as found:
        change(made, by, name="Inny", names={goal.pk: "Zła praca", 0: "nie ma go"})

    assert [(one.field, one.yours, one.saved) for one in found.value.differences] == [
        ("name", "Inny", made.name),
        (f"objective-{goal.pk}", "Zła praca", "Dobra praca"),
    ]
    assert found.value.version == 2


@pytest.mark.django_db
def test_a_dashboard_of_a_programme_begins_with_its_indicators():
    ropo = office()
    by = analyst(ropo)
    measure()
    card = approved(ropo)
    made = programme(by)
    for name in ("Praca", "Zdrowie"):
        goal = programmes.add_objective(programme_id=made.pk, name=name, above_id=None, by=by)
        programmes.watch_objective(
            programme_id=made.pk, objective_id=goal.pk, indicator_id=card.indicator_id, by=by
        )

    board = boards.begin_board(title="Program", place="", shared=False, by=by, programme_id=made.pk)

    assert [(tile.indicator_id, tile.view) for tile in board.tiles.all()] == [(card.indicator_id, "czas")]
    with pytest.raises(ProgrammeNotFound):
        boards.begin_board(title="X", place="", shared=False, by=by, programme_id=0)


@pytest.mark.django_db
def test_only_the_keeper_changes_a_programme():
    ropo = office()
    by, stranger = analyst(ropo), analyst(office())
    made, others = programme(by), programme(stranger)
    foreign = programmes.add_objective(programme_id=others.pk, name="Cudzy", above_id=None, by=stranger)

    deeds = [
        lambda: programmes.add_objective(programme_id=made.pk, name="Cel", above_id=None, by=stranger),
        lambda: programmes.add_objective(programme_id=made.pk, name="Cel", above_id=foreign.pk, by=by),
        lambda: programmes.watch_objective(
            programme_id=made.pk, objective_id=foreign.pk, indicator_id=1, by=by
        ),
        lambda: change(made, stranger),
        lambda: delivery(analyst(ropo, roles=("case_worker",)), made.pk),
        lambda: save_report(
            programme_id=made.pk,
            year=2025,
            introduction="",
            conclusions="",
            edit_version=0,
            at=NOON,
            by=stranger,
        ),
    ]
    for deed in deeds:
        with pytest.raises(ProgrammeNotFound):
            deed()


@pytest.mark.django_db
def test_a_delivery_is_noted_by_who_owes_it_or_keeps_the_programme_and_only_once():
    ropo, owner = office(), office()
    by = analyst(ropo)
    made = programme(by)
    one, other = delivery(by, made.pk, owner_id=owner.pk), delivery(by, made.pk, owner_id=owner.pk)

    assert plans.late_collections(analyst(owner), date(2026, 3, 2)) == 2
    programmes.mark_delivered(collection_id=one.pk, day=DAY, by=analyst(owner, roles=("case_worker",)))
    programmes.mark_delivered(collection_id=other.pk, day=DAY, by=by)

    assert plans.late_collections(analyst(owner), date(2026, 3, 2)) == 0
    for who in (by, analyst(office())):
        with pytest.raises(ProgrammeNotFound):
            programmes.mark_delivered(collection_id=one.pk, day=DAY, by=who)


@pytest.mark.django_db
def test_what_is_overdue_waits_on_the_page_of_the_day_for_analysts_and_directors():
    by = analyst(office())
    made = programme(by)
    delivery(by, made.pk)

    (task,) = home_of(by, date(2026, 3, 2)).tasks[-1:]

    assert (task.tone, task.url) == ("late", "/wskazniki/program/")
    assert list(monitoring_tasks(by, DAY)) == []
    worker = analyst(made.institution, roles=("case_worker",))
    assert list(monitoring_tasks(worker, date(2026, 3, 2))) == []


@pytest.mark.django_db
def test_open_deliveries_come_first():
    by = analyst(office())
    made = programme(by)
    done, late, soon = (delivery(by, made.pk, due_on=date(2026, month, 1)) for month in (1, 2, 4))
    programmes.mark_delivered(collection_id=done.pk, day=DAY, by=by)

    assert [one.pk for one in plans.collections(made)] == [late.pk, soon.pk, done.pk]


@pytest.mark.django_db
def test_the_second_of_two_writers_of_a_report_sees_what_the_first_one_saved():
    by = analyst(office())
    made = programme(by)

    def save(text: str, edit_version: int, year: int = 2025):
        return save_report(
            programme_id=made.pk,
            year=year,
            introduction=text,
            conclusions="",
            edit_version=edit_version,
            at=NOON,
            by=by,
        )

    first = save("Pierwszy", 0)
    with pytest.raises(Conflict) as conflict:
        save("Drugi", 0)
    second = save("Drugi", conflict.value.version)

    assert [(d.field, d.saved) for d in conflict.value.differences] == [("introduction", "Pierwszy")]
    assert (first.pk, second.introduction, second.edit_version) == (second.pk, "Drugi", 2)
    with pytest.raises(ProgrammeNotFound):
        save("Za późno", 0, year=2028)


@pytest.mark.django_db
def test_a_dashboard_is_seen_by_its_owner_and_shared_with_colleagues():
    ropo = office()
    owner, colleague, stranger = analyst(ropo), analyst(ropo, user_id=77), analyst(office())
    own_board = boards.begin_board(title="Moja", place="", shared=False, by=owner)
    shared = boards.begin_board(title="Wspólna", place="0801", shared=True, by=owner)

    assert board_queries.boards(owner) == [own_board, shared]
    assert board_queries.boards(colleague) == [shared]
    assert board_queries.boards(stranger) == []
    assert board_queries.board(colleague, own_board.pk) is None


@pytest.mark.django_db
def test_only_the_owner_changes_a_dashboard(monkeypatch):
    ropo = office()
    owner, colleague = analyst(ropo), analyst(ropo, user_id=77)
    measure()
    version = approved(ropo)
    board = boards.begin_board(title="Wspólna", place="", shared=True, by=owner)
    tile = boards.add_tile(board_id=board.pk, code="graduates", view=View.MAP, by=owner)

    assert board_queries.tiles(board) == [(tile, version)]
    for deed in (
        lambda: boards.add_tile(board_id=board.pk, code="graduates", view=View.MAP, by=colleague),
        lambda: boards.add_tile(board_id=board.pk, code="nothing", view=View.MAP, by=owner),
        lambda: boards.remove_tile(board_id=board.pk, tile_id=tile.pk, by=colleague),
        lambda: boards.remove_tile(board_id=board.pk, tile_id=0, by=owner),
        lambda: boards.remove_board(board_id=board.pk, by=colleague),
    ):
        with pytest.raises(BoardNotFound):
            deed()
    monkeypatch.setattr(boards, "MOST_TILES", 1)
    with pytest.raises(BoardFull):
        boards.add_tile(board_id=board.pk, code="graduates", view=View.RANKING, by=owner)
    boards.remove_tile(board_id=board.pk, tile_id=tile.pk, by=owner)
    assert board_queries.tiles(board) == []
    boards.remove_board(board_id=board.pk, by=owner)
    assert board_queries.boards(owner) == []


@pytest.mark.django_db
def test_an_institution_sees_its_own_figures_whole_and_only_where_it_has_any():
    ropo = office()
    pup = institutions.institution("pup-probny")
    measure()
    measure("other")
    reported(ropo, 10.0, 20.0, 30.0)
    told = [answered(unit=pup.code, value=2.0), answered(unit=pup.code, value=3.0, period="2024")]
    services.record_observations(told, institution_id=ropo.pk, at=NOON)
    versions = [
        approved(ropo),
        approved(ropo, code="others", entry={"numerator": "other"}),
    ]

    found = own.own_figures(analyst(pup), versions)

    assert [(one.version.pk, one.figure.period, one.figure.value) for one in found] == [
        (versions[0].pk, "2025", 2.0)
    ]
    assert own.own_figures(analyst(office()), versions) == []
