"""The agreement register: agreements, their versions, accessions."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from spoiwo.calendars import services as calendars
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.partnership import policies
from spoiwo.partnership.errors import CodeTaken, NotYours, RowsRefused
from spoiwo.partnership.models import Accession, AccessionStep, Agreement, AgreementVersion
from spoiwo.partnership.querysets import INSIDE
from spoiwo.partnership.services.reaching import kept_agreement, record
from spoiwo.partnership.types import AccessionState


@transaction.atomic
def found_agreement(
    *,
    code: str,
    title: str,
    secretariat_id: int,
    scope: str,
    purpose: str,
    signed_on: date,
    day_known: bool = True,
    by: Actor,
) -> Agreement:
    """Enter a partnership agreement and name the institution that is its secretariat.

    scope: one item a line. Raises NotYours, CodeTaken.
    """
    if not policies.may_found(by):
        raise NotYours(code)
    if Agreement.objects.filter(code=code).exists():
        raise CodeTaken(code)
    agreement = Agreement.objects.create(
        code=code, title=title, secretariat_id=secretariat_id, signed_on=signed_on, day_known=day_known
    )
    AgreementVersion.objects.create(
        agreement=agreement, number=1, valid_from=signed_on, scope=scope, purpose=purpose
    )
    record(agreement, agreement, "founded", by)
    share_calendar(agreement)
    return agreement


@transaction.atomic
def write_version(
    *, agreement_id: int, scope: str, purpose: str, valid_from: date, by: Actor
) -> AgreementVersion:
    """Scope and purpose from a day on; the earlier version stays readable. Raises NotFound, NotYours."""
    agreement = kept_agreement(agreement_id, by)
    number = agreement.versions.count() + 1
    version = AgreementVersion.objects.create(
        agreement=agreement, number=number, valid_from=valid_from, scope=scope, purpose=purpose
    )
    record(agreement, version, "agreement_version", by)
    return version


@transaction.atomic
def set_accession(
    *,
    agreement_id: int,
    institution_id: int,
    state: AccessionState,
    on: date,
    day_known: bool = True,
    note: str = "",
    by: Actor,
) -> Accession:
    """Write down that an institution was invited, signed, was suspended or withdrew. Raises NotFound, NotYours.

    Steps may be entered out of order; the state of today is that of the newest day.
    """
    agreement = kept_agreement(agreement_id, by)
    accession = _step(agreement, institution_id, state, on, day_known=day_known, note=note, by=by)
    share_calendar(agreement)
    record(agreement, accession, f"accession_{state}", by)
    return accession


@transaction.atomic
def take_in_signatories(*, agreement_id: int, rows: Sequence[tuple[int, str, date]], by: Actor) -> int:
    """Enter many signatures at once; answers how many were new.

    rows: (row number of the file, code of the institution in the directory, day of the signature).
    Raises NotFound, NotYours, and RowsRefused when a code is not in the directory: then nothing is entered.
    """
    agreement = kept_agreement(agreement_id, by)
    found = {code: institutions.by_code(code) for _, code, _ in rows}
    unknown = tuple((number, "unknown_code") for number, code, _ in rows if found[code] is None)
    if unknown:
        raise RowsRefused(unknown)
    added = 0
    for _, code, day in rows:
        institution = found[code]
        present = agreement.accessions.filter(institution=institution, state=AccessionState.SIGNED)
        if institution is not None and not present.exists():
            _step(agreement, institution.pk, AccessionState.SIGNED, day, day_known=True, note="", by=by)
            added += 1
    share_calendar(agreement)
    record(agreement, agreement, "accessions_taken_in", by, count=added)
    return added


def share_calendar(agreement: Agreement) -> None:
    """Let signatories, and the secretariat, see what the partnership plans."""
    members = set(agreement.accessions.filter(state__in=INSIDE).values_list("institution_id", flat=True))
    calendars.set_group(
        calendar_group(agreement),
        name=agreement.title,
        institution_ids=members | {agreement.secretariat_id},
    )


def calendar_group(agreement: Agreement) -> str:
    """The key of the group that shares the partnership's calendar."""
    return f"partnership:{agreement.pk}"


def _step(
    agreement: Agreement,
    institution_id: int,
    state: AccessionState,
    on: date,
    *,
    day_known: bool,
    note: str,
    by: Actor,
) -> Accession:
    accession, _ = Accession.objects.get_or_create(agreement=agreement, institution_id=institution_id)
    AccessionStep.objects.create(
        accession=accession, state=state, on=on, day_known=day_known, note=note, user_id=by.user_id
    )
    newest = accession.steps.order_by("-on", "-pk").first()
    accession.state = newest.state if newest else state
    accession.save(update_fields=["state"])
    return accession
