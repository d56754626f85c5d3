"""Plans that were kept elsewhere: bringing a file in, and what became of it."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.plans import messages
from spoiwo.plans.errors import UnusableFile
from spoiwo.plans.forms.work import FileForm
from spoiwo.plans.queries import files as reads
from spoiwo.plans.rules.files import COLUMNS
from spoiwo.plans.services import importing
from spoiwo.plans.views import frame
from spoiwo.toolkit import sheets
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def files(request: ActorRequest) -> HttpResponse:
    """Read a file of plans; files that were read before."""
    form = FileForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            made = importing.import_plans(
                sent.name, sent.read(), today=timezone.localdate(), at=timezone.now(), by=request.actor
            )
        except UnusableFile as error:
            form.add_error("file", messages.message_for(error))
        else:
            words = ngettext("%(n)s plan was taken.", "%(n)s plans were taken.", made.taken)
            notices.success(request, words % {"n": made.taken})
            return redirect("plans:file", made.uuid)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    page = Paginator(reads.files(request.actor), frame.PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "columns": COLUMNS, "crumbs": _crumbs(_("Plans from a file"))}
    return render(request, "plans/files.html", context, status=status)


@require_GET
@open_to(frame.workers)
def file(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """What became of a file, line by line where plans were refused."""
    found = reads.file(request.actor, uuid)
    if found is None:
        raise Http404
    lines = reads.refused_lines(request.actor, uuid)
    page = Paginator(lines, frame.PAGE_SIZE).get_page(request.GET.get("page"))
    refused = [
        (one.number, one.cells["numer"], [messages.problem_in_words(code) for code in one.problems])
        for one in page.object_list
    ]
    context = {"file": found, "page": page, "refused": refused, "crumbs": _crumbs(found.name)}
    return render(request, "plans/file.html", context)


@require_GET
@open_to(frame.workers)
def refused(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Refused lines with their reasons, to be corrected and read again."""
    if reads.file(request.actor, uuid) is None:
        raise Http404
    cells = [
        [*(one.cells[column] for column in COLUMNS), "; ".join(map(messages.problem_in_words, one.problems))]
        for one in reads.refused_lines(request.actor, uuid)
    ]
    response = HttpResponse(sheets.csv_file([*COLUMNS, _("Reason")], cells), content_type=sheets.CSV_TYPE)
    response["Content-Disposition"] = 'attachment; filename="odrzucone-plany.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _crumbs(title: str) -> list[tuple[str, str]]:
    return [(_("Plans"), reverse("plans:list")), (title, "")]
