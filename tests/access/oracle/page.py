"""The words in which the oracle speaks."""

from dataclasses import dataclass

CASE, REGISTRAR, REVIEWER = "case_worker", "registrar", "reviewer"
SUPERVISOR, DIRECTOR, ADMIN, IOD = "supervisor", "director", "local_admin", "iod"
ADVISER, SECRETARY, ANALYST = "support_adviser", "secretary", "analyst"
OPERATOR = "operator"
PUBLIC = "everybody, signed in or not"
ANY_ROLE = frozenset(
    {CASE, REGISTRAR, REVIEWER, SUPERVISOR, DIRECTOR, ADMIN, IOD, ADVISER, SECRETARY, ANALYST}
)
READERS, KEEPERS = (CASE, REVIEWER), (REGISTRAR, SUPERVISOR, IOD)
OVERSEERS, STAFF = (SUPERVISOR, IOD), (ADMIN, SUPERVISOR, IOD)
DRAFTERS = (DIRECTOR, OPERATOR)


@dataclass(frozen=True)
class Page:
    """One address of the oracle.

    who: roles that may open it (OPERATOR among them or not), or PUBLIC.
    thing: kind of thing its address names; roles reach those of their own office, the operator reaches them all.
    everybodys: the thing is the same for all offices (an entry of the public directory).
    data: what is sent along.
    also: (office, role) of people who reach the things though these are not their own office's.
    empty: there is nothing behind the address before its user did something else, so it looks absent to all.
    """

    who: frozenset[str] | str
    thing: str = ""
    method: str = "get"
    everybodys: bool = False
    also: frozenset[tuple[str, str]] = frozenset()
    empty: bool = False
    data: tuple[tuple[str, str], ...] = ()
    args: tuple[object, ...] = ()


def page(*who: str, **more: object) -> Page:
    """An address for these roles."""
    return Page(frozenset(who), **more)  # type: ignore[arg-type]


def signed_in(**more: object) -> Page:
    """An address for everybody with a role, and the operator."""
    return page(*ANY_ROLE, OPERATOR, **more)


def public(**more: object) -> Page:
    """An address for everybody."""
    return Page(PUBLIC, **more)  # type: ignore[arg-type]
