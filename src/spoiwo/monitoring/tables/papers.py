"""Cards as documents."""

from collections.abc import Iterable, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spoiwo.monitoring.models import Publication
from spoiwo.monitoring.tables.cards import name_of
from spoiwo.monitoring.tables.pictures import shown
from spoiwo.monitoring.tables.released import Shown, Table
from spoiwo.monitoring.types import View, Wanted
from spoiwo.toolkit.documents import Block, Document, Facts, Grid, Heading, Paragraph, Picture
from spoiwo.toolkit.templatetags.spoiwo import pl_date


def card(
    table: Table,
    lines: Sequence[tuple[str, str]],
    quality: Sequence[tuple[str, str, str]],
    publication: Publication | None,
) -> Document:
    """The printed card: all its fields, the quality box, the region over time."""
    version = table.version
    blocks: list[Block] = [Heading(_("The card")), Facts(tuple(lines))]
    if quality:
        blocks += [Heading(_("Quality")), Facts(tuple((label, text) for label, text, _tone in quality))]
    if table.found:
        blocks += [Heading(_("Figures")), *picture(shown(table, Wanted(View.OVER_TIME)))]
    if publication:
        blocks += [Heading(_("What the figures stand on")), standing(publication)]
    return Document(
        title=name_of(version),
        blocks=tuple(blocks),
        lang=get_language() or "pl",
        issuer=version.indicator.institution.name,
        subtitle=_("Indicator card"),
        footer=f"{version.indicator.code}, {version.number}",
    )


def picture(one: Shown) -> Iterable[Block]:
    """A picture with its table."""
    if one.svg:
        yield Picture(one.svg, one.title, one.title)
    yield Grid(one.title, one.header, one.rows, numeric=frozenset(range(1, len(one.header))))


def standing(publication: Publication) -> Facts:
    """What makes a figure provable."""
    return Facts(
        (
            (_("Published on"), pl_date(publication.published_at)),
            (_("Publication number"), str(publication.number)),
            (_("Hash of the computation"), publication.sql_hash),
            (_("Snapshot of the data"), publication.snapshot),
            (_("Disclosure policy"), publication.policy),
        )
    )


def remark() -> Paragraph:
    """What the signs in tables mean."""
    return Paragraph(
        _(
            "A # stands for a figure that would tell about single people or institutions, a dot for one that is not "
            "known, an x for one that cannot be computed."
        ),
        quiet=True,
    )
