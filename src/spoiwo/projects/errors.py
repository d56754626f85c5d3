"""What projects refuse."""

from datetime import date

from spoiwo.kernel.errors import DomainError


class ProjectsError(DomainError):
    """A refusal of this context."""


class NoSuchRow(ProjectsError):
    """There is no such thing, or it is out of reach."""


class NumberTaken(ProjectsError):
    """The institution has a project of this number."""


class EndsBeforeStart(ProjectsError):
    """The last day would come before the first."""


class OutsideProject(ProjectsError):
    """A day lies outside the days of the project."""

    def __init__(self, starts_on: date, ends_on: date):
        super().__init__(f"{starts_on} to {ends_on}")
        self.starts_on, self.ends_on = starts_on, ends_on


class TakesPartAlready(ProjectsError):
    """The person is in the project already."""


class WrongStep(ProjectsError):
    """Something that cannot follow now."""


class ReasonMissing(ProjectsError):
    """Somebody who leaves leaves for a reason."""
