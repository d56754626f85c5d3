"""Writes of the context: cards, observations, snapshots."""

from spoiwo.monitoring.services.cards import draft_card, redraft, revise, take_step
from spoiwo.monitoring.services.publishing import publish_again, recompute
from spoiwo.monitoring.services.recording import record_observations
from spoiwo.monitoring.services.shipped import approve_ready, load_measures, load_shipped, take_ready

__all__ = [
    "approve_ready",
    "draft_card",
    "load_measures",
    "load_shipped",
    "publish_again",
    "recompute",
    "record_observations",
    "redraft",
    "revise",
    "take_ready",
    "take_step",
]
