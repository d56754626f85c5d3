"""Files of a meeting: put with it, read by those who may see the item they belong to, taken off again."""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.partnership import policies, queries, services
from spoiwo.partnership.forms.meetings import FileForm
from spoiwo.partnership.models import Meeting, MeetingFile
from spoiwo.partnership.views.acting import (
    Page,
    bound,
    do,
    do_with_form,
    found_or_404,
    keeper_or_404,
    kept_file_answer,
)
from spoiwo.toolkit.doors import ActorRequest, open_to, signed_in


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def add(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Put a file with the meeting, or with an item of its agenda."""
    row: Meeting = found_or_404(queries.meeting(request.actor, uuid))
    keeper_or_404(request.actor, row.body.agreement)
    items = [(one.pk, one.title) for one in queries.agenda_of(row, request.actor)]
    form = bound(request, FileForm, items=items)
    page = Page(
        title=_("File for the meeting"),
        button=_("Add the file"),
        back=_address(row),
        lede=_("Whoever sees the item sees its file. It is no place for clients' data."),
    )

    def service(sent: FileForm) -> str:
        services.add_file(
            meeting_id=row.pk, item_id=sent.cleaned_data["item"], file=sent.attached(), by=request.actor
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_POST
@open_to(policies.keeps_something)
def remove(request: ActorRequest, file_id: int) -> HttpResponse:
    """Take a file off."""
    found = _found(request, file_id)
    keeper_or_404(request.actor, found.meeting.body.agreement)
    return do(
        request,
        lambda: services.remove_file(file_id=found.pk, by=request.actor),
        notice=_("The file is taken off."),
        back=_address(found.meeting),
    )


@require_GET
@open_to(signed_in)
def read(request: ActorRequest, file_id: int) -> FileResponse:
    """The file itself."""
    found = _found(request, file_id)
    return kept_file_answer(found.name, found.sha256)


def _found(request: ActorRequest, file_id: int) -> MeetingFile:
    row: MeetingFile = found_or_404(queries.meeting_file(request.actor, file_id))
    return row


def _address(row: Meeting) -> str:
    return reverse("partnership:meeting", args=[row.uuid])
