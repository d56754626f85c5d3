"""The register of authorisations (ewidencja upoważnień), to read, to print and as a file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.institutions import messages, queries
from spoiwo.institutions.models import Authorisation
from spoiwo.institutions.types import Role
from spoiwo.toolkit import sheets
from spoiwo.toolkit.doors import ActorRequest, holders_of, open_to

readers = holders_of(Role.LOCAL_ADMIN, Role.SUPERVISOR, Role.IOD)


@require_GET
@open_to(readers)
def register(request: ActorRequest) -> HttpResponse:
    """Every authorisation ever given, in the order in which they were given."""
    today = timezone.localdate()
    rows = [
        {"one": one, "role": messages.role_name(one.role), "is_over": _is_over(one)}
        for one in queries.register_of_authorisations(request.actor)
    ]
    context = {"rows": rows, "institution": queries.institution_of(request.actor), "today": today}
    return render(request, "institutions/authorisations.html", context)


@require_GET
@open_to(readers)
def register_file(request: ActorRequest) -> HttpResponse:
    """The same as a spreadsheet; taking it out is on record."""
    found = queries.register_of_authorisations(request.actor)
    header = [
        _("No."),
        _("Name and surname"),
        _("E-mail"),
        _("Number of the authorisation"),
        _("Role"),
        _("First day"),
        _("Last day"),
        _("Withdrawn at"),
        _("Given at"),
        _("Given by"),
    ]
    content = sheets.xlsx_file(
        _("Register of authorisations"), header, map(_cells, range(1, len(found) + 1), found)
    )
    audit.append(
        Entry(
            institution_id=request.actor.institution_id,
            action=Action.EXPORT,
            actor_user_id=request.actor.user_id,
            institution_acting_id=request.actor.institution_id,
            object_ref="register:authorisations",
            count=len(found),
            request_id=request.id,
        )
    )
    return HttpResponse(
        content,
        content_type=sheets.XLSX_TYPE,
        headers={"Content-Disposition": 'attachment; filename="ewidencja-upowaznien.xlsx"'},
    )


def _cells(number: int, one: Authorisation) -> list[object]:
    return [
        number,
        one.membership.user.full_name,
        one.membership.user.email,
        one.number,
        messages.role_name(one.role),
        one.valid_from,
        one.valid_to,
        f"{timezone.localtime(one.withdrawn_at):%Y-%m-%d %H:%M}" if one.withdrawn_at else "",
        f"{timezone.localtime(one.granted_at):%Y-%m-%d %H:%M}",
        one.granted_by.full_name if one.granted_by else _("the server"),
    ]


def _is_over(one: Authorisation) -> bool:
    return one.withdrawn_at is not None or (one.valid_to is not None and one.valid_to < timezone.localdate())
