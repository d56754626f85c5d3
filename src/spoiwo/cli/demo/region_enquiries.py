"""Enquiries, confirmations and messages of the demonstration: one of every standing, about invented people."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.utils import timezone

from spoiwo.access import queries as access
from spoiwo.access.types import Category
from spoiwo.cli.demo import region_data as paper
from spoiwo.clients.queries import listing as clients
from spoiwo.clients.queries.own_records import OwnVersion, own_record, own_version
from spoiwo.enquiries.queries import lines, listing
from spoiwo.enquiries.services import answering, asking, issuing, talking
from spoiwo.enquiries.types import Filing, PaperKind, Refusal, Sought, Terms
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.context import acting_for

if TYPE_CHECKING:
    from spoiwo.enquiries.models import Enquiry

PEOPLE = 6
QUESTION = "Czy termin spotkania z doradcą w piątek jest aktualny? Chcemy przyjść razem z asystentem rodziny."
REPLY = "Tak, piątek o 10:00. Proszę zabrać zaświadczenie ze szkolenia."
User = get_user_model()


def is_loaded() -> bool:
    """Whether the welfare centre's worker has written to the labour office already."""
    by = _worker(paper.OPS_DESZCZNO)
    if by is None:
        return False
    with acting_for(by.institution_id):
        return listing.enquiries(by, box=listing.SENT, day=timezone.localdate()).exists()


def load_enquiries(today: date) -> int:
    """Have two offices ask, answer, refuse and write, through the services their workers use; how many enquiries."""
    asking_by, asked_by = _worker(paper.OPS_DESZCZNO), _worker(paper.PUP_GORZOW)
    if asking_by is None or asked_by is None or is_loaded():
        return 0
    with acting_for(asking_by.institution_id):
        people = list(_clients(asking_by, today))
        sent = [
            _enquiry(version, at=place, today=today, by=asking_by, asked=asked_by)
            for place, version in enumerate(people)
        ]
        _write(people, today, asking_by, asked_by.institution_id)
    with acting_for(asked_by.institution_id):
        for place, enquiry in enumerate(sent):
            _settle(enquiry, place, today, asked_by)
        _certify(today, asked_by)
        for talk in listing.conversations(asked_by)[:1]:
            talking.reply(talk.uuid, text=REPLY, now=timezone.now(), day=today, by=asked_by)
    return len(sent)


def _worker(code: str) -> Actor | None:
    office = institutions.by_code(code)
    user = User.objects.filter(email=paper.worker_of(code, Role.CASE_WORKER).email).first()
    if office is None or user is None:
        return None
    return Actor(user_id=user.pk, institution_id=office.pk, roles=frozenset({str(Role.CASE_WORKER)}))


def _clients(by: Actor, today: date) -> Iterator[OwnVersion]:
    """The first common clients of the list who have a date of birth."""
    scope = clients.list_scope(by, day=today)
    found = clients.common_clients(scope, clients.ListFilter(), page="1", per_page=PEOPLE * 3)
    chosen: list[OwnVersion] = []
    for row in found.rows:
        record = own_record(by, row.uuid)
        version = own_version(by, record.pk) if record else None
        if version is not None and version.birth_date and len(chosen) < PEOPLE:
            chosen.append(version)
    yield from chosen


def _enquiry(version: OwnVersion, *, at: int, today: date, by: Actor, asked: Actor) -> "Enquiry":
    """The first stays a draft, the second is late, the rest are fresh."""
    basis = next(one for one in access.bases(today) if one.code == "social-assistance-105")
    purpose = next(one for one in access.all_purposes() if one.code == "benefit-decision")
    terms = Terms(
        asked_id=asked.institution_id,
        sought=Sought(
            last_name=version.last_name, first_name=version.first_name, birth_date=version.birth_date
        ),
        categories=frozenset({Category.IDENTITY, Category.STATUS, Category.MEASURES}),
        purpose_id=purpose.pk,
        legal_basis_id=basis.pk,
        grounds="Ustalenie prawa do zasiłku okresowego (dane fikcyjne).",
        filing=Filing(case_ref=f"GOPS.5120.{at + 1}.{today.year}", jrwa="5120"),
        record=version.record.uuid,
    )
    made = asking.draft_enquiry(terms, day=today, by=by)
    if at == 0:
        return made
    sent_on = today - timedelta(days=12) if at == 1 else today
    return asking.send_enquiry(made.uuid, now=timezone.now() - (today - sent_on), day=sent_on, by=by)


def _settle(enquiry: "Enquiry", place: int, today: date, by: Actor) -> None:
    """The first three wait; of the others one is answered, one refused, one has no data."""
    now, filing = timezone.now(), Filing(case_ref=f"PUP.6110.{place}.{today.year}", jrwa="6110")
    if place == 3:
        version = next(iter(answering.candidates(enquiry, by=by)), None)
        if version is not None:
            offered = answering.lines_for(enquiry, version, day=today, by=by)
            given = answering.Given(
                record=version.record.uuid,
                keys=frozenset(line.key for line in offered),
                digest=lines.digest_of_lines(offered),
                filing=filing,
            )
            answering.answer_enquiry(enquiry.uuid, given, now=now, day=today, by=by)
    elif place == 4:
        answering.refuse_enquiry(
            enquiry.uuid,
            reason=Refusal.TOO_WIDE,
            note="Do decyzji wystarczy status; prosimy o nowy wniosek w tym zakresie.",
            filing=filing,
            now=now,
            by=by,
        )
    elif place == 5:
        answering.say_no_data(enquiry.uuid, filing=filing, now=now, by=by)


def _write(people: list[OwnVersion], today: date, by: Actor, to: int) -> None:
    if people:
        talking.write(
            client=people[-1].record.uuid, to=to, text=QUESTION, now=timezone.now(), day=today, by=by
        )


def _certify(today: date, by: Actor) -> None:
    """A certificate that waits for its signature."""
    for version in _clients(by, today):
        given = lines.lines_about(
            by, version, categories={Category.IDENTITY, Category.STATUS}, items=(), day=today
        )
        made = issuing.Paper(
            kind=PaperKind.CITIZEN,
            version=version,
            person=Sought(
                last_name=version.last_name, first_name=version.first_name, birth_date=version.birth_date
            ),
            lines=tuple(given),
            filing=Filing(case_ref=f"PUP.6110.90.{today.year}", jrwa="6110"),
            head={"purpose": "do wniosku o dodatek mieszkaniowy", "legal_basis": "art. 217 kpa"},
        )
        issuing.issue_certificate(made, now=timezone.now(), day=today, by=by)
        return
