"""Writing agreements: drafts, new versions, conflicts between two people who edit."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from spoiwo.access import messages, policies, queries, services, tables
from spoiwo.access.errors import AccessError, AgreementNotFound, DraftAlreadyOpen
from spoiwo.access.forms import AgreementForm, first_values, initial_of
from spoiwo.access.models import SharingAgreement
from spoiwo.access.views.reading import found, render_agreement, words_for
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to

NOT_KEPT = ("csrfmiddlewaretoken", "version", "overwrite")


def drafters(actor: Actor | None) -> bool:
    """Directors and the operator."""
    return actor is not None and policies.may_draft(actor)


@require_http_methods(["GET", "POST"])
@open_to(drafters)
def new(request: ActorRequest) -> HttpResponse:
    """Draft an agreement."""
    initial = first_values(timezone.localdate(), request.actor.institution_id)
    form = _form(request, None, initial)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form, None)
    try:
        row = services.draft_agreement(terms=form.terms(), at=timezone.now(), by=request.actor)
    except AccessError as error:
        form.add_error(None, messages.message_for(error))
        return _form_page(request, form, None)
    notices.success(request, _("The draft is saved. The other parties can read it now."))
    return redirect("access:agreement", row.pk)


@require_http_methods(["GET", "POST"])
@open_to(drafters)
def edit(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """Change a draft; when somebody saved it meanwhile, both values are shown."""
    row = found(request, agreement_id)
    if not policies.may_change(request.actor, row):
        raise Http404
    form = _form(request, row, initial_of(queries.terms_of(row), version=row.edit_version))
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form, row)
    try:
        services.edit_draft(
            agreement_id=row.pk,
            version=form.cleaned_data["version"] or 0,
            terms=form.terms(),
            at=timezone.now(),
            by=request.actor,
        )
    except Conflict as conflict:
        return _conflict_page(request, row, conflict, form)
    except AccessError as error:
        form.add_error(None, messages.message_for(error))
        return _form_page(request, form, row)
    notices.success(request, _("The draft is saved. All parties sign it anew."))
    return redirect("access:agreement", row.pk)


@require_POST
@open_to(drafters)
def renew(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """Draft the next version with the words of this one."""
    row = found(request, agreement_id)
    try:
        draft = services.new_version(agreement_id=row.pk, at=timezone.now(), by=request.actor)
    except DraftAlreadyOpen as error:
        notices.warning(request, messages.message_for(error))
        return redirect("access:agreement", error.agreement_id)
    except AccessError as error:
        return refused(request, row, error)
    notices.success(
        request, _("This is the draft of the next version. The present one stays in force meanwhile.")
    )
    return redirect("access:edit", draft.pk)


@require_POST
@open_to(drafters)
def discard(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """Throw a draft away."""
    row = found(request, agreement_id)
    return done(
        request,
        row,
        lambda: services.discard_draft(agreement_id=row.pk, by=request.actor),
        notice=_("The draft is thrown away."),
        then=reverse("access:agreements"),
    )


def done(
    request: ActorRequest, row: SharingAgreement, service: Callable[[], object], *, notice: str, then: str
) -> HttpResponse:
    """Do it, say so and go on; or show the page again with the refusal in words."""
    try:
        service()
    except AgreementNotFound:
        raise Http404 from None
    except AccessError as error:
        return refused(request, row, error)
    notices.success(request, notice)
    return redirect(then)


def refused(request: ActorRequest, row: SharingAgreement, error: AccessError) -> HttpResponse:
    """The page of the agreement as it stands now, with the refusal in words."""
    fresh = found(request, row.pk)
    return render_agreement(
        request, fresh, refusal=messages.message_for(error), status=HTTPStatus.UNPROCESSABLE_ENTITY
    )


def _form(request: ActorRequest, row: SharingAgreement | None, initial: dict[str, object]) -> AgreementForm:
    day = timezone.localdate()
    choices = dict(institutions.open_institutions())
    bases = {basis.pk: basis for basis in queries.bases(day)}
    if row is not None:
        choices.update({party.institution_id: party.institution.name for party in row.parties.all()})
        bases.update({one.legal_basis_id: one.legal_basis for one in row.purposes.all()})
    return AgreementForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        institutions=list(choices.items()),
        purposes=list(queries.all_purposes()),
        bases=list(bases.values()),
    )


def _form_page(request: ActorRequest, form: AgreementForm, row: SharingAgreement | None) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "access/agreement_form.html", {"form": form, "agreement": row}, status=status)


def _conflict_page(
    request: ActorRequest, row: SharingAgreement, conflict: Conflict, form: AgreementForm
) -> HttpResponse:
    words = words_for([row], more=sorted(form.terms().parties))
    is_own = conflict.saved_by_user_id == request.actor.user_id
    context = {
        "agreement": row,
        "conflicts": tables.conflict_rows(conflict, words),
        "saved_by": _("You, in another window,") if is_own else _("Another person"),
        "saved_at": conflict.saved_at,
        "reload_url": reverse("access:edit", args=[row.pk]),
        "version": conflict.version,
        "kept": [
            (key, value) for key, values in request.POST.lists() if key not in NOT_KEPT for value in values
        ],
    }
    return render(request, "access/agreement_conflict.html", context, status=HTTPStatus.CONFLICT)
