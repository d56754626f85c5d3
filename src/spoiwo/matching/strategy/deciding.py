"""From weighed evidence to a verdict: what no weight may override, and the name of what decided."""

import math
from collections.abc import Mapping

AUTO, REVIEW, NO = "auto", "review", "no"
AUTO_FROM = 3.0  # odds (natural logarithm) that are enough for `auto` where nothing better is known
LEAST_AUTO = 0.5  # the lowest bound that a run may find enough
WRONG_AT_MOST = 0.0005  # share of `auto` pairs that a run expects to be wrong when it lowers the bound
# Measured on registers of several makers: how far from what the odds promise pairs of a rule are right.
STRICTER: Mapping[str, float] = {
    "names_birth_date": -1.0, "birth_date_slip": 1.0, "names_swapped": 0.7, "surname_changed": 0.5, "document": -3.0,
}  # fmt: skip
BY_DOCUMENT = -1.0  # such pairs were right far below the general bound
REVIEW_FROM = -3.0
HOPELESS = 2.0  # below this a pair is not shown when both of its records have a sure partner
CLEARLY = 7.0  # how much surer one of two rivals has to be to stand
_NAMES_CLOSE = frozenset({0, 1, 2, 3, 4, 5, 6})
_SURNAME_CLOSE = frozenset({0, 1, 2, 3, 4, 6})
_DATE_CLOSE = frozenset({0, 1, 2, 3, 4, 6})
_SAME_NUMBER = frozenset({0, 1, 2, 3})


def ceiling(levels: Mapping[str, int], *, by_document: bool = False) -> str:
    """The best verdict that the vetoes leave open, whatever the weights say.

    by_document: nobody in these registers has a PESEL, a document number takes its place; then only the weights
    decide, save where neither the given name, nor the birth date, nor the document agrees.
    """
    number, given, born = levels["number"], levels["given"], levels["born"]
    if by_document:
        return NO if given == 7 and born == 7 and levels["document"] not in {0, 2} else AUTO
    if number == 5:
        return NO  # two right numbers, each in accord with its record: two people
    if levels["document"] in {0, 2} and number == 8:
        return AUTO if _is_vouched_for(levels) else REVIEW
    if number not in _SAME_NUMBER and (
        born in {7, 9} or (given == 7 and levels["surname"] in _SURNAME_CLOSE)
    ):
        return NO  # a father and a son, two of a family
    return REVIEW if _is_doubtful(levels) else AUTO


def _is_vouched_for(levels: Mapping[str, int]) -> bool:
    """Whether a document stands for the missing PESEL: one paper is shown by one person.

    Papers of a family often have neighbouring numbers, so a slip in the number needs the given name, or where that
    is missing the birth date, and one field more.
    """
    given, born = levels["given"], levels["born"]
    others = (levels["surname"] in _SURNAME_CLOSE, levels["address"] in {0, 1}, born in _DATE_CLOSE)
    if levels["document"] == 0:
        return given in _NAMES_CLOSE or any(others)
    return (given in _NAMES_CLOSE and any(others)) or (given == 8 and born in _DATE_CLOSE and sum(others) > 1)


def _is_doubtful(levels: Mapping[str, int]) -> bool:
    """Whether a field that tells people apart contradicts, or is missing without a number to stand for it."""
    number, given, born = levels["number"], levels["given"], levels["born"]
    doubts = (
        given == 7,
        given == 9 and number != 0,
        given == 8 and number > 1,
        given == 4 and levels["surname"] == 7,
        born in {7, 9},
        born == 5 and number in {1, 3, 8},
        born == 8 and number not in _SAME_NUMBER,
        levels["sex"] == 5 and given not in {0, 1},
    )
    return any(doubts)


def stricter(rule: str, *, by_document: bool = False) -> float:
    """What is added to the general bound of the odds for pairs of a rule."""
    return BY_DOCUMENT - AUTO_FROM if by_document else STRICTER.get(rule, 0.0)


def enough(found: Mapping[float, int]) -> float:
    """The general bound of a run: the lowest at which hardly any `auto` pair is expected to be wrong.

    found: how many pairs that no veto forbids have such odds, less what the rule adds. Where errors are few the
    bound is low; where many pairs are doubtful it is AUTO_FROM.
    """
    wrong, pairs, bound = 0.0, 0, AUTO_FROM
    for odds in sorted(found, reverse=True):
        pairs += found[odds]
        wrong += found[odds] / (1 + math.exp(min(odds, 30.0)))
        if odds < LEAST_AUTO or wrong > WRONG_AT_MOST * pairs:
            break
        bound = min(bound, odds)
    return bound


def rule(levels: Mapping[str, int]) -> str:
    """What brought the two together; codes never change."""
    number, given, surname, born = (levels[name] for name in ("number", "given", "surname", "born"))
    if number in {0, 1, 2}:
        return _rule_of_number(number, given, surname, born)
    if number == 3:
        return "pesel_slip"
    if levels["document"] in {0, 2}:
        return "document"
    return _rule_of_names(given, surname, born)


def _rule_of_names(given: int, surname: int, born: int) -> str:
    if given == 6:
        return "names_swapped"
    if born == 0 and given in _NAMES_CLOSE:
        return "names_birth_date" if surname in _SURNAME_CLOSE else "surname_changed"
    if born == 8:
        return "names_contact"
    return "birth_date_slip" if given in _NAMES_CLOSE else "birth_date_contact"


def _rule_of_number(number: int, given: int, surname: int, born: int) -> str:
    if given == 7 or born in {7, 9}:
        return "pesel_contradicts"
    if number == 2:
        return "pesel_invalid"
    return "pesel" if surname in _SURNAME_CLOSE or born == 0 else "pesel_alone"
