"""What sharing agreements let an institution see of a person. Pure functions over grants in force."""

from collections import defaultdict
from collections.abc import Iterable

from spoiwo.access.types import Category, Grant


def identifying(grants: Iterable[Grant]) -> frozenset[int]:
    """Institutions that may be named as serving somebody: identity is the least that must be given."""
    return frozenset(grant.giver_id for grant in grants if Category.IDENTITY in grant.categories)


def categories_given(grants: Iterable[Grant]) -> dict[int, frozenset[Category]]:
    """Per giver the categories that may be shown; nothing without identity, sensitive data never."""
    grants = list(grants)
    named = identifying(grants)
    given: dict[int, set[Category]] = defaultdict(set)
    for grant in grants:
        if grant.giver_id in named:
            given[grant.giver_id] |= grant.categories
    return {giver: frozenset(categories - {Category.SENSITIVE}) for giver, categories in given.items()}


def stale_limits(grants: Iterable[Grant]) -> dict[int, int]:
    """Per giver after how many days its data count as old: the strictest of its agreements."""
    limits: dict[int, int] = {}
    for grant in grants:
        limits[grant.giver_id] = min(
            grant.stale_after_days, limits.get(grant.giver_id, grant.stale_after_days)
        )
    return limits
