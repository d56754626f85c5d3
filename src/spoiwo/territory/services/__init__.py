"""Writes to the territory register: the official TERC file, and the start that comes with the product."""

from spoiwo.territory.services.importing import import_terc
from spoiwo.territory.services.shipped import load_shipped

__all__ = ["import_terc", "load_shipped"]
