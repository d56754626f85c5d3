"""Reads of service districts; `pair_for` finds the workers of a client."""

from spoiwo.districts.queries.pairs import address_for, pair_at, pair_for
from spoiwo.districts.queries.standing_in import stood_in_for

__all__ = ["address_for", "pair_at", "pair_for", "stood_in_for"]
