"""Tables of the context."""

from spoiwo.monitoring.models.boards import Board, Tile
from spoiwo.monitoring.models.cards import (
    Figure,
    Indicator,
    IndicatorVersion,
    Measure,
    Observation,
    Publication,
)
from spoiwo.monitoring.models.places import Boundary
from spoiwo.monitoring.models.programmes import Collection, Objective, Programme, ProgrammeReport
from spoiwo.monitoring.models.runs import PublishingRun
from spoiwo.monitoring.models.sources import Expected, QuestionSource, SeriesBreak

__all__ = [
    "Board",
    "Boundary",
    "Collection",
    "Expected",
    "Figure",
    "Indicator",
    "IndicatorVersion",
    "Measure",
    "Objective",
    "Observation",
    "Programme",
    "ProgrammeReport",
    "Publication",
    "PublishingRun",
    "QuestionSource",
    "SeriesBreak",
    "Tile",
]
