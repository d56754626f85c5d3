"""Who can open what: every address, every role, every office, against a table written by hand.

The tables in tests/access/oracle are not derived from the code, and an address that nobody listed fails the suite,
so a new page needs a line there: how it is asked for, who may, and whose things it shows.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from zlib import crc32

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access import world as worlds
from tests.access.oracle import ORACLE
from tests.access.oracle.page import OPERATOR, PUBLIC, Page
from tests.access.world import ABSENT, CANARIES, HIDDEN, Person, World
from tests.pages import seen
from tests.rounds import FULLY, shared_out

pytestmark = [pytest.mark.django_db, pytest.mark.doors, pytest.mark.soak]

Thing = tuple[tuple[object, ...], frozenset[str] | None]  # arguments of the address, offices it belongs to
Things = dict[str, Thing]
CLOSED = {403, 404}
SMALL = 25  # contexts with fewer addresses are tried together, in one world
# Things shown to all who are let in, though one office or person alone may change them: that they exist is no secret.
KNOWN_TO_EXIST = (
    "collection", "own_card", "mandate", "topic", "item", "item_moved", "amendment", "meeting_attended",
    "meeting_chaired", "communique_draft",
)  # fmt: skip
LIBRARIES = ("konto/",)  # allauth's own pages: signing in and the own account


def addresses(
    patterns: list[URLPattern | URLResolver], prefix: str = "", namespace: str = ""
) -> Iterator[tuple[str, str]]:
    """Every address of the URLconf: (path, name with namespace)."""
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, path, pattern.namespace or namespace)
        else:
            yield path, f"{namespace}:{pattern.name}" if namespace else str(pattern.name)


def own_addresses() -> set[str]:
    """Names of all addresses that are not a library's."""
    found = addresses(get_resolver().url_patterns)
    return {name for path, name in found if not path.startswith(LIBRARIES)}


def expected_open(one: Page, person: Person, holders: frozenset[str] | None) -> bool:
    """What the oracle says; holders: offices the thing belongs to, None when the address names nothing."""
    if one.who == PUBLIC:
        return holders is None or one.everybodys
    if person.role not in one.who or one.empty:
        return False
    if holders is None or person.role == OPERATOR:
        return True
    return person.office in holders or (person.office, person.role) in one.also


def asked(person: Person, name: str, one: Page, args: tuple[object, ...]) -> HttpResponse:
    """The answer; what the request changed is taken back."""
    person.browser.cookies.pop("messages", None)  # notices of the request before
    with transaction.atomic():
        send = getattr(person.browser, one.method)
        answer = send(reverse(name, args=args), dict(one.data))
        if answer.streaming:
            answer = HttpResponse(b"".join(answer), status=answer.status_code, headers=answer.headers)
        transaction.set_rollback(True)
    return answer  # type: ignore[no-any-return]


def work_behind(person: Person, name: str, one: Page, args: tuple[object, ...]) -> int:
    """How many statements the database is asked for an answer: what its time tells, without a clock.

    Figures of the menu are remembered for half a minute; so that they are, the page is asked for twice.
    """
    asked(person, name, one, args)
    with CaptureQueriesContext(connection) as captured:
        asked(person, name, one, args)
    return len(captured)


def weighed_work(
    person: Person, name: str, one: Page, things: Things, labels: Sequence[str]
) -> dict[str, int]:
    """Statements behind each answer; asked again where they differ, since remembered figures run out meanwhile."""
    work: dict[str, int] = {}
    for _ in range(3):
        work = {label: work_behind(person, name, one, things[label][0]) for label in labels}
        if len(set(work.values())) == 1:
            break
    return work


def is_open(answer: HttpResponse) -> bool:
    """Whether the page was shown or the deed considered: not refused, not unknown, not sent to sign in."""
    to_sign_in = answer.status_code == 302 and "/konto/" in answer.headers["Location"]
    return answer.status_code not in CLOSED and not to_sign_in


def leaked(person: Person, answer: HttpResponse) -> list[str]:
    """Names that stand in the answer though they are of other offices than the person's own, or hidden."""
    body = answer.content.decode(errors="replace")
    others = [canary for office, canary in CANARIES.items() if office != person.office]
    return [canary for canary in (*others, HIDDEN) if canary in body]


def difference(closed: dict[str, tuple[int, str]]) -> list[str]:
    """Status of each answer, and the first line of each that the others do not have."""
    lines = {label: body.splitlines() for label, (_, body) in closed.items()}
    rows = zip(*lines.values(), strict=False)
    differing = next((list(row) for row in rows if len(set(row)) > 1), ["one is longer"])
    return [*(f"{label}: {status}" for label, (status, _) in closed.items()), *differing]


def may_enter(one: Page, person: Person) -> bool:
    """Whether the door is open to the person at all, whatever lies behind."""
    return one.who == PUBLIC or person.role in one.who


def tried(name: str, one: Page, world: World) -> Iterator[Person]:
    """Whom the address is tried with; in a soak everybody.

    Of those it admits every role and every office, in pairs that differ from address to address and between the
    two databases; of the others, to whom the door is closed whatever the office and the database, those of one
    office, on one database each.
    """
    if FULLY:
        yield from world.people
        return
    yield from shared_out([person for person in world.people if _is_outside(one, person)])
    turn = crc32(f"{connection.vendor} {name}".encode()) % len(world.people)
    roles: set[str] = set()
    offices: set[str] = set()
    for person in (*world.people[turn:], *world.people[:turn]):
        is_new = person.role not in roles or person.office not in offices
        if is_new and may_enter(one, person):
            roles.add(person.role)
            offices.add(person.office)
            yield person


def _is_outside(one: Page, person: Person) -> bool:
    return person.office in {"left", ""} and not may_enter(one, person)


def samples(things: Things) -> Iterator[tuple[str, Thing]]:
    """Before a closed door one thing that exists and one that does not are enough."""
    existing = [item for item in things.items() if item[0] != ABSENT]
    yield existing[0]
    yield from (item for item in things.items() if item[0] == ABSENT)


def faults(world: World, name: str, one: Page) -> Iterator[str]:
    """Where an address does something else than the oracle says."""
    things: Things = dict(world.things[one.thing]) if one.thing else {"": (one.args, None)}
    weighed = False
    for person in tried(name, one, world):
        closed: dict[str, tuple[int, str]] = {}
        for label, (args, holders) in things.items() if may_enter(one, person) else samples(things):
            exists = label != ABSENT
            answer = asked(person, name, one, args)
            wanted = exists and expected_open(one, person, holders)
            if answer.status_code >= 500:
                yield f"{name} {label}: {answer.status_code} for {person}"
            if is_open(answer) != wanted:
                verdict = "over-blocked" if wanted else "LEAK"
                yield f"{verdict}: {name} {label}: {answer.status_code} for {person}"
            if found := leaked(person, answer):
                yield f"LEAK: {name} {label}: {found} for {person}"
            if not is_open(answer) and answer.status_code != 302:
                closed[label] = (answer.status_code, seen(answer))
        if len(set(closed.values())) > 1:
            yield f"LEAK: {name}: forbidden and absent differ for {person}: {difference(closed)}"
        others = [label for label in closed if person.office not in (things[label][1] or ())]
        if len(others) > 1 and may_enter(one, person) and not weighed:
            weighed = True
            work = {} if one.thing in KNOWN_TO_EXIST else weighed_work(person, name, one, things, others)
            if len(set(work.values())) > 1:
                yield f"LEAK: {name}: forbidden and absent are not the same work for {person}: {work}"


def test_every_address_is_in_the_oracle():
    assert own_addresses() == set(ORACLE)


def tried_together() -> list[list[str]]:
    """Contexts by the world they are tried in: each of the large ones alone, the small ones together."""
    counted = Counter(name.split(":")[0] for name in ORACLE)
    large = [context for context, addresses in counted.most_common() if addresses >= SMALL]
    return [sorted(counted.keys() - set(large)), *([one] for one in large)]


@pytest.mark.parametrize("contexts", tried_together(), ids=" ".join)
def test_nobody_reaches_more_or_less_than_the_oracle_says(contexts):
    world = worlds.build()

    found = [
        fault
        for name, one in ORACLE.items()
        if name.split(":")[0] in contexts
        for fault in faults(world, name, one)
    ]

    assert found == []
