"""Optimistic versions: two people edit the same thing, the second one sees both values and chooses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from spoiwo.kernel.errors import DomainError


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that somebody else saved with another value meanwhile."""

    field: str
    yours: object
    saved: object


class Conflict(DomainError):
    """The thing was saved by somebody else since the form was opened; nothing of the caller's was saved.

    version: the version saved meanwhile, to be sent along when the caller decides to overwrite it.
    saved_by_user_id, saved_at: who and when, 0 and None when unknown.
    """

    def __init__(
        self,
        differences: tuple[Difference, ...],
        *,
        version: int,
        saved_by_user_id: int = 0,
        saved_at: datetime | None = None,
    ):
        super().__init__(", ".join(difference.field for difference in differences))
        self.differences = differences
        self.version = version
        self.saved_by_user_id = saved_by_user_id
        self.saved_at = saved_at


def differences(yours: Mapping[str, object], saved: Mapping[str, object]) -> tuple[Difference, ...]:
    """Fields in which two states of the same thing differ, in the order of the caller's state."""
    return tuple(
        Difference(field, value, saved[field]) for field, value in yours.items() if saved[field] != value
    )
