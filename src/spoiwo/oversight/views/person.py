"""The person's own view: what is held about them, who looked, on what basis; shown and printed for whoever asks."""

from hashlib import sha256
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.clients import messages as held_words
from spoiwo.clients.queries import holding
from spoiwo.clients.queries.holding import Held
from spoiwo.institutions import queries as institutions
from spoiwo.oversight import queries, services, tables
from spoiwo.oversight.policies import overseers
from spoiwo.oversight.queries.kept import kept_about
from spoiwo.oversight.types import PersonReport
from spoiwo.toolkit.documents import PDF_TYPE, html_of, pdf_of
from spoiwo.toolkit.doors import ActorRequest, open_to

MOST_LOOKS = 500


@require_http_methods(["GET", "POST"])
@open_to(overseers)
def people(request: ActorRequest) -> HttpResponse:
    """Find the person who asks: by PESEL, number in the register or name; past clients too.

    What is typed is sent in the body: numbers of people do not belong into addresses.
    """
    text = request.POST.get("q", "").strip()
    found = holding.clients_like(request.actor, text)
    response = render(request, "oversight/people.html", {"text": text, "found": found})
    if found:
        services.record_reading(
            count=len(found),
            shown=response.content,
            request_id=request.id,
            exported=False,
            by=request.actor,
            what="people",
        )
    return response


@require_GET
@open_to(overseers)
def person(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The whole answer on screen; that it was opened is on record."""
    held, report = _report(request, uuid)
    document = tables.person_report(report, today=timezone.localdate())
    context = {"document": document, "shown": html_of(document), "uuid": uuid}
    response = render(request, "oversight/person.html", context)
    _record(request, uuid, held, response.content, printed=False)
    return response


@require_GET
@open_to(overseers)
def person_print(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The answer on paper (PDF/UA)."""
    held, report = _report(request, uuid)
    content = pdf_of(tables.person_report(report, today=timezone.localdate()))
    response = HttpResponse(content, content_type=PDF_TYPE)
    response["Content-Disposition"] = f'inline; filename="art-15-{timezone.localdate()}.pdf"'
    response["Cache-Control"] = "private, no-store"
    _record(request, uuid, held, content, printed=True)
    return response


def _report(request: ActorRequest, uuid: UUID) -> tuple[Held, PersonReport]:
    """Raises Http404 when the own register has and had no such person."""
    held = holding.held_about(request.actor, uuid)
    own = institutions.institution_of(request.actor)
    if held is None or own is None or not held.versions:
        raise Http404
    newest, today = held.versions[0], timezone.localdate()
    log = queries.log_about(request.actor, held.people)
    records = list(log[:MOST_LOOKS])
    former = [
        (version.as_of, held_words.held_values(older))
        for version, older in zip(held.versions, held.versions[1:], strict=False)
    ]
    return held, PersonReport(
        name=f"{newest.first_name} {newest.last_name}",
        institution=(
            own.name,
            ", ".join(filter(None, (own.street, f"{own.postal_code} {own.place}".strip()))),
        ),
        officer=queries.officer_of(institutions.posts_of(own, request.actor, today)),
        as_of=held.as_of,
        facts_as_of=held.facts_as_of,
        in_force=held.in_force,
        values=held_words.held_values(newest),
        former=former,
        facts=[(*held_words.held_fact(fact, newest), fact.pk in held.former_facts) for fact in held.facts],
        kept=tables.kept_rows(kept_about(request.actor, record=newest.record_id, people=held.people)),
        given=queries.given_today(request.actor, today),
        looks=tables.lines(records, queries.vocabulary(request.actor, records)),
        more=max(0, log.count() - len(records)),
    )


def _record(request: ActorRequest, uuid: UUID, held: Held, shown: bytes, *, printed: bool) -> None:
    services.record_answer(
        record=uuid,
        person=held.versions[0].record.person_id,
        digest=sha256(shown).digest(),
        printed=printed,
        request_id=request.id,
        by=request.actor,
    )
