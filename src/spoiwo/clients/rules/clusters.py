"""Records joined by decisions: which moves a link makes, what holds together, since when two are one person.

Records are whole numbers, people are UUIDs. Nothing here depends on the order in which pairs come.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

Pair = tuple[int, int]  # two record ids, the smaller first


@dataclass(frozen=True, slots=True)
class Move:
    """A record goes from one index row to another."""

    record: int
    from_person: UUID
    to_person: UUID


@dataclass(frozen=True, slots=True)
class Edge:
    """A standing link decision between two records."""

    pair: Pair
    decided_at: datetime
    rule: str


def in_order(left: int, right: int) -> Pair:
    """The pair as it is stored, the smaller id first."""
    return (left, right) if left < right else (right, left)


class Clusters:
    """People and their records while links are being planned."""

    def __init__(self, person_of: Mapping[int, UUID], apart: Collection[Pair] = ()):
        """person_of: every record of every person touched; apart: pairs that must not come together."""
        self.person_of = dict(person_of)
        self._members: dict[UUID, set[int]] = {}
        for record, person in person_of.items():
            self._members.setdefault(person, set()).add(record)
        self._apart: dict[int, set[int]] = {}
        for left, right in apart:
            self._apart.setdefault(left, set()).add(right)
            self._apart.setdefault(right, set()).add(left)

    def are_one(self, pair: Pair) -> bool:
        """Whether both records are one person already."""
        return self.person_of[pair[0]] == self.person_of[pair[1]]

    def kept_apart(self, pair: Pair) -> bool:
        """Whether joining the two people would bring a pair together that must stay apart."""
        mine, theirs = (self._members[self.person_of[record]] for record in pair)
        return any(not self._apart.get(record, set()).isdisjoint(theirs) for record in mine)

    def join(self, pair: Pair) -> list[Move]:
        """Make both people the one with the smaller id, whatever the order of the pair; the moves it takes."""
        target, source = sorted(self.person_of[record] for record in pair)
        moved = sorted(self._members.pop(source))
        for record in moved:
            self.person_of[record] = target
        self._members[target].update(moved)
        return [Move(record, source, target) for record in moved]


def parts(records: Collection[int], links: Iterable[Pair]) -> list[frozenset[int]]:
    """Groups of records that hang together by links among them, the group of the smallest record first."""
    group_of = {record: {record} for record in records}
    for left, right in links:
        if left in group_of and right in group_of and group_of[left] is not group_of[right]:
            larger, smaller = sorted((group_of[left], group_of[right]), key=len, reverse=True)
            larger |= smaller
            for record in smaller:
                group_of[record] = larger
    groups = {min(group): frozenset(group) for group in group_of.values()}
    return [groups[first] for first in sorted(groups)]


def joined_by(record: int, others: Collection[int], edges: Sequence[Edge]) -> Edge | None:
    """The decision by which the record became one person with the first of the others; None when none did.

    Edges are taken in the order of their decisions until they connect the record with one of the others.
    """
    group_of: dict[int, set[int]] = {}
    wanted = set(others)
    for edge in sorted(edges, key=lambda edge: (edge.decided_at, edge.pair)):
        left, right = (group_of.setdefault(end, {end}) for end in edge.pair)
        if left is not right:
            left |= right
            for member in right:
                group_of[member] = left
        if record in left and not wanted.isdisjoint(left):
            return edge
    return None


def undo_breaks(
    *,
    before: Mapping[int, UUID],
    after: Mapping[int, UUID],
    links: Collection[Pair],
    apart: Collection[Pair],
    reunited: Collection[Pair],
) -> bool:
    """Whether taking a decision back would leave something that other standing decisions contradict.

    before, after: person of every record touched. links: standing link decisions without the one undone.
    apart: pairs that other decisions keep apart. reunited: pairs that the undone split had parted.
    """
    torn = any(before[left] == before[right] and after[left] != after[right] for left, right in links)
    clash = any(after[left] == after[right] for left, right in apart)
    unmet = any(after[left] != after[right] for left, right in reunited)
    people: dict[UUID, list[int]] = {}
    for record, person in after.items():
        people.setdefault(person, []).append(record)
    loose = any(len(parts(members, links)) > 1 for members in people.values())
    return torn or clash or unmet or loose
