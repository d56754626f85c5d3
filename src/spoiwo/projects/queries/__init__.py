"""Reads of projects; `projects_for` tells which project may pay for an action of a plan."""

from spoiwo.projects.queries.choosing import projects_for

__all__ = ["projects_for"]
