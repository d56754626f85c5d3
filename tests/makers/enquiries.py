"""Two offices that ask each other: a welfare centre with its worker, a labour office with the person."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone

from spoiwo.access.types import Category
from spoiwo.clients.models import SourceRecord
from spoiwo.clients.queries import sought as sought_queries
from spoiwo.enquiries.models import Confirmation, Enquiry
from spoiwo.enquiries.queries import lines
from spoiwo.enquiries.rules.content import digest_of_lines
from spoiwo.enquiries.services import answering, asking, issuing
from spoiwo.enquiries.types import Filing, PaperKind, Sought, Terms
from spoiwo.institutions.models import Institution, Membership
from spoiwo.institutions.types import Kind, Role
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.context import acting_for
from tests.makers import institutions
from tests.makers.access import agreement, legal_basis, purpose
from tests.makers.registers import bring_in, pesels, records, row

PESEL = pesels(1)[0]
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
EVERYTHING = tuple(category for category in Category if category is not Category.SENSITIVE)


@dataclass(frozen=True)
class Offices:
    """welfare asks, labour has the person; each with a case worker."""

    welfare: Institution
    labour: Institution
    asker: Membership
    officer: Membership
    record: SourceRecord

    @property
    def asking(self) -> Actor:
        """The worker of the welfare centre."""
        return institutions.acting(self.asker)

    @property
    def asked(self) -> Actor:
        """The worker of the labour office."""
        return institutions.acting(self.officer)


def person(**fields: Any) -> Any:
    """A row of the labour office: an unemployed woman with a number and an address."""
    values = {
        "pesel": PESEL,
        "status": "unemployed_with_benefit",
        "status_from": date(2024, 2, 3),
        "place": "Lubiszyn",
        "street": "Leśna",
        "house": "4",
        "flat": "2",
        **fields,
    }
    return row("L1", **values)


def offices(*, agreed: bool = True, gives: Any = EVERYTHING, labour_name: str = "", **terms: Any) -> Offices:
    """Both offices. agreed: whether an agreement lets the welfare centre ask. terms: of the agreement."""
    welfare = institutions.institution("", Kind.OPS, short_name="OPS Próbny")
    named = {"name": labour_name} if labour_name else {}
    labour = institutions.institution("", Kind.PUP, short_name="PUP Próbny", **named)
    if agreed:
        agreement(welfare, labour, gives=[(None, None, category) for category in gives], **terms)
    bring_in(labour, person())
    (record,) = records(labour, "L1")
    return Offices(
        welfare,
        labour,
        institutions.member(welfare, Role.CASE_WORKER),
        institutions.member(labour, Role.CASE_WORKER),
        record,
    )


def sought(**fields: Any) -> Sought:
    """The person as the welfare centre knows her."""
    return Sought(**{"last_name": "Nowak", "first_name": "Anna", "pesel": PESEL, **fields})


def terms(there: Offices, **fields: Any) -> Terms:
    """An enquiry about her status."""
    values: dict[str, Any] = {
        "asked_id": there.labour.pk,
        "sought": sought(),
        "categories": frozenset({Category.IDENTITY, Category.STATUS}),
        "purpose_id": purpose().pk,
        "legal_basis_id": legal_basis().pk,
        "grounds": "wniosek o zasiłek okresowy",
        "filing": Filing(case_ref="OPS.1.2026", jrwa="5120"),
        **fields,
    }
    return Terms(**values)


def drafted(there: Offices, **fields: Any) -> Enquiry:
    """An enquiry that nobody else sees yet."""
    with acting_for(there.welfare.pk):
        return asking.draft_enquiry(terms(there, **fields), day=timezone.localdate(), by=there.asking)


def sent(there: Offices, *, day: date | None = None, **fields: Any) -> Enquiry:
    """An enquiry that waits for an answer."""
    made = drafted(there, **fields)
    with acting_for(there.welfare.pk):
        return asking.send_enquiry(
            made.uuid, now=timezone.now(), day=day or timezone.localdate(), by=there.asking
        )


def offer(there: Offices, enquiry: Enquiry) -> answering.Given:
    """Everything the labour office could answer, as its officer sees it."""
    today = timezone.localdate()
    with acting_for(there.labour.pk):
        version = answering.candidates(enquiry, by=there.asked)[0]
        offered = answering.lines_for(enquiry, version, day=today, by=there.asked)
        return answering.Given(
            record=version.record.uuid,
            keys=frozenset(line.key for line in offered),
            digest=digest_of_lines(offered),
            filing=Filing(case_ref="PUP.7.2026", jrwa="6110"),
        )


def answered(there: Offices, enquiry: Enquiry | None = None) -> Confirmation:
    """The confirmation that answers an enquiry."""
    enquiry = enquiry or sent(there)
    given = offer(there, enquiry)
    with acting_for(there.labour.pk):
        return answering.answer_enquiry(
            enquiry.uuid, given, now=timezone.now(), day=timezone.localdate(), by=there.asked
        )


def certificate(there: Offices) -> Confirmation:
    """A certificate for the citizen, not signed yet."""
    today = timezone.localdate()
    with acting_for(there.labour.pk):
        version = sought_queries.fitting(
            there.asked, pesel=PESEL, last_name="Nowak", first_name="", birth_date=None
        )[0]
        given = lines.lines_about(
            there.asked, version, categories={Category.IDENTITY, Category.STATUS}, items=(), day=today
        )
        paper = issuing.Paper(
            kind=PaperKind.CITIZEN,
            version=version,
            person=sought(birth_date=date(1980, 5, 3)),
            lines=tuple(given),
            filing=Filing(case_ref="PUP.9.2026", jrwa="6110"),
            head={"purpose": "do wniosku o dodatek mieszkaniowy"},
        )
        return issuing.issue_certificate(paper, now=timezone.now(), day=today, by=there.asked)
