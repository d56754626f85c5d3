"""Tables of the context."""

from spoiwo.monitoring.models.cards import (
    Figure,
    Indicator,
    IndicatorVersion,
    Measure,
    Observation,
    Publication,
)
from spoiwo.monitoring.models.places import Boundary

__all__ = [
    "Boundary",
    "Figure",
    "Indicator",
    "IndicatorVersion",
    "Measure",
    "Observation",
    "Publication",
]
