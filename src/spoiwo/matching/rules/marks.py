"""From levels of the strategy to what a reviewer may learn of the other record: a mark per field, no more."""

from collections.abc import Mapping

from spoiwo.matching.types import Field, Mark, Rule

# Field: the strategy's name of it, levels that agree, and levels that differ slightly; the rest contradicts.
_FIELDS: Mapping[Field, tuple[str, frozenset[int], frozenset[int]]] = {
    Field.PESEL: ("number", frozenset({0, 1, 2}), frozenset({3, 6})),
    Field.FIRST_NAME: ("given", frozenset({0}), frozenset({1, 2, 3, 4, 5, 6, 9})),
    Field.SECOND_NAME: ("second", frozenset({0}), frozenset()),
    Field.LAST_NAME: ("surname", frozenset({0}), frozenset({1, 2, 3, 4, 5, 6})),
    Field.BIRTH_DATE: ("born", frozenset({0}), frozenset({1, 2, 3, 4, 6})),
    Field.SEX: ("sex", frozenset({0}), frozenset()),
    Field.ADDRESS: ("address", frozenset({0}), frozenset({1, 2, 3, 4})),
    Field.PHONE: ("phone", frozenset({0}), frozenset()),
    Field.DOCUMENT: ("document", frozenset({0}), frozenset({2})),
    Field.EMAIL: ("email", frozenset({0}), frozenset()),
}
_MISSING = 8
_RULES = {"pesel": Rule.PESEL_ONE_FIELD.value}  # named so before there was a strategy with other rules


def marks(levels: Mapping[str, int]) -> dict[str, Mark]:
    """How each field compares. levels: strategy levels by the strategy's name of the field."""
    return {
        field.value: _mark(levels[name], agreeing, similar)
        for field, (name, agreeing, similar) in _FIELDS.items()
    }


def rule_code(rule: str) -> str:
    """The platform's code of a rule of the strategy."""
    return _RULES.get(rule, rule)


def _mark(level: int, agreeing: frozenset[int], similar: frozenset[int]) -> Mark:
    if level == _MISSING:
        return Mark.MISSING
    if level in agreeing:
        return Mark.AGREES
    return Mark.SIMILAR if level in similar else Mark.CONTRADICTS
