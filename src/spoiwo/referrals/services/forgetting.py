"""When somebody's record is erased, referrals forget who was sent; where to, when and with what outcome stays."""

from spoiwo.clients.services.erasing import Erased, on_erased
from spoiwo.referrals.models import CheckAnswer, Referral, ReferralEvent, RefusedReferral
from spoiwo.toolkit.among import among

NOBODY = "—"  # stands where a name stood


@on_erased
def forget(erased: Erased) -> None:
    """Destroy the key of the packet, take names, notes and answers away, in the transaction of the erasure."""
    referrals = list(Referral.objects.filter(among("record", erased.records)).values_list("pk", flat=True))
    RefusedReferral.objects.filter(institution=erased.institution_id).delete()  # any may be about them
    ReferralEvent.objects.filter(among("referral", referrals)).update(note="")
    CheckAnswer.objects.filter(among("referral", referrals)).delete()
    Referral.objects.filter(among("pk", referrals)).update(
        wrapped_key=b"", packet_sealed=b"", first_name="", last_name=NOBODY, sort_key="", search_key=""
    )
