"""Signing agreements, keeping the signed document, ending what is shared."""

from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from spoiwo.access import messages, policies, services
from spoiwo.access.errors import AccessError
from spoiwo.access.forms import DocumentForm, EndForm
from spoiwo.access.views.drafting import done, drafters
from spoiwo.access.views.reading import found, render_agreement
from spoiwo.toolkit.doors import ActorRequest, holders_of, open_to, operators


@require_POST
@open_to(holders_of("director"))
def sign(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """Sign for the own institution what was read."""
    row = found(request, agreement_id)
    version = request.POST.get("version", "")
    return done(
        request,
        row,
        lambda: services.sign(
            agreement_id=row.pk,
            version=int(version) if version.isdigit() else 0,
            at=timezone.now(),
            day=timezone.localdate(),
            by=request.actor,
        ),
        notice=_("You have signed for your institution."),
        then=reverse("access:agreement", args=[row.pk]),
    )


@require_POST
@open_to(operators)
def put_into_force(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """Enter what the parties signed on paper."""
    row = found(request, agreement_id)
    return done(
        request,
        row,
        lambda: services.put_into_force(agreement_id=row.pk, day=timezone.localdate(), by=request.actor),
        notice=_("The agreement is signed."),
        then=reverse("access:agreement", args=[row.pk]),
    )


@require_http_methods(["GET", "POST"])
@open_to(drafters)
def end(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """Ask after which day the agreement ends, and end it."""
    row = found(request, agreement_id)
    if not policies.may_end(request.actor, row):
        raise Http404
    form = EndForm(request.POST or None, initial={"last_day": timezone.localdate()})
    if form.is_bound and form.is_valid():
        try:
            services.end_agreement(
                agreement_id=row.pk,
                last_day=form.cleaned_data["last_day"],
                day=timezone.localdate(),
                by=request.actor,
            )
        except AccessError as error:
            form.add_error("last_day", messages.message_for(error))
        else:
            return done(
                request,
                row,
                lambda: None,
                notice=_("The agreement has an end. Nothing more is shared under it after that day."),
                then=reverse("access:agreement", args=[row.pk]),
            )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "access/agreement_end.html", {"agreement": row, "form": form}, status=status)


@require_POST
@open_to(drafters)
def attach(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """Keep the scan of the signed agreement."""
    row = found(request, agreement_id)
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return render_agreement(request, row, document_form=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    upload = form.cleaned_data["document"]
    # One byte more than allowed is enough to know that the file is too large.
    content = upload.read(settings.SPOIWO_UPLOAD_BYTES + 1)
    return done(
        request,
        row,
        lambda: services.attach_document(
            agreement_id=row.pk, name=upload.name, content=content, by=request.actor
        ),
        notice=_("The document is kept with the agreement."),
        then=reverse("access:agreement", args=[row.pk]),
    )
