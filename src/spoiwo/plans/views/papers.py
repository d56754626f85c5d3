"""Templates of prints that the institution keeps for itself."""

from http import HTTPStatus

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.plans import messages, policies
from spoiwo.plans.errors import UnusablePaper
from spoiwo.plans.forms.work import OwnPaperForm
from spoiwo.plans.queries.papers import own_papers
from spoiwo.plans.rules.papers import names_of
from spoiwo.plans.services import papers
from spoiwo.plans.tables.fields import to_begin_with
from spoiwo.plans.types import PrintForm
from spoiwo.toolkit.documents import DOCX_TYPE, docx_of
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_papers)
def templates(request: ActorRequest) -> HttpResponse:
    """Which prints of plans the institution has its own templates for; keep one."""
    form = OwnPaperForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            papers.keep_paper(
                form.cleaned_data["form"],
                name=sent.name,
                content=sent.read(),
                at=timezone.now(),
                by=request.actor,
            )
        except UnusablePaper as error:
            form.add_error("file", messages.message_for(error))
        else:
            notices.success(request, _("The template works. Prints are made from it from now on."))
            return redirect("plans:own_papers")
    own = own_papers(request.actor)
    context = {
        "form": form,
        "prints": [(one.value, messages.PRINT_NAMES[one], own.get(one)) for one in PrintForm],
        "fields": names_of(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "plans/own_papers.html", context, status=status)


@require_POST
@open_to(policies.keeps_papers)
def drop(request: ActorRequest, form: str) -> HttpResponse:
    """Go back to the shipped print."""
    papers.drop_paper(_form(form), by=request.actor)
    notices.success(request, _("Prints are made from the shipped template again."))
    return redirect("plans:own_papers")


@require_GET
@open_to(policies.keeps_papers)
def download(request: ActorRequest, form: str) -> HttpResponse:
    """The template in use, or one to begin with."""
    wanted = _form(form)
    own = own_papers(request.actor).get(wanted)
    with override("pl"):
        content = bytes(own.content) if own else docx_of(to_begin_with())
    response = HttpResponse(content, content_type=DOCX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="wzor-{wanted}.docx"'
    return response


def _form(code: str) -> PrintForm:
    if code not in set(PrintForm):
        raise Http404
    return PrintForm(code)
