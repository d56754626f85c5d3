"""What follows from a pair of records: linked by rule, shown to people, or nothing.

The only door to the engine: whoever replaces these rules keeps `compare`, which must not depend on the order
of the pair, and names a new strategy.
"""

from datetime import date

from spoiwo.matching.rules import fields
from spoiwo.matching.types import Evidence, Field, Mark, Rule, Subject, Verdict

_A_GENERATION = 12  # years; a parent and a child of one name


def compare(left: Subject, right: Subject) -> Evidence | None:
    """The verdict on two records of two registers; None when they are no pair.

    An equal valid PESEL links when a name or the birth date agrees and nothing says that the number is a
    relative's. Two different valid numbers are two people. Without a number on one side the same names and
    birth date are for people to look at.
    """
    if left.pesel is not None and right.pesel is not None and left.pesel != right.pesel:
        return None
    given, last = _names(left, right)
    born = fields.mark_birth_dates(left.birth_date, right.birth_date)
    if left.pesel is not None and right.pesel is not None:
        verdict, rule = _by_number(given, last, born, left.birth_date, right.birth_date)
    elif given is last is born is Mark.AGREES:
        verdict, rule = Verdict.REVIEW, Rule.NAMES_BIRTH_DATE
    else:
        return None
    marks = {
        Field.PESEL.value: fields.mark_codes(left.pesel, right.pesel),
        Field.FIRST_NAME.value: given,
        Field.SECOND_NAME.value: fields.mark_words(left.second_name, right.second_name),
        Field.LAST_NAME.value: last,
        Field.BIRTH_DATE.value: born,
        Field.SEX.value: fields.mark_codes(left.sex, right.sex),
        Field.ADDRESS.value: fields.mark_addresses(left, right),
        Field.PHONE.value: fields.mark_phones(left.phone, right.phone),
    }
    return Evidence(verdict=verdict, rule=rule.value, marks=marks)


def _names(left: Subject, right: Subject) -> tuple[Mark, Mark]:
    if fields.names_are_swapped(left, right):
        return Mark.SIMILAR, Mark.SIMILAR
    return fields.mark_given_names(left, right), fields.mark_last_names(left, right)


def _by_number(
    given: Mark, last: Mark, born: Mark, left_born: date | None, right_born: date | None
) -> tuple[Verdict, Rule]:
    if given is Mark.CONTRADICTS or _may_be_a_relative(given, born, left_born, right_born):
        return Verdict.REVIEW, Rule.PESEL_CONTRADICTS
    if Mark.AGREES in (given, last, born):
        return Verdict.AUTO, Rule.PESEL_ONE_FIELD
    return Verdict.REVIEW, Rule.PESEL_ALONE


def _may_be_a_relative(given: Mark, born: Mark, left_born: date | None, right_born: date | None) -> bool:
    """A father's number typed for the son of his name, a twin's for a twin called almost the same."""
    if born is not Mark.CONTRADICTS or left_born is None or right_born is None:
        return False
    return given is not Mark.AGREES or abs(left_born.year - right_born.year) >= _A_GENERATION
