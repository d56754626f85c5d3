"""Joining two envelopes without the key: which rows share tokens, and what that means.

A token that many rows of one envelope have tells nobody apart and is left out. Kinds are known, values are not.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence

from spoiwo.discovery.types import Level, Match, Row

SHARED_BY = 20  # rows of one envelope; a token of more is a filler
MOST_TOKENS = 60  # of one row
Judge = Callable[..., str | None]  # kinds shared, kinds of each row: level or None


def join(left: Sequence[Row], right: Sequence[Row], judge: Judge) -> list[Match]:
    """The pairs that are, or may be, one person; in an order that tells nothing."""
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    few = _few(left)
    holders: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for place, row in enumerate(right):
        for token in row.tokens:
            if token in few:
                holders[token].append(place)
    for mine, row in enumerate(left):
        for token in row.tokens:
            theirs = holders.get(token, ())
            if len(theirs) <= SHARED_BY and token in few:
                for other in theirs:
                    found[mine, other].add(token[0])
    matches = []
    for (mine, other), kinds in found.items():
        level = judge(kinds, _kinds(left[mine]), _kinds(right[other]))
        if level is not None:
            matches.append(Match(left[mine].alias, right[other].alias, Level(level)))
    return sorted(matches)


def _few(rows: Sequence[Row]) -> Collection[tuple[int, bytes]]:
    counts = Counter(token for row in rows for token in set(row.tokens))
    return {token for token, count in counts.items() if count <= SHARED_BY}


def _kinds(row: Row) -> set[int]:
    return {kind for kind, _digest in row.tokens}
