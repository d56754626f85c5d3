"""A plan on paper: PDF and DOCX of any version, for the person or whole, with the code of its content."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_GET

from spoiwo.plans.models import PlanVersion
from spoiwo.plans.queries import reading
from spoiwo.plans.queries.reading import OpenedPlan
from spoiwo.plans.rules import content as texts
from spoiwo.plans.services.papers import filled
from spoiwo.plans.tables import papers
from spoiwo.plans.tables.fields import fields_of
from spoiwo.plans.types import PrintForm, VersionState
from spoiwo.plans.views import frame
from spoiwo.toolkit.documents import DOCX_TYPE, PDF_TYPE, docx_of, pdf_of
from spoiwo.toolkit.doors import ActorRequest, open_to

FORMS = {PrintForm.PERSON.value: papers.for_person, PrintForm.WHOLE.value: papers.whole}


@require_GET
@open_to(frame.workers)
def paper(request: ActorRequest, uuid: UUID, form: str, file_type: str) -> HttpResponse:
    """The version in force, the one being agreed on, or one by its number, as a file."""
    opened = frame.opened_or_404(request, uuid)
    version = _version(opened, request.GET.get("wersja", ""))
    if version is None or form not in FORMS or file_type not in {"pdf", "docx"}:
        raise Http404
    with override("pl"):  # papers of Polish offices, whatever language the worker reads
        mark = "dane fikcyjne" if settings.SPOIWO_DEMO else ""
        document = FORMS[form](opened, version, texts.content_of(version.content), mark=mark)
        fields = fields_of(opened, version, texts.content_of(version.content), mark=mark)
    if file_type == "pdf":
        body, kind = pdf_of(document), PDF_TYPE
    else:
        own = filled(PrintForm(form), fields, by=request.actor)
        body, kind = own or docx_of(document), DOCX_TYPE
    response = HttpResponse(body, content_type=kind)
    name = f"plan-{opened.plan.pk}-{version.number}-{form}.{file_type}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    frame.record(request, opened)
    return response


def _version(opened: OpenedPlan, wanted: str) -> PlanVersion | None:
    """The version of a number; without one, what is to be signed, else what is in force, else the draft."""
    if not wanted:
        to_sign = opened.under_way and opened.under_way.state == VersionState.NEGOTIATION
        return opened.under_way if to_sign else opened.current or opened.under_way
    return next((one for one in reading.versions_of(opened.plan) if str(one.number) == wanted), None)
