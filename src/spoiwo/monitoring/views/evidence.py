"""Where a figure comes from: computing it again, and the rows behind it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from spoiwo.monitoring import policies, queries
from spoiwo.monitoring.errors import SnapshotGone
from spoiwo.monitoring.models import Publication
from spoiwo.monitoring.queries import evidence
from spoiwo.monitoring.services import publishing, snapshots
from spoiwo.monitoring.tables.answers import answer_rows
from spoiwo.monitoring.tables.cards import name_of
from spoiwo.monitoring.tables.figures import area_names, change_rows, places_of, told
from spoiwo.monitoring.types import Found
from spoiwo.toolkit.doors import ActorRequest, open_to

LONGEST_LIST = 200


@require_GET
@open_to(policies.may_read)
def proof(request: ActorRequest, code: str, publication: int) -> HttpResponse:
    """Compute a publication again and show whether every figure comes out as it was published."""
    found = _publication(code, publication)
    result = publishing.recompute(found)
    context = {
        "publication": found,
        "card": found.version,
        "name": name_of(found.version),
        "proof": result,
        "changes": change_rows(
            result.differing[:LONGEST_LIST], timezone.localdate(), places_of(found.version)
        ),
        "newest": queries.newest_publications([found.version])[found.version_id] == found,
    }
    return render(request, "monitoring/proof.html", context)


@require_GET
@open_to(policies.may_read)
def rows(request: ActorRequest, code: str, publication: int, figure: int) -> HttpResponse:
    """One figure: what it is made of, and the rows of the reader's institution behind it."""
    found = _publication(code, publication)
    kept = found.figures.filter(pk=figure).first()
    if kept is None:
        raise Http404
    one: Found = queries.found_of(kept)
    day = timezone.localdate()
    card = publishing.card_of(found.version)
    try:
        manifest = snapshots.manifest_of(found.snapshot)
    except SnapshotGone:
        manifest = {}
    answers = evidence.rows_behind(
        request.actor,
        card,
        territory=one.territory,
        period=one.period,
        cell={name: value or "" for name, value in zip(card.by, one.cell, strict=True)},
        newest={year: told["newest"] for year, told in manifest.items()},
    )
    context = {
        "publication": found,
        "name": name_of(found.version),
        "code": code,
        "figure": one,
        "value": told(one, places_of(found.version)),
        "place": area_names([one.territory], day).get(one.territory, one.territory),
        "answers": answer_rows(answers, day),
        "may_see": policies.may_write(request.actor),
        "kept_by": found.version.indicator.institution.name,
    }
    return render(request, "monitoring/figure.html", context)


def _publication(code: str, pk: int) -> Publication:
    found = evidence.publication_of(code, pk)
    if found is None:
        raise Http404
    return found
