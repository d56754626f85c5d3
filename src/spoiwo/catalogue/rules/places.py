"""Places free and taken, and whom they serve."""

from collections.abc import Collection


def free_places(*, total: int | None, elsewhere: int, referred: int) -> int | None:
    """How many are free; None when there is no limit. Never below nothing."""
    return None if total is None else max(total - elsewhere - referred, 0)


def serves(areas: Collection[str], where: str) -> bool:
    """Whether a place that serves these units takes somebody who lives in a commune or county; none: everybody.

    A county is served when the whole of it, its voivodeship or any commune of it is.
    """
    if not areas or not where:
        return True
    return any(where.startswith(one) or one.startswith(where) for one in areas)


def reach_of(where: str) -> tuple[str, ...]:
    """The codes of the units that a commune or county lies in, itself among them."""
    return tuple(where[:length] for length in (2, 4, 7) if len(where) >= length)
