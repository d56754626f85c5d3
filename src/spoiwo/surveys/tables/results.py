"""Results on the screen: bars with their numbers, figures, funnels, coverage."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from spoiwo.surveys.models.rounds import OUTCOME_CHOICES, REASON_CHOICES
from spoiwo.surveys.rules.documents import all_fields
from spoiwo.surveys.rules.summaries import bars, choices_of, figures
from spoiwo.surveys.types import (
    NO,
    NUMERIC,
    YES,
    Bar,
    Content,
    Field,
    Figures,
    Funnel,
    QuestionKind,
    Summary,
)


@dataclass(frozen=True, slots=True)
class Result:
    """What one field came to."""

    code: str
    label: str
    unit: str
    asked: int
    answered: int
    missing: int
    bars: tuple[Bar, ...] = ()
    figures: Figures | None = None
    texts: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class ResultPage:
    """Results of the questions of one page of the questionnaire."""

    code: str
    title: str
    results: tuple[Result, ...]


def result_pages(
    content: Content, summaries: Sequence[Summary], *, language: str, fewest: int = 0
) -> list[ResultPage]:
    """Results page by page. fewest: small counts and texts are hidden, for readers who are not those who asked."""
    by_code = {one.code: one for one in summaries}
    fields = {field.code: field for field in all_fields(content)}
    pages = []
    for page in content.pages:
        codes = [code for code, field in fields.items() if field.question in page.questions]
        results = tuple(_result(fields[code], by_code[code], language, fewest) for code in codes)
        pages.append(ResultPage(page.code, page.title.in_language(language), results))
    return pages


def _result(field: Field, summary: Summary, language: str, fewest: int) -> Result:
    label = summary.label.in_language(language)
    too_few = 0 < summary.answered < fewest or (fewest > 0 and 0 < summary.asked - summary.answered < fewest)
    names = {YES: _("Yes"), NO: _("No")}
    pairs = [(code, names.get(name, name)) for code, name in choices_of(field, language)]
    hidden = bool(fewest) and 0 < summary.answered < fewest
    return Result(
        code=summary.code,
        label=label,
        unit=field.question.unit,
        asked=summary.asked,
        answered=summary.answered,
        missing=summary.missing,
        bars=() if hidden or not pairs else tuple(bars(summary, pairs, fewest=fewest)),
        figures=None if hidden or summary.kind not in NUMERIC else _told(summary, fewest),
        texts=() if fewest else summary.texts,
        hidden=hidden or (too_few and summary.kind in {QuestionKind.TEXT, QuestionKind.LONG_TEXT}),
    )


def _told(summary: Summary, fewest: int) -> Figures | None:
    """Figures of numbers; to others only when no single unit has more than three quarters of the total."""
    found = figures(summary.numbers)
    if found is None or not fewest:
        return found
    if found.total and max(summary.numbers) > Decimal("0.75") * found.total:
        return None
    return Figures(found.n, found.total, found.mean, found.median, found.mean, found.mean)


def funnel_rows(funnel: Funnel, *, anonymous: bool) -> list[tuple[str, int]]:
    """Steps of the funnel with their numbers; of an anonymous survey nobody knows who opened or started."""
    rows = [(_("In the frame"), funnel.frame), (_("Invited"), funnel.invited)]
    if not anonymous:
        rows += [(_("Opened the link"), funnel.opened), (_("Started"), funnel.started)]
    rows.append((_("Handed in"), funnel.submitted))
    if not anonymous:
        rows.append((_("Accepted answers"), funnel.accepted))
    return rows


def outcome_rows(rows: Sequence[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    """Outcomes and reasons in words."""
    outcomes: Mapping[str, object] = dict(OUTCOME_CHOICES)
    reasons: Mapping[str, object] = dict(REASON_CHOICES)
    return [
        (str(outcomes[outcome]), str(reasons[reason]) if reason else "", n) for outcome, reason, n in rows
    ]
