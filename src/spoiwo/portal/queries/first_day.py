"""The first day of an institution: a handful of steps, each told as done from what is there, not from ticks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from spoiwo.access import queries as access
from spoiwo.calendars.queries.feeds import has_feed
from spoiwo.exchange import queries as exchange
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Module, Role
from spoiwo.kernel.actor import Actor
from spoiwo.partnership import queries as partnership
from spoiwo.partnership.queries.sharing import has_written


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One step: what, why, who does it; url is empty for those who cannot do it themselves."""

    title: Any
    why: Any
    who: Any
    is_done: bool
    url: str
    minutes: int


def first_steps(actor: Actor, day: date) -> list[FirstStep]:
    """Steps of the actor's institution in the order in which they make the platform useful."""
    return list(_steps(actor, day)) if actor.institution_id else []


def _steps(actor: Actor, day: date) -> Iterator[FirstStep]:
    own = institutions.institution_of(actor)
    assert own is not None
    staff = institutions.staff_of(actor.institution_id)
    yield FirstStep(
        _("Check what the directory says of us"),
        _("Letters, invitations and the public directory use these data."),
        _("local administrator"),
        own.confirmed_on is not None,
        _for(actor, "institutions:institution", own.code, roles=(Role.LOCAL_ADMIN, Role.SUPERVISOR)),
        3,
    )
    yield FirstStep(
        _("Invite colleagues and give them their tasks"),
        _("Each person signs in by themselves and sees what their task needs."),
        _("local administrator"),
        len(staff) > 1,
        _for(actor, "institutions:staff", roles=(Role.LOCAL_ADMIN, Role.SUPERVISOR, Role.IOD)),
        4,
    )
    yield from _partnership_steps(actor, day)
    yield from _register_steps(actor, day)


def _partnership_steps(actor: Actor, day: date) -> Iterator[FirstStep]:
    partner = [one for one in partnership.agreements_of(actor) if _is_inside(actor, one, day)]
    yield FirstStep(
        _("See the partnership: meetings, conclusions, communiqués"),
        _("What was agreed on, what waits for us and what comes next is in one place."),
        _("everybody"),
        bool(partner),
        _for(actor, "partnership:home"),
        2,
    )
    if actor.uses(Module.CALENDAR):
        yield FirstStep(
            _("Put the partnership's calendar into your own"),
            _("Outlook and the calendar in the telephone show meetings by themselves."),
            _("everybody"),
            has_feed(actor),
            _for(actor, "calendars:feeds"),
            2,
        )
    yield FirstStep(
        _("Write the first message to another institution"),
        _("Instead of a chain of e-mails: everybody concerned reads it, and the answer stays."),
        _("everybody"),
        has_written(actor),
        _for(actor, "partnership:talks"),
        2,
    )


def _register_steps(actor: Actor, day: date) -> Iterator[FirstStep]:
    """Only for institutions that serve people: an agreement, then the register."""
    partners = access.partners_of(actor.institution_id, day)
    yield FirstStep(
        _("Sign a sharing agreement"),
        _("Without one nothing about clients is shared. Bring in no register before it is in force."),
        _("director"),
        bool(partners),
        _for(actor, "access:agreements"),
        1,
    )
    if actor.has_any(Role.REGISTRAR, Role.SUPERVISOR, Role.IOD):
        yield FirstStep(
            _("Bring in the register extract"),
            _("The first file asks which column is what; the next one needs no questions."),
            _("registrar"),
            exchange.latest_published(actor) is not None,
            _for(actor, "exchange:list"),
            1,
        )


def _is_inside(actor: Actor, agreement: Any, day: date) -> bool:
    return agreement.secretariat_id == actor.institution_id or partnership.is_signatory(
        agreement, actor.institution_id, day
    )


def _for(actor: Actor, name: str, *args: object, roles: tuple[str, ...] = ()) -> str:
    return reverse(name, args=args) if not roles or actor.has_any(*roles) else ""
