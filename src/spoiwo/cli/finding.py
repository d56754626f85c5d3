"""What commands name by code."""

from collections.abc import Iterable

from spoiwo.cli.errors import Unusable
from spoiwo.institutions import queries as institutions


def institution_id(code: str) -> int:
    """The id of the institution with this code. Raises Unusable when nobody has it."""
    found = institutions.by_code(code)
    if found is None:
        raise Unusable(
            f"No institution has the code {code}. See `spoiwo institutions list`.",
            f"Żadna instytucja nie ma kodu {code}. Zobacz `spoiwo institutions list`.",
        )
    return found.pk


def codes(institution_ids: Iterable[int]) -> dict[int, str]:
    """Codes of institutions by id; the platform itself, id 0, is called `platform`."""
    return {
        0: "platform",
        **{badge.id: badge.code for badge in institutions.badges_of(institution_ids).values()},
    }
