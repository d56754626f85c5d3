"""Reads of projects; plans ask here which project may pay for an action, and what it paid for."""

from spoiwo.projects.queries.choosing import projects_for, support_for

__all__ = ["projects_for", "support_for"]
