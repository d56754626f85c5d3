"""Finding own clients by what a worker types: parts of names, PESEL, the register's own number."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet

from spoiwo.clients.models import SEVERAL_WORDS, CommonClient, RecordVersion, SourceRecord
from spoiwo.clients.queries.states import states_of
from spoiwo.clients.queries.vocabulary import Vocabulary, Words, addresses_like, vocabulary_of
from spoiwo.clients.querysets import READERS, CommonClientQuerySet
from spoiwo.clients.rules import search_text
from spoiwo.clients.rules.search_text import Names, Typed
from spoiwo.kernel import pesel
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key
from spoiwo.toolkit.columns import prefix_range
from spoiwo.toolkit.keys import PESEL, key_ring
from spoiwo.toolkit.prepared import Prepared

MOST_ROWS = 200  # read for one condition, before the best are chosen
MOST_NAMES = 50  # names of a vocabulary that one word may stand for
MOST_ADDRESSES = 30
_READ = (
    "first_name", "last_name", "first_key", "last_key", "birth_date", "place", "street", "house", "flat",
    "pesel_index", "sort_key", "record__uuid", "record__local_id",
)  # fmt: skip
ENOUGH = 10  # clients found without a slip, when nobody looks for slips any more


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClient:
    """An own client as the search shows it."""

    uuid: UUID
    name: str
    birth_date: date | None
    place: str
    local_id: str
    is_close: bool = False  # a slip was forgiven: not quite what was typed


def named_like(text: str) -> Q:
    """Rows whose last_key or first_key has, for every word typed, a word that begins with it; any order."""
    condition = Q()
    for word in search_key(text).split():
        begins = Q()
        for field in ("last_key", "first_key"):
            begins |= prefix_range(field, word) | Q(**{f"{field}__contains": f" {word}"})
        condition &= begins
    return condition


def common_named_like(clients: CommonClientQuerySet, institution_id: int, text: str) -> CommonClientQuerySet:
    """Of these common clients those whose names have, for every word typed, a word that begins with it.

    Each condition is asked by itself: together, joined by OR, they would be asked of every client.
    """
    own = CommonClient.objects.filter(institution_id=institution_id)
    for word in search_key(text).split():
        later = Q(last_key__contains=f" {word}") | Q(first_key__contains=f" {word}")
        found = (
            own.filter(prefix_range("last_key", word)).values("pk"),
            own.filter(prefix_range("first_key", word)).values("pk"),
            own.filter(SEVERAL_WORDS, later).values("pk"),
        )
        clients = clients.filter(pk__in=found[0].union(*found[1:], all=True))
    return clients


def looks_like_number(text: str) -> bool:
    """Whether a text with digits is searched for as a number; names have none."""
    return any(character.isdigit() for character in text)


def records_numbered(actor: Actor, text: str) -> set[int]:
    """Ids of own records with this number: the register's own, or the PESEL of their current values."""
    number = text.strip()
    found = set(SourceRecord.objects.visible_to(actor).filter(local_id=number).values_list("pk", flat=True))
    try:
        index = key_ring().blind_index(PESEL, pesel.parse(number).value)
    except pesel.NotPesel:
        return found
    versions = RecordVersion.objects.visible_to(actor).current().filter(pesel_index=index)
    return found | set(versions.values_list("record_id", flat=True))


def find_own_clients(actor: Actor, text: str, *, limit: int) -> list[FoundClient]:
    """Clients of the own register that fit the text, the best first; empty for a text without letters and digits.

    The text may hold parts of names, a date of birth, an address, the register's own number or a PESEL; a slip
    in a word or in a PESEL is forgiven when nothing fits better.
    """
    if not search_key(text) or not actor.has_any(*READERS):
        return []
    typed = search_text.read(text)
    state = states_of([actor.institution_id])[actor.institution_id]
    reach = _Reach(actor, state.generation)
    found = reach.numbered(typed)
    if not found and (typed.words or typed.days):
        found = (
            reach.dated(typed)
            or reach.named(typed)
            or reach.at_address(typed)
            or reach.named_at_address(typed)
        )
    best = sorted(found.values(), key=lambda one: (one.rank, one.row.sort_key, one.row.record_id))
    return [_shown(one) for one in best[:limit]]


@dataclass(frozen=True, slots=True)
class _Fitting:
    """Values that fit, and how well: 0 is best."""

    row: RecordVersion
    rank: int
    is_close: bool


class _Reach:
    """Values of the own register in force that the actor may see, and ways to find some among them."""

    def __init__(self, actor: Actor, generation: int):
        self._actor = actor
        self._generation = generation

    @cached_property
    def _versions(self) -> QuerySet[RecordVersion]:
        # Bounds as expressions: an index on them would be read from end to end.
        return (
            RecordVersion.objects.visible_to(self._actor)
            .alias(begun=F("first_generation") + 0, ended=F("last_generation") + 0)
            .filter(begun__lte=self._generation, ended__gt=self._generation)
            .select_related("record")
            .only(*_READ)
        )

    def numbered(self, typed: Typed) -> dict[int, _Fitting]:
        """By the register's own number, else by PESEL, else by a PESEL that one slip away.

        Which values have the number is asked first, of whom the actor may see then: hardly ever are there any.
        """
        named = _NAMED.rows(self._actor.institution_id, self._generation, self._generation, typed.text)
        if found := {row.pk: _Fitting(row, 0, is_close=False) for row in self._visible(named)}:
            return found
        if not typed.number:
            return {}
        ring = key_ring()
        wanted = {ring.blind_index(PESEL, one): one for one in search_text.neighbours(typed.number)}
        rows = self._visible(_versions_with(wanted, self._actor.institution_id, self._generation))
        slips = {row.pk: wanted[bytes(row.pesel_index or b"")] != typed.number for row in rows}
        some_exact = not all(slips.values())
        return {
            row.pk: _Fitting(row, int(slips[row.pk]), slips[row.pk])
            for row in rows
            if not (some_exact and slips[row.pk])
        }

    def _visible(self, found: Sequence[tuple[int]]) -> list[RecordVersion]:
        """Of these values those that the actor may see; found: rows with their ids."""
        if not found:
            return []
        pks = [pk for (pk,) in found]
        rows = RecordVersion.objects.visible_to(self._actor).filter(pk__in=pks)
        return list(rows.select_related("record").only(*_READ))

    def dated(self, typed: Typed) -> dict[int, _Fitting]:
        """Born on the day typed, or with day and month swapped, and named so."""
        if not typed.days:
            return {}
        return self._fitting(Q(birth_date__in=typed.days), typed)

    def named(self, typed: Typed) -> dict[int, _Fitting]:
        """By names: one word may be either; of several, one is the last name and another the first."""
        if not typed.words or typed.house:
            return {}
        known = vocabulary_of(self._actor.institution_id, self._generation)
        found: dict[int, _Fitting] = {}
        for slips in (False, True):
            last = _keys_like(known.last, typed, slips=slips)
            first = _keys_like(known.first, typed, slips=slips)
            for condition in _namings(typed.words, last, first):
                found |= self._fitting(condition, typed)
            if len(found) >= ENOUGH:
                break
        return found

    def at_address(self, typed: Typed) -> dict[int, _Fitting]:
        """By street, place and house."""
        known = vocabulary_of(self._actor.institution_id, self._generation)
        lives = _living(known, typed.words, typed.house)
        return {} if lives is None else self._fitting(lives, typed)

    def named_at_address(self, typed: Typed) -> dict[int, _Fitting]:
        """By names in one or two of the words and an address in the others."""
        if len(typed.words) < 2:
            return {}
        known = vocabulary_of(self._actor.institution_id, self._generation)
        last, first = (_keys_like(words, typed, slips=True) for words in (known.last, known.first))
        found: dict[int, _Fitting] = {}
        for count in (1, 2):
            for names in combinations(typed.words, count):
                lives = _living(known, [word for word in typed.words if word not in names], typed.house)
                if lives is None:
                    continue
                for condition in _namings(names, last, first):
                    found |= self._fitting(condition & lives, typed)
        return found

    def _fitting(self, condition: Q, typed: Typed) -> dict[int, _Fitting]:
        found = {}
        rows = self._versions.filter(condition).order_by("sort_key", "record_id")
        for row in rows[:MOST_ROWS]:
            names = _names(row)
            fits = search_text.fit(typed, names)
            if fits is not None:
                late = bool(typed.days) and row.birth_date != typed.days[0]
                rank = fits + (search_text.ELSEWHERE if late else 0)
                found[row.pk] = _Fitting(row, rank, late or search_text.forgives(typed, names))
        return found


def _named(institution: int, begun: int, ended: int, number: str) -> QuerySet[Any, Any]:
    return RecordVersion.objects.filter(
        record__institution_id=institution,
        record__local_id=number,
        first_generation__lte=begun,
        last_generation__gt=ended,
    ).values_list("pk")


_NAMED = Prepared(_named)


def _versions_with(indexes: Collection[bytes], institution: int, generation: int) -> list[tuple[int]]:
    """Ids of an institution's values in force whose number has one of these blind indexes; at most MOST_ROWS.

    Worded by hand, since Django takes ten times as long for a list of a hundred as the database for the answer.
    """
    holes = ", ".join(["%s"] * len(indexes))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {RecordVersion._meta.db_table} WHERE pesel_index IN ({holes})"  # noqa: S608 our own table
            " AND institution_id = %s AND first_generation + 0 <= %s AND last_generation + 0 > %s LIMIT %s",
            [*indexes, institution, generation, generation, MOST_ROWS],
        )
        return [(pk,) for (pk,) in cursor.fetchall()]


def _keys_like(words: Words, typed: Typed, *, slips: bool) -> dict[str, list[str]]:
    return {word: words.like(word, most=MOST_NAMES, slips=slips) for word in typed.words}


def _living(known: Vocabulary, words: Sequence[str], house: str) -> Q | None:
    """Living where all the words say, in a house whose number begins so; None where there is no such place."""
    lives = Q()
    for place, street in addresses_like(known, words, most=MOST_ADDRESSES):
        lives |= Q(place=place, street=street)
    if not lives:
        return None
    return lives & Q(house__istartswith=house.split(maxsplit=1)[0]) if house else lives


def _namings(
    words: Sequence[str], last: Mapping[str, list[str]], first: Mapping[str, list[str]]
) -> Iterator[Q]:
    """Ways in which the words may be the names of one person."""
    if len(words) == 1:
        yield Q(last_key__in=last[words[0]])
        yield Q(first_key__in=first[words[0]])
        return
    for one in words:
        for other in words:
            if other != one:
                yield Q(last_key__in=last[one], first_key__in=first[other])
    yield Q(last_key__in=sorted(set.intersection(*(set(last[word]) for word in words))))
    yield Q(first_key__in=sorted(set.intersection(*(set(first[word]) for word in words))))


def _names(row: RecordVersion) -> Names:
    return Names(
        last=row.last_key,
        first=row.first_key,
        street=search_key(row.street),
        place=search_key(row.place),
        house=search_key(f"{row.house} {row.flat}"),
    )


def _shown(one: _Fitting) -> FoundClient:
    row = one.row
    return FoundClient(
        uuid=row.record.uuid,
        name=f"{row.last_name} {row.first_name}",
        birth_date=row.birth_date,
        place=row.place,
        local_id=row.record.local_id,
        is_close=one.is_close,
    )
