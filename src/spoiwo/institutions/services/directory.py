"""Entries of the directory: create, change, close."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from django.db import transaction

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.institutions import policies, rules
from spoiwo.institutions.errors import BadDetails, InstitutionIsClosed, OutOfReach
from spoiwo.institutions.models import Institution, InstitutionKind
from spoiwo.institutions.queries import details_of
from spoiwo.institutions.types import Fault, InstitutionDetails, Kind, KindPeriod, Module, Problem
from spoiwo.kernel.actor import Actor
from spoiwo.territory import queries as territory
from spoiwo.toolkit.conflicts import Conflict, differences


@transaction.atomic
def create_institution(*, details: InstitutionDetails, code: str = "", today: date, by: Actor) -> Institution:
    """A new entry of the directory.

    code: its stable short name in addresses and on the command line, made from the short name when empty.
    Raises OutOfReach when the actor does not run the platform, BadDetails.
    """
    if not policies.may_run_directory(by):
        raise OutOfReach
    checked = check_institution(details=details, code=code, institution=None, today=today)
    institution = Institution(code=code or rules.code_from(checked.short_name, _is_taken))
    _write(institution, checked, today=today, by=by)
    _record(Action.INSTITUTION_CREATED, institution, [], by)
    return institution


def check_institution(
    *, details: InstitutionDetails, code: str = "", institution: Institution | None, today: date
) -> InstitutionDetails:
    """The details as they would be kept; writes nothing. institution: the one they are of, None for a new one.

    Raises BadDetails.
    """
    checked = rules.checked_details(details)
    if code:
        rules.checked_code(code)
    problems = _clashes(checked, today=today, institution=institution)
    if code and institution is None and _is_taken(code):
        problems.append(Problem("code", Fault.CODE_TAKEN, code))
    if problems:
        raise BadDetails(problems)
    return checked


@transaction.atomic
def edit_institution(
    *, institution_id: int, details: InstitutionDetails, seen_version: int, today: date, by: Actor
) -> Institution:
    """Replace what the directory says; the same details again change nothing.

    seen_version: the version the actor was looking at; 0 overwrites whatever is there.
    Raises OutOfReach, BadDetails, and Conflict when somebody saved other values meanwhile.
    """
    institution = _in_reach(institution_id, by)
    checked = rules.checked_details(details)
    saved = details_of(institution)
    changed = differences(rules.values_of(checked), rules.values_of(saved))
    if not changed:
        return institution
    if seen_version and seen_version != institution.version:
        raise Conflict(
            changed,
            version=institution.version,
            saved_by_user_id=institution.changed_by_id or 0,
            saved_at=institution.changed_at,
        )
    problems = _clashes(checked, today=today, institution=institution)
    if problems:
        raise BadDetails(problems)
    institution.version += 1
    _write(institution, checked, today=today, by=by)
    _record(Action.INSTITUTION_CHANGED, institution, [change.field for change in changed], by)
    return institution


@transaction.atomic
def add_kind(
    *, institution_id: int, kind: Kind, valid_from: date | None = None, today: date, by: Actor
) -> Institution:
    """Say that an institution is one more thing; saying it again changes nothing. Raises as edit_institution."""
    institution = _in_reach(institution_id, by)
    details = details_of(institution)
    if any(period.kind == kind for period in details.kinds):
        return institution
    return edit_institution(
        institution_id=institution_id,
        details=replace(details, kinds=(*details.kinds, KindPeriod(kind, valid_from))),
        seen_version=0,
        today=today,
        by=by,
    )


@transaction.atomic
def close_institution(*, institution_id: int, closed_on: date, by: Actor) -> Institution:
    """Take an institution out of use: it stays in the directory's history, and nobody acts for it any more.

    Raises OutOfReach when the actor does not run the platform, InstitutionIsClosed.
    """
    if not policies.may_run_directory(by):
        raise OutOfReach
    institution = Institution.objects.select_for_update().filter(pk=institution_id).first()
    if institution is None:
        raise OutOfReach
    if institution.closed_on:
        raise InstitutionIsClosed(institution.closed_on)
    institution.closed_on = closed_on
    institution.version += 1
    institution.changed_by_id = by.user_id or None
    institution.save(update_fields=["closed_on", "version", "changed_by", "changed_at"])
    _record(Action.INSTITUTION_CLOSED, institution, [], by)
    return institution


@transaction.atomic
def switch_modules(
    *, institution_id: int, on: Collection[Module], seen_version: int, by: Actor
) -> Institution:
    """Leave these modules on and switch all others off; the same again changes nothing.

    seen_version: the version the actor was looking at; 0 overwrites whatever is there.
    Raises OutOfReach, and Conflict when somebody saved something else meanwhile.
    """
    institution = _in_reach(institution_id, by)
    wanted = {f"with_{one}": one in on for one in Module}
    changed = differences(wanted, {name: getattr(institution, name) for name in wanted})
    if not changed:
        return institution
    if seen_version and seen_version != institution.version:
        raise Conflict(
            changed,
            version=institution.version,
            saved_by_user_id=institution.changed_by_id or 0,
            saved_at=institution.changed_at,
        )
    for name, value in wanted.items():
        setattr(institution, name, value)
    institution.version += 1
    institution.changed_by_id = by.user_id or None
    institution.save(update_fields=[*wanted, "version", "changed_by", "changed_at"])
    _record(Action.INSTITUTION_CHANGED, institution, [change.field for change in changed], by)
    return institution


def _in_reach(institution_id: int, by: Actor) -> Institution:
    if not policies.may_edit_institution(by, institution_id):
        raise OutOfReach
    institution = Institution.objects.select_for_update().filter(pk=institution_id).first()
    if institution is None:
        raise OutOfReach
    return institution


def _is_taken(code: str) -> bool:
    return Institution.objects.filter(code=code).exists()


def _clashes(details: InstitutionDetails, *, today: date, institution: Institution | None) -> list[Problem]:
    """What only the registers know: units that do not exist, numbers and bodies of others."""
    problems = [
        Problem(field, Fault.TERYT_UNKNOWN, code)
        for field in ("teryt", "area")
        if (code := getattr(details, field)) and not _unit_exists(code, today)
    ]
    others = Institution.objects.exclude(pk=institution.pk) if institution else Institution.objects.all()
    if details.regon and others.filter(regon=details.regon).exists():
        problems.append(Problem("regon", Fault.REGON_TAKEN, details.regon))
    if details.running_body_id is not None:
        if institution is not None and details.running_body_id == institution.pk:
            problems.append(Problem("running_body_id", Fault.RUNS_ITSELF))
        elif not others.filter(pk=details.running_body_id).exists():
            problems.append(Problem("running_body_id", Fault.RUNNING_BODY))
    return problems


def _unit_exists(code: str, today: date) -> bool:
    """Whether the unit exists, as far as the register can tell.

    The register may hold only the upper level of a voivodeship; then any code within it is believed.
    """
    if territory.unit_on(code, today) is not None:
        return True
    known_below = len(code) > 2 and bool(territory.counties_of(code[:2], today))
    return not known_below and territory.unit_on(code[:2], today) is not None


def _write(institution: Institution, details: InstitutionDetails, *, today: date, by: Actor) -> None:
    for field, value in rules.values_of(details).items():
        if field != "kinds":
            setattr(institution, field, value)
    institution.sort_key = rules.directory_sort_key(details.name)
    institution.search_key = rules.directory_search_key(details.name, details.short_name, details.place)
    institution.place_key = rules.directory_sort_key(details.place)
    institution.confirmed_on = today
    institution.changed_by_id = by.user_id or None
    institution.save()
    _write_kinds(institution, details.kinds)


def _write_kinds(institution: Institution, kinds: Iterable[KindPeriod]) -> None:
    wanted = {period.kind: period for period in kinds}
    InstitutionKind.objects.filter(institution=institution).exclude(kind__in=wanted).delete()
    for kind, period in wanted.items():
        InstitutionKind.objects.update_or_create(
            institution=institution,
            kind=kind,
            defaults={"valid_from": period.valid_from, "valid_to": period.valid_to},
        )


def _record(action: Action, institution: Institution, fields: Iterable[str], by: Actor) -> None:
    audit.append(
        Entry(
            institution_id=institution.pk,
            action=action,
            actor_user_id=by.user_id,
            institution_acting_id=by.institution_id,
            object_ref=f"institution:{institution.pk}",
            categories=tuple(fields),  # all names together fit into an entry, see the tests
        )
    )
