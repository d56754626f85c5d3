"""The annual report in words, as a page and as a paper."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spoiwo.partnership.models import Agreement, AnnualReport, FrozenFigure
from spoiwo.partnership.queries.figures import LISTED
from spoiwo.partnership.tables.papers import blocks_of_markdown
from spoiwo.partnership.types import ReportFigure
from spoiwo.toolkit.documents import Block, Document, Grid, Heading, Paragraph

FIGURE_NAMES = {
    "signatories": gettext_lazy("Signatories on the last day of the year"),
    "council_meetings": gettext_lazy("Meetings of the programme council"),
    "signatories_meetings": gettext_lazy("Meetings of the signatories"),
    "committee_meetings": gettext_lazy("Meetings of external committees we took part in"),
    "support_centre_meetings": gettext_lazy("Meetings with the staff of support centres"),
    "information_meetings": gettext_lazy("Information meetings"),
    "trainings": gettext_lazy("Trainings"),
    "forum_meetings": gettext_lazy("Meetings of the forum"),
    "recommendations": gettext_lazy("Recommendations"),
    "recommendations_implemented": gettext_lazy("Recommendations that were carried out"),
    "implementations": gettext_lazy("Trainings, forums and meetings that carried them out"),
    "conclusions": gettext_lazy("Conclusions"),
    "conclusions_verified": gettext_lazy("Conclusions done and verified"),
    "communiques": gettext_lazy("Communiqués"),
    "communique_institutions": gettext_lazy("Institutions that communiqués were meant for"),
    "communique_deliveries": gettext_lazy("Communiqués times institutions"),
    "communique_deliveries_reached": gettext_lazy("of these provably reached"),
}

PERIOD_NAMES = {**FIGURE_NAMES, "signatories": gettext_lazy("Signatories on the last day")}


def report_paper(
    agreement: Agreement,
    report: AnnualReport | None,
    year: int,
    figures: Sequence[ReportFigure],
    by_hand: Iterable[FrozenFigure],
    lists: Mapping[str, Sequence[tuple[str, str]]],
) -> Document:
    """The annual report as a document."""
    blocks: list[Block] = []
    if report and report.narrative:
        blocks += blocks_of_markdown(report.narrative)
    blocks.append(Heading(text=_("Figures")))
    blocks.append(
        Grid(
            caption=_("Figures of %(year)s") % {"year": year},
            header=(_("What"), _("How many")),
            rows=tuple(_rows(figures, by_hand)),
            numeric=frozenset({1}),
        )
    )
    if report and report.effects:
        blocks.append(Heading(text=_("Effects")))
        blocks += blocks_of_markdown(report.effects)
    blocks += _lists(lists)
    is_final = report is not None and bool(report.sha256)
    if report is not None and report.sha256:
        blocks.append(
            Paragraph(text=_("SHA-256 of the report: %(hash)s") % {"hash": report.sha256}, quiet=True)
        )
    return Document(
        title=_("Activity report %(year)s") % {"year": year},
        issuer=agreement.title,
        blocks=tuple(blocks),
        mark="" if is_final else _("Draft"),
    )


def period_paper(
    agreement: Agreement,
    *,
    subtitle: str,
    figures: Sequence[ReportFigure],
    rows: Mapping[str, Sequence[tuple[str, str]]],
) -> Document:
    """Figures of a period as a document, and lists of what they count."""
    table = Grid(
        caption=_("Figures"),
        header=(_("What"), _("How many")),
        rows=tuple((str(PERIOD_NAMES[one.key]), str(one.value)) for one in figures),
        numeric=frozenset({1}),
    )
    return Document(
        title=_("Figures of the partnership"),
        subtitle=subtitle,
        issuer=agreement.title,
        blocks=(table, *_lists(rows)),
    )


def _lists(rows: Mapping[str, Sequence[tuple[str, str]]]) -> Iterable[Block]:
    for key in LISTED:
        if rows.get(key):
            yield Heading(text=str(FIGURE_NAMES[key]))
            yield Grid(
                caption=str(FIGURE_NAMES[key]),
                header=(_("Day"), _("What")),
                rows=tuple((day or "–", title) for day, title in rows[key]),
            )


def _rows(figures: Sequence[ReportFigure], by_hand: Iterable[FrozenFigure]) -> Iterable[tuple[str, str]]:
    for one in figures:
        yield str(FIGURE_NAMES[one.key]), str(one.value)
    for entered in by_hand:
        words = {"label": entered.label, "reason": entered.reason}
        yield _("%(label)s (entered by hand: %(reason)s)") % words, str(entered.value)
