"""How each party keeps a referral in its own files; the referral does not change by it."""

from uuid import UUID

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.referrals.errors import NoSuchReferral
from spoiwo.referrals.models import Referral
from spoiwo.referrals.services.log import record_change
from spoiwo.referrals.services.sending import keys_of
from spoiwo.toolkit.conflicts import Conflict, differences

Filing = tuple[str, str]  # case reference, file class
COLUMNS = {
    True: ("case_ref", "jrwa"),
    False: ("receiver_ref", "receiver_jrwa"),
}  # of the sender, of the receiver


def filing_of(row: Referral, by: Actor) -> Filing:
    """How the actor's office keeps the referral."""
    case_ref, jrwa = COLUMNS[row.sender_id == by.institution_id]
    return getattr(row, case_ref), getattr(row, jrwa)


@transaction.atomic
def file_referral(uuid: UUID, filing: Filing, *, seen: Filing, overwrite: bool = False, by: Actor) -> None:
    """Write the own case reference and file class down. seen: what the caller saw there.

    Raises NoSuchReferral, and Conflict when something else stands there by now.
    """
    row = Referral.objects.visible_to(by).select_for_update(of=("self",)).filter(uuid=uuid).first()
    if row is None:
        raise NoSuchReferral(str(uuid))
    saved = filing_of(row, by)
    if saved not in {seen, filing} and not overwrite:
        names = ("case_ref", "jrwa")
        raise Conflict(
            differences(
                dict(zip(names, filing, strict=True)),
                dict(zip(names, saved, strict=True)),
            ),
            version=row.version,
        )
    columns = COLUMNS[row.sender_id == by.institution_id]
    for column, value in zip(columns, filing, strict=True):
        setattr(row, column, value)
    keys_of(row)
    row.save(update_fields=[*columns, "sort_key", "search_key"])
    record_change(row, "filed", by=by)
