"""The monitoring of the demonstration beside its figures: which question feeds which measure, targets, a programme."""

from collections.abc import Mapping
from datetime import date

from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.monitoring import queries
from spoiwo.monitoring.services import boards, editions, programmes
from spoiwo.monitoring.types import View

QUESTIONNAIRE = "sektor_es"
# question, choice, kinds of entity, measure, cell
SOURCES = (
    ("jobs", "", (), "pes_fte", {}),
    ("jobs_risk", "", (), "pes_jobs_at_risk", {}),
    ("income", "", (), "pes_income", {}),
    ("active", "yes", (), "pes_active", {}),
    *(
        (f"participants.{stage}.{sex}", "", (kind,), f"{kind}_{measure}", {"sex": letter})
        for kind in ("cis", "kis")
        for stage, measure in (("started", "starting"), ("ended", "finishing"))
        for sex, letter in (("women", "K"), ("men", "M"))
    ),
    ("participants.independent.women", "", ("cis",), "cis_independent", {"sex": "K"}),
    ("participants.independent.men", "", ("cis",), "cis_independent", {"sex": "M"}),
)
FED = {source[3] for source in SOURCES}
BREAK = {"2024": "ankieta zamiast formularza"}
AIMS: Mapping[str, Mapping[str, object]] = {
    "cis-reintegration": {
        "level": "result", "direction": "up", "baseline_period": "2022", "baseline": 40.0, "breaks": BREAK,
        "targets": {"2024": 45.0, "2025": 50.0, "2027": 55.0}, "due_days": 90, "correction_days": 120,
        "least_response": 60,
    },
    "pes-posts": {
        "level": "result", "direction": "up", "baseline_period": "2022", "baseline": 300.0, "breaks": BREAK,
        "targets": {"2025": 1800.0, "2027": 2400.0}, "due_days": 90, "least_response": 60,
    },
    "jst-social-clauses": {
        "level": "output", "direction": "up", "baseline_period": "2022", "baseline": 20.0,
        "targets": {"2025": 35.0, "2027": 50.0}, "due_days": 60,
    },
    "cis-grant-per-graduate": {"level": "result", "direction": "down", "targets": {"2025": 60000.0}},
}  # fmt: skip
TREE = (
    ("Trwałe miejsca pracy w ekonomii społecznej", (), ("pes-posts", "pes-jobs-change")),
    (
        "Usamodzielnianie osób zagrożonych wykluczeniem",
        ("Skuteczne CIS i KIS",),
        ("cis-reintegration", "kis-efficiency"),
    ),
    ("Zamówienia społecznie odpowiedzialne", (), ("jst-social-clauses",)),
)


def feed(by: Actor) -> None:
    """Say which question feeds which measure, and take the closed editions in."""
    measures = {one.code: one.pk for one in queries.measures()}
    for question, choice, kinds, measure, cell in SOURCES:
        editions.feed_question(
            questionnaire=QUESTIONNAIRE,
            question=question,
            choice=choice,
            kinds=kinds,
            measure_id=measures[measure],
            cell=cell,
            by=by,
        )


def plan(by: Actor, today: date) -> None:
    """A regional programme with its tree and calendar, and a dashboard."""
    made = programmes.begin_programme(
        name="Regionalny program rozwoju ekonomii społecznej (dane fikcyjne)",
        first_year=today.year - 2,
        last_year=today.year + 1,
        by=by,
    )
    cards = {row.version.indicator.code: row.version.indicator_id for row in queries.listed_cards(by)}
    for name, parts, codes in TREE:
        goal = programmes.add_objective(programme_id=made.pk, name=name, above_id=None, by=by)
        for part in parts:
            goal = programmes.add_objective(programme_id=made.pk, name=part, above_id=goal.pk, by=by)
        for code in codes:
            programmes.watch_objective(
                programme_id=made.pk, objective_id=goal.pk, indicator_id=cards[code], by=by
            )
    _calendar(made.pk, by, today)
    _board(by)


def _calendar(programme_id: int, by: Actor, today: date) -> None:
    offices = [pk for pk, _name in institutions.open_institutions()][:3]
    period = str(today.year - 1)
    for what, owner, due_on, is_done in (
        ("Ankieta wśród podmiotów ekonomii społecznej", by.institution_id, date(today.year, 3, 31), True),
        ("Zamówienia samorządów z klauzulami społecznymi", offices[0], date(today.year, 2, 28), False),
        ("Formularze CIS i KIS", offices[-1], date(today.year + 1, 1, 31), False),
    ):
        one = programmes.plan_collection(
            programme_id=programme_id,
            what=what,
            period=period,
            owner_id=owner,
            due_on=due_on,
            indicator_id=None,
            by=by,
        )
        if is_done:
            programmes.mark_delivered(collection_id=one.pk, day=date(today.year, 3, 12), by=by)


def _board(by: Actor) -> None:
    board = boards.begin_board(title="Reintegracja w regionie", place="", shared=True, by=by)
    for code, view in (
        ("cis-reintegration", View.OVER_TIME),
        ("cis-reintegration", View.MAP),
        ("kis-participants", View.RANKING),
        ("pes-posts", View.COMPLETENESS),
    ):
        boards.add_tile(board_id=board.pk, code=code, view=view, by=by)
