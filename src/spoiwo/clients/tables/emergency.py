"""What emergency access shows of a person, in words."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from spoiwo.access.types import Category
from spoiwo.clients.messages import FACT_LABELS, STATUS_LABELS, fact_words, with_period
from spoiwo.clients.models import RecordVersion
from spoiwo.clients.queries.emergencies import InEmergency, Opened
from spoiwo.clients.queries.listing import address_of
from spoiwo.clients.types import FactKind, Status
from spoiwo.institutions.types import Badge
from spoiwo.toolkit.templatetags.spoiwo import day_in_words


@dataclass(frozen=True, slots=True)
class OwnLine:
    """An own record: its page holds everything."""

    uuid: UUID
    name: str
    local_id: str


@dataclass(frozen=True, slots=True)
class PartnerCard:
    """What one partner gives: (label, value) in the order in which people read."""

    badge: Badge
    rows: tuple[tuple[str, str], ...]
    categories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonCards:
    """A person opened."""

    person: UUID
    own: tuple[OwnLine, ...]
    partners: tuple[PartnerCard, ...]

    @property
    def digest(self) -> bytes:
        """SHA-256 over what partners' cards say."""
        return hashlib.sha256(repr([card.rows for card in self.partners]).encode()).digest()

    @property
    def shown(self) -> dict[int, tuple[str, ...]]:
        """Categories shown, by owner."""
        found: dict[int, set[str]] = {}
        for card in self.partners:
            found.setdefault(card.badge.id, set()).update(card.categories)
        return {pk: tuple(sorted(codes)) for pk, codes in found.items()}


def cards(opened: Opened) -> list[PersonCards]:
    """Everything opened, person by person."""
    return [
        PersonCards(
            one.person,
            tuple(
                OwnLine(
                    version.record.uuid, f"{version.first_name} {version.last_name}", version.record.local_id
                )
                for version in one.own
            ),
            tuple(_card(one, version, opened) for version in one.others),
        )
        for one in opened.people
    ]


def _card(one: InEmergency, version: RecordVersion, opened: Opened) -> PartnerCard:
    given = opened.categories[version.institution_id]
    rows = [row for row in _rows(one, version) if row[0] in given and row[2]]
    return PartnerCard(
        opened.badges[version.institution_id],
        tuple((label, text) for _category, label, text in rows),
        tuple(sorted({category.value for category, _label, _text in rows})),
    )


def _rows(one: InEmergency, version: RecordVersion) -> Iterator[tuple[Category, str, str]]:
    born = day_in_words(version.birth_date, style="", today=version.birth_date) if version.birth_date else ""
    status = str(STATUS_LABELS[Status(version.status)]) if version.status else ""
    yield Category.IDENTITY, gettext("First and last name"), f"{version.first_name} {version.last_name}"
    yield Category.IDENTITY, gettext("Date of birth"), born
    yield Category.CONTACT, gettext("Address"), address_of(version)
    yield Category.CONTACT, gettext("Telephone"), version.phone
    yield Category.CONTACT, gettext("Worker"), version.worker
    yield Category.STATUS, gettext("Status"), with_period(status, version.status_from, version.status_to)
    for fact in one.facts.get(version.record_id, ()):
        yield Category(fact.category), str(FACT_LABELS[FactKind(fact.kind)]), fact_words(fact, version)[0]
