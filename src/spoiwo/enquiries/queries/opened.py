"""Sealed texts in the clear, for those who have reached the thing they belong to."""

import base64
import json
from typing import Any

from django.utils.translation import gettext

from spoiwo.enquiries.models import Confirmation, Conversation, Enquiry, Message
from spoiwo.enquiries.rules.content import line_from, sought_from
from spoiwo.enquiries.types import Line, Sought
from spoiwo.kernel.sealing import unseal
from spoiwo.toolkit.keys import key_ring


def sought_of(enquiry: Enquiry) -> Sought:
    """Who is meant; nobody any more once the person was erased."""
    if not enquiry.sought_sealed:
        return Sought(last_name=gettext("erased"))
    return sought_from(json.loads(_text(enquiry.wrapped_key, enquiry.sought_sealed, "sought")))


def grounds_of(enquiry: Enquiry) -> str:
    """Why the data are needed."""
    return _text(enquiry.wrapped_key, enquiry.grounds_sealed, "grounds")


def note_of(enquiry: Enquiry) -> str:
    """What the institution asked wrote beside its refusal."""
    return _text(enquiry.wrapped_key, enquiry.note_sealed, "note")


def content_of(paper: Confirmation) -> dict[str, Any]:
    """Everything a confirmation says; of an erased person no more than its number and day."""
    if not paper.content_sealed:
        head = {"number": paper.number, "day": paper.issued_at.date().isoformat(), "issuer": ""}
        return {"head": head, "person": {"last_name": gettext("erased")}, "lines": []}
    content: dict[str, Any] = json.loads(_text(paper.wrapped_key, paper.content_sealed, "content"))
    return content


def lines_of(paper: Confirmation) -> list[Line]:
    """What a confirmation confirms."""
    return [line_from(values) for values in content_of(paper)["lines"]]


def person_of(paper: Confirmation) -> Sought:
    """Whom a confirmation is about."""
    return sought_from(content_of(paper)["person"])


def reason_of(paper: Confirmation) -> str:
    """Why it was withdrawn."""
    return _text(paper.wrapped_key, paper.reason_sealed, "note")


def pdf_of(paper: Confirmation) -> bytes:
    """The file as it was made, empty when nobody has asked for it yet."""
    return base64.b64decode(_text(paper.wrapped_key, paper.pdf_sealed, "file"))


def signed_of(paper: Confirmation) -> bytes:
    """The file that came back signed, empty when none has."""
    return base64.b64decode(_text(paper.wrapped_key, paper.signed_sealed, "file"))


def text_of(message: Message, conversation: Conversation) -> str:
    """What was written."""
    return _text(conversation.wrapped_key, message.text_sealed, "message")


def _text(wrapped: bytes | memoryview, sealed: bytes | memoryview, place: str) -> str:
    if not sealed:
        return ""
    return unseal(key_ring().unwrap(bytes(wrapped)), bytes(sealed), place)
