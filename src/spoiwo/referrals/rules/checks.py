"""What answers to an eligibility list come to."""

from collections.abc import Iterable, Mapping

from spoiwo.catalogue.types import CheckPoint, Weight

ANSWERS = ("yes", "no", "unknown")


def shut_by(points: Iterable[CheckPoint], answers: Mapping[str, str], *, must_know: bool) -> list[str]:
    """Codes of the checks that shut the way. must_know: an excluding check left open shuts it too."""
    found = []
    for point in points:
        answer = answers.get(point.code, "unknown")
        is_wrong = answer not in {point.wanted, "unknown"}
        if point.weight is Weight.EXCLUDES and (is_wrong or (must_know and answer == "unknown")):
            found.append(point.code)
    return found


def to_clear_up(points: Iterable[CheckPoint], answers: Mapping[str, str]) -> list[str]:
    """Codes of the checks that the receiver will ask about: not known, or not as wished."""
    return [point.code for point in points if answers.get(point.code, "unknown") != point.wanted]


def known_answers(points: Iterable[CheckPoint], status: str) -> dict[str, str]:
    """What the own register answers by itself."""
    return {point.code: point.given_by[status] for point in points if status in point.given_by}
