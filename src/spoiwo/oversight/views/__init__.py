"""The supervisor's desk, and what everybody may check."""

from spoiwo.oversight.views.log import access_log, chain, export
from spoiwo.oversight.views.person import people, person, person_print
from spoiwo.oversight.views.seals import sealed_copy, seals, seals_file

__all__ = [
    "access_log",
    "chain",
    "export",
    "people",
    "person",
    "person_print",
    "sealed_copy",
    "seals",
    "seals_file",
]
