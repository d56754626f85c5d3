"""The agreement register: agreements, signatories on any day, accessions, versions."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.partnership import policies, queries, services
from spoiwo.partnership.forms.register import AccessionForm, AgreementForm, SignatoriesFileForm, VersionForm
from spoiwo.partnership.models import Agreement
from spoiwo.partnership.services.reading_files import signatory_rows
from spoiwo.partnership.tables.papers import register_paper
from spoiwo.partnership.types import AccessionState
from spoiwo.partnership.views.acting import (
    Page,
    bound,
    do_with_form,
    document_answer,
    found_or_404,
    institution_choices,
    keeper_or_404,
)
from spoiwo.toolkit.doors import ActorRequest, open_to, operators, signed_in
from spoiwo.toolkit.forms.fields import DateField
from spoiwo.toolkit.sheets import XLSX_TYPE, xlsx_file

SHOWN_OF_HISTORY = 50  # the paper has all of it


@require_GET
@open_to(signed_in)
def home(request: ActorRequest) -> HttpResponse:
    """The partnership in short: what waits for the institution, bodies and their pace, what comes next."""
    day, actor = timezone.localdate(), request.actor
    bodies = queries.bodies_of(actor)
    context = {
        "agreements": [
            {"row": one, "count": queries.count_signatories(one, day), "keeps": policies.keeps(actor, one)}
            for one in queries.agreements_of(actor)
        ],
        "paces": [
            {"body": body, "rule": rule, "pace": pace}
            for body, rule, pace in queries.paces_of_all(bodies, year=day.year, today=day)
        ],
        "bodies": bodies,
        "coming": queries.meetings_of(actor).filter(ends_on__gte=day).order_by("starts_on", "pk")[:5],
        "waiting": queries.waiting_for(actor, day),
        "may_found": policies.may_found(actor),
    }
    return render(request, "partnership/home.html", context)


@require_GET
@open_to(signed_in)
def agreement(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """An agreement: scope, versions, signatories on a day, history."""
    row = found_or_404(queries.agreement(request.actor, agreement_id))
    day = _day_asked(request)
    accessions = list(queries.accessions_on(row, day))
    context = {
        "agreement": row,
        "day": day,
        "accessions": accessions,
        "signatories": sum(1 for one in accessions if one.state_then == AccessionState.SIGNED),
        "versions": row.versions.order_by("-number"),
        "history": queries.history_of(row)[:SHOWN_OF_HISTORY],
        "bodies": queries.bodies_of(request.actor, agreement=row),
        "keeps": policies.keeps(request.actor, row),
        "states": dict(row.accessions.model._meta.get_field("state").choices),
    }
    return render(request, "partnership/agreement.html", context)


@require_GET
@open_to(signed_in)
def signatories_file(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """The list of signatories on a day as a spreadsheet."""
    row = found_or_404(queries.agreement(request.actor, agreement_id))
    day = _day_asked(request)
    header = [_("Code"), _("Institution"), _("Place"), _("State"), _("Since")]
    states: dict[Any, Any] = dict(row.accessions.model._meta.get_field("state").choices)
    rows = [
        [
            one.institution.code,
            one.institution.name,
            one.institution.place,
            str(states[one.state_then]),
            one.since if one.day_known else _("unknown"),
        ]
        for one in queries.accessions_on(row, day)
    ]
    answer = HttpResponse(xlsx_file(_("Signatories"), header, rows), content_type=XLSX_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="sygnatariusze-{day}.xlsx"'
    return answer


@require_GET
@open_to(signed_in)
def register_file(request: ActorRequest, agreement_id: int, shape: str) -> HttpResponse:
    """The register on a day with its whole history, to print: PDF or DOCX."""
    if shape not in ("pdf", "docx"):
        raise Http404
    row, day = found_or_404(queries.agreement(request.actor, agreement_id)), _day_asked(request)
    paper = register_paper(row, day, list(queries.accessions_on(row, day)), queries.history_of(row))
    return document_answer(paper, shape, f"rejestr-{day}")


@require_http_methods(["GET", "POST"])
@open_to(operators)
def found(request: ActorRequest) -> HttpResponse:
    """Enter a partnership agreement."""
    form = bound(
        request,
        AgreementForm,
        institutions=institution_choices(),
        initial={"signed_on": timezone.localdate()},
    )
    page = Page(
        title=_("New partnership agreement"),
        button=_("Save the agreement"),
        back=reverse("partnership:home"),
        notice=_("The agreement is in the register. Its secretariat can go on."),
    )

    def service(sent: AgreementForm) -> str:
        entered = sent.cleaned_data
        services.found_agreement(
            code=entered["code"],
            title=entered["title"],
            secretariat_id=entered["secretariat"],
            scope=entered["scope"],
            purpose=entered["purpose"],
            signed_on=entered["signed_on"],
            by=request.actor,
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def version(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """Write a new version of scope and purpose."""
    row = _kept(request, agreement_id)
    newest = row.versions.order_by("-number").first()
    first = {"scope": newest.scope, "purpose": newest.purpose} if newest else {}
    form = bound(request, VersionForm, initial={**first, "valid_from": timezone.localdate()})
    page = Page(
        title=_("New version of the agreement"),
        button=_("Save the version"),
        back=_address(row),
        lede=row.title,
    )

    def service(sent: VersionForm) -> str:
        services.write_version(agreement_id=row.pk, by=request.actor, **sent.cleaned_data)
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def accession(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """Write down what happened to an institution's accession."""
    row = _kept(request, agreement_id)
    first = {"on": timezone.localdate(), "institution": request.GET.get("instytucja", "")}
    form = bound(request, AccessionForm, institutions=institution_choices(), initial=first)
    page = Page(
        title=_("Accession of an institution"),
        button=_("Save"),
        back=_address(row),
        lede=row.title,
        notice=_("The accession is in the register."),
    )

    def service(sent: AccessionForm) -> str:
        entered = sent.cleaned_data
        services.set_accession(
            agreement_id=row.pk,
            institution_id=entered["institution"],
            state=AccessionState(entered["state"]),
            on=entered["on"],
            note=entered["note"],
            by=request.actor,
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def take_in(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """Enter many signatories from a spreadsheet; all of them or none."""
    row = _kept(request, agreement_id)
    form = bound(request, SignatoriesFileForm)
    page = Page(
        title=_("Signatories from a spreadsheet"),
        button=_("Take the file in"),
        back=_address(row),
        lede=row.title,
        notice=_("The signatories of the file are in the register."),
    )

    def service(sent: SignatoriesFileForm) -> str:
        file = sent.cleaned_data["file"]
        services.take_in_signatories(
            agreement_id=row.pk, rows=signatory_rows(file.name, file.read()), by=request.actor
        )
        return page.back

    return do_with_form(request, form, page, service)


def _kept(request: ActorRequest, agreement_id: int) -> Agreement:
    row: Agreement = found_or_404(queries.agreement(request.actor, agreement_id))
    keeper_or_404(request.actor, row)
    return row


def _address(row: Agreement) -> str:
    return reverse("partnership:agreement", args=[row.pk])


def _day_asked(request: ActorRequest) -> date:
    """The day of the address, today when there is none or it cannot be read."""
    entered = request.GET.get("dzien", "")
    try:
        return DateField(required=False).clean(entered) or timezone.localdate()
    except ValidationError:
        return timezone.localdate()
