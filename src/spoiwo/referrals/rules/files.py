"""Reading a file of referrals of former years: columns, codes, what each row must say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from spoiwo.referrals.rules.steps import OUTCOMES, TERMINAL
from spoiwo.referrals.types import State

COLUMNS = (
    *("numer", "numer_klienta", "odbiorca", "miejsce", "data_skierowania", "stan"),
    *("data_zakonczenia", "wynik", "znak_sprawy", "powod"),
)
NEEDED = ("numer", "numer_klienta", "odbiorca", "miejsce", "data_skierowania", "stan")
STATES: Mapping[str, State] = {
    "wyslane": State.SENT,
    "odebrane": State.RECEIVED,
    "lista_oczekujacych": State.WAITLISTED,
    "przyjete": State.ACCEPTED,
    "w_trakcie": State.STARTED,
    "zakonczone": State.COMPLETED,
    "przerwane": State.DISCONTINUED,
    "nie_zglosil_sie": State.NO_SHOW,
    "odrzucone": State.REJECTED,
    "wycofane": State.WITHDRAWN,
    "wygasle": State.EXPIRED,
}
MOST_ROWS = 20_000
LONGEST = {"numer": 40, "znak_sprawy": 80, "powod": 1000}
_DAYS = ("%Y-%m-%d", "%d.%m.%Y")
_ENDS = {
    State.COMPLETED: "complete",
    State.DISCONTINUED: "discontinue",
    State.NO_SHOW: "no_show",
    State.REJECTED: "reject",
    State.WITHDRAWN: "withdraw",
    State.EXPIRED: "expire",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """A row that says everything it must; client, receiver and place are still words."""

    number: int
    cells: Mapping[str, str]
    reference: str
    client: str
    receiver: str
    place: str
    sent_on: date
    state: State
    ended_on: date | None
    outcome: str


def read_row(number: int, cells: Mapping[str, str], *, today: date) -> FileRow | tuple[str, ...]:
    """The row, or codes of everything that is wrong with it."""
    problems = [f"missing:{name}" for name in NEEDED if not cells.get(name)]
    problems += [f"too_long:{name}" for name, most in LONGEST.items() if len(cells.get(name, "")) > most]
    state = STATES.get(cells.get("stan", "").lower())
    if cells.get("stan") and state is None:
        problems.append("state")
    sent_on = _day(cells.get("data_skierowania", ""))
    ended_on = _day(cells.get("data_zakonczenia", ""))
    problems += _day_problems(cells, sent_on, ended_on, today)
    if state is not None:
        problems += _end_problems(cells, state, ended_on)
    if problems or state is None or sent_on is None:
        return tuple(problems)
    return FileRow(
        number=number,
        cells=cells,
        reference=cells["numer"],
        client=cells["numer_klienta"],
        receiver=cells["odbiorca"],
        place=cells["miejsce"],
        sent_on=sent_on,
        state=state,
        ended_on=ended_on if state in TERMINAL else None,
        outcome=cells.get("wynik", "").lower() if state in TERMINAL else "",
    )


def _day_problems(
    cells: Mapping[str, str], sent_on: date | None, ended_on: date | None, today: date
) -> list[str]:
    found = []
    for name, day in (("data_skierowania", sent_on), ("data_zakonczenia", ended_on)):
        if cells.get(name) and (day is None or day > today):
            found.append(f"day:{name}")
    if sent_on and ended_on and ended_on < sent_on:
        found.append("ended_before_sent")
    return found


def _end_problems(cells: Mapping[str, str], state: State, ended_on: date | None) -> list[str]:
    if state not in TERMINAL:
        return ["outcome_without_end"] if cells.get("wynik") or cells.get("data_zakonczenia") else []
    allowed = {code.value for step, codes in OUTCOMES.items() if step == _ENDS[state] for code in codes}
    found = [] if cells.get("wynik", "").lower() in allowed else ["outcome"]
    return found if ended_on or cells.get("data_zakonczenia") else [*found, "missing:data_zakonczenia"]


def _day(text: str) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            continue
    return None
