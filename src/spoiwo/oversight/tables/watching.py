"""Findings, emergency access, incidents and reviews of access, as people read them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from spoiwo.access.queries import Emergency
from spoiwo.institutions.messages import role_name
from spoiwo.kernel.text import polish_sort_key
from spoiwo.oversight.messages import ODDITY_NAMES, RISK_NAMES, SOURCE_NAMES, VERDICT_NAMES, explained
from spoiwo.oversight.models import AccessReview, Finding, Incident
from spoiwo.oversight.queries.watching import Names
from spoiwo.oversight.tables.log import code_of
from spoiwo.oversight.types import Oddity
from spoiwo.toolkit.documents import Document, Facts, Grid, Paragraph, Signatures


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """A finding in words."""

    finding: Finding
    title: str
    worker: str
    client: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyLine:
    """An emergency access in words."""

    emergency: Emergency
    worker: str
    verdict: str


def finding_lines(found: Iterable[Finding], names: Names) -> list[FindingLine]:
    """Findings in their order."""
    return [
        FindingLine(
            finding=one,
            title=str(ODDITY_NAMES[Oddity(one.oddity)]),
            worker=names.workers.get(one.actor) or _("worker %(code)s") % {"code": code_of(one.actor)},
            client=_client(one.person, names.clients),
            why=explained(one),
        )
        for one in found
    ]


def _client(person: UUID | None, clients: Mapping[UUID, str]) -> str:
    if person is None:
        return ""
    return clients.get(person) or _("person %(code)s") % {"code": code_of(person)}


def emergency_lines(found: Iterable[Emergency], staff: Mapping[int, str]) -> list[EmergencyLine]:
    """Emergency access in its order."""
    return [
        EmergencyLine(
            emergency=one,
            worker=staff.get(one.user_id, ""),
            verdict=str(VERDICT_NAMES[one.verdict]) if one.verdict else "",
        )
        for one in found
    ]


def incident_header() -> list[str]:
    """Column names of the file of incidents."""
    return [
        _("Number"),
        _("Discovered"),
        _("How it came to light"),
        _("Description"),
        _("Risk to people"),
        _("People affected"),
        _("Measures taken"),
        _("Authority told on"),
        _("People told on"),
        _("Closed"),
    ]


def incident_cells(one: Incident) -> list[object]:
    """A line of the file of incidents."""
    return [
        one.label,
        timezone.localtime(one.discovered_at).strftime("%Y-%m-%d %H:%M"),
        SOURCE_NAMES[one.source],
        one.description,
        RISK_NAMES[one.risk],
        one.people_affected,
        one.measures,
        one.authority_told_on,
        one.people_told_on,
        timezone.localdate(one.closed_at) if one.closed_at else None,
    ]


def incident_values(one: Incident) -> dict[str, Any]:
    """Values of the form."""
    names = ("description", "risk", "people_affected", "measures", "authority_told_on", "people_told_on")
    return {"version": one.version, **{name: getattr(one, name) for name in names}}


def review_rows(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Authorisations as the review lists them, by name."""
    listed = [{**row, "role_name": role_name(row["role"]), **_days(row)} for row in rows]
    return sorted(listed, key=lambda row: (polish_sort_key(row["name"]), row["role_name"]))


def to_withdraw(count: int) -> str:
    """What follows from a review that does not confirm everything."""
    return ngettext(
        "Confirmed, but for %(n)d authorisation. Ask the local administrator to withdraw it.",
        "Confirmed, but for %(n)d authorisations. Ask the local administrator to withdraw them.",
        count,
    ) % {"n": count}


def certificate(made: AccessReview, *, institution: str, confirmed_by: str) -> Document:
    """Who still may what, as it was confirmed."""
    rows = review_rows(made.rows)
    return Document(
        title=_("Review of access rights"),
        subtitle=_("Quarter %(quarter)s, confirmed on %(day)s")
        % {"quarter": made.quarter, "day": date_format(timezone.localtime(made.confirmed_at), "j E Y, H:i")},
        issuer=institution,
        lang=get_language() or "pl",
        mark=_("invented data") if settings.SPOIWO_DEMO else "",
        blocks=(
            Facts(((_("Confirmed by"), confirmed_by), (_("Digest"), bytes(made.digest).hex()))),
            Paragraph(
                _(
                    "The authorisations below were in force on that day. The last column says which should stay."
                )
            ),
            _authorisations(rows),
            Signatures((_("Confirmed by"),)),
        ),
    )


def _authorisations(rows: Sequence[Mapping[str, Any]]) -> Grid:
    return Grid(
        _("Authorisations"),
        (
            _("Person"),
            _("Role"),
            _("Authorisation no."),
            _("From"),
            _("To"),
            _("Last used"),
            _("Stays"),
        ),
        tuple(
            (
                row["name"],
                row["role_name"],
                row["number"],
                row["first_words"],
                row["last_words"],
                row["used_words"],
                _("yes") if row["stays"] else _("no, to be withdrawn"),
            )
            for row in rows
        ),
        empty=_("No authorisation is in force."),
    )


def _days(row: Mapping[str, Any]) -> dict[str, str]:
    return {f"{name}_words": _day(row[name]) for name in ("first", "last", "used")}


def _day(text: str) -> str:
    return date_format(date.fromisoformat(text), "j.m.Y") if text else ""
