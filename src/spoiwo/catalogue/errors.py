"""What the catalogue refuses, one class per reason."""

from spoiwo.kernel.errors import DomainError


class CatalogueError(DomainError):
    """A refusal of the catalogue."""


class NoSuchPlace(CatalogueError):
    """Absent, withdrawn, or out of the actor's reach."""


class NotYourPlace(CatalogueError):
    """The place is kept by somebody else."""


class NoFreePlace(CatalogueError):
    """Every place is taken."""


class FewerThanTaken(CatalogueError):
    """There cannot be fewer places than are taken."""

    def __init__(self, taken: int):
        super().__init__(str(taken))
        self.taken = taken


class UnknownUnit(CatalogueError):
    """No such commune, county or voivodeship."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class DecidedAlready(CatalogueError):
    """Somebody decided about the correction before."""


class NotAFigure(CatalogueError):
    """The number of places is a whole number."""
