"""What a person is told who asks what the institution holds about them: Article 15 of the GDPR, in plain words."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from spoiwo.oversight.types import Line, PersonReport
from spoiwo.toolkit.documents import Block, Bullets, Document, Facts, Grid, Heading, Paragraph


def person_report(report: PersonReport, *, today: date) -> Document:
    """The whole answer as a document. No worker is named: the person learns which institution looked, and why."""
    name, address = report.institution
    return Document(
        title=_("Your data at this institution"),
        subtitle=_("Information under Article 15 of the GDPR, prepared on %(day)s") % {"day": _day(today)},
        issuer=f"{name}, {address}" if address else name,
        lang=get_language() or "pl",
        footer=_("Information for: %(name)s") % {"name": report.name},
        mark=_("invented data") if settings.SPOIWO_DEMO else "",
        blocks=(
            *_whose(report),
            *_what(report),
            *_facts(report),
            *_kept(report),
            *_given(report),
            *_looks(report),
            *_rights(),
        ),
    )


def _whose(report: PersonReport) -> Iterator[Block]:
    name, address = report.institution
    rows = [
        (_("For"), report.name),
        (_("Controller of the data"), "\n".join(part for part in (name, address) if part)),
    ]
    if report.officer:
        rows.append((_("Data protection officer"), report.officer))
    yield Facts(tuple(rows))
    yield Paragraph(
        _(
            "Below is what %(name)s holds about you on this platform, who looked at it and why. Workers are"
            " not named. Other institutions answer for their own registers; ask them about theirs."
        )
        % {"name": name}
    )


def _what(report: PersonReport) -> Iterator[Block]:
    yield Heading(_("What we hold"))
    if report.in_force and report.as_of:
        yield Paragraph(_("From our own register, as of %(day)s.") % {"day": _day(report.as_of)})
    else:
        yield Paragraph(
            _("You are no longer in our newest register. What is left from earlier stands below.")
        )
    yield Grid(_("Values"), (_("What"), _("Value")), tuple(report.values), empty=_("Nothing"))
    if report.former:
        rows = tuple(
            (_day(until), "\n".join(f"{label}: {text}" for label, text in values))
            for until, values in report.former
        )
        yield Grid(_("Former values"), (_("Until"), _("What it said")), rows)


def _facts(report: PersonReport) -> Iterator[Block]:
    yield Heading(_("Your situation and the support given"))
    if report.facts_as_of:
        yield Paragraph(_("From our file of facts, as of %(day)s.") % {"day": _day(report.facts_as_of)})
    rows = tuple(
        (category, kind, f"{text} ({_('former')})" if former else text)
        for category, kind, text, former in report.facts
    )
    yield Grid(_("Facts"), (_("Category"), _("Kind"), _("What it says")), rows, empty=_("We hold no facts."))


def _kept(report: PersonReport) -> Iterator[Block]:
    yield Heading(_("What we keep beside the register"))
    header = (_("Day"), _("What"), _("Details"))
    yield Grid(
        _("Documents, plans, support and decisions"),
        header,
        tuple(report.kept),
        empty=_("Nothing beside the register."),
    )
    if report.kept:
        words = _("You may ask for copies of these documents: name the number or the day.")
        yield Paragraph(words, quiet=True)


def _given(report: PersonReport) -> Iterator[Block]:
    yield Heading(_("Who may receive them"))
    yield Paragraph(
        _(
            "Institutions below may see the named categories when they serve you too and state one of the purposes."
            " Data about health, addiction, disability and violence are never given this way."
        )
    )
    header = (_("Institution"), _("Categories"), _("Agreement"), _("Purposes and legal bases"))
    yield Grid(
        _("Sharing agreements in force"), header, tuple(report.given), empty=_("We share with nobody.")
    )


def _looks(report: PersonReport) -> Iterator[Block]:
    yield Heading(_("Who looked, when and why"))
    header = (_("When"), _("Institution"), _("What"), _("Purpose and legal basis"), _("Data"))
    yield Grid(
        _("Entries of the log"), header, tuple(map(_look, report.looks)), empty=_("Nobody has looked yet.")
    )
    if report.more:
        words = _("Older entries that are left out here: %(n)s. Ask for them.") % {"n": report.more}
        yield Paragraph(words, quiet=True)


def _look(line: Line) -> tuple[str, str, str, str, str]:
    why = ", ".join(part for part in (line.purpose, line.basis, line.agreement) if part)
    at = date_format(timezone.localtime(line.at), "j E Y, H:i")
    return at, line.institution, line.action, why, line.data


def _rights() -> Iterator[Block]:
    yield Heading(_("Your rights"))
    yield Bullets(
        (
            _("You may ask us to correct data that are wrong or complete those that are missing."),
            _("You may ask us to restrict processing or object to it; we answer within a month."),
            _("You may ask us to erase data that the law does not oblige us to keep."),
            _(
                "You may complain to the President of the Personal Data Protection Office, ul. Stawki 2, Warszawa."
            ),
        )
    )
    yield Paragraph(
        _("Nobody decides about you automatically here: a computer only proposes, people decide."), quiet=True
    )


def _day(day: date) -> str:
    return date_format(day, "j E Y")
