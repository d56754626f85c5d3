"""Writes of the context: relations, agreements, stated purposes, shipped legal bases."""

from spoiwo.access.services.agreements import discard_draft, draft_agreement, edit_draft, new_version
from spoiwo.access.services.emergencies import (
    check_wish,
    end_emergency,
    open_emergency,
    review_emergency,
)
from spoiwo.access.services.purposes import forget_purpose, remember_purpose
from spoiwo.access.services.relations import close_relations, open_relations
from spoiwo.access.services.shipped import load_shipped_bases
from spoiwo.access.services.signing import (
    attach_document,
    document_path,
    end_agreement,
    put_into_force,
    rematch_parties,
    sign,
)

__all__ = [
    "attach_document",
    "check_wish",
    "close_relations",
    "discard_draft",
    "document_path",
    "draft_agreement",
    "edit_draft",
    "end_agreement",
    "end_emergency",
    "forget_purpose",
    "load_shipped_bases",
    "new_version",
    "open_emergency",
    "open_relations",
    "put_into_force",
    "rematch_parties",
    "remember_purpose",
    "review_emergency",
    "sign",
]
