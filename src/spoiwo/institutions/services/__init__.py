"""Writes of the context: institutions, accounts, staff, authorisations."""

from spoiwo.institutions.services.accounts import create_user
from spoiwo.institutions.services.authorising import authorise, withdraw_authorisation
from spoiwo.institutions.services.directory import (
    add_kind,
    close_institution,
    create_institution,
    edit_institution,
)

__all__ = [
    "add_kind",
    "authorise",
    "close_institution",
    "create_institution",
    "create_user",
    "edit_institution",
    "withdraw_authorisation",
]
