"""Agreements as their parties read them, and the legal bases they rest on."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from spoiwo.access import messages, policies, queries, rules, services, tables
from spoiwo.access.forms import DocumentForm
from spoiwo.access.models import SharingAgreement
from spoiwo.institutions import queries as institutions
from spoiwo.toolkit.doors import ActorRequest, open_to, signed_in

PAGE_SIZE = 25


@require_GET
@open_to(signed_in)
def agreements(request: ActorRequest) -> HttpResponse:
    """All agreements in reach, the newest first."""
    day = timezone.localdate()
    page = Paginator(queries.agreements_of(request.actor), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [
        {
            "agreement": row,
            "tag": tables.standing_tag(row, day),
            "parties": sorted(party.institution.short_name for party in row.parties.all()),
            "may_sign": policies.may_sign(request.actor, row)
            and not rules.missing_terms(queries.terms_of(row)),
        }
        for row in page.object_list
    ]
    context = {"page": page, "rows": rows, "may_draft": policies.may_draft(request.actor)}
    return render(request, "access/agreements.html", context)


@require_GET
@open_to(signed_in)
def agreement(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """One version of an agreement: who gives what to whom, why, since when, and what changed."""
    return render_agreement(request, found(request, agreement_id))


@require_GET
@open_to(signed_in)
def document(request: ActorRequest, agreement_id: int) -> FileResponse:
    """The signed document, for the parties only."""
    row = found(request, agreement_id)
    if not row.document_sha256:
        raise Http404
    response = FileResponse(
        default_storage.open(services.document_path(row)),
        as_attachment=True,
        filename=row.document_name,
        content_type="application/pdf",
    )
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
@open_to(signed_in)
def bases(request: ActorRequest) -> HttpResponse:
    """Legal bases in all their versions."""
    return render(request, "access/bases.html", {"bases": queries.bases(), "today": timezone.localdate()})


def found(request: ActorRequest, agreement_id: int) -> SharingAgreement:
    """The agreement in the actor's reach; absent and out of reach look the same."""
    row = queries.agreement(request.actor, agreement_id)
    if row is None:
        raise Http404
    return row


def render_agreement(
    request: ActorRequest,
    row: SharingAgreement,
    *,
    refusal: str = "",
    document_form: DocumentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of an agreement; with a refusal in words when something on it did not work."""
    day = timezone.localdate()
    versions = queries.versions_of(request.actor, row.number)
    words = words_for(versions)
    terms = queries.terms_of(row)
    context = {
        "agreement": row,
        "tag": tables.standing_tag(row, day),
        "parties": sorted(row.parties.all(), key=lambda party: party.institution.sort_key),
        "directions": tables.directions(terms, words.institutions),
        "purposes": tables.purpose_rows(row, day),
        "link_rules": tables.link_rule_sentences(row.link_rules),
        "versions": tables.history(versions, words, day),
        "refusal": refusal,
        "document_form": document_form or DocumentForm(),
        **_allowed(request, row, day, rules.missing_terms(terms)),
    }
    return render(request, "access/agreement.html", context, status=status)


def words_for(versions: Sequence[SharingAgreement], *, more: Sequence[int] = ()) -> tables.Words:
    """Names that the terms of these versions need, and those of other institutions; three queries."""
    ids = {party.institution_id for version in versions for party in version.parties.all()}.union(more)
    return tables.Words(
        institutions={pk: badge.name for pk, badge in institutions.badges_of(ids).items()},
        purposes={purpose.pk: purpose for purpose in queries.all_purposes()},
        bases={basis.pk: basis for basis in queries.bases()},
    )


def _allowed(
    request: ActorRequest, row: SharingAgreement, day: date, missing: Sequence[str]
) -> dict[str, Any]:
    actor = request.actor
    signs, enters = policies.may_sign(actor, row), policies.may_put_into_force(actor, row)
    return {
        "may_change": policies.may_change(actor, row),
        "may_sign": signs and not missing,
        "may_count": policies.may_sign_ever(actor, row),
        "may_put_into_force": enters and not missing,
        "incomplete": messages.incomplete(missing) if missing and (signs or enters) else "",
        "may_renew": policies.may_renew(actor, row),
        "may_end": policies.may_end(actor, row) and (row.valid_to is None or row.valid_to >= day),
    }
