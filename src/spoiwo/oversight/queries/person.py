"""What a person is told about themselves, apart from the values of the register."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from spoiwo.access import queries as access
from spoiwo.access.messages import CATEGORY_NAMES
from spoiwo.access.types import Category, Grant
from spoiwo.audit import queries as audit
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.text import search_key

OFFICER = ("ochrony danych", "data protection")


def log_about(actor: Actor, people: Collection[UUID]) -> audit.Records:
    """Entries of the own chain about the person that stood under these index rows, newest first."""
    return audit.records_for(actor).filter(person__in=audit.pseudonyms_for("person", map(str, people)))


def given_today(actor: Actor, day: date) -> list[tuple[str, str, str, str]]:
    """What the own institution gives: institution, categories, agreement, purposes with their legal bases."""
    partners = access.partners_of(actor.institution_id, day)
    names = institutions.badges_of(partners)
    grants = [grant for pk in partners for grant in access.grants_between(actor.institution_id, pk, day)]
    return sorted(
        (
            names[grant.receiver_id].name,
            _categories(grant),
            grant.agreement_number,
            "\n".join(f"{purpose.name}: {purpose.legal_basis_name}" for purpose in grant.purposes),
        )
        for grant in grants
    )


def officer_of(posts: Iterable[Any]) -> str:
    """The data protection officer among the posts of an institution; empty when the directory names nobody."""
    for post in posts:
        if any(words in search_key(post.function) for words in OFFICER):
            return ", ".join(part for part in (post.holder_name, post.email, post.phone) if part)
    return ""


def _categories(grant: Grant) -> str:
    given = grant.categories - {Category.SENSITIVE}
    return ", ".join(str(CATEGORY_NAMES[category]) for category in CATEGORY_NAMES if category in given)
