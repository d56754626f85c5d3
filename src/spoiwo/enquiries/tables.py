"""Rows of lists and documents made of enquiries and confirmations."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from spoiwo.access.messages import CATEGORY_NAMES
from spoiwo.access.types import Category
from spoiwo.clients.messages import FACT_LABELS
from spoiwo.clients.types import FactKind
from spoiwo.enquiries import messages
from spoiwo.enquiries.models import Confirmation, Conversation, Enquiry
from spoiwo.enquiries.queries import opened
from spoiwo.enquiries.rules.asking import is_overdue
from spoiwo.enquiries.rules.content import sought_from
from spoiwo.enquiries.types import PaperKind, Sought
from spoiwo.toolkit import documents
from spoiwo.toolkit.templatetags.spoiwo import pl_date

Block = documents.Block


def tag(label: object, tone: str = "") -> SafeString:
    """A word about where something stands."""
    return format_html('<span class="tag{}">{}</span>', f" tag--{tone}" if tone else "", label)


def moment(at: datetime) -> str:
    """A day and the time of it."""
    return f"{pl_date(at, 'short')}, {timezone.localtime(at):%H:%M}"


def standing(row: Enquiry, day: date) -> SafeString:
    """Where an enquiry stands; late ones say how late."""
    if is_overdue(row.due_on, row.state, day=day) and row.due_on:
        return tag(_("Overdue since %(day)s") % {"day": pl_date(row.due_on, "short")}, "late")
    return tag(messages.STATE_NAMES[row.state], messages.TONES[row.state])


def asked_for(row: Enquiry) -> list[str]:
    """What is asked for, in words."""
    names = [str(CATEGORY_NAMES[Category(code)]) for code in row.categories]
    return [*names, *(str(FACT_LABELS[FactKind(code)]) for code in row.items)]


def enquiry_document(row: Enquiry) -> documents.Document:
    """An enquiry on paper."""
    with override("pl"):
        facts = [
            (_("Number"), row.number),
            (_("Case reference (znak sprawy)"), row.case_ref or "–"),
            (_("File class (JRWA)"), row.jrwa or "–"),
            (_("Sent"), pl_date(row.sent_at) if row.sent_at else "–"),
            (_("Institution asked"), row.asked.name),
            (_("Purpose"), row.purpose.name),
            (_("Legal basis"), str(row.legal_basis)),
            (_("Answer by"), pl_date(row.due_on) if row.due_on else "–"),
        ]
        blocks: list[Block] = [documents.Facts(tuple(facts))]
        blocks += [documents.Heading(_("Whom it is about")), documents.Facts(_who(opened.sought_of(row)))]
        blocks += [documents.Heading(_("What is asked for")), documents.Bullets(tuple(asked_for(row)))]
        if row.items_basis:
            said = _("Legal basis for the sensitive data: %(basis)s") % {"basis": row.items_basis}
            blocks.append(documents.Paragraph(said))
        if grounds := opened.grounds_of(row):
            blocks += [documents.Heading(_("Why the data are needed")), documents.Paragraph(grounds)]
        blocks.append(documents.Signatures((_("For the institution that asks"),)))
        return documents.Document(
            title=_("Enquiry for information"),
            blocks=tuple(blocks),
            issuer=row.institution.name,
            footer=row.number,
            mark=demo_mark(),
        )


def talk_document(row: Conversation, name: str, said: Sequence[Mapping[str, Any]]) -> documents.Document:
    """A conversation on paper. said: messages with text, at, author and office."""
    with override("pl"):
        facts = (
            (_("Client"), name),
            (_("Institutions"), f"{row.institution.name}, {row.other.name}"),
            (_("Begun on"), pl_date(row.started_at)),
        )
        blocks: list[Block] = [documents.Facts(facts)]
        for one in said:
            blocks.append(
                documents.Heading(f"{moment(one['at'])}, {one['author']}, {one['office'].short_name}")
            )
            blocks += [documents.Paragraph(part) for part in one["text"].splitlines() if part.strip()]
        return documents.Document(
            title=_("Messages about a common client"),
            blocks=tuple(blocks),
            issuer=row.institution.name,
            footer=str(row.uuid),
            mark=demo_mark(),
        )


def paper_document(paper: Confirmation) -> documents.Document:
    """A confirmation or certificate on paper, made from its sealed content alone."""
    content = opened.content_of(paper)
    head: dict[str, str] = content["head"]
    with override("pl"):
        blocks: list[Block] = [documents.Facts(_head(head))]
        person = sought_from(content["person"])
        blocks += [documents.Heading(_("Whom it is about")), documents.Facts(_who(person))]
        blocks += [documents.Heading(_("What the register says")), _grid(paper)]
        if head.get("items_basis"):
            said = _("Legal basis for the sensitive data: %(basis)s") % {"basis": head["items_basis"]}
            blocks.append(documents.Paragraph(said))
        if paper.kind == PaperKind.CITIZEN:
            blocks.append(documents.Signatures((_("For the institution that issues"),)))
        said = _("Fingerprint of the content (SHA-256): %(sha256)s") % {"sha256": paper.sha256}
        blocks.append(documents.Paragraph(said, quiet=True))
        words = _("Anybody can check this document at the address below; the page shows no personal data.")
        blocks.append(documents.Seal(paper.number, public_address(paper), words))
        return documents.Document(
            title=str(messages.PAPER_KIND_NAMES[paper.kind])
            if paper.kind == PaperKind.OFFICE
            else _("Certificate"),
            blocks=tuple(blocks),
            issuer=head["issuer"],
            footer=paper.number,
            mark=demo_mark(),
        )


def public_address(paper: Confirmation) -> str:
    """Where anybody can check a document."""
    return settings.PUBLIC_URL + reverse("enquiries:check", args=[paper.institution_id, paper.code])


def demo_mark() -> str:
    """What stands on every page of a document of the demonstration."""
    return "dane fikcyjne" if settings.SPOIWO_DEMO else ""


def export_rows(rows: Sequence[Enquiry], day: date) -> list[list[object]]:
    """Enquiries as rows of a file; nobody's name or number is in it."""
    return [
        [
            row.number,
            row.institution.short_name,
            row.asked.short_name,
            messages.STATE_NAMES[row.state],
            timezone.localdate(row.sent_at) if row.sent_at else None,
            row.due_on,
            _("yes") if is_overdue(row.due_on, row.state, day=day) else _("no"),
            ", ".join(asked_for(row)),
            str(row.purpose),
            str(row.legal_basis),
            row.case_ref,
            row.asked_case_ref,
        ]
        for row in rows
    ]


def export_header() -> list[str]:
    """What stands above export_rows."""
    return [
        *(
            _("Number"),
            _("Asks"),
            _("Institution asked"),
            _("Standing"),
            _("Sent"),
            _("Answer by"),
            _("Overdue"),
        ),
        *(_("What is asked for"), _("Purpose"), _("Legal basis"), _("Case reference (znak sprawy)")),
        _("Case reference of the institution asked"),
    ]


def _who(person: Sought) -> tuple[tuple[str, str], ...]:
    born = pl_date(person.birth_date) if person.birth_date else ""
    rows = (
        (_("Last name"), person.last_name),
        (_("First name"), person.first_name),
        (_("Date of birth"), born),
        (_("PESEL number"), person.pesel),
    )
    return tuple(row for row in rows if row[1])


def _head(head: dict[str, str]) -> tuple[tuple[str, str], ...]:
    names = {
        "number": _("Number"),
        "day": _("Issued on"),
        "case_ref": _("Case reference (znak sprawy)"),
        "jrwa": _("File class (JRWA)"),
        "recipient": _("For"),
        "enquiry": _("Answers enquiry"),
        "enquiry_case_ref": _("Their case reference"),
        "purpose": _("Purpose"),
        "legal_basis": _("Legal basis"),
    }
    values = {**head, "day": pl_date(date.fromisoformat(head["day"]))}
    return tuple((label, values[key]) for key, label in names.items() if values.get(key))


def _grid(paper: Confirmation) -> documents.Grid:
    header = (_("What"), _("Value"), _("As of"))
    rows = tuple(
        (line.label, line.text, pl_date(line.as_of) if line.as_of else "–") for line in opened.lines_of(paper)
    )
    return documents.Grid(_("Data of the register"), header, rows)
