"""Once a purpose was stated, every page and file tells of the partner's tiers what the agreements name, and no more."""

import pytest
from django.db import transaction
from django.urls import reverse

from spoiwo.clients.types import FactKind
from tests.access import world as worlds
from tests.access.oracle import ORACLE
from tests.access.oracle.page import CASE, REVIEWER, Page
from tests.access.world import ABSENT, FACTS, Person, World, told_of
from tests.makers import registers
from tests.makers.clients import with_purpose

pytestmark = pytest.mark.django_db
# What left and right give each other beside names, addresses and statuses, by hand: measures. Sensitive data never go.
GIVEN = {FactKind.TRAINING}


def pages_of(world: World, person: Person) -> list[str]:
    """Addresses that the person may read, of things that belong to the own office or are shared with it."""
    found = []
    for name, one in ORACLE.items():
        if one.method == "get" and person.role in one.who:
            found += [reverse(name, args=args) for args in arguments(world, one, person.office)]
    return found


def arguments(world: World, one: Page, office: str) -> list[tuple[object, ...]]:
    """Arguments of a page for every thing within reach."""
    if not one.thing:
        return [one.args]
    things = world.things[one.thing].items()
    return [args for label, (args, holders) in things if label != ABSENT and office in holders]


def body(person: Person, address: str) -> str:
    """What a page says; what reading it changed is taken back."""
    with transaction.atomic():
        answer = person.browser.get(address)
        content = b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return content.decode(errors="replace")


@pytest.mark.parametrize("role", [CASE, REVIEWER])
@pytest.mark.parametrize(("own", "partner"), [("left", "right"), ("right", "left")])
def test_a_stated_purpose_opens_what_the_agreements_name_and_nothing_sensitive(role, own, partner):
    world = worlds.build()
    person = next(one for one in world.people if (one.office, one.role) == (own, role))
    (record,) = registers.records(world.offices[own], f"{own}-1")
    with_purpose(person.browser, record)

    bodies = [body(person, address) for address in pages_of(world, person)]

    told = {kind for kind in FACTS for text in bodies if told_of(partner, kind) in text}
    assert told == GIVEN
    assert {kind for kind in FACTS for text in bodies if told_of("stranger", kind) in text} == set()
    assert {kind for kind in FACTS for text in bodies if told_of(own, kind) in text} == set(FACTS)
