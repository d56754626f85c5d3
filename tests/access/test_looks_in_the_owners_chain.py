"""Whoever shows what two institutions share puts it on record in the other one's chain before anybody is answered.

Every address about people is tried with every thing of more than one office, and the lists that name such things too.
"""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import reverse

from spoiwo.audit.models import AuditRecord
from tests.access import world as worlds
from tests.access.oracle import ORACLE
from tests.access.oracle.page import CASE, PUBLIC, REVIEWER, Page
from tests.access.world import ABSENT, Person, World

pytestmark = pytest.mark.django_db
ABOUT_PEOPLE = {
    *("clients", "enquiries", "matching", "plans", "referrals", "projects", "districts", "oversight"),
}
# What two offices share and no register is behind; by hand.
NAMES_NO_CLIENT = {
    "districts:differences": "ranges of addresses and workers of two offices",
    "matching:shared_counts": "a draft and, once both directors have asked, one rounded figure",
    "referrals:of_plan": "own referrals of a plan that stands on record when it is opened itself",
    "referrals:new": "a form about an own client, to a place of the public directory",
}
# On record where the one who looks learns something of the other; by hand.
AT_TIMES = {
    "enquiries:enquiry": "whoever asks is shown the own question",
    "enquiries:enquiry_paper": "whoever asks is shown the own question",
    "enquiries:enquiry_package": "whoever asks is shown the own question",
    "matching:proposal": "without an agreement in force nobody is named and nothing compared",
}
LISTS = {  # address -> role that opens it, and the office of which it tells somebody of left
    "clients:list": (REVIEWER, "right"),
    "clients:export": (REVIEWER, "right"),
    "enquiries:list": (CASE, "stranger"),
    "enquiries:papers": (CASE, "right"),
    "plans:list": (CASE, "right"),
    "plans:export": (CASE, "right"),
    "portal:home": (CASE, "right"),
}
OF_OWN_CLIENTS = {
    "enquiries:of_client": CASE,
    "plans:of_client": CASE,
    "plans:start": CASE,
}


def status_and_entries(person: Person, world: World, address: str, other: str) -> tuple[int, int]:
    """How a page answered, and how many entries the other office's chain got from it; taken back afterwards."""
    chain = AuditRecord.objects.filter(institution_id=world.offices[other].pk)
    with transaction.atomic():
        before = chain.count()
        answer = person.browser.get(address)
        if answer.streaming:
            b"".join(answer)
        made = chain.count() - before
        transaction.set_rollback(True)
    return answer.status_code, made


def somebody(world: World, office: str, role: str) -> Person:
    """A person of the office with the role."""
    return next(one for one in world.people if (one.office, one.role) == (office, role))


def shared(world: World, one: Page) -> Iterator[tuple[tuple[object, ...], frozenset[str]]]:
    """Things of this page that belong to more than one office."""
    for label, (args, holders) in world.things.get(one.thing, {}).items():
        if label != ABSENT and len(holders) > 1:
            yield args, holders


def pages() -> Iterator[tuple[str, Page]]:
    """Addresses about people that show a thing."""
    for name, one in ORACLE.items():
        is_shown = one.method == "get" and one.who != PUBLIC and not one.everybodys and not one.empty
        if name.split(":")[0] in ABOUT_PEOPLE and is_shown:
            yield name, one


def silent(world: World, name: str, one: Page) -> Iterator[bool]:
    """For each showing of a shared thing, whether the chain of another office that shares it learnt nothing."""
    for args, holders in shared(world, one):
        for person in world.people:
            if person.office in holders and person.role in one.who:
                for other in holders - {person.office}:
                    status, made = status_and_entries(person, world, reverse(name, args=args), other)
                    if status == 200:
                        yield made == 0


def test_whatever_two_offices_share_is_on_record_in_the_chain_of_the_other():
    world = worlds.build()

    found = {name: list(silent(world, name, one)) for name, one in pages()}

    assert {name for name, quiet in found.items() if quiet and all(quiet)} == NAMES_NO_CLIENT.keys()
    assert {name for name, quiet in found.items() if len(set(quiet)) == 2} == AT_TIMES.keys()
    assert len([name for name, quiet in found.items() if quiet]) > 20


def test_lists_that_name_shared_people_are_on_record_too():
    world = worlds.build()

    told = {
        name: status_and_entries(
            somebody(world, "left", role), world, reverse(name, args=ORACLE[name].args), other
        )
        for name, (role, other) in LISTS.items()
    }

    assert {name for name, (status, made) in told.items() if status != 200 or made == 0} == set()


def test_that_another_office_serves_an_own_client_is_on_record_there():
    world = worlds.build()
    (args, _holders) = world.things["client"]["first of left"]

    told = {
        name: status_and_entries(somebody(world, "left", role), world, reverse(name, args=args), "right")
        for name, role in OF_OWN_CLIENTS.items()
    }

    assert {name for name, (status, made) in told.items() if status != 200 or made == 0} == set()
