"""Whatever discovery refuses is said in a sentence."""

import pytest

from spoiwo.discovery import messages
from spoiwo.discovery.errors import (
    AlreadySent,
    BadConfiguration,
    BadSignature,
    CannotOpen,
    DiscoveryError,
    NoSuchAgreement,
    NoSuchRound,
    NotForThisRound,
    NotJoinedYet,
    OwnKeyTwice,
    RoundOpen,
    TooLate,
    TooManyRows,
    TooSoon,
    UnknownKey,
    UnknownLinks,
    Unreadable,
    WhichRound,
    WrongCode,
)


@pytest.mark.parametrize(
    "error",
    [
        NoSuchAgreement(), RoundOpen(), TooSoon(3), Unreadable(), NotForThisRound(), BadSignature(), OwnKeyTwice(),
        TooManyRows(9), AlreadySent(), NotJoinedYet(), UnknownLinks(1), BadConfiguration("x"), CannotOpen(),
        UnknownKey(), WrongCode(), TooLate(), NoSuchRound(),
    ],
    ids=lambda error: type(error).__name__,
)  # fmt: skip
def test_every_refusal_has_a_sentence(error: DiscoveryError) -> None:
    assert messages.message_for(error).endswith(".")


def test_a_refusal_without_a_sentence_is_a_bug() -> None:
    with pytest.raises(WhichRound):
        messages.message_for(WhichRound("OPS Prawy"))
