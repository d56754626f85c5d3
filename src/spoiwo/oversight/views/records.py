"""The records of the data protection officer: on screen, as files, and model documents filled from the own data."""

from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from spoiwo.access import queries as access
from spoiwo.clients.queries import retention
from spoiwo.institutions import queries as institutions
from spoiwo.oversight import queries, services, tables
from spoiwo.oversight.forms import PeriodForm
from spoiwo.oversight.policies import overseers
from spoiwo.oversight.queries import records as reading
from spoiwo.oversight.tables.records import Table
from spoiwo.oversight.types import Vocabulary
from spoiwo.toolkit import sheets
from spoiwo.toolkit.documents import DOCX_TYPE, docx_of
from spoiwo.toolkit.doors import ActorRequest, open_to

FILE_NAMES = {
    "czynnosci": "rejestr-czynnosci",
    "udostepnienia": "rejestr-udostepnien",
    "administratorzy": "administratorzy-danych",
    "porozumienia": "porozumienia",
    "usuniecia": "rejestr-usuniec",
}


@require_GET
@open_to(overseers)
def records(request: ActorRequest) -> HttpResponse:
    """All registers one below the other, and the documents to fill."""
    form = PeriodForm(request.GET)
    first, last = form.period(timezone.localdate())
    made = {name: table(request, first, last) for name, table in REGISTERS.items()}
    context = {
        "registers": made,
        "filters": form,
        "period": (first, last),
        "documents": tables.document_names(),
        "authorisations": tables.review_rows(_authorisations(request)),
    }
    response = render(request, "oversight/records.html", context)
    _record(request, "records", response.content, exported=False)
    return response


@require_GET
@open_to(overseers)
def record_file(request: ActorRequest, name: str, file_type: str) -> HttpResponse:
    """One register as a file."""
    if name not in REGISTERS or file_type not in {"csv", "xlsx"}:
        raise Http404
    first, last = PeriodForm(request.GET).period(timezone.localdate())
    made = REGISTERS[name](request, first, last)
    if file_type == "csv":
        content, kind = sheets.csv_file(made.header, made.rows), sheets.CSV_TYPE
    else:
        content, kind = sheets.xlsx_file(made.title, made.header, made.rows), sheets.XLSX_TYPE
    return _file(request, f"{FILE_NAMES[name]}-{last}.{file_type}", kind, content)


@require_GET
@open_to(overseers)
def document(request: ActorRequest, name: str) -> HttpResponse:
    """A model document as DOCX, filled from the own institution's data."""
    if name not in tables.document_names():
        raise Http404
    content = docx_of(tables.model_document(name, _facts(request)))
    return _file(request, f"{name}.docx", DOCX_TYPE, content)


@require_GET
@open_to(overseers)
def authorisation(request: ActorRequest, authorisation_id: int) -> HttpResponse:
    """The authorisation of one worker as DOCX, with its number."""
    row = next((one for one in _authorisations(request) if one["id"] == authorisation_id), None)
    if row is None:
        raise Http404
    facts = {**_facts(request), **tables.authorisation_facts(row)}
    content = docx_of(tables.model_document("upowaznienie", facts))
    return _file(request, f"upowaznienie-{authorisation_id}.docx", DOCX_TYPE, content)


def _processing(request: ActorRequest, _first: date, last: date) -> Table:
    activities = reading.activities_of(request.actor, last)
    return tables.processing(activities, retention.rules_of(request.actor))


def _disclosures(request: ActorRequest, first: date, last: date) -> Table:
    found = reading.disclosures_of(request.actor, first=first, last=last)
    words = Vocabulary(
        purposes=queries.purposes(), bases={one.versioned_code: str(one) for one in access.bases()}
    )
    return tables.disclosures(found, words)


def _administrators(request: ActorRequest, _first: date, last: date) -> Table:
    own = institutions.institution_of(request.actor)
    badges = institutions.badges_of(access.partners_of(request.actor.institution_id, last))
    return tables.administrators(own.name if own else "", sorted(badge.name for badge in badges.values()))


def _agreements(request: ActorRequest, _first: date, _last: date) -> Table:
    return tables.agreements(access.agreements_of(request.actor))


def _erasures(request: ActorRequest, _first: date, _last: date) -> Table:
    return tables.erasures(retention.erasures_of(request.actor))


REGISTERS: dict[str, Callable[[ActorRequest, date, date], Table]] = {
    "czynnosci": _processing,
    "udostepnienia": _disclosures,
    "administratorzy": _administrators,
    "porozumienia": _agreements,
    "usuniecia": _erasures,
}


def _authorisations(request: ActorRequest) -> list[dict[str, object]]:
    return queries.authorisations_in_force(request.actor, timezone.localdate())


def _facts(request: ActorRequest) -> dict[str, str]:
    today = timezone.localdate()
    own = institutions.institution_of(request.actor)
    if own is None:
        raise Http404
    return tables.facts_of_institution(
        name=own.name,
        address=", ".join(filter(None, (own.street, f"{own.postal_code} {own.place}".strip()))),
        officer=queries.officer_of(institutions.posts_of(own, request.actor, today)),
        activities=reading.activities_of(request.actor, today),
        rules=retention.rules_of(request.actor),
        today=today,
    )


def _file(request: ActorRequest, name: str, kind: str, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    _record(request, name, content, exported=True)
    return response


def _record(request: ActorRequest, what: str, shown: bytes, *, exported: bool) -> None:
    services.record_reading(
        count=1, shown=shown, request_id=request.id, exported=exported, by=request.actor, what=what
    )
