"""Writes of the context: institutions, accounts, staff, authorisations, posts."""

from spoiwo.institutions.services.accounts import choose_language, create_user
from spoiwo.institutions.services.authorising import authorise, withdraw_authorisation
from spoiwo.institutions.services.directory import (
    add_kind,
    close_institution,
    create_institution,
    edit_institution,
    switch_modules,
)
from spoiwo.institutions.services.importing import import_institutions
from spoiwo.institutions.services.invitations import (
    DAYS_VALID,
    accept_invitation,
    invited_by,
    letters_leave,
    mail_invitation,
    path_of_link,
)
from spoiwo.institutions.services.posts import add_post, end_post
from spoiwo.institutions.services.reading import read_file
from spoiwo.institutions.services.signing_in import record_sign_in
from spoiwo.institutions.services.staff import (
    invite_person,
    renew_invitation,
    restore_member,
    set_territories,
    suspend_member,
)

__all__ = [
    "DAYS_VALID",
    "accept_invitation",
    "add_kind",
    "add_post",
    "authorise",
    "choose_language",
    "close_institution",
    "create_institution",
    "create_user",
    "edit_institution",
    "end_post",
    "import_institutions",
    "invite_person",
    "invited_by",
    "letters_leave",
    "mail_invitation",
    "path_of_link",
    "read_file",
    "record_sign_in",
    "renew_invitation",
    "restore_member",
    "set_territories",
    "suspend_member",
    "switch_modules",
    "withdraw_authorisation",
]
