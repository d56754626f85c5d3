"""Writes of the context: relations, agreements, shipped legal bases."""

from spoiwo.access.services.relations import close_relations, open_relations

__all__ = ["close_relations", "open_relations"]
