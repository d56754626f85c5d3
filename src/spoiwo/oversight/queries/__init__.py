"""What the desk reads."""

from spoiwo.oversight.queries.log import chain_length, log_of, purposes, staff_names, vocabulary
from spoiwo.oversight.queries.person import given_today, log_about, officer_of
from spoiwo.oversight.queries.reviewing import authorisations_in_force
from spoiwo.oversight.queries.sealing import sealed_files, sealing, verifier_source

__all__ = [
    "authorisations_in_force",
    "chain_length",
    "given_today",
    "log_about",
    "log_of",
    "officer_of",
    "purposes",
    "sealed_files",
    "sealing",
    "staff_names",
    "verifier_source",
    "vocabulary",
]
