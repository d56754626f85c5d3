"""Reading a file of plans that were kept elsewhere: a line for each action, lines of one plan have one number."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from spoiwo.plans.rules.checks import faults
from spoiwo.plans.types import (
    PERSON,
    ActionDraft,
    ActionState,
    Area,
    Content,
    FaultKind,
    GoalDraft,
    PlanState,
)

OF_PLAN = (
    *("numer", "numer_klienta", "partner", "stan", "data_podpisania", "od", "do"),
    *("data_zamkniecia", "powod", "problem"),
)
OF_GOAL = ("cel", "miernik", "stan_wyjsciowy", "wartosc_docelowa", "termin_celu")
OF_ACTION = (
    *("dzialanie", "obszar", "odpowiada", "usluga", "dzialanie_od", "dzialanie_do"),
    *("wynik", "data_wyniku", "opis_wyniku"),
)
COLUMNS = (*OF_PLAN, *OF_GOAL, *OF_ACTION)
NEEDED = (
    *("numer", "numer_klienta", "partner", "stan", "data_podpisania", "od", "do", "problem"),
    *("cel", "dzialanie"),
)
LONGEST = {
    "numer": 80,
    "powod": 500,
    "problem": 4000,
    "cel": 300,
    "miernik": 200,
    "stan_wyjsciowy": 200,
    "wartosc_docelowa": 200,
    "dzialanie": 300,
    "usluga": 200,
    "opis_wyniku": 500,
}
DAYS = (
    "data_podpisania",
    "od",
    "do",
    "data_zamkniecia",
    "termin_celu",
    "dzialanie_od",
    "dzialanie_do",
    "data_wyniku",
)
PAST = ("data_podpisania", "data_zamkniecia", "data_wyniku")
STATES: Mapping[str, PlanState] = {
    "realizowany": PlanState.ACTIVE,
    "zawieszony": PlanState.SUSPENDED,
    "zakonczony": PlanState.COMPLETED,
    "przerwany": PlanState.DISCONTINUED,
}
CLOSED = frozenset({PlanState.COMPLETED, PlanState.DISCONTINUED})
OWN, PARTNER, THE_PERSON = "nasza", "partner", "osoba"
RESULTS: Mapping[str, ActionState] = {"zrobione": ActionState.DONE, "niezrobione": ActionState.NOT_DONE}
MOST_ROWS = 50_000
_FORMS = ("%Y-%m-%d", "%d.%m.%Y")
_NOT_ASKED = frozenset({FaultKind.NO_WORKER})  # who works with the person is written down here


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line of the file: its number as a spreadsheet counts, and its cells."""

    number: int
    cells: Mapping[str, str]

    def day(self, column: str) -> date | None:
        """The day in a column, None when there is none."""
        return _day(self.cells[column])


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of an action before it was brought in."""

    state: ActionState
    on: date | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePlan:
    """A plan that says everything it must; client and partner are still words."""

    number: str
    client: str
    partner: str
    state: PlanState
    signed_on: date
    starts_on: date
    ends_on: date
    closed_on: date | None
    reason: str
    lines: tuple[FileLine, ...]


def plans_in(lines: Iterable[FileLine]) -> list[tuple[FileLine, ...]]:
    """The lines of each plan, in the order in which plans begin in the file."""
    found: dict[str, list[FileLine]] = {}
    for line in lines:
        found.setdefault(line.cells["numer"] or f"\n{line.number}", []).append(line)
    return [tuple(one) for one in found.values()]


def problems_of(lines: Sequence[FileLine], *, today: date) -> list[tuple[str, ...]]:
    """For each line of a plan codes of everything that is wrong with it alone."""
    return [(*_cell_problems(line, today), *_plan_problems(line, lines[0])) for line in lines]


def read_plan(lines: Sequence[FileLine]) -> FilePlan:
    """The plan of lines without problems."""
    first = lines[0]
    state = STATES[first.cells["stan"].lower()]
    return FilePlan(
        number=first.cells["numer"],
        client=first.cells["numer_klienta"],
        partner=first.cells["partner"],
        state=state,
        signed_on=_given(first, "data_podpisania"),
        starts_on=_given(first, "od"),
        ends_on=_given(first, "do"),
        closed_on=first.day("data_zamkniecia") if state in CLOSED else None,
        reason=first.cells["powod"],
        lines=tuple(lines),
    )


def content_of_file(
    plan: FilePlan, *, own: int, partner: int, new_key: Callable[[], str]
) -> tuple[Content, dict[str, Result]]:
    """What the plan says, and by the key of each action what became of it."""
    owners = {"": own, OWN: own, PARTNER: partner, THE_PERSON: PERSON}
    results: dict[str, Result] = {}
    goals: dict[str, list[FileLine]] = {}
    for line in plan.lines:
        goals.setdefault(line.cells["cel"], []).append(line)
    drafted = []
    for lines in goals.values():
        due_on = lines[0].day("termin_celu") or plan.ends_on
        actions = []
        for line in lines:
            actions.append(_action(new_key(), line, owners, plan.starts_on, due_on))
            if line.cells["wynik"]:
                results[actions[-1].key] = _result(line)
        drafted.append(_goal(new_key(), lines[0].cells, due_on, actions))
    content = Content(
        parties=(own, partner),
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        problem=plan.lines[0].cells["problem"],
        goals=tuple(drafted),
    )
    return content, results


def content_problems(content: Content) -> tuple[str, ...]:
    """Codes of what keeps such a plan from being one, as for plans that are written here."""
    return tuple(f"fault:{one.kind}:{one.about}" for one in faults(content) if one.kind not in _NOT_ASKED)


def _goal(key: str, cells: Mapping[str, str], due_on: date, actions: Sequence[ActionDraft]) -> GoalDraft:
    return GoalDraft(
        key=key,
        text=cells["cel"],
        measure=cells["miernik"],
        baseline=cells["stan_wyjsciowy"],
        target=cells["wartosc_docelowa"],
        due_on=due_on,
        actions=tuple(actions),
    )


def _result(line: FileLine) -> Result:
    state = RESULTS[line.cells["wynik"].lower()]
    return Result(state=state, on=line.day("data_wyniku"), text=line.cells["opis_wyniku"])


def _action(
    key: str, line: FileLine, owners: Mapping[str, int], starts_on: date, due_on: date
) -> ActionDraft:
    cells = line.cells
    return ActionDraft(
        key=key,
        text=cells["dzialanie"],
        area=Area(cells["obszar"].lower() or Area.SERVICES),
        owner=owners[cells["odpowiada"].lower()],
        service=cells["usluga"],
        starts_on=line.day("dzialanie_od") or starts_on,
        due_on=line.day("dzialanie_do") or due_on,
    )


def _cell_problems(line: FileLine, today: date) -> list[str]:
    cells = line.cells
    found = [f"missing:{name}" for name in NEEDED if not cells[name]]
    found += [f"too_long:{name}" for name, most in LONGEST.items() if len(cells[name]) > most]
    found += [f"day:{name}" for name in DAYS if cells[name] and line.day(name) is None]
    found += [f"to_come:{name}" for name in PAST if (line.day(name) or today) > today]
    coded = (
        ("stan", STATES),
        ("obszar", {one.value for one in Area}),
        ("odpowiada", {OWN, PARTNER, THE_PERSON}),
        ("wynik", RESULTS),
    )
    found += [f"code:{name}" for name, codes in coded if cells[name] and cells[name].lower() not in codes]
    if cells["wynik"]:
        if not cells["data_wyniku"]:
            found.append("missing:data_wyniku")
        if RESULTS.get(cells["wynik"].lower()) is ActionState.NOT_DONE and not cells["opis_wyniku"]:
            found.append("missing:opis_wyniku")
    return found


def _plan_problems(line: FileLine, first: FileLine) -> list[str]:
    """What is wrong with the line as part of a plan: it must tell the same of the whole plan as the first one."""
    if line is not first:
        return [f"differs:{name}" for name in OF_PLAN if line.cells[name] != first.cells[name]]
    state = STATES.get(line.cells["stan"].lower())
    found = []
    if state in CLOSED and not line.cells["data_zamkniecia"]:
        found.append("missing:data_zamkniecia")
    if state in {PlanState.SUSPENDED, PlanState.DISCONTINUED} and not line.cells["powod"]:
        found.append("missing:powod")
    return found


def _given(line: FileLine, column: str) -> date:
    found = line.day(column)
    assert found is not None, f"{column} was checked"
    return found


def _day(text: str) -> date | None:
    for form in _FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            continue
    return None
