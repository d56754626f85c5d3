"""Minutes, attendance sheets and annual reports as documents that become PDF/UA or DOCX."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spoiwo.partnership.models import AccessionStep, Agreement, Attendance, Meeting, Outcome
from spoiwo.partnership.models.choices import ACCESSION_STATES
from spoiwo.partnership.rules.voting import Tally
from spoiwo.partnership.types import AccessionState
from spoiwo.toolkit.documents import Block, Bullets, Document, Facts, Grid, Heading, Paragraph, Signatures

HERE = ("present", "remote")


def minutes_paper(
    meeting: Meeting,
    text: str,
    guests: Sequence[Attendance],
    outcomes: Sequence[Outcome],
    tally: Tally | None = None,
) -> Document:
    """Minutes with who was there, what was adopted, and the fingerprint of the approved words."""
    blocks: list[Block] = [Facts(rows=tuple(_facts(meeting, tally))), *blocks_of_markdown(text)]
    if outcomes:
        blocks.append(Heading(text=_("Conclusions")))
        blocks.append(
            Grid(
                caption=_("Conclusions of the meeting"),
                header=(_("Code"), _("Wording"), _("Owner"), _("Deadline")),
                rows=tuple(
                    (one.code, one.text, owner_in_words(one), deadline_in_words(one)) for one in outcomes
                ),
            )
        )
    if present := tuple(_guest(one) for one in guests if one.presence in HERE):
        blocks += [Heading(text=_("Present")), Bullets(items=present)]
    for erratum in meeting.errata.order_by("pk"):
        blocks.append(Heading(text=_("Correction")))
        blocks.append(Paragraph(text=erratum.text))
    if meeting.approved_sha256:
        blocks.append(
            Paragraph(
                text=_("SHA-256 of the approved text: %(hash)s") % {"hash": meeting.approved_sha256},
                quiet=True,
            )
        )
    return Document(
        title=_("Minutes: %(title)s") % {"title": meeting.title},
        blocks=tuple(blocks),
        issuer=meeting.body.agreement.title,
        subtitle=day_in_words(meeting),
        mark="" if meeting.approved_sha256 else _("Draft"),
    )


def attendance_sheet(meeting: Meeting, guests: Sequence[Attendance]) -> Document:
    """The sheet that goes round the table: institution, function, an empty place for the signature."""
    return Document(
        title=_("Attendance sheet: %(title)s") % {"title": meeting.title},
        issuer=meeting.body.agreement.title,
        subtitle=day_in_words(meeting),
        blocks=(
            Grid(
                caption=_("Guests"),
                header=(_("No."), _("Institution"), _("Function"), _("Signature")),
                rows=tuple(
                    (str(number), one.institution.name, one.function, "")
                    for number, one in enumerate(guests, start=1)
                ),
                empty=_("Nobody is invited yet."),
            ),
            Signatures(who=(_("Secretary"),)),
        ),
    )


def register_paper(
    agreement: Agreement, day: date, accessions: Sequence[Any], history: Sequence[AccessionStep]
) -> Document:
    """The register of an agreement: who stood how on a day, and everything that ever happened to accessions."""
    states: dict[str, Any] = dict(ACCESSION_STATES)
    signed = sum(1 for one in accessions if one.state_then == AccessionState.SIGNED)
    return Document(
        title=_("Register of signatories: %(title)s") % {"title": agreement.title},
        issuer=agreement.secretariat.name,
        subtitle=date_format(day, "j E Y"),
        blocks=(
            Facts(rows=((_("Signatories on that day"), str(signed)),)),
            Grid(
                caption=_("Accessions"),
                header=(_("No."), _("Institution"), _("Place"), _("State"), _("Since")),
                rows=tuple(
                    (
                        str(number),
                        one.institution.name,
                        one.institution.place,
                        str(states[one.state_then]),
                        _day_or_unknown(one.since, known=one.day_known),
                    )
                    for number, one in enumerate(accessions, start=1)
                ),
                empty=_("Nobody had acceded by that day."),
            ),
            Heading(text=_("History of accessions")),
            _history(history, states),
        ),
        mark="dane fikcyjne" if agreement.is_demonstration else "",
    )


def _history(history: Sequence[AccessionStep], states: Mapping[str, Any]) -> Grid:
    return Grid(
        caption=_("History of accessions"),
        header=(_("Day"), _("Institution"), _("State"), _("Note")),
        rows=tuple(
            (
                _day_or_unknown(one.on, known=one.day_known),
                one.accession.institution.name,
                str(states[one.state]),
                one.note,
            )
            for one in history
        ),
        empty=_("Nothing has happened yet."),
    )


def blocks_of_markdown(text: str) -> Iterable[Block]:
    """Headings (##), list items (-) and paragraphs of a simple text as blocks."""
    items: list[str] = []
    lines: list[str] = []
    for line in [*text.splitlines(), ""]:
        stripped = line.strip()
        is_item, is_heading = stripped.startswith(("- ", "* ")), stripped.startswith("#")
        if items and not is_item:
            yield Bullets(items=tuple(items))
            items = []
        if lines and (not stripped or is_item or is_heading):
            yield Paragraph(text=" ".join(lines))
            lines = []
        if is_item:
            items.append(stripped[2:])
        elif is_heading:
            yield Heading(text=stripped.lstrip("# "), level=2)
        elif stripped:
            lines.append(stripped)


def day_in_words(meeting: Meeting) -> str:
    """The day or days of a meeting; "unknown day of 2016" when the source does not name it."""
    if not meeting.day_known:
        return _("%(year)s, day unknown") % {"year": meeting.starts_on.year}
    first = date_format(meeting.starts_on, "j E Y")
    if meeting.ends_on == meeting.starts_on:
        return first
    return f"{first} – {date_format(meeting.ends_on, 'j E Y')}"


def owner_in_words(outcome: Outcome) -> str:
    """Who owns an outcome; that nobody does is said as well."""
    if outcome.owner is not None:
        return outcome.owner.short_name
    return outcome.owner_body.name if outcome.owner_body else _("nobody yet")


def deadline_in_words(outcome: Outcome) -> str:
    """The wording as it was said, or the last day."""
    if outcome.due_wording:
        return outcome.due_wording
    return date_format(outcome.due_to, "j E Y") if outcome.due_to else "–"


def tally_in_words(tally: Tally) -> str:
    """A vote in one line."""
    return _("for %(for)s, against %(against)s, abstained %(abstained)s, silent %(silent)s") % {
        "for": tally.for_it,
        "against": tally.against,
        "abstained": tally.abstained,
        "silent": tally.silent,
    }


def _day_or_unknown(day: date, *, known: bool) -> str:
    return date_format(day, "j E Y") if known else _("day unknown")


def _facts(meeting: Meeting, tally: Tally | None) -> Iterable[tuple[str, str]]:
    yield _("Day"), day_in_words(meeting)
    yield _("Body"), meeting.body.name
    if meeting.host:
        yield _("Host"), meeting.host.name
    if meeting.place:
        yield _("Place"), meeting.place
    if meeting.aim:
        yield _("Aim"), meeting.aim
    if tally is not None:
        yield _("Votes"), tally_in_words(tally)
    if meeting.headcount_other:
        n = meeting.headcount_other
        yield _("Others present"), ngettext("%(n)s person", "%(n)s people", n) % {"n": n}


def _guest(one: Attendance) -> str:
    return ", ".join(part for part in (one.institution.name, one.function, one.represents) if part)
