"""Where two texts differ, letter by letter, so that the eye finds it at once."""

from difflib import SequenceMatcher
from typing import NamedTuple


class Part(NamedTuple):
    """A run of letters of a text."""

    text: str
    differs: bool


def differences(one: str, other: str) -> tuple[list[Part], list[Part]]:
    """Both texts in parts; a part differs when the other text has something else in its place.

    A text without any counterpart is left whole: there is nothing to compare it with.
    """
    if not one or not other:
        return _whole(one), _whole(other)
    left: list[Part] = []
    right: list[Part] = []
    matcher = SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False)
    if len(one) != len(one.casefold()) or len(other) != len(other.casefold()):
        matcher = SequenceMatcher(None, one, other, autojunk=False)
    for kind, low, high, other_low, other_high in matcher.get_opcodes():
        differs = kind != "equal"
        if one[low:high]:
            left.append(Part(one[low:high], differs))
        if other[other_low:other_high]:
            right.append(Part(other[other_low:other_high], differs))
    return left, right


def _whole(text: str) -> list[Part]:
    return [Part(text, differs=False)] if text else []
