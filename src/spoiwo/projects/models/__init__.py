"""Projects, participants, support they get, work they find, talks with employers."""

from spoiwo.projects.models.people import Participant, Support, WorkResult
from spoiwo.projects.models.projects import EmployerContact, Project

__all__ = ["EmployerContact", "Participant", "Project", "Support", "WorkResult"]
