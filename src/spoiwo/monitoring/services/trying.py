"""Trying a version out before anybody approves it."""

from spoiwo.monitoring.models import IndicatorVersion
from spoiwo.monitoring.queries import published
from spoiwo.monitoring.rules.cards import changes
from spoiwo.monitoring.services.cards import card_of_version
from spoiwo.monitoring.services.computing import figures_of
from spoiwo.monitoring.types import Change, State


def dry_run(version: IndicatorVersion) -> list[Change]:
    """What approving a version would change in what is published. Raises as `draft_card`."""
    current = version.indicator.versions.filter(state=State.APPROVED).first()
    _, after = figures_of(card_of_version(version))
    return changes(published(current) if current else [], after)
