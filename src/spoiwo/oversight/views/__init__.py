"""The supervisor's desk, and what everybody may check."""

from spoiwo.oversight.views.log import access_log, chain, export
from spoiwo.oversight.views.seals import sealed_copy, seals, seals_file

__all__ = ["access_log", "chain", "export", "sealed_copy", "seals", "seals_file"]
