"""How long institutions have to answer, by legal basis: kept by those who run the platform, on record."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from spoiwo.access import queries as access
from spoiwo.audit.types import PLATFORM, Action
from spoiwo.enquiries import policies
from spoiwo.enquiries.errors import NoSuchThing
from spoiwo.enquiries.models import AnswerTerm
from spoiwo.enquiries.rules.asking import ANY_BASIS, check_days
from spoiwo.enquiries.services.log import Step, record
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.conflicts import Conflict, differences


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What is written down for a legal basis. is_example: no lawyer has confirmed it yet."""

    days: int
    source: str
    is_example: bool


@transaction.atomic
def set_term(
    basis_code: str,
    term: Term,
    *,
    version: int,
    overwrite: bool = False,
    now: datetime,
    day: date,
    by: Actor,
) -> AnswerTerm:
    """Write down how long there is to answer on a legal basis; enquiries that were sent keep their day.

    basis_code: "" stands for all that have no term of their own. version: of the term that the caller saw, 0 when
    there was none. Raises NoSuchThing, TermOutOfBounds, and Conflict when somebody was faster.
    """
    _check_reach(basis_code, day, by)
    check_days(term.days)
    row = AnswerTerm.objects.select_for_update().filter(basis_code=basis_code).first()
    if row is None:
        row = AnswerTerm(basis_code=basis_code, version=0)
    elif row.version != version and not overwrite:
        raise Conflict(
            differences(_values(term), _values(row)),
            version=row.version,
            saved_by_user_id=row.edited_by_user_id,
            saved_at=row.edited_at,
        )
    for name, value in _values(term).items():
        setattr(row, name, value)
    row.version += 1
    row.edited_at, row.edited_by_user_id = now, by.user_id
    row.save()
    _log(row, "term_set", by)
    return row


@transaction.atomic
def drop_term(basis_code: str, *, day: date, by: Actor) -> None:
    """Let the term for all others hold for a legal basis again. Raises NoSuchThing, also for that one term."""
    _check_reach(basis_code, day, by)
    own = AnswerTerm.objects.select_for_update().exclude(basis_code=ANY_BASIS)
    term = own.filter(basis_code=basis_code).first()
    if term is None:
        raise NoSuchThing(basis_code)
    _log(term, "term_dropped", by)
    term.delete()


def _check_reach(basis_code: str, day: date, by: Actor) -> None:
    known = {ANY_BASIS, *access.bases(day).values_list("code", flat=True)}
    if not policies.may_set_terms(by) or basis_code not in known:
        raise NoSuchThing(basis_code)


def _values(one: Term | AnswerTerm) -> dict[str, object]:
    return {"days": one.days, "source": one.source, "is_example": one.is_example}


def _log(row: AnswerTerm, outcome: str, by: Actor) -> None:
    step = Step(action=Action.ENQUIRY, what=f"term:{row.pk}", outcome=outcome)
    record(step, chains=(PLATFORM,), by=by)
