"""The report for the marshal: text, figures in sentences, pictures, the calendar, and the cards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spoiwo.monitoring import queries
from spoiwo.monitoring.models import IndicatorVersion, Measure, Programme, ProgrammeReport
from spoiwo.monitoring.queries.plans import Branch
from spoiwo.monitoring.rules.aims import is_reached
from spoiwo.monitoring.tables import papers
from spoiwo.monitoring.tables.cards import card_lines, name_of
from spoiwo.monitoring.tables.figures import number
from spoiwo.monitoring.tables.pictures import shown
from spoiwo.monitoring.tables.plans import progress_picture
from spoiwo.monitoring.tables.released import REGION, Table, table_of
from spoiwo.monitoring.types import View, Wanted
from spoiwo.toolkit.documents import (
    Block,
    Document,
    Facts,
    Grid,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
)

Deliveries = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Material:
    """What a report is made of. deliveries: what, period, who, due, state."""

    programme: Programme
    year: int
    texts: ProgrammeReport | None
    branches: Sequence[Branch]
    deliveries: Deliveries
    measures: Sequence[Measure]
    day: date


def report(material: Material) -> Document:
    """The whole report."""
    texts, programme = material.texts, material.programme
    blocks: list[Block] = []
    if texts and texts.introduction:
        blocks += [Heading(_("Introduction")), Paragraph(texts.introduction)]
    progress = progress_picture(programme.name, material.branches)
    if progress:
        blocks += [Heading(_("Progress")), Picture(progress, _("Progress"))]
    blocks += [Heading(_("Objectives and indicators")), *_objectives(material), papers.remark()]
    if material.deliveries:
        header = (_("What has to be delivered"), _("Period"), _("Who delivers"), _("Due on"), _("State"))
        grid = Grid(_("Calendar of collections"), header, tuple(material.deliveries))
        blocks += [Heading(_("Calendar of collections")), grid]
    if texts and texts.conclusions:
        blocks += [Heading(_("Conclusions and recommendations")), Paragraph(texts.conclusions)]
    blocks += _annex(material)
    return Document(
        title=programme.name,
        subtitle=_("Report on %(year)s") % {"year": material.year},
        issuer=programme.institution.name,
        blocks=tuple(blocks),
        lang=get_language() or "pl",
        mark="dane fikcyjne" if programme.is_demonstration else "",
        footer=f"{programme.name}, {material.year}",
    )


def _objectives(material: Material) -> Iterable[Block]:
    if not any(branch.versions for branch in material.branches):
        yield Paragraph(_("No indicator watches the objectives of this programme yet."))
    for branch in material.branches:
        yield Heading(branch.objective.name, 3 if branch.depth else 2)
        for version in branch.versions:
            table = table_of(version, queries.published(version), material.day)
            yield Heading(name_of(version), 3)
            yield Paragraph(sentence(table, str(material.year)))
            if table.found:
                yield from papers.picture(shown(table, Wanted(View.OVER_TIME)))
                if any(one.level > REGION for one in table.found):
                    yield from papers.picture(shown(table, Wanted(View.MAP, period=str(material.year))))


def sentence(table: Table, period: str) -> str:
    """The figure of the region in words: now, before, and against its target."""
    regions = table.places(REGION)
    mark = table.mark(regions[0], period, "") if regions else None
    if mark is None or mark.value is None:
        return _("For %(period)s there is no figure that may be shown.") % {"period": period}
    said = [
        _("In %(period)s the figure for %(place)s was %(value)s.")
        % {"period": period, "place": mark.label, "value": mark.text}
    ]
    earlier = [one for one in table.series(regions[0], "") if one.label < period and one.value is not None]
    if earlier:
        before = {"period": earlier[-1].label, "value": earlier[-1].text}
        said.append(_("In %(period)s it was %(value)s.") % before)
    aims = table.aims
    reached = is_reached(aims, period, mark.value)
    if reached is not None:
        words = (
            _("The target of %(target)s was reached.")
            if reached
            else _("The target of %(target)s was not reached.")
        )
        said.append(words % {"target": number(aims.targets[period], table.decimals)})
    return " ".join(said)


def _annex(material: Material) -> list[Block]:
    versions: dict[int, IndicatorVersion] = {
        version.pk: version for branch in material.branches for version in branch.versions
    }
    if not versions:
        return []
    blocks: list[Block] = [PageBreak(), Heading(_("Cards of the indicators"))]
    for version in versions.values():
        lines = tuple(card_lines(version, material.measures))
        blocks += [Heading(name_of(version), 3), Facts(lines)]
        newest = version.publications.order_by("-number").first()
        if newest:
            blocks.append(papers.standing(newest))
    return blocks
