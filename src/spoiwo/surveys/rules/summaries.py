"""What answers come to: counts, figures, and what is left of them when few may be told from many."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from spoiwo.surveys.rules.answering import shown_fields
from spoiwo.surveys.rules.documents import all_fields, label_of
from spoiwo.surveys.types import (
    NO,
    NUMERIC,
    UNKNOWN,
    YES,
    Bar,
    Content,
    Field,
    Figures,
    QuestionKind,
    Status,
    Summary,
    Value,
    Values,
)

FEWEST_ENTITIES = 3
FEWEST_PERSONS = 5
TEXTS_SHOWN = 200
_TEXTUAL = frozenset({QuestionKind.TEXT, QuestionKind.LONG_TEXT, QuestionKind.DATE})


@dataclass(slots=True)
class _Tally:
    asked: int = 0
    answered: int = 0
    unknown: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    numbers: list[Decimal] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def summaries(content: Content, answers: Iterable[Values]) -> list[Summary]:
    """One summary per field, from a stream of answers that is read once."""
    fields = all_fields(content)
    tallies = {one.code: _Tally() for one in fields}
    for values in answers:
        for one in shown_fields(content, values):
            _count(tallies[one.code], one, values.get(one.code))
    return [_summary(one, tallies[one.code]) for one in fields]


def figures(numbers: Sequence[Decimal]) -> Figures | None:
    """Sum, mean, median and range; None without numbers."""
    if not numbers:
        return None
    total = sum(numbers, Decimal(0))
    return Figures(len(numbers), total, total / len(numbers), median(numbers), min(numbers), max(numbers))


def bars(summary: Summary, choices: Sequence[tuple[str, str]], *, fewest: int = 0) -> list[Bar]:
    """Bars of a picture, one per choice (code, label), in the order of the questionnaire.

    fewest: counts below it are hidden, and so is the next smallest when a single one could be worked out from the
    total; zero counts as small, because a nought tells about everybody.
    """
    hidden = hidden_codes({code: summary.counts.get(code, 0) for code, _label in choices}, fewest)
    base = summary.answered
    return [
        Bar(label, None, None)
        if code in hidden
        else Bar(label, count := summary.counts.get(code, 0), Decimal(count) / base if base else None)
        for code, label in choices
    ]


def hidden_codes(counts: Mapping[str, int], fewest: int) -> frozenset[str]:
    """Which counts are hidden: the small ones, and others until what is hidden together is not small either."""
    if not fewest:
        return frozenset()
    small = {code for code, count in counts.items() if count < fewest}
    rest = sorted((code for code in counts if code not in small), key=lambda code: (counts[code], code))
    while small and rest and (len(small) == 1 or sum(counts[code] for code in small) < fewest):
        small.add(rest.pop(0))
    return frozenset(small)


def choices_of(one: Field, language: str) -> list[tuple[str, str]]:
    """Codes and labels of what may be chosen; yes and no come without labels of their own."""
    if one.question.kind == QuestionKind.YES_NO:
        return [(YES, YES), (NO, NO)]
    if one.question.kind in NUMERIC:
        return []
    return [(choice.code, choice.label.in_language(language)) for choice in one.question.choices]


def status_of(content_field: Field, value: Value | None, *, applies: bool) -> tuple[Decimal | None, Status]:
    """A numeric value and what stands behind it; a missing answer is never zero."""
    if not applies:
        return None, Status.NA
    if value is None or value == UNKNOWN:
        return None, Status.MISSING
    if content_field.question.kind in NUMERIC:
        number = Decimal(str(value))
        return number, Status.OK if number else Status.ZERO_REPORTED
    return Decimal(1), Status.OK


def _count(tally: _Tally, one: Field, value: Value | None) -> None:
    tally.asked += 1
    if value is None:
        return
    if value == UNKNOWN:
        tally.unknown += 1
        return
    tally.answered += 1
    if isinstance(value, list):
        tally.counts.update(value)
    elif one.question.kind in NUMERIC:
        tally.numbers.append(Decimal(str(value)))
    elif one.question.kind in _TEXTUAL:
        if len(tally.texts) < TEXTS_SHOWN:
            tally.texts.append(str(value))
    else:
        tally.counts[str(value)] += 1


def _summary(one: Field, tally: _Tally) -> Summary:
    return Summary(
        code=one.code,
        label=label_of(one),
        kind=one.question.kind,
        asked=tally.asked,
        answered=tally.answered,
        unknown=tally.unknown,
        counts=dict(tally.counts),
        numbers=tuple(tally.numbers),
        texts=tuple(tally.texts),
    )
