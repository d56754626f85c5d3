"""Trying a version out before anybody approves it."""

from spoiwo.monitoring.models import IndicatorVersion
from spoiwo.monitoring.queries import published
from spoiwo.monitoring.rules.cards import changes
from spoiwo.monitoring.rules.releasing import still_hidden
from spoiwo.monitoring.services.computing import figures_of
from spoiwo.monitoring.services.publishing import card_of, hidden_before
from spoiwo.monitoring.types import Change, State


def dry_run(version: IndicatorVersion) -> list[Change]:
    """What approving a version would change in what is published. Raises as `draft_card`."""
    current = version.indicator.versions.filter(state=State.APPROVED).first()
    _, computed = figures_of(card_of(version))
    after = still_hidden(computed, hidden_before(version, None))
    return changes(published(current) if current else [], after)
