"""What an enquiry must say, when it falls due, what may be done with it."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from spoiwo.access.types import Category
from spoiwo.clients.types import FactKind
from spoiwo.enquiries.errors import (
    AlreadySettled,
    AsksItself,
    ItemsNeedBasis,
    NobodyNamed,
    NothingAsked,
    NotPeselNumber,
    TermOutOfBounds,
)
from spoiwo.enquiries.types import SENSITIVE_ITEMS, EnquiryState, Sought, Terms
from spoiwo.kernel import pesel
from spoiwo.kernel.text import search_key

ANY_BASIS = ""  # the term of a legal basis that has none of its own
MOST_DAYS = 366


def check_sought(sought: Sought) -> None:
    """A PESEL with the last name, or both names with the date of birth. Raises NobodyNamed, NotPeselNumber."""
    if not search_key(sought.last_name):
        raise NobodyNamed
    if sought.pesel:
        try:
            number = pesel.parse(sought.pesel)
        except pesel.NotPesel as error:
            raise NotPeselNumber from error
        if pesel.problems(number):
            raise NotPeselNumber
    elif not search_key(sought.first_name) or sought.birth_date is None:
        raise NobodyNamed


def check_terms(terms: Terms, *, asking_id: int) -> None:
    """Raises AsksItself, NothingAsked, ItemsNeedBasis and what check_sought raises."""
    if terms.asked_id == asking_id:
        raise AsksItself
    check_sought(terms.sought)
    if not terms.categories and not terms.items:
        raise NothingAsked
    check_items(terms)


def check_items(terms: Terms) -> None:
    """Sensitive data are asked for fact by fact, on a basis of their own, never whole. Raises ItemsNeedBasis."""
    as_category = Category.SENSITIVE in terms.categories
    without_basis = bool(terms.items) and terms.items_basis_id is None
    if as_category or without_basis or not terms.items <= set(SENSITIVE_ITEMS):
        raise ItemsNeedBasis


def due_on(*, sent_on: date, basis_code: str, days: Mapping[str, int]) -> date:
    """The day by which an enquiry sent on a day must be answered.

    days: by code of the legal basis; the code "" stands for every basis that has no term of its own.
    """
    return sent_on + timedelta(days=days.get(basis_code, days[ANY_BASIS]))


def check_days(days: int) -> None:
    """Raises TermOutOfBounds unless there is a day to answer, and not more than a year."""
    if not 1 <= days <= MOST_DAYS:
        raise TermOutOfBounds(str(days))


def is_overdue(due: date | None, state: str, *, day: date) -> bool:
    """Whether an answer is late."""
    return state == EnquiryState.SENT and due is not None and day > due


def check_open(state: str, wanted: EnquiryState) -> None:
    """Raises AlreadySettled when the enquiry is not where the step begins."""
    if state != wanted:
        raise AlreadySettled(state)


def check_given(kinds: Collection[str], asked: Collection[str]) -> None:
    """Only sensitive facts that were asked for one by one may leave. Raises ItemsNeedBasis."""
    if not set(kinds) <= set(asked):
        raise ItemsNeedBasis


def kinds_of(codes: Collection[str]) -> frozenset[FactKind]:
    """Kinds of fact by their codes."""
    return frozenset(FactKind(code) for code in codes)
