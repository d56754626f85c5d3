"""The second wall: leaving out more figures until none that must not be shown can be worked out."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from spoiwo.engines.indicators.disclosure.solving import Form, given_away


@dataclass(slots=True, kw_only=True)
class Release:
    """A set of tables as sums of elementary figures.

    values: of the elementary figures, by number; risky: those that must not become known; rows: what each row
    of the tables tells when it is shown; sums: what is true of the figures whether shown or not (parts and
    totals); before: sums that earlier publications have made known; unsafe: rows to leave out whatever else.
    """

    values: dict[int, float] = field(default_factory=dict)
    risky: set[int] = field(default_factory=set)
    rows: dict[int, list[Form]] = field(default_factory=dict)
    sums: list[Form] = field(default_factory=list)
    before: list[Form] = field(default_factory=list)
    unsafe: set[int] = field(default_factory=set)

    def known(self, hidden: set[int]) -> list[Form]:
        """All sums that are known when these rows are left out."""
        shown = [form for row, forms in self.rows.items() if row not in hidden for form in forms]
        return [*self.sums, *self.before, *shown]


def rows_to_hide(release: Release, narrow: Callable[[Release, set[int]], set[int]] | None = None) -> set[int]:
    """Rows to leave out: those that tell a risky figure, and as many others as it takes.

    narrow: which risky figures can be told nearly, of what is left out; asked when none is told exactly. What earlier
    publications give away cannot be taken back, and nothing is left out in its name. Raises TooEntangled, and what
    `narrow` raises.
    """
    release.sums, release.before = distinct(release.sums), distinct(release.before)
    hidden = release.unsafe | {
        row
        for row, forms in release.rows.items()
        if any(figure in release.risky for form in forms for figure in form)
    }
    lost = given_away([*release.sums, *release.before]) & release.risky
    beside = _beside(release)
    while True:
        open_ones = (given_away(release.known(hidden)) & release.risky) - lost
        if not open_ones and narrow is not None:
            open_ones = narrow(release, hidden) - lost
            if open_ones:
                lost |= narrow(release, set(release.rows))
                open_ones -= lost
        if not open_ones or not _hide_beside(release, open_ones, hidden, beside):
            return hidden


def distinct(forms: Iterable[Form]) -> list[Form]:
    """Each sum once: publications over data that have hardly changed tell the same again."""
    return list({frozenset(form.items()): form for form in forms}.values())


def _beside(release: Release) -> Mapping[int, list[Form]]:
    """The sums that each figure stands in."""
    beside: dict[int, list[Form]] = defaultdict(list)
    for form in release.sums:
        for figure in form:
            beside[figure].append(form)
    return beside


def _hide_beside(
    release: Release, open_ones: set[int], hidden: set[int], beside: Mapping[int, list[Form]]
) -> bool:
    """Leave out one more row for every figure given away: the smallest part beside it, or else its total.

    Answers whether there was any row left.
    """
    telling: dict[int, list[int]] = defaultdict(list)
    for row, forms in release.rows.items():
        if row not in hidden:
            for figure in {figure for form in forms for figure in form}:
                telling[figure].append(row)
    touched: set[int] = set()
    for figure in sorted(open_ones):
        near = _near(figure, beside, telling)
        if touched & near:
            continue
        candidates = near or set(telling)
        if not candidates:
            return False
        chosen = min(candidates, key=lambda other: _price(release, figure, other, beside))
        hidden.update(telling[chosen])
        touched.add(chosen)
    return True


def _near(figure: int, beside: Mapping[int, list[Form]], telling: Mapping[int, list[int]]) -> set[int]:
    """Figures that are shown and one sum away, or two when there is none that near."""
    near: set[int] = set()
    seen = {figure}
    edge = {figure}
    while edge and not near:
        edge = {other for one in edge for form in beside.get(one, ()) for other in form} - seen
        seen |= edge
        near = {other for other in edge if telling.get(other)}
    return near


def _price(
    release: Release, figure: int, other: int, beside: Mapping[int, list[Form]]
) -> tuple[bool, bool, float, int]:
    """What leaving out a figure costs: totals are dearer than parts, empty figures protect nothing."""
    is_total = any(form.get(other, 0) < 0 for form in beside.get(figure, ()))
    size = abs(release.values.get(other, 0.0))
    return is_total, size == 0, size, other
