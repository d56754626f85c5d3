"""The keys that open answers, from the key ring of the installation."""

from uuid import UUID

from spoiwo.surveys.models.rounds import Survey
from spoiwo.toolkit.keys import key_ring


def key_of(survey: Survey) -> bytes:
    """The data key of a survey in the clear."""
    return key_ring().unwrap(bytes(survey.wrapped_key))


def key_of_link(secret: str) -> tuple[UUID, bytes]:
    """Id and key of an anonymous answer that is being written: both follow from the link and from nothing else kept."""
    ring = key_ring()
    number = UUID(bytes=ring.blind_index("survey-draft", secret))
    key = b"".join(ring.blind_index("survey-draft-key", f"{half}:{secret}") for half in (1, 2))
    return number, key
