"""Trying a version out before anybody approves it."""

from collections.abc import Iterator, Mapping
from typing import Any

from spoiwo.monitoring.errors import MonitoringError
from spoiwo.monitoring.models import IndicatorVersion
from spoiwo.monitoring.queries import open_measures, published
from spoiwo.monitoring.rules.cards import changes, checked
from spoiwo.monitoring.rules.releasing import HIDDEN, still_hidden
from spoiwo.monitoring.services.computing import figures_alone, figures_of
from spoiwo.monitoring.services.publishing import card_of, hidden_before, measure_units
from spoiwo.monitoring.services.snapshots import Snapshot, take_snapshot
from spoiwo.monitoring.types import Change, Crossing, State

TOO_MUCH = 0.2  # of the figures hidden: coarser crossings are proposed


def dry_run(version: IndicatorVersion) -> list[Change]:
    """What approving a version would change in what is published. Raises as `draft_card`."""
    current = version.indicator.versions.filter(state=State.APPROVED).first()
    after = still_hidden(figures_of(card_of(version)).found, hidden_before(version, None))
    return changes(published(current) if current else [], after)


def coarser(version: IndicatorVersion) -> list[Crossing]:
    """The crossing of a version and coarser ones that hide less, the best first; nothing when it hides little.

    Raises as `draft_card`.
    """
    code, snapshot = version.indicator.code, take_snapshot()
    own = _crossing(code, version.entry, snapshot)
    if own.share <= TOO_MUCH:
        return []
    others = []
    for entry in _coarser_entries(version.entry):
        try:
            others.append(_crossing(code, entry, snapshot))
        except MonitoringError:
            continue  # a formula needs what would be left out
    better = [one for one in others if one.share < own.share]
    return [own, *sorted(better, key=lambda one: one.share)]


def _crossing(code: str, entry: Mapping[str, Any], snapshot: Snapshot) -> Crossing:
    card = checked(code, entry, measure_units(), open_measures())
    found = figures_alone(card, snapshot)
    hidden = sum(one.status == HIDDEN for one in found)
    return Crossing(tuple(card.by), tuple(card.levels), card.grain.value, len(found), hidden)


def _coarser_entries(entry: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One dimension less, without the finest places, by year."""
    by, levels = entry.get("by", []), entry.get("levels", [])
    for name in by:
        yield {**entry, "by": [one for one in by if one != name]}
    if len(by) > 1:
        yield {**entry, "by": []}
    if len(levels) > 1:
        yield {**entry, "levels": sorted(levels)[:-1]}
    if entry.get("grain", "year") != "year":
        yield {**entry, "grain": "year"}
