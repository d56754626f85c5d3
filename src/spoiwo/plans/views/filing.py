"""A plan in the own office's files: its reference there, and the package for EZD."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.kernel.filing import Metadata, package
from spoiwo.plans.errors import NoSuchThing
from spoiwo.plans.forms.filing import FilingForm
from spoiwo.plans.models import PlanVersion
from spoiwo.plans.queries.reading import OpenedPlan
from spoiwo.plans.rules import content as texts
from spoiwo.plans.services import agreeing
from spoiwo.plans.services.filing import file_plan
from spoiwo.plans.tables import papers
from spoiwo.plans.views import frame
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.documents import PDF_TYPE, pdf_of
from spoiwo.toolkit.doors import ActorRequest, open_to

ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def filing(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The own case reference and file class."""
    opened = frame.opened_or_404(request, uuid)
    own = opened.own
    initial = {"case_ref": own.case_ref, "jrwa": own.jrwa, "version": own.filing_version}
    form = FilingForm(request.POST if request.method == "POST" else None, initial=initial)
    title = _("The plan in your files")
    if form.is_bound and form.is_valid():
        entered = form.cleaned_data
        try:
            file_plan(
                uuid,
                case_ref=entered["case_ref"],
                jrwa=entered["jrwa"],
                seen=entered["version"] or 0,
                at=timezone.now(),
                by=request.actor,
            )
        except Conflict as conflict:
            return frame.show_conflict(request, opened, conflict, title=title)
        notices.success(request, _("The case reference is saved."))
        return redirect("plans:plan", uuid)
    return frame.show_form(
        request,
        opened,
        form,
        title=title,
        lede=_("Every party keeps the plan under its own reference."),
        action_label=_("Save"),
        back=reverse("plans:plan", args=[uuid]),
    )


@require_GET
@open_to(frame.workers)
def filed(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The version in force, or the one being agreed on, with the paper the person signed, for the own files."""
    opened = frame.opened_or_404(request, uuid)
    version = opened.current or opened.under_way
    if version is None:
        raise Http404
    with override("pl"):
        mark = "dane fikcyjne" if settings.SPOIWO_DEMO else ""
        document = papers.whole(opened, version, texts.content_of(version.content), mark=mark)
    name = f"plan-{opened.plan.pk}-{version.number}"
    files = [(f"{name}.pdf", PDF_TYPE, pdf_of(document)), *_signed(request, opened, version, name)]
    response = HttpResponse(package(_metadata(opened, version), files), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="{name}.zip"'
    response["Cache-Control"] = "private, no-store"
    frame.record(request, opened)
    return response


def _signed(
    request: ActorRequest, opened: OpenedPlan, version: PlanVersion, name: str
) -> list[tuple[str, str, bytes]]:
    """The paper with the person's signature, when the own office keeps it."""
    try:
        content, kind = agreeing.scan_of(opened.plan.uuid, number=version.number, by=request.actor)
    except NoSuchThing:
        return []
    return [(f"{name}-podpis.{ENDINGS[kind]}", kind, content)]


def _metadata(opened: OpenedPlan, version: PlanVersion) -> Metadata:
    own = opened.badges[opened.own.institution_id]
    number = opened.plan.number or str(opened.plan.uuid)
    others = [badge.name for pk, badge in opened.badges.items() if pk != opened.own.institution_id]
    return Metadata(
        identifier=f"{number}, wersja {version.number}",
        title=f"Wspólny plan {number}",
        kind="wspólny plan",
        creator=own.name,
        recipient=", ".join(others),
        day=timezone.localdate(version.agreed_at or version.created_at),
        case_ref=opened.own.case_ref,
        jrwa=opened.own.jrwa,
        related=opened.plan.former_number,
    )
