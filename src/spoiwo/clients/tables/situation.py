"""The table of what is known: own values and others' side by side, each with its source and age."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext

from spoiwo.access.types import Category
from spoiwo.clients.messages import FACT_LABELS, STATUS_LABELS, fact_words, with_period
from spoiwo.clients.models import RecordVersion
from spoiwo.clients.queries.listing import address_of
from spoiwo.clients.queries.opening import ClientData, own_pesel
from spoiwo.clients.rules import facts as fact_rules
from spoiwo.clients.rules import situation
from spoiwo.clients.rules.situation import Line, Value
from spoiwo.clients.types import FactKind, RegisterKind, Status
from spoiwo.kernel.text import search_key
from spoiwo.toolkit.templatetags.spoiwo import day_in_words, mask_pesel

# Facts of which a person has one truth, so that two institutions can contradict each other.
COMPARED = frozenset(
    {FactKind.HOUSEHOLD_SIZE, FactKind.CHILDREN, FactKind.INCOME_PER_PERSON, FactKind.EDUCATION}
)
# The order in which a worker reads: what is going on, what was before.
FACT_ORDER = (
    Category.BENEFITS,
    Category.MEASURES,
    Category.SUPPORT_GIVEN,
    Category.LIFE_SITUATION,
    Category.WORK_HISTORY,
    Category.SENSITIVE,
)


@dataclass(frozen=True, slots=True)
class Worker:
    """Who works with the person at an institution."""

    institution_id: int
    name: str


class _Writer:
    """Makes values of one institution, each with its source and age."""

    def __init__(self, data: ClientData, institution_id: int, day: date):
        own = institution_id == data.opened.version.institution_id
        self.institution_id = institution_id
        self.limit = (
            min(data.stale_limits.values(), default=situation.OWN_STALE_AFTER_DAYS)
            if own
            else data.stale_limits[institution_id]
        )
        self.gives = frozenset(Category) if own else data.categories[institution_id]
        self._as_of = data.as_of
        self.day = day

    def value(
        self, field: str, label: str, text: str, *, key: str, category: Category, facts: bool = False
    ) -> Iterator[Value]:
        """The value, unless there is nothing to say or the category is not given."""
        if not text or category not in self.gives:
            return
        kind = RegisterKind.FACTS if facts else RegisterKind.REGISTER
        as_of = self._as_of[self.institution_id, kind]
        yield Value(
            field=field,
            label=label,
            text=text,
            key=key,
            category=category,
            institution_id=self.institution_id,
            as_of=as_of,
            old_days=situation.days_old(as_of, self.day, self.limit),
        )


def situation_lines(data: ClientData, *, day: date) -> list[Line]:
    """Own values and those that others share, side by side; sensitive facts are only ever the own ones."""
    versions = (data.opened.version, *data.others)
    writers = {version.institution_id: _Writer(data, version.institution_id, day) for version in versions}
    values: list[Value] = []
    for part in (_status, _identity, _contact):
        for version in versions:
            values.extend(part(writers[version.institution_id], version, data))
    values[_status_end(values) : _status_end(values)] = _facts(data, writers, day)
    return situation.side_by_side(values)


def _status_end(values: Sequence[Value]) -> int:
    """Where facts go: after the statuses, before names and addresses."""
    return sum(value.field == "status" for value in values)


def _status(write: _Writer, version: RecordVersion, data: ClientData) -> Iterator[Value]:  # noqa: ARG001
    label = STATUS_LABELS.get(Status(version.status)) if version.status else ""
    text = with_period(str(label or ""), version.status_from, version.status_to)
    yield from write.value("status", gettext("Status"), text, key="", category=Category.STATUS)


def _identity(write: _Writer, version: RecordVersion, data: ClientData) -> Iterator[Value]:
    name = " ".join(part for part in (version.first_name, version.second_name, version.last_name) if part)
    key = search_key(f"{version.first_name} {version.last_name}")
    kind = Category.IDENTITY
    yield from write.value("name", gettext("First and last name"), name, key=key, category=kind)
    family = search_key(version.family_name)
    yield from write.value(
        "family_name", gettext("Family name"), version.family_name, key=family, category=kind
    )
    if version.birth_date:
        born = day_in_words(version.birth_date, style="", today=version.birth_date)
        key = version.birth_date.isoformat()
        yield from write.value("birth_date", gettext("Date of birth"), born, key=key, category=kind)
    yield from _pesel(write, version, data.opened.version)


def _pesel(write: _Writer, version: RecordVersion, own: RecordVersion) -> Iterator[Value]:
    """The own number masked; of another institution's only whether it is the same."""
    label = "PESEL"
    if version is own:
        text = mask_pesel(own_pesel(own)) if own.pesel_sealed else ""
    elif not version.pesel_sealed:
        return
    elif version.pesel_index and own.pesel_index and bytes(version.pesel_index) == bytes(own.pesel_index):
        text = gettext("The same number")
    else:
        text = gettext("A different number or one with an error")
    key = bytes(version.pesel_index or b"").hex() or f"none:{version.institution_id}"
    yield from write.value("pesel", label, text, key=key, category=Category.IDENTITY)


def _contact(write: _Writer, version: RecordVersion, data: ClientData) -> Iterator[Value]:  # noqa: ARG001
    kind = Category.CONTACT
    address = address_of(version)
    yield from write.value("address", gettext("Address"), address, key=search_key(address), category=kind)
    digits = "".join(character for character in version.phone if character.isdigit())[-9:]
    yield from write.value("phone", gettext("Telephone"), version.phone, key=digits, category=kind)
    yield from write.value(
        "email", gettext("E-mail"), version.email, key=version.email.lower(), category=kind
    )


def _facts(data: ClientData, writers: dict[int, _Writer], day: date) -> Iterator[Value]:
    ranked = sorted(data.facts, key=lambda fact: (FACT_ORDER.index(Category(fact.category)), fact.kind))
    for kind, found in groupby(ranked, key=lambda fact: fact.kind):
        by_owner = sorted(found, key=lambda fact: fact.institution_id != data.opened.version.institution_id)
        for owner, facts in groupby(by_owner, key=lambda fact: fact.institution_id):
            for fact in fact_rules.newest(facts, day):
                text, compared = fact_words(fact, data.opened.version)
                label = str(FACT_LABELS[FactKind(kind)])
                key = compared if FactKind(kind) in COMPARED else ""
                category = Category(fact.category)
                yield from writers[owner].value(
                    f"fact:{kind}", label, text, key=key, category=category, facts=True
                )


def workers(data: ClientData) -> list[Worker]:
    """Whom to turn to: the own register's worker, and others' where contact is given."""
    found = [Worker(data.opened.version.institution_id, data.opened.version.worker)]
    found += [
        Worker(version.institution_id, version.worker)
        for version in data.others
        if Category.CONTACT in data.categories[version.institution_id]
    ]
    return [worker for worker in found if worker.name]
