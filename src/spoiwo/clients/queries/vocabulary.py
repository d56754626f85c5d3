"""The distinct names and addresses of a register, kept in memory: where a mistyped word is looked for.

A register of a million people has some sixty thousand surnames; going through them takes two milliseconds.
One vocabulary per institution and generation is kept by each process. What it holds is used to word the query
only: which rows come back is the query's own matter, with the scope of who asks.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from spoiwo.clients.models import Erasure, Extract, RecordVersion
from spoiwo.clients.rules.search_text import BEGINS, EXACT, allowed_slips
from spoiwo.clients.types import RegisterKind
from spoiwo.kernel.text import search_key

KEPT = 6  # vocabularies in memory; the one that was not used for longest goes first


@dataclass(frozen=True, slots=True)
class Words:
    """Keys by the words in them."""

    by_word: dict[str, list[str]]
    by_length: dict[int, list[str]]

    @classmethod
    def of(cls, keys: Iterable[str]) -> "Words":
        """Arrange keys by word and by length of word."""
        by_word: dict[str, list[str]] = defaultdict(list)
        for key in keys:
            for word in key.split():
                by_word[word].append(key)
        by_length: dict[int, list[str]] = defaultdict(list)
        for word in by_word:
            by_length[len(word)].append(word)
        return cls(dict(by_word), dict(by_length))

    def like(self, word: str, *, most: int, slips: bool = True) -> list[str]:
        """Keys with the word, then with a word that begins with it, then (slips) with one that differs slightly."""
        found: dict[str, tuple[int, int, str]] = {}
        for rank, other in self._words_like(word, allowed_slips(word) if slips else 0):
            for key in self.by_word[other]:
                order = (rank, len(key), key)
                if key not in found or order < found[key]:
                    found[key] = order
        return sorted(found, key=found.__getitem__)[:most]

    def _words_like(self, word: str, slips: int) -> Iterator[tuple[int, str]]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        for length, words in self.by_length.items():
            if length >= len(word):
                yield from ((EXACT if one == word else BEGINS, one) for one in words if one.startswith(word))
            if slips and abs(length - len(word)) <= slips:
                near = process.extract(word, words, scorer=OSA.distance, score_cutoff=slips, limit=None)
                yield from ((BEGINS + int(distance), one) for one, distance, _at in near if distance)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Folded last names, first names, and addresses of a register."""

    last: Words
    first: Words
    roads: Words
    addresses: dict[
        str, list[tuple[str, str]]
    ]  # folded street and place -> (place, street) as registers write them


_kept: OrderedDict[tuple[int, int, datetime | None, int], Vocabulary] = OrderedDict()
_lock = Lock()


def vocabulary_of(institution_id: int, generation: int) -> Vocabulary:
    """The vocabulary of a register; read from the database once per published extract and process."""
    extracts = Extract.objects.filter(institution_id=institution_id, kind=RegisterKind.REGISTER)
    newest = extracts.order_by("-generation").values_list("published_at", flat=True).first()
    erased = Erasure.objects.filter(
        institution_id=institution_id
    ).count()  # names of the erased go from memory too
    key = (institution_id, generation, newest, erased)
    with _lock:
        known = _kept.get(key)
        if known is not None:
            _kept.move_to_end(key)
            return known
    made = _read(institution_id)
    with _lock:
        for old in [one for one in _kept if one[0] == institution_id]:
            del _kept[old]
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made


def addresses_like(vocabulary: Vocabulary, words: Collection[str], *, most: int) -> list[tuple[str, str]]:
    """(place, street) in which every one of the words occurs, as registers write them."""
    fitting: set[str] | None = None
    for word in words:
        keys = set(vocabulary.roads.like(word, most=most * 20))
        fitting = keys if fitting is None else fitting & keys
    pairs = [pair for key in sorted(fitting or ()) for pair in vocabulary.addresses[key]]
    return pairs[:most]


def _read(institution_id: int) -> Vocabulary:
    own = RecordVersion.objects.filter(institution_id=institution_id).order_by()
    last, first = set(), set()
    for one, other in own.values_list("last_key", "first_key").distinct().iterator(chunk_size=5000):
        last.add(one)
        first.add(other)
    addresses: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for place, street in own.values_list("place", "street").distinct().iterator(chunk_size=5000):
        addresses[search_key(f"{street} {place}")].append((place, street))
    return Vocabulary(Words.of(last), Words.of(first), Words.of(addresses), dict(addresses))
