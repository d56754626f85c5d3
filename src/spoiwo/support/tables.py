"""Documents of the support register: lists to sign, certificates, the report."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spoiwo.support import messages
from spoiwo.support.models import Certificate, Event
from spoiwo.support.queries.report import Change, Report
from spoiwo.support.types import Figure
from spoiwo.toolkit.documents import Document, Facts, Grid, Heading, Paragraph, Seal, Signatures

EMPTY_LINES = 5  # for people who come without having registered


def signature_list(event: Event, sessions: Sequence[Any], names: Iterable[str]) -> Document:
    """A line for everybody expected and some empty ones, with a column for each session."""
    header = (_("No."), _("Name"), *(_session_head(one) for one in sessions))
    lines = [*names, *[""] * EMPTY_LINES]
    rows = tuple((str(place), name, *[""] * len(sessions)) for place, name in enumerate(lines, start=1))
    return Document(
        title=_("Attendance list"),
        subtitle=event.title,
        issuer=event.institution.name,
        lang=_lang(),
        blocks=(
            Facts(((_("Place"), event.place or "–"), (_("When"), days(event.starts_on, event.ends_on)))),
            Grid(caption=_("Signatures"), header=header, rows=rows),
            Signatures((_("On behalf of the organiser"),)),
        ),
    )


def certificate(issued: Certificate, event: Event, address: str) -> Document:
    """What a participant takes home."""
    return Document(
        title=_("Certificate"),
        subtitle=_("of taking part"),
        issuer=issued.institution.name,
        lang=_lang(),
        blocks=(
            Paragraph(_("We certify that %(name)s took part in:") % {"name": issued.full_name}),
            Heading(issued.event_title),
            Facts(
                (
                    (_("Kind"), str(messages.EVENT_NAMES[event.kind])),
                    (_("When"), days(event.starts_on, event.ends_on)),
                    (_("Place"), event.place or "–"),
                    (_("Time"), messages.minutes_in_words(issued.minutes)),
                    (_("Issued on"), date_format(issued.issued_on, "j E Y")),
                )
            ),
            Signatures((_("On behalf of the organiser"),)),
            Seal(issued.number, address, _("Anybody can check this certificate at this address.")),
        ),
    )


def report(found: Report, *, issuer: str) -> Document:
    """The figures of a period, part by part; parts without anything are left out."""
    blocks: list[Any] = [
        Paragraph(
            _("Figures that stand since the period was closed.")
            if found.period
            else _("Figures as counted on the day of printing; the period is not closed.")
        )
    ]
    for section, rows in sections(found.figures).items():
        if any(one.value for one in rows):
            blocks += [Heading(messages.section_name(section)), _grid(section, rows)]
    if found.corrections:
        blocks += [Heading(_("Corrections after closing")), _corrections(found.corrections)]
    if found.changes:
        blocks += [Heading(_("Figures that would be another today")), _changes(found.changes)]
    return Document(
        title=_("Report of the support centre"),
        subtitle=days(found.scope.first, found.scope.last),
        issuer=issuer,
        lang=_lang(),
        blocks=tuple(blocks),
    )


def sections(figures: Iterable[Figure]) -> Mapping[str, list[Figure]]:
    """Figures by the part of the report they belong to, in their order."""
    found: dict[str, list[Figure]] = {}
    for one in figures:
        found.setdefault(messages.section_of(one.key), []).append(one)
    return found


def _grid(section: str, rows: Sequence[Figure]) -> Grid:
    return Grid(
        caption=messages.section_name(section),
        header=(_("What is counted"), _("Figure")),
        rows=tuple((messages.measure_name(one.key), messages.figure_in_words(one)) for one in rows),
        numeric=frozenset({1}),
    )


def _corrections(rows: Iterable[Any]) -> Grid:
    return Grid(
        caption=_("Corrections after closing"),
        header=(_("Day"), _("What"), _("Before"), _("After"), _("Reason")),
        rows=tuple(
            (
                date_format(one.day, "j E Y"),
                str(messages.CORRECTION_NAMES[one.kind]),
                messages.minutes_in_words(one.minutes_before),
                messages.minutes_in_words(one.minutes_after),
                one.reason,
            )
            for one in rows
        ),
    )


def _changes(rows: Iterable[Change]) -> Grid:
    return Grid(
        caption=_("Figures that would be another today"),
        header=(_("What is counted"), _("When closed"), _("Today")),
        rows=tuple(
            (
                messages.whole_name(one.key),
                messages.figure_in_words(Figure(one.key, one.closed, one.unit)),
                messages.figure_in_words(Figure(one.key, one.today, one.unit)),
            )
            for one in rows
        ),
        numeric=frozenset({1, 2}),
    )


def _session_head(one: Any) -> str:
    day = date_format(one.day, "j E")
    return f"{day}, {one.starts_at:%H:%M}" if one.starts_at else day


def days(first: date, last: date) -> str:
    """One day, or from when to when, in words."""
    if first == last:
        return date_format(first, "j E Y")
    return _("from %(first)s to %(last)s") % {
        "first": date_format(first, "j E Y"),
        "last": date_format(last, "j E Y"),
    }


def _lang() -> str:
    return (get_language() or "pl")[:2]
