"""When somebody's record is erased, what institutions exchanged about them goes too; numbers and fingerprints stay.

What two institutions exchanged is kept once, for both. Whichever of them erases the person, its content goes.
"""

from django.db.models import Q

from spoiwo.clients.services.erasing import Erased, on_erased
from spoiwo.enquiries.models import Confirmation, Conversation, Enquiry, Message
from spoiwo.toolkit.among import among


@on_erased
def forget(erased: Erased) -> None:
    """Destroy the keys and everything sealed under them, in the transaction of the erasure."""
    about = Enquiry.objects.filter(among("record", erased.records) | among("found", erased.records))
    enquiries = list(about.values_list("pk", flat=True))
    Confirmation.objects.filter(among("record", erased.records) | among("enquiry", enquiries)).update(
        wrapped_key=b"", content_sealed=b"", pdf_sealed=b"", signed_sealed=b"", reason_sealed=b"", signer=""
    )
    Enquiry.objects.filter(among("pk", enquiries)).update(
        wrapped_key=b"", sought_sealed=b"", grounds_sealed=b"", note_sealed=b"", items=[]
    )
    sides: Q = among("record", erased.records) | among("other_record", erased.records)
    talks = list(Conversation.objects.filter(sides).values_list("pk", flat=True))
    Message.objects.filter(among("conversation", talks)).update(text_sealed=b"")
    Conversation.objects.filter(among("pk", talks)).update(wrapped_key=b"")
