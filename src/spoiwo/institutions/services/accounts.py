"""Accounts: ways to sign in."""

from django.db import transaction

from spoiwo.audit import services as audit
from spoiwo.audit.types import PLATFORM, Action, Entry
from spoiwo.institutions import policies, rules
from spoiwo.institutions.errors import AddressTaken, OutOfReach
from spoiwo.institutions.models import User
from spoiwo.kernel.actor import Actor


@transaction.atomic
def create_user(
    *,
    email: str,
    full_name: str,
    password: str | None = None,
    language: str = "pl",
    is_operator: bool = False,
    by: Actor,
) -> User:
    """A new account, which works nowhere until it is authorised.

    password: None for an account nobody can sign in to yet; its strength is for the caller to check.
    is_operator: whether it runs the platform.
    Raises OutOfReach when the actor does not run the platform, BadDetails, AddressTaken.
    """
    if not policies.may_run_directory(by):
        raise OutOfReach
    return open_account(
        email=email, full_name=full_name, password=password, language=language, is_operator=is_operator, by=by
    )


def open_account(
    *, email: str, full_name: str, password: str | None, language: str, is_operator: bool = False, by: Actor
) -> User:
    """What create_user and an invitation have in common: the row and its entry in the platform's chain.

    Call inside a transaction. Raises BadDetails and AddressTaken.
    """
    address, name = rules.checked_person(email=email, full_name=full_name)
    if User.objects.filter(email__iexact=address).exists():
        raise AddressTaken(address)
    user = User.objects.create_user(
        address, password, full_name=name, language=language, is_operator=is_operator
    )
    audit.append(
        Entry(
            institution_id=PLATFORM,
            action=Action.ACCOUNT_CREATED,
            actor_user_id=by.user_id,
            institution_acting_id=by.institution_id,
            object_ref=f"user:{user.pk}",
            categories=("operator",) if is_operator else (),
        )
    )
    return user


def choose_language(*, user_id: int, language: str) -> None:
    """Remember in which language an account's owner reads; the caller has checked that there is such a language."""
    User.objects.filter(pk=user_id).update(language=language)
