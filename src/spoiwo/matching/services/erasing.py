"""What matching forgets when records are erased: keys they were found by, and marks of how they compared."""

from django.db.models import Q

from spoiwo.clients.services.erasing import Erased
from spoiwo.matching.models import KeyedRecord, Proposal, StoredKey
from spoiwo.toolkit.among import among
from spoiwo.toolkit.context import acting_for


def forget(erased: Erased) -> None:
    """Drop keys, and proposals about the records; of decided ones the decision stays with clients."""
    with acting_for(erased.institution_id, job="matching"):
        StoredKey.objects.filter(among("record", erased.records)).delete()
        KeyedRecord.objects.filter(among("record", erased.records)).delete()
        about = Q(among("left_record", erased.records)) | Q(among("right_record", erased.records))
        Proposal.objects.filter(about).delete()
