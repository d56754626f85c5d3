"""What the exchange of files forgets when records are erased: everything sealed that may hold the person."""

from django.db import transaction

from spoiwo.clients.services.erasing import Erased
from spoiwo.exchange.models import OpenExport, RegisterImport, RejectedRow
from spoiwo.exchange.services import files, sheets
from spoiwo.toolkit.context import acting_for

JOB = "export"


def forget(erased: Erased) -> None:
    """Drop archives that are ready, rejected rows, sheets that wait, and the keys of files that were taken in."""
    with acting_for(erased.institution_id, job=JOB):
        ready = OpenExport.objects.filter(institution_id=erased.institution_id, state=OpenExport.State.READY)
        archives = list(ready.values_list("uuid", flat=True))
        ready.delete()
    with acting_for(erased.institution_id, job="import"):
        over = RegisterImport.objects.filter(
            institution_id=erased.institution_id, finished_at__isnull=False
        ).exclude(wrapped_key=b"")
        pks = list(over.values_list("pk", flat=True))
        RejectedRow.objects.filter(register_import__in=pks).delete()
        RegisterImport.objects.filter(pk__in=pks).update(wrapped_key=b"", first_findings=[], unknown_codes={})
        sheets.forget_contents(erased.institution_id)
    transaction.on_commit(lambda: files.remove_all(files.EXPORTS, archives))
