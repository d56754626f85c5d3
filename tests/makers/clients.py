"""Common clients: two offices with an agreement, linked records, facts, and signed-in people who read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.test import Client
from django.utils import timezone

from spoiwo.access.types import Category
from spoiwo.clients.models import RegisterState, SourceRecord
from spoiwo.clients.services import facts, identity, publishing
from spoiwo.clients.types import FACT_CATEGORIES, FactKind, FactRow, RegisterKind, RegisterRow, Tally
from spoiwo.institutions.models import Institution, Membership, User
from spoiwo.institutions.types import Kind, Role
from spoiwo.toolkit.context import acting_for
from tests.makers import institutions
from tests.makers.access import agreement
from tests.makers.registers import bring_in, records, row

EVERYTHING = tuple(category for category in Category if category is not Category.SENSITIVE)


@dataclass(frozen=True)
class Town:
    """A labour office and a welfare centre that share everything but sensitive data, with one common client."""

    labour: Institution
    welfare: Institution
    own: SourceRecord  # at the labour office
    theirs: SourceRecord  # the same person at the welfare centre
    worker: Membership  # case worker of the labour office


def town(
    *,
    own: RegisterRow | None = None,
    theirs: RegisterRow | None = None,
    gives: Sequence[Category] = EVERYTHING,
    **terms: Any,
) -> Town:
    """Two offices, an agreement, one linked person. terms: fields of the agreement."""
    labour = institutions.institution("", Kind.PUP, short_name="PUP Próbny")
    welfare = institutions.institution("", Kind.OPS, short_name="OPS Próbny")
    agreement(labour, welfare, gives=[(None, None, category) for category in gives], **terms)
    bring_in(labour, own or row("L1"))
    bring_in(welfare, theirs or row("W1"))
    (left,) = records(labour, (own or row("L1")).local_id)
    (right,) = records(welfare, (theirs or row("W1")).local_id)
    link(left, right)
    left.refresh_from_db()
    right.refresh_from_db()
    worker = institutions.member(labour, Role.CASE_WORKER)
    return Town(labour, welfare, left, right, worker)


def offices(
    *people: tuple[str, dict[str, Any]], gives: Sequence[Category] = (Category.IDENTITY,)
) -> tuple[Institution, Institution, Membership]:
    """A labour office, a welfare centre that serves the same people, and a case worker of the first.

    people: (local number without the letter of the office, fields of the row in both registers).
    """
    labour = institutions.institution("", Kind.PUP, short_name="PUP Próbny")
    welfare = institutions.institution("", Kind.OPS, short_name="OPS Próbny")
    agreement(labour, welfare, gives=[(None, None, category) for category in gives])
    bring_in(labour, *(row(f"L{number}", **fields) for number, fields in people))
    bring_in(welfare, *(row(f"W{number}", **fields) for number, fields in people))
    for number, _ in people:
        link(*records(labour, f"L{number}"), *records(welfare, f"W{number}"))
    return labour, welfare, institutions.member(labour, Role.CASE_WORKER)


def link(left: SourceRecord, right: SourceRecord) -> None:
    """The two records are one person, by the rule that agreements allow unattended."""
    identity.link_records(
        left_record_id=left.pk,
        right_record_id=right.pk,
        rule="pesel_one_field",
        strategy="exact-1",
        agreement="P/1",
        by=None,
    )


def fact(local_id: str, kind: FactKind, value: str = "", **fields: object) -> FactRow:
    """A fact of the category its kind belongs to."""
    return FactRow(local_id=local_id, category=FACT_CATEGORIES[kind], kind=kind, value=value, **fields)  # type: ignore[arg-type]


def bring_in_facts(holder: Institution, *rows: FactRow) -> None:
    """Publish these rows as all facts of the office."""
    today = timezone.localdate()
    with acting_for(holder.pk, job="import"):
        generation = publishing.next_generation(holder.pk, RegisterKind.FACTS)
        ready = facts.prepare_facts(
            institution_id=holder.pk, generation=generation, rows=rows, as_of=today, seen=set()
        )
        ready.write(set())
        publishing.publish_extract(
            publishing.StagedExtract(
                institution_id=holder.pk,
                kind=RegisterKind.FACTS,
                generation=generation,
                as_of=today,
                file_name="fakty.csv",
                file_sha256="0" * 64,
                rows=len(rows),
                tally=Tally(),
                vanished=0,
                rejected=0,
            ),
            now=timezone.now(),
            user_id=0,
        )


def register_as_of(holder: Institution, day: date) -> None:
    """The office's register and facts tell of this day."""
    RegisterState.objects.filter(pk=holder.pk).update(as_of=day, facts_as_of=day)


def signed_in(member: Membership) -> Client:
    """A browser in which the member is signed in and acts for the institution."""
    browser = Client()
    browser.force_login(User.objects.get(pk=member.user_id))
    return browser


def with_purpose(browser: Client, record: SourceRecord, purpose: str = "joint-support|act-art-1:1") -> Client:
    """The same browser after a purpose was stated for the person."""
    answer = browser.post(f"/klienci/{record.uuid}/cel/", {"purpose": purpose})
    assert answer.status_code == 302, answer.content
    return browser
