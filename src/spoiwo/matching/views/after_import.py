"""What followed from an import of the own register, in groups that open as lists."""

from http import HTTPStatus

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from spoiwo.matching import messages
from spoiwo.matching.queries import after_import, reviewing
from spoiwo.matching.queries.after_import import Group
from spoiwo.toolkit.doors import ActorRequest, holders_of, open_to

PAGE_SIZE = 50
openers = holders_of("reviewer", "supervisor")


@require_GET
@open_to(holders_of("registrar", "reviewer", "supervisor", "director"))
def import_summary(request: ActorRequest, generation: int) -> HttpResponse:
    """What matching made of an import; a fragment that asks again until the run has ended."""
    run = reviewing.run_after_import(request.actor, generation)
    is_over = run is not None and run.finished_at is not None
    groups = after_import.counts(request.actor, run) if run and is_over and openers(request.actor) else {}
    context = {
        "run": run,
        "generation": generation,
        "groups": [
            {"code": group.value, "name": messages.GROUP_NAMES[group], "count": count}
            for group, count in groups.items()
        ],
        "is_over": is_over,
    }
    template = "matching/_import_summary.html" if request.htmx else "matching/import_summary.html"
    response = render(request, template, context, status=HTTPStatus.OK)
    response["Vary"] = "HX-Request"
    return response


@require_GET
@open_to(openers)
def import_group(request: ActorRequest, generation: int, group: str) -> HttpResponse:
    """The records of one group."""
    run = reviewing.run_after_import(request.actor, generation)
    if group not in set(Group):
        raise Http404
    after = request.GET.get("after", "")
    context = {
        "generation": generation,
        "page": after_import.Page(members=[], after=0)
        if run is None
        else after_import.members(
            request.actor,
            run,
            Group(group),
            after=int(after) if after.isascii() and after.isdigit() else 0,
            size=PAGE_SIZE,
        ),
        "name": messages.GROUP_NAMES[Group(group)],
        "explained": messages.GROUP_SENTENCES[Group(group)],
        "is_later": bool(after),
        "opens_clients": request.actor.has_any("case_worker", "reviewer") and group != Group.GONE,
    }
    return render(request, "matching/import_group.html", context)
