"""Writes of the context: relations, agreements, stated purposes, shipped legal bases."""

from spoiwo.access.services.purposes import forget_purpose, remember_purpose
from spoiwo.access.services.relations import close_relations, open_relations
from spoiwo.access.services.shipped import load_shipped_bases

__all__ = ["close_relations", "forget_purpose", "load_shipped_bases", "open_relations", "remember_purpose"]
