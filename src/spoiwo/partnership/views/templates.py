"""Templates that institutions write alike: versions, and who works with which."""

from uuid import UUID

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.institutions.messages import KIND_NAMES
from spoiwo.partnership import policies, queries, services
from spoiwo.partnership.forms.sharing import AdoptionForm, TemplateForm, TemplateVersionForm
from spoiwo.partnership.models import Meeting, Template
from spoiwo.partnership.querysets import TAKEN_PLACE
from spoiwo.partnership.services import practices
from spoiwo.partnership.views.acting import Page, bound, do_with_form, found_or_404, keeper_or_404
from spoiwo.toolkit.doors import ActorRequest, open_to, signed_in


@require_GET
@open_to(signed_in)
def template_list(request: ActorRequest) -> HttpResponse:
    """Templates with their current version and how many work with it."""
    rows = Template.objects.visible_to(request.actor).select_related("agreement")
    shown = []
    for one in rows.prefetch_related("versions", "adoptions").order_by("title", "pk"):
        current = next((version for version in one.versions.all() if version.is_current), None)
        adopted = list(one.adoptions.all())
        with_current = sum(1 for row in adopted if current is not None and row.version_id == current.pk)
        shown.append((one, current, with_current, len(adopted) - with_current))
    kept = [one for one in queries.agreements_of(request.actor) if policies.keeps(request.actor, one)]
    return render(request, "partnership/templates.html", {"rows": shown, "kept": kept})


@require_GET
@open_to(signed_in)
def template(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """One template: its versions, who adopted which, and where they do otherwise."""
    row = _found(request, uuid)
    adoptions = row.adoptions.select_related("institution", "version").order_by("institution__short_name")
    context = {
        "template": row,
        "kind": dict(_kinds()).get(row.entity_kind, ""),
        "versions": row.versions.select_related("meeting").order_by("-number"),
        "adoptions": adoptions,
        "keeps": policies.keeps(request.actor, row.agreement),
        "may_adopt": policies.works_somewhere(request.actor) and row.versions.exists(),
    }
    return render(request, "partnership/template.html", context)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def new(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """Begin a template."""
    agreement = found_or_404(queries.agreement(request.actor, agreement_id))
    keeper_or_404(request.actor, agreement)
    form = bound(request, TemplateForm, kinds=_kinds())
    page = Page(
        title=_("New template"), button=_("Save"), back=reverse("partnership:templates"), lede=agreement.title
    )

    def service(sent: TemplateForm) -> str:
        made = practices.add_template(agreement_id=agreement.pk, by=request.actor, **sent.cleaned_data)
        return _address(made)

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def version(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Put a version in force."""
    row = _found(request, uuid)
    keeper_or_404(request.actor, row.agreement)
    held = Meeting.objects.visible_to(request.actor).filter(
        body__agreement=row.agreement, state__in=TAKEN_PLACE
    )
    meetings = [
        (one.pk, f"{one.starts_on:%d.%m.%Y} {one.title}") for one in held.order_by("-starts_on")[:100]
    ]
    initial = {} if request.method == "POST" else {"initial": {"valid_from": timezone.localdate()}}
    form = bound(request, TemplateVersionForm, meetings=meetings, **initial)
    page = Page(title=_("New version"), button=_("Put in force"), back=_address(row), lede=row.title)

    def service(sent: TemplateVersionForm) -> str:
        entered = sent.cleaned_data
        practices.add_template_version(
            uuid=uuid,
            name=entered["file"].name or "",
            content=entered["file"].read(),
            change=entered["change"],
            valid_from=entered["valid_from"],
            meeting_id=entered["meeting"],
            by=request.actor,
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.works_somewhere)
def adopt(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Say that one's own institution works with the current version."""
    row = _found(request, uuid)
    own = row.adoptions.filter(institution_id=request.actor.institution_id).first()
    first = {"since": timezone.localdate(), "deviations": own.deviations if own else ""}
    form = bound(request, AdoptionForm, **({} if request.method == "POST" else {"initial": first}))
    page = Page(title=_("We work with this template"), button=_("Save"), back=_address(row), lede=row.title)

    def service(sent: AdoptionForm) -> str:
        practices.adopt_template(uuid=uuid, by=request.actor, **sent.cleaned_data)
        return page.back

    return do_with_form(request, form, page, service)


@require_GET
@open_to(signed_in)
def template_file(request: ActorRequest, uuid: UUID, number: int) -> FileResponse:
    """The file of a version."""
    found = _found(request, uuid).versions.filter(number=number).first()
    if found is None:
        raise Http404
    answer = FileResponse(
        default_storage.open(services.file_path(found.file_sha256)),
        as_attachment=True,
        filename=found.file_name,
        content_type="application/octet-stream",
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, str(name)) for kind, name in KIND_NAMES.items()]


def _found(request: ActorRequest, uuid: UUID) -> Template:
    rows = Template.objects.visible_to(request.actor).select_related("agreement")
    row: Template = found_or_404(rows.filter(uuid=uuid).first())
    return row


def _address(row: Template) -> str:
    return reverse("partnership:template", args=[row.uuid])
