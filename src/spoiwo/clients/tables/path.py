"""The picture of the way across institutions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from spoiwo.access.types import Category
from spoiwo.clients.messages import FACT_LABELS, STATUS_LABELS, fact_words, with_period
from spoiwo.clients.models import Fact
from spoiwo.clients.queries.opening import ClientData
from spoiwo.clients.rules.situation import Shown
from spoiwo.clients.types import FactKind, Status
from spoiwo.toolkit.timeline import Stay, Timeline, draw_timeline

DRAWN_SOLID = frozenset({Category.MEASURES})
PICTURE_YEARS = 5
LETTER_WIDTH = 1.25  # percent of the picture that a letter of a label takes on a narrow page


@dataclass(frozen=True, slots=True)
class Path:
    """The picture across institutions and the sentence that says what it shows."""

    timeline: Timeline
    summary: str
    stays: tuple[Shown, ...]


def path(data: ClientData, *, day: date) -> Path | None:
    """The way across institutions in the last years; None when no register gives a dated status or fact."""
    lanes: list[tuple[str, str, list[Stay]]] = []
    seen: list[Shown] = []
    institutions = (version.institution_id for version in (data.opened.version, *data.others))
    for institution_id in dict.fromkeys(institutions):
        found = list(_stays(data, institution_id, day))
        stays = sorted((stay for _, stay in found), key=lambda stay: (stay.solid, stay.starts_on))
        if stays:
            badge = data.badges[institution_id]
            lanes.append((badge.name, badge.kind, stays))
            seen += [Shown(institution_id, category, stay.words) for category, stay in found]
    if not lanes:
        return None
    begins = max(min(stay.starts_on for _, _, stays in lanes for stay in stays), _years_before(day))
    ends = _ends_on(lanes, day)
    fitted = [(name, kind, _fitted(stays, begins, ends)) for name, kind, stays in lanes]
    return Path(draw_timeline(fitted, starts_on=begins, ends_on=ends), _summary(lanes), tuple(seen))


def _summary(lanes: Iterable[tuple[str, str, list[Stay]]]) -> str:
    return ". ".join(f"{name}: {'; '.join(stay.words for stay in stays[:3])}" for name, _, stays in lanes)


def _ends_on(lanes: Iterable[tuple[str, str, list[Stay]]], day: date) -> date:
    return max([day, *(stay.starts_on for _, _, stays in lanes for stay in stays)])


def _years_before(day: date) -> date:
    return date(day.year - PICTURE_YEARS + 1, 1, 1)


def _stays(data: ClientData, institution_id: int, day: date) -> Iterator[tuple[Category, Stay]]:
    own = data.opened.version.institution_id == institution_id
    if own or Category.STATUS in data.categories[institution_id]:
        for stay in _status_stays(data, institution_id):
            yield Category.STATUS, stay
    for fact in data.facts:
        if fact.institution_id == institution_id and _is_drawn(fact):
            label = str(FACT_LABELS[FactKind(fact.kind)])
            words, _ = fact_words(fact, data.opened.version)
            stay = Stay(
                label=label,
                words=words if words.startswith(label) else f"{label}: {words}",
                starts_on=fact.valid_from or day,
                ends_on=fact.valid_to,
                solid=Category(fact.category) in DRAWN_SOLID,
                point=fact.valid_from == fact.valid_to,
            )
            yield Category(fact.category), stay


def _is_drawn(fact: Fact) -> bool:
    drawn = {Category.MEASURES, Category.BENEFITS}
    return fact.valid_from is not None and Category(fact.category) in drawn


def _status_stays(data: ClientData, institution_id: int) -> Iterator[Stay]:
    """Statuses with a first day, once each: of the own record also the former ones."""
    own = data.opened.version.institution_id == institution_id
    versions = [data.opened.version, *data.opened.history] if own else list(data.others)
    seen: set[tuple[str, date]] = set()
    for version in versions:
        since = version.status_from
        if version.institution_id != institution_id or not version.status or since is None:
            continue
        if (version.status, since) in seen:
            continue
        seen.add((version.status, since))
        label = str(STATUS_LABELS[Status(version.status)])
        words = with_period(label, since, version.status_to)
        yield Stay(label=label, words=words, starts_on=since, ends_on=version.status_to)


def _fitted(stays: Sequence[Stay], begins: date, ends: date) -> list[Stay]:
    """The same stays, with labels only where there is room; the list beside the picture names them all."""
    taken: list[tuple[float, float]] = []
    fitted = []
    days = max((ends - begins).days, 1)
    for stay in reversed(stays):  # those on top keep their labels
        left = (max(stay.starts_on, begins) - begins).days / days * 100
        right = (min(stay.ends_on or ends, ends) - begins).days / days * 100
        needed = left + 2 + len(stay.label) * LETTER_WIDTH
        room = needed <= right and not any(left < end and start < needed for start, end in taken)
        if room or stay.solid:
            taken.append((left, needed if room else right))
        fitted.append(stay if room else _unlabelled(stay))
    return fitted[::-1]


def _unlabelled(stay: Stay) -> Stay:
    return Stay(
        label="",
        words=stay.words,
        starts_on=stay.starts_on,
        ends_on=stay.ends_on,
        solid=stay.solid,
        point=stay.point,
    )
