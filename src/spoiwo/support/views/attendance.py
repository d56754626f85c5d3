"""Attendance: the sheet on the screen, the list to sign, certificates."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.audit.types import Action as Recorded
from spoiwo.support import messages, tables
from spoiwo.support.errors import SupportError
from spoiwo.support.models import Event
from spoiwo.support.queries import happenings
from spoiwo.support.services import certificates, events, log
from spoiwo.support.types import EventState
from spoiwo.support.views import frame
from spoiwo.support.views.events import found, registering_row
from spoiwo.toolkit import documents
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def attendance(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Who was there, session by session; everybody stands as present until corrected."""
    row = found(request, uuid)
    sessions, lines = happenings.attendance(row, request.actor)
    if request.method == "POST":
        presence, faults = _presence(request, row)
        if not faults:
            try:
                events.take_attendance(uuid, presence, by=request.actor)
            except SupportError as error:
                notices.warning(request, messages.message_for(error))
            else:
                notices.success(request, _("Attendance is saved."))
                return redirect("support:event", uuid)
        else:
            notices.warning(request, _("Enter minutes as whole numbers, 0 for somebody who was not there."))
    context = {
        "event": row,
        "sessions": sessions,
        "lines": [{"who": line.registration, "cells": _cells(line)} for line in lines],
        "is_locked": row.state == EventState.REPORTED,
        "crumbs": [
            (_("Events"), reverse("support:events")),
            (row.title, reverse("support:event", args=[uuid])),
            (_("Attendance"), ""),
        ],
    }
    return render(request, "support/attendance.html", context)


@require_GET
@open_to(frame.keepers)
def signature_list(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The list to sign, as a PDF."""
    row = found(request, uuid)
    sessions, lines = happenings.attendance(row, request.actor)
    names = [str(line.registration.participant) for line in lines]
    content = documents.pdf_of(tables.signature_list(row, sessions, names))
    log.record(request.actor, "signature-list", row.uuid, action=Recorded.EXPORT, count=len(names))
    return frame.sent("lista-obecnosci.pdf", documents.PDF_TYPE, content)


@require_POST
@open_to(frame.keepers)
def issue(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Issue certificates to those who finished."""
    found(request, uuid)
    try:
        made = certificates.issue_certificates(uuid, today=timezone.localdate(), by=request.actor)
    except SupportError as error:
        notices.warning(request, messages.message_for(error))
    else:
        notices.success(
            request,
            ngettext("%(n)s certificate issued.", "%(n)s certificates issued.", len(made)) % {"n": len(made)},
        )
    return redirect("support:event", uuid)


@require_GET
@open_to(frame.keepers)
def certificate(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Somebody's certificate as a PDF/UA; uuid of the registration."""
    row = registering_row(request, uuid)
    issued = getattr(row, "certificate", None)
    if issued is None:
        raise Http404
    address = request.build_absolute_uri(reverse("support:verify", args=[issued.institution_id, issued.code]))
    content = documents.pdf_of(tables.certificate(issued, row.event, address))
    log.record(request.actor, "certificate", issued.uuid, action=Recorded.EXPORT)
    return frame.sent(f"zaswiadczenie-{issued.number.replace('/', '-')}.pdf", documents.PDF_TYPE, content)


def _cells(line: happenings.Line) -> list[dict[str, Any]]:
    """A box for each session; who was not noted yet stands as present all along."""
    return [
        {
            "name": _field(session.uuid, line.registration.uuid),
            "value": session.minutes if minutes is None else minutes,
            "session": session,
        }
        for session, minutes in line.minutes
    ]


def _field(session: UUID, registration: UUID) -> str:
    return f"m-{session.hex}-{registration.hex}"


def _presence(request: ActorRequest, row: Event) -> tuple[dict[tuple[UUID, UUID], int], list[str]]:
    """Minutes by (session, registration) as sent, and the names of fields that hold no number."""
    presence, faults = {}, []
    sessions, lines = happenings.attendance(row, request.actor)
    for line in lines:
        for session in sessions:
            name = _field(session.uuid, line.registration.uuid)
            text = request.POST.get(name, "").strip()
            if text.isdigit() and int(text) <= session.minutes:
                presence[session.uuid, line.registration.uuid] = int(text)
            elif text:
                faults.append(name)
    return presence, faults
