"""What monitoring can refuse."""

from collections.abc import Sequence

from spoiwo.kernel.errors import DomainError
from spoiwo.monitoring.types import RefusedRow


class MonitoringError(DomainError):
    """Something about monitoring was refused."""


class CardNotFound(MonitoringError):
    """No such card, or no such version in the actor's reach."""


class CodeTaken(MonitoringError):
    """Another card has this code."""


class CardRefused(MonitoringError):
    """The card cannot be computed. reason and detail as of engines.indicators.cards.CardUnusable."""

    def __init__(self, reason: str, detail: str = ""):
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class MeasuresUnknown(MonitoringError):
    """The formulas name measures that are not in the catalogue."""

    def __init__(self, codes: Sequence[str]):
        super().__init__(", ".join(codes))
        self.codes = tuple(codes)


class UnitsDoNotFit(MonitoringError):
    """Figures of different units are added up; both parts and their units."""

    def __init__(self, left: str, left_unit: str, right: str, right_unit: str):
        super().__init__(f"{left} ({left_unit}) and {right} ({right_unit})")
        self.left, self.left_unit, self.right, self.right_unit = left, left_unit, right, right_unit


class NotYetOrNoLonger(MonitoringError):
    """The version is not in the state in which this can be done."""


class OwnWork(MonitoringError):
    """Whoever drafted a version does not approve it."""


class DraftOpen(MonitoringError):
    """There is a version already that is not approved yet."""


class SnapshotGone(MonitoringError):
    """Data that a publication stands on are not there any more, or not the same. file: which part."""

    def __init__(self, file: str):
        super().__init__(file)
        self.file = file


class NothingNew(MonitoringError):
    """Publishing again would change nothing."""


class PairUnreadable(MonitoringError):
    """A period and what belongs to it cannot be read. part: how it was written."""

    def __init__(self, part: str):
        super().__init__(part)
        self.part = part


class BoundariesUnreadable(MonitoringError):
    """A file of boundaries cannot be used. reason: "json", "format" or "empty"."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


class EditionNotFound(MonitoringError):
    """No such edition of the own institution, or it is not closed yet."""


class NothingFed(MonitoringError):
    """No question of the questionnaire feeds a measure."""


class ProgrammeNotFound(MonitoringError):
    """No such programme, objective or delivery in the actor's reach."""


class BoardNotFound(MonitoringError):
    """No such dashboard of the actor, or nothing of the kind on it."""


class BoardFull(MonitoringError):
    """A dashboard holds no more pictures. most: how many."""

    def __init__(self, most: int):
        super().__init__(str(most))
        self.most = most


class MeasureTaken(MonitoringError):
    """Another measure has this code."""


class MeasureNotFound(MonitoringError):
    """No such measure that the actor may change."""


class MeasureInUse(MonitoringError):
    """Cards or questions stand on the measure. cards: their codes; questions: how many feed it."""

    def __init__(self, cards: Sequence[str], questions: int):
        super().__init__(", ".join(cards))
        self.cards = tuple(cards)
        self.questions = questions


class FiguresUnusable(MonitoringError):
    """A file of figures cannot be read at all.

    reason: "unreadable", "empty", "too_many", "unknown_columns", "column_twice", "missing_columns"; detail: which.
    """

    def __init__(self, reason: str, detail: str = ""):
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class FiguresRefused(MonitoringError):
    """Rows of a file of figures cannot be taken, so none is."""

    def __init__(self, rows: Sequence[RefusedRow]):
        super().__init__(str(len(rows)))
        self.rows = tuple(rows)
