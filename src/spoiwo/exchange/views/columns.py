"""Naming the columns of a file, once for all files of that program."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from spoiwo.clients.types import RegisterKind
from spoiwo.exchange import messages, policies
from spoiwo.exchange.errors import ExchangeError, NoSuchMapping, NotNow, UnusableFile
from spoiwo.exchange.forms import ColumnsForm
from spoiwo.exchange.services import deciding, mappings, previewing
from spoiwo.exchange.views.imports import found
from spoiwo.kernel.sealing import CannotUnseal
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_http_methods(["GET", "POST"])
@open_to(policies.may_import)
def columns(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Say which column is what; the first rows help."""
    register_import = found(request, uuid)
    try:
        preview = previewing.preview_of(register_import)
    except (NotNow, UnusableFile, CannotUnseal, FileNotFoundError):
        return redirect("exchange:import", uuid)
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        kind=RegisterKind(register_import.kind),
        headers=register_import.headers,
        chosen=register_import.columns,
        values=previewing.guessed_values(register_import, preview),
        name=register_import.mapping.name if register_import.mapping else "",
    )
    if request.method == "POST" and form.is_valid():
        try:
            deciding.set_columns(
                import_uuid=uuid,
                columns=form.columns(),
                values=form.values(),
                save_as=form.cleaned_data["save_as"],
                by=request.actor,
            )
        except ExchangeError as error:
            form.add_error(None, messages.message_for(error))
        else:
            return redirect("exchange:import", uuid)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    context = {"import": register_import, "form": form, "preview": preview}
    return render(request, "exchange/columns.html", context, status=status)


@require_POST
@open_to(policies.may_import)
def forget(request: ActorRequest, mapping_id: int) -> HttpResponse:
    """Delete a saved mapping."""
    try:
        name = mappings.forget_mapping(mapping_id=mapping_id, by=request.actor)
    except NoSuchMapping:
        raise Http404 from None
    notices.success(request, _("The column mapping “%(name)s” is deleted.") % {"name": name})
    return redirect("exchange:list")
