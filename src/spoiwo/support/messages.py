"""Refusals, codes and figures of the support register in words."""

from functools import singledispatch
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from spoiwo.support import errors, models
from spoiwo.support.errors import SupportError
from spoiwo.support.queries.histories import CaseMoment
from spoiwo.support.types import Check, Figure, PathPlan, RecipientKind, Stage, Unit
from spoiwo.toolkit.templatetags.spoiwo import polish_number, zloty

Names = dict[str, Any]
DELIVERY_NAMES: Names = dict(models.DELIVERY_CHOICES)
MODE_NAMES: Names = dict(models.MODE_CHOICES)
EVENT_NAMES: Names = dict(models.EVENT_CHOICES)
EVENT_STATE_NAMES: Names = dict(models.EVENT_STATE_CHOICES)
REGISTRATION_NAMES: Names = dict(models.REGISTRATION_CHOICES)
CASE_STAGE_NAMES: Names = dict(models.CASE_STAGE_CHOICES)
PARTNERSHIP_NAMES: Names = dict(models.PARTNERSHIP_CHOICES)
PATH_STATE_NAMES: Names = dict(models.PATH_CHOICES)
LABOUR_NAMES: Names = dict(models.LABOUR_CHOICES)
MEMBER_NAMES: Names = dict(models.MEMBER_CHOICES)
INVOLVEMENT_NAMES: Names = dict(models.INVOLVEMENT_CHOICES)
RESULT_NAMES: Names = dict(models.RESULT_CHOICES)
RECIPIENT_NAMES: Names = {
    RecipientKind.PERSON: gettext_lazy("Person"),
    RecipientKind.ENTITY: gettext_lazy("Entity"),
    RecipientKind.GROUP: gettext_lazy("Initiative group"),
}
TONES = {
    "announced": "new",
    "reported": "ok",
    "cancelled": "",
    "draft": "soon",
    "applied": "soon",
    "accepted": "new",
    "confirmed": "ok",
    "attended": "ok",
    "no_show": "late",
    "waiting": "soon",
    "opened": "new",
    "diagnosed": "new",
    "under_way": "soon",
    "closed": "",
    "forming": "soon",
    "matched": "new",
    "working": "ok",
    "open": "soon",
    "finished": "ok",
    "left": "",
}
CRITERION_NAMES: Names = {
    "needs": gettext_lazy("Offers what the group needs"),
    "area": gettext_lazy("Works in the same field"),
    "territory": gettext_lazy("Near: 1 in the county, 0.5 in the voivodeship"),
    "level": gettext_lazy("Level of involvement"),
}
CORRECTION_NAMES: Names = {
    "added": gettext_lazy("Added after closing"),
    "changed": gettext_lazy("Changed after closing"),
    "withdrawn": gettext_lazy("Withdrawn after closing"),
}
_NUMBER_NAMES: Names = {"pesel": "PESEL", "nip": "NIP", "regon": "REGON", "krs": "KRS"}
_SUPPORT_SECTIONS = {
    "advice": gettext_lazy("Advice, general and specialist"),
    "support.all": gettext_lazy("All support delivered"),
    **{f"support.{code}": name for code, name in DELIVERY_NAMES.items()},
}
_SECTIONS = {
    **_SUPPORT_SECTIONS,
    **{f"events.{code}": name for code, name in EVENT_NAMES.items()},
    "events.trained": gettext_lazy("Trained at trainings and study visits"),
    "people": gettext_lazy("People"),
    "entities": gettext_lazy("Entities"),
    **{f"animation.{code}": name for code, name in models.ANIMATION_CHOICES},
    **{f"promotion.{code}": name for code, name in models.PROMOTION_CHOICES},
    "cycles": gettext_lazy("Meeting cycles of animators"),
    "partnerships": gettext_lazy("Private-social partnerships"),
    "paths": gettext_lazy("Incubation and other paths"),
    "kfs": gettext_lazy("National Training Fund (KFS)"),
}
_MEASURES = {
    "count": pgettext_lazy("measure", "How many"),
    "hours": pgettext_lazy("measure", "Hours given, once however many people were there"),
    "person_hours": pgettext_lazy("measure", "Person-hours: how long each person was there, added up"),
    "person_times": pgettext_lazy("measure", "Person-times: everybody each time"),
    "people": pgettext_lazy("measure", "Distinct people"),
    "recipients": pgettext_lazy("measure", "Distinct recipients"),
    "recipients.people": pgettext_lazy("measure", "Recipients who are people"),
    "recipients.entities": pgettext_lazy("measure", "Recipients that are entities"),
    "recipients.groups": pgettext_lazy("measure", "Recipients that are initiative groups"),
    "anonymous": pgettext_lazy("measure", "People without names, by head count"),
    "counties": pgettext_lazy("measure", "In how many counties"),
    "exhibitors": pgettext_lazy("measure", "Exhibitors"),
    "supported": pgettext_lazy("measure", "People who were advised, trained or otherwise supported"),
    "supported.unemployed": pgettext_lazy("measure", "Unemployed people among them"),
    "reached": pgettext_lazy("measure", "People including guests of all events"),
    "social": pgettext_lazy("measure", "Social economy entities"),
    "other": pgettext_lazy("measure", "Other institutions"),
    "entities": pgettext_lazy("measure", "Entities promoted"),
    "reach": pgettext_lazy("measure", "People reached"),
    "editions": pgettext_lazy("measure", "Editions"),
    "sessions": pgettext_lazy("measure", "Sessions"),
    "finished.people": pgettext_lazy("measure", "People who finished"),
    "groups": pgettext_lazy("measure", "Groups"),
    "contracts": pgettext_lazy("measure", "Contracts"),
    "contracts.value": pgettext_lazy("measure", "Value of contracts"),
    "opened": pgettext_lazy("measure", "Paths begun"),
    "founded": pgettext_lazy("measure", "Entities founded"),
    "employers": pgettext_lazy("measure", "Employers"),
    "amount": pgettext_lazy("measure", "Amount"),
}


_SENTENCES: dict[type[SupportError], Any] = {
    errors.NoSuchRow: gettext_lazy("This is not in the register of your centre."),
    errors.MinutesNotPositive: gettext_lazy(
        "Enter how many minutes it lasted: more than none, at most a day."
    ),
    errors.InTheFuture: gettext_lazy("Support is written down once it was given. Choose a day up to today."),
    errors.OverlapsAnother: gettext_lazy(
        "This adviser supported this recipient at that time already. If both entries are right, say why under "
        "More."
    ),
    errors.PeriodOverlaps: gettext_lazy("Some of these days lie in a period that is closed already."),
    errors.PeriodNotOver: gettext_lazy("A period can be closed after its last day."),
    errors.KnownAlready: gettext_lazy("Your centre knows this number already. Look for it on the list."),
    errors.BadFile: gettext_lazy(
        "Choose a file of at most 10 MB: PDF, DOCX, ODT, XLSX, ODS, TXT, PNG or JPG."
    ),
    errors.NoBasis: gettext_lazy("Write down why: who asked and when, or which rule says so."),
    errors.StandsInRegister: gettext_lazy(
        "This person stands in the register of your institution. The supervisor or the data protection officer "
        "erases the record there, and this list forgets the person with it."
    ),
    errors.EventLocked: gettext_lazy("The event has been reported or called off, so it cannot be changed."),
    errors.EventNotOpen: gettext_lazy("Registration for this event is closed."),
    errors.EventHasAttendance: gettext_lazy(
        "People were present, so the event took place and cannot be called off."
    ),
    errors.EventNotOver: gettext_lazy("The event can be reported after its last session."),
    errors.NothingPlanned: gettext_lazy("Add at least one session with its day and length."),
    errors.RegisteredAlready: gettext_lazy("This person is registered already."),
    errors.NotFinished: gettext_lazy("Certificates can be issued once the event has been reported."),
    errors.PathEnded: gettext_lazy("The path has ended."),
    errors.WrongRecipient: gettext_lazy("This kind of path is for another kind of recipient."),
    errors.WrongStep: gettext_lazy("This cannot follow now. Open the page again to see how things stand."),
    errors.MembersMissing: gettext_lazy("A group needs at least one social enterprise and one company."),
    errors.NotOnePerson: gettext_lazy("There is nothing to join or to take back."),
}


def section_of(key: str) -> str:
    """The part of the report a figure belongs to: the longest section its key begins with."""
    fitting = [name for name in _SECTIONS if key.startswith(f"{name}.")]
    return max(fitting, key=len)


def section_name(section: str) -> str:
    """The heading of a part of the report."""
    return str(_SECTIONS[section])


def measure_name(key: str) -> str:
    """What a figure counts, within its part."""
    return str(_MEASURES[key.removeprefix(f"{section_of(key)}.")])


def whole_name(key: str) -> str:
    """What a figure counts, with its part of the report."""
    return f"{section_name(section_of(key))}: {measure_name(key)}"


def figure_in_words(figure: Figure) -> str:
    """The value with its unit: hours with a decimal comma, amounts in zlotys, counts whole."""
    if figure.unit is Unit.PLN:
        return zloty(figure.value)
    whole = float(figure.value).is_integer()
    return polish_number(figure.value, 0 if whole or figure.unit is Unit.COUNT else 2)


_MOMENTS: Names = {
    "opened": gettext_lazy("Case opened"),
    "moved": gettext_lazy("Moved on to"),
    "promised": gettext_lazy("Promised"),
    "kept": gettext_lazy("Promise kept"),
    "given": gettext_lazy("Support given"),
    "document": gettext_lazy("File added"),
    "aid": gettext_lazy("De minimis aid"),
}


def minutes_in_words(minutes: int) -> str:
    """As in "1 h 30 min", "45 min", "2 h"."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h"] if hours else []
    return " ".join([*parts, f"{rest} min"] if rest or not hours else parts)


def case_moment(one: CaseMoment) -> str:
    """What happened in a case, as a line of its history."""
    if one.kind == "given":
        what = f"{DELIVERY_NAMES[one.what]}, {minutes_in_words(one.minutes)}"
    elif one.kind == "moved":
        what = str(CASE_STAGE_NAMES[one.what])
    else:
        what = zloty(one.what) if one.kind == "aid" else one.what
    said = f"{_MOMENTS[one.kind]}: {what}" if what else str(_MOMENTS[one.kind])
    return f"{said} ({one.who})" if one.who else said


def named(one: PathPlan | Stage | Check) -> str:
    """The name of a path, stage or checklist line in the language of the page."""
    return one.name_pl if (get_language() or "pl").startswith("pl") else one.name_en


@singledispatch
def message_for(error: SupportError) -> str:
    """The sentence for a refusal; a rule without one is a bug."""
    sentence = _SENTENCES.get(type(error))
    if sentence is None:
        raise error
    return str(sentence)


@message_for.register
def _too_long(error: errors.AttendedLongerThanDelivered) -> str:
    return _("Somebody would have been there for %(attended)s minutes of %(delivered)s.") % {
        "attended": error.attended,
        "delivered": error.delivered,
    }


@message_for.register
def _project(error: errors.OutsideProject) -> str:
    return _("The project lasts from %(first)s to %(last)s. Choose a day within it, or another project.") % {
        "first": date_format(error.starts_on, "j E Y"),
        "last": date_format(error.ends_on, "j E Y"),
    }


@message_for.register
def _closed(error: errors.PeriodClosed) -> str:
    return _(
        "The days from %(first)s to %(last)s are closed and their figures stand. Give the reason for the correction."
    ) % {"first": date_format(error.starts_on, "j E Y"), "last": date_format(error.ends_on, "j E Y")}


@message_for.register
def _number(error: errors.BadNumber) -> str:
    return _("This %(number)s number cannot be right. Check the digits.") % {
        "number": _NUMBER_NAMES[error.field]
    }


@message_for.register
def _not_ready(error: errors.StageNotReady) -> str:
    if error.open_stages:
        return _("Another stage comes first.")
    return ngettext(
        "%(n)s line of the checklist is still open.",
        "%(n)s lines of the checklist are still open.",
        len(error.open_checks),
    ) % {"n": len(error.open_checks)}


@message_for.register
def _bad_template(error: errors.BadTemplate) -> str:
    return _("The template cannot be read: %(what)s.") % {"what": str(error)}
