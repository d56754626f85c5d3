"""Staff of the own institution: who they are, what they may do, whom to bring in."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.institutions import messages, policies, queries, services
from spoiwo.institutions.errors import BadDetails, InstitutionsError, OutOfReach
from spoiwo.institutions.forms import (
    AuthorisationForm,
    InvitationForm,
    LastDayForm,
    TerritoriesForm,
    add_problems,
)
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Colleague, Invited, Role, Standing
from spoiwo.institutions.views.directory import found_or_404
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, holders_of, open_to, operators

administrators = holders_of(Role.LOCAL_ADMIN)


@require_GET
@open_to(holders_of(Role.LOCAL_ADMIN, Role.SUPERVISOR, Role.IOD))
def staff(request: ActorRequest) -> HttpResponse:
    """Everybody who works at the institution as an account."""
    colleagues = queries.colleagues_of(request.actor, timezone.localdate())
    context = {
        "rows": [_row(one) for one in colleagues],
        "may_manage": policies.may_manage_staff(request.actor, request.actor.institution_id),
        "institution": queries.institution_of(request.actor),
    }
    return render(request, "institutions/staff.html", context)


@require_http_methods(["GET", "POST"])
@open_to(administrators)
def invite(request: ActorRequest) -> HttpResponse:
    """Bring somebody in."""
    institution = _own(request)
    return _invite(request, institution, tuple(Role), queries.districts_of(institution, timezone.localdate()))


@require_http_methods(["GET", "POST"])
@open_to(operators)
def appoint(request: ActorRequest, code: str) -> HttpResponse:
    """Those who run the platform appoint a local administrator, who then invites the others."""
    return _invite(request, found_or_404(code), (Role.LOCAL_ADMIN,), [])


@require_GET
@open_to(administrators)
def member(request: ActorRequest, membership_id: int) -> HttpResponse:
    """One of the staff: roles, dates, where they work."""
    return _member_page(request, _found(request, membership_id))


@require_POST
@open_to(administrators)
def authorise(request: ActorRequest, membership_id: int) -> HttpResponse:
    """Give one of the staff another authorisation."""
    colleague = _found(request, membership_id)
    form = AuthorisationForm(request.POST)
    if not form.is_valid():
        return _member_page(request, colleague, authorisation_form=form)
    try:
        services.authorise(
            user_id=colleague.user_id,
            institution_id=request.actor.institution_id,
            authorisations=[form.authorisation()],
            by=request.actor,
        )
    except BadDetails as error:
        _add_problems_of_role(form, error)
        return _member_page(request, colleague, authorisation_form=form)
    except InstitutionsError as error:
        return _member_page(request, colleague, refusal=error)
    notices.success(request, _("The authorisation holds from its first day on."))
    return redirect("institutions:member", membership_id)


@require_http_methods(["GET", "POST"])
@open_to(administrators)
def withdraw(request: ActorRequest, membership_id: int, authorisation_id: int) -> HttpResponse:
    """End an authorisation, at once or after a last day."""
    colleague = _found(request, membership_id)
    held = next((one for one in colleague.roles if one.authorisation_id == authorisation_id), None)
    if held is None or held.is_over:
        raise Http404
    at_once = "at_once" in request.POST
    form = LastDayForm(request.POST if request.method == "POST" and not at_once else None)
    if at_once or (form.is_bound and form.is_valid()):
        try:
            services.withdraw_authorisation(
                authorisation_id=authorisation_id,
                last_day=None if at_once else form.cleaned_data["last_day"],
                today=timezone.localdate(),
                by=request.actor,
            )
        except BadDetails as error:
            add_problems(form, error)
        except InstitutionsError as error:
            return _member_page(request, colleague, refusal=error)
        else:
            notices.success(request, _("The end of the authorisation is saved."))
            return redirect("institutions:member", membership_id)
    context = {
        "form": form,
        "colleague": colleague,
        "held": held,
        "role": messages.role_name(held.role),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "institutions/withdraw.html", context, status=status)


@require_POST
@open_to(administrators)
def suspend(request: ActorRequest, membership_id: int) -> HttpResponse:
    """Close the institution to one of the staff."""
    return _done(
        request,
        membership_id,
        lambda: services.suspend_member(
            membership_id=membership_id, today=timezone.localdate(), by=request.actor
        ),
        _("The account is suspended here from now on."),
    )


@require_POST
@open_to(administrators)
def restore(request: ActorRequest, membership_id: int) -> HttpResponse:
    """Let somebody suspended in again."""
    return _done(
        request,
        membership_id,
        lambda: services.restore_member(membership_id=membership_id, by=request.actor),
        _("The account works here again, with the authorisations that are in force."),
    )


@require_POST
@open_to(administrators)
def territories(request: ActorRequest, membership_id: int) -> HttpResponse:
    """Say where one of the staff works."""
    colleague = _found(request, membership_id)
    form = TerritoriesForm(request.POST, units=_units(request))
    if not form.is_valid():
        return _member_page(request, colleague, territories_form=form)
    try:
        services.set_territories(
            membership_id=membership_id,
            territories=form.cleaned_data["territories"],
            seen_version=form.cleaned_data["version"] or colleague.version,
            by=request.actor,
        )
    except Conflict:
        form.add_error(
            None, _("Somebody changed this while you were working. Check the ticks and save again.")
        )
        form.data = {**form.data.dict(), "version": colleague.version}  # type: ignore[attr-defined]
        return _member_page(request, colleague, status=HTTPStatus.CONFLICT, territories_form=form)
    except InstitutionsError as error:
        return _member_page(request, colleague, refusal=error)
    notices.success(request, _("The area is saved."))
    return redirect("institutions:member", membership_id)


@require_POST
@open_to(administrators)
def invite_again(request: ActorRequest, membership_id: int) -> HttpResponse:
    """Send a new link to somebody who has not set a password yet."""
    colleague = _found(request, membership_id)
    try:
        invited = services.renew_invitation(membership_id=membership_id, by=request.actor)
    except OutOfReach:
        raise Http404 from None
    except InstitutionsError as error:
        return _member_page(request, colleague, refusal=error)
    return _link_page(request, invited, colleague.email, reverse("institutions:staff"))


def _invite(
    request: ActorRequest, institution: Institution, roles: tuple[Role, ...], units: list[tuple[str, str]]
) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = InvitationForm(data, today=timezone.localdate(), roles=roles, units=units)
    if form.is_bound and form.is_valid():
        try:
            invited = services.invite_person(
                email=form.cleaned_data["email"],
                full_name=form.cleaned_data["full_name"],
                institution_id=institution.pk,
                authorisations=form.authorisations(),
                territories=form.cleaned_data.get("territories", ()),
                by=request.actor,
            )
        except BadDetails as error:
            add_problems(form, error)
        except InstitutionsError as error:
            form.add_error(None, messages.message_for(error))
        else:
            return _link_page(request, invited, form.cleaned_data["email"], _back(request, institution))
    context = {
        "form": form,
        "institution": institution,
        "cancel_url": _back(request, institution),
        "mail_is_sent": services.letters_leave(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "institutions/invite.html", context, status=status)


def _link_page(request: ActorRequest, invited: Invited, email: str, back_url: str) -> HttpResponse:
    """The link, shown this once; never kept by browsers or proxies."""
    context = {
        "link": settings.PUBLIC_URL + services.path_of_link(invited.token) if invited.token else "",
        "email": email,
        "back_url": back_url,
        "days": services.DAYS_VALID,
        "mail_is_sent": services.letters_leave(),
    }
    response = render(request, "institutions/invited.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _back(request: ActorRequest, institution: Institution) -> str:
    if institution.pk == request.actor.institution_id:
        return reverse("institutions:staff")
    return reverse("institutions:institution", args=[institution.code])


def _own(request: ActorRequest) -> Institution:
    institution = queries.institution_of(request.actor)
    assert institution is not None  # whoever holds a role acts for an institution
    return institution


def _units(request: ActorRequest) -> list[tuple[str, str]]:
    return queries.districts_of(_own(request), timezone.localdate())


def _found(request: ActorRequest, membership_id: int) -> Colleague:
    colleague = queries.colleague(request.actor, membership_id, timezone.localdate())
    if colleague is None:
        raise Http404
    return colleague


def _done(
    request: ActorRequest, membership_id: int, service: Callable[[], object], notice: str
) -> HttpResponse:
    colleague = _found(request, membership_id)
    try:
        service()
    except InstitutionsError as error:
        return _member_page(request, colleague, refusal=error)
    notices.success(request, notice)
    return redirect("institutions:member", membership_id)


def _member_page(
    request: ActorRequest,
    colleague: Colleague,
    *,
    refusal: InstitutionsError | None = None,
    authorisation_form: AuthorisationForm | None = None,
    territories_form: TerritoriesForm | None = None,
    status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY,
) -> HttpResponse:
    today = timezone.localdate()
    units = _units(request)
    wrong = authorisation_form or territories_form
    context = {
        "row": _row(colleague),
        "is_self": colleague.user_id == request.actor.user_id,
        "may_invite_again": colleague.standing == Standing.INVITED,
        "refusal": messages.message_for(refusal) if refusal else "",
        "form": wrong,
        "authorisation_form": authorisation_form or AuthorisationForm(initial={"valid_from": today}),
        "territories_form": territories_form
        or TerritoriesForm(
            units=units, initial={"territories": colleague.territories, "version": colleague.version}
        ),
        "has_units": bool(units),
    }
    shown_as = status if refusal or wrong else HTTPStatus.OK
    return render(request, "institutions/member.html", context, status=shown_as)


def _add_problems_of_role(form: AuthorisationForm, error: BadDetails) -> None:
    """The rules name fields after the role (number_iod); this form has one role only."""
    for field, sentence in messages.problem_sentences(error.problems):
        plain = next((name for name in ("number", "valid_to") if field.startswith(f"{name}_")), None)
        form.add_error(plain, sentence)


def _row(colleague: Colleague) -> dict[str, object]:
    today = timezone.localdate()
    return {
        "colleague": colleague,
        "standing": messages.STANDING_NAMES[colleague.standing],
        "tone": messages.STANDING_TONES[colleague.standing],
        "roles": [{"held": one, "name": messages.role_name(one.role)} for one in colleague.roles],
        "in_force": [
            {"held": one, "name": messages.role_name(one.role)} for one in colleague.roles if not one.is_over
        ],
        "units": queries.unit_names(colleague.territories, today),
    }
