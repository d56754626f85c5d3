"""Institutions in words: kinds, roles, fields, and refusals with what to do about them."""

from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from spoiwo.institutions.errors import (
    AddressTaken,
    AlreadyWorksThere,
    AuthorisationEnded,
    BadDetails,
    EmptyFile,
    InstitutionIsClosed,
    InstitutionsError,
    InvitationSpent,
    LastAdministrator,
    MissingColumns,
    OwnRoles,
    TooManyRows,
    UnreadableFile,
)
from spoiwo.institutions.models import KIND_CHOICES, ROLE_CHOICES
from spoiwo.institutions.types import Fault, Kind, Module, Problem, Role, Standing
from spoiwo.kernel.text import search_key

KIND_NAMES = dict(KIND_CHOICES)
ROLE_NAMES = dict(ROLE_CHOICES)
MODULE_NAMES = {
    Module.CALENDAR: gettext_lazy("Calendar"),
    Module.SURVEYS: gettext_lazy("Surveys"),
    Module.DOCUMENTS: gettext_lazy("Document templates and good practices"),
    Module.PUBLIC_PAGE: gettext_lazy("Page of the institution for everybody"),
}
MODULE_HINTS = {
    Module.CALENDAR: gettext_lazy(
        "Own entries, meetings of the partnership, addresses for calendar programs."
    ),
    Module.SURVEYS: gettext_lazy("Own surveys, and those of others to be answered."),
    Module.DOCUMENTS: gettext_lazy("What institutions work with, and what works at theirs."),
    Module.PUBLIC_PAGE: gettext_lazy("Without it only people who are signed in find it in the directory."),
}
ROLE_HINTS = {
    Role.CASE_WORKER: gettext_lazy("Works with people: sees common clients and opens their pages."),
    Role.REGISTRAR: gettext_lazy("Brings extracts of the institution's register in."),
    Role.REVIEWER: gettext_lazy("Decides whether two records are one person."),
    Role.SUPERVISOR: gettext_lazy("Sees who looked at whom, and totals."),
    Role.DIRECTOR: gettext_lazy("Signs agreements and sees totals, no single person's data."),
    Role.LOCAL_ADMIN: gettext_lazy("Invites staff and says what they may do."),
    Role.IOD: gettext_lazy("Reads the registers of data protection and the access log."),
    Role.SUPPORT_ADVISER: gettext_lazy("Records advice, events and support paths."),
    Role.SECRETARY: gettext_lazy("Runs meetings, conclusions and communiqués of the partnership."),
    Role.ANALYST: gettext_lazy("Runs questionnaires and indicator cards."),
}
STANDING_NAMES = {
    Standing.ACTIVE: pgettext_lazy("person", "active"),
    Standing.INVITED: pgettext_lazy("person", "invited, has not signed in yet"),
    Standing.SUSPENDED: pgettext_lazy("person", "suspended"),
}
STANDING_TONES = {Standing.ACTIVE: "ok", Standing.INVITED: "new", Standing.SUSPENDED: "late"}
FIELD_NAMES: dict[str, Any] = {
    "code": gettext_lazy("Short code"),
    "name": gettext_lazy("Full name"),
    "short_name": gettext_lazy("Short name"),
    "kinds": gettext_lazy("What it is"),
    "running_body_id": gettext_lazy("Running body"),
    "running_body": gettext_lazy("Running body"),
    "nip": "NIP",
    "regon": "REGON",
    "krs": "KRS",
    "street": gettext_lazy("Street and number"),
    "postal_code": gettext_lazy("Postal code"),
    "place": gettext_lazy("Place"),
    "teryt": gettext_lazy("Commune or county of the seat (TERYT)"),
    "area": gettext_lazy("Area it serves (TERYT)"),
    "e_delivery": gettext_lazy("e-Delivery address"),
    "email": gettext_lazy("E-mail"),
    "phone": gettext_lazy("Telephone"),
    "website": gettext_lazy("Website"),
    "social_enterprise_from": gettext_lazy("Social enterprise since"),
    "social_enterprise_to": gettext_lazy("Social enterprise until"),
    "full_name": gettext_lazy("Name and surname"),
    "territories": gettext_lazy("Where the person works"),
    "holder_name": gettext_lazy("Name and surname"),
    "function": gettext_lazy("Function"),
    "last_day": gettext_lazy("Last day"),
    **{f"with_{one}": name for one, name in MODULE_NAMES.items()},
}
COLUMN_HINTS = {
    "code": gettext_lazy("Of an institution that is in the directory already; left empty, it is made."),
    "kinds": gettext_lazy("Codes from the list below, parted by commas."),
    "running_body": gettext_lazy("Code, REGON or full name of the institution that runs it."),
    "teryt": gettext_lazy("Seven digits of the commune or four of the county."),
    "area": gettext_lazy("Two, four or seven digits."),
    "e_delivery": gettext_lazy("For example AE:PL-12345-67890-ABCDE-12."),
    "social_enterprise_from": gettext_lazy("A date such as 3.02.2024 or 2024-02-03."),
    "social_enterprise_to": gettext_lazy("A date such as 3.02.2024 or 2024-02-03."),
}
FAULT_SENTENCES = {
    Fault.MISSING: gettext_lazy("Fill this in."),
    Fault.TOO_LONG: gettext_lazy("This is too long. Shorten it to %(limit)s characters."),
    Fault.CHARACTERS: gettext_lazy("There are characters here that cannot be shown. Type the text again."),
    Fault.NIP: gettext_lazy("“%(value)s” is not a NIP. It has ten digits; check them with the document."),
    Fault.REGON: gettext_lazy(
        "“%(value)s” is not a REGON. It has nine or fourteen digits; check them with the document."
    ),
    Fault.KRS: gettext_lazy("“%(value)s” is not a KRS number. It has ten digits, leading zeros included."),
    Fault.POSTAL_CODE: gettext_lazy("“%(value)s” is not a postal code. Write it like 66-400."),
    Fault.TERYT: gettext_lazy(
        "“%(value)s” is not a TERYT code. Write two digits for a voivodeship, four for a county, seven for a commune."
    ),
    Fault.TERYT_UNKNOWN: gettext_lazy(
        "No unit has the TERYT code %(value)s today. Choose one from the list or check it at eteryt.stat.gov.pl."
    ),
    Fault.E_DELIVERY: gettext_lazy(
        "“%(value)s” is not an e-Delivery address. It looks like AE:PL-12345-67890-ABCDE-12."
    ),
    Fault.EMAIL: gettext_lazy("“%(value)s” is not an e-mail address. It looks like office@example.pl."),
    Fault.WEBSITE: gettext_lazy("“%(value)s” is not a website. It begins with https:// or http://."),
    Fault.KIND: gettext_lazy(
        "“%(value)s” is not a kind of institution. Use the codes from the list of columns."
    ),
    Fault.KIND_TWICE: gettext_lazy("“%(value)s” stands here twice. Leave it once."),
    Fault.DATE: gettext_lazy("“%(value)s” is not a date. Write it like 3.02.2024 or 2024-02-03."),
    Fault.ENDS_BEFORE_START: gettext_lazy("This ends before it starts. Check both dates."),
    Fault.END_WITHOUT_START: gettext_lazy("There is a last day without a first one. Give both."),
    Fault.CODE: gettext_lazy(
        "“%(value)s” cannot be a code. Use up to 40 small letters without diacritics, digits and hyphens."
    ),
    Fault.CODE_TAKEN: gettext_lazy("Another institution has the code %(value)s. Choose another one."),
    Fault.REGON_TAKEN: gettext_lazy(
        "Another institution has the REGON %(value)s. Look it up in the directory."
    ),
    Fault.RUNNING_BODY: gettext_lazy(
        "There is no such institution in the directory. Add the running body first."
    ),
    Fault.RUNS_ITSELF: gettext_lazy("An institution does not run itself. Leave this empty."),
    Fault.ROLE_TWICE: gettext_lazy("The same role stands here twice. Leave it once."),
    Fault.ROW_TWICE: gettext_lazy(
        "The same institution stands in row %(value)s already. Leave one of the rows."
    ),
}


@singledispatch
def message_for(error: InstitutionsError) -> str:
    """The sentence for a refusal, in the language in force, ending with the remedy."""
    raise error  # a rule without a sentence is a bug, not a blank page


@message_for.register
def _bad_details(error: BadDetails) -> str:
    return " ".join(sentence for _field, sentence in problem_sentences(error.problems, with_field=True))


@message_for.register
def _address_taken(error: AddressTaken) -> str:
    return _("There is an account with the address %(email)s already. Use it, or give another address.") % {
        "email": error.email
    }


@message_for.register
def _works_there(_error: AlreadyWorksThere) -> str:
    return _("This person is on the list of staff already. Open the person's page to change roles.")


@message_for.register
def _own_roles(_error: OwnRoles) -> str:
    return _("Nobody changes their own access. Ask another administrator of the institution.")


@message_for.register
def _last_administrator(error: LastAdministrator) -> str:
    return _("From %(day)s the institution would have no local administrator. Appoint another one first.") % {
        "day": date_format(error.day, "j E Y")
    }


@message_for.register
def _is_closed(error: InstitutionIsClosed) -> str:
    return _("The institution was closed on %(day)s, so nothing about its staff changes any more.") % {
        "day": date_format(error.day, "j E Y")
    }


@message_for.register
def _authorisation_ended(_error: AuthorisationEnded) -> str:
    return _("This authorisation has ended before. Nothing was changed.")


@message_for.register
def _spent(_error: InvitationSpent) -> str:
    return _("This link no longer works. Ask the administrator of your institution for a new one.")


@message_for.register
def _empty_file(_error: EmptyFile) -> str:
    return _("There is no institution in the file. Fill in at least one row below the headers.")


@message_for.register
def _unreadable(error: UnreadableFile) -> str:
    if error.line:
        return _(
            "The file cannot be read from line %(line)s on. "
            "Save it again as CSV (UTF-8) or XLSX and choose it once more."
        ) % {"line": error.line}
    return _("This is neither CSV nor XLSX. Save the table as CSV (UTF-8) or XLSX and choose it once more.")


@message_for.register
def _missing_columns(error: MissingColumns) -> str:
    return _("Columns missing from the file: %(columns)s. Compare the first row with the template.") % {
        "columns": ", ".join(error.columns)
    }


@message_for.register
def _too_many(error: TooManyRows) -> str:
    return _("The file has more than %(limit)s rows. Part it into smaller files.") % {"limit": error.limit}


def problem_sentences(problems: Iterable[Problem], *, with_field: bool = False) -> Iterator[tuple[str, str]]:
    """Each problem as the field it concerns and a sentence with its remedy, which names the field when asked."""
    for problem in problems:
        value = str(kind_name(problem.value)) if problem.fault == Fault.KIND_TWICE else problem.value
        sentence = str(FAULT_SENTENCES[problem.fault]) % {"value": value, "limit": problem.limit}
        if with_field:
            field = FIELD_NAMES.get(problem.field, problem.field)
            sentence = _("%(field)s: %(sentence)s") % {"field": field, "sentence": sentence}
        yield problem.field, sentence


def kind_name(kind: str) -> str:
    """A kind of institution in words."""
    return str(KIND_NAMES[Kind(kind)])


def role_name(role: str) -> str:
    """A role in words."""
    return str(ROLE_NAMES[Role(role)])


def kinds_meant(text: str) -> list[Kind]:
    """Kinds that a search text stands for: by code ("pup"), or all words found in the name in words."""
    words = search_key(text).split()
    if not words:
        return []
    return [
        kind
        for kind, name in KIND_NAMES.items()
        if search_key(kind) == " ".join(words) or all(word in search_key(str(name)) for word in words)
    ]
