"""Working off hand-overs, files of districts, substitutes."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.districts import messages
from spoiwo.districts.errors import DistrictsError
from spoiwo.districts.forms import HandOverFilter, ImportForm, NoteForm, SubstituteForm
from spoiwo.districts.queries import listing, standing_in, work
from spoiwo.districts.rules.files import COLUMNS
from spoiwo.districts.services import handing_over, importing, substitutes
from spoiwo.districts.types import HandOverReason, HandOverState
from spoiwo.districts.views import frame
from spoiwo.toolkit.doors import ActorRequest, open_to

EXAMPLE = (
    (
        "4",
        "Zawarcie",
        "0861011",
        "Gorzów Wielkopolski",
        "Grobla",
        "nieparzyste",
        "1",
        "45A",
        "",
        "2026-01-01",
        "",
    ),
    ("5", "Zakanale", "0861011", "Gorzów Wielkopolski", "Śląska", "wszystkie", "", "", "", "2026-01-01", ""),
)


@require_GET
@open_to(frame.seers)
def hand_overs(request: ActorRequest) -> HttpResponse:
    """Clients who go from one worker to another."""
    form = HandOverFilter(request.GET)
    form.is_valid()
    day = timezone.localdate()
    everybodys = form.cleaned_data.get("whose") == "all" or not frame.workers(request.actor)
    users = {request.actor.user_id, *standing_in.stood_in_for(request.actor, day)}
    found = work.hand_overs(
        request.actor, state=form.cleaned_data.get("state", ""), users=() if everybodys else users
    )
    page = frame.page_of(request, found)
    context = {
        "form": form,
        "page": page,
        "rows": [
            {
                "row": one.row,
                "client": one.client,
                "reason": messages.REASON_NAMES[HandOverReason(one.row.reason)],
                "state": messages.STATE_NAMES[HandOverState(one.row.state)],
                "tone": messages.TONES[one.row.state],
            }
            for one in work.named(request.actor, list(page.object_list))
        ],
        "may_keep": frame.keepers(request.actor),
        "may_work": frame.working_off(request.actor),
        "is_filtered": any(request.GET.get(name) for name in ("whose", "state")),
    }
    return render(request, "districts/hand_overs.html", context)


@require_http_methods(["GET", "POST"])
@open_to(frame.working_off)
def hand(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Say that papers were given, with a note for the next worker."""
    row = work.hand_overs(request.actor, under_way=False).filter(uuid=uuid).first()
    if row is None:
        raise Http404
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            handing_over.hand_over(uuid, **form.cleaned_data, on=timezone.localdate(), by=request.actor)
        except DistrictsError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("Handed over. The new worker sees your note."))
            return redirect("districts:hand_overs")
    (named,) = work.named(request.actor, [row])
    client = named.client
    return frame.show_form(
        request,
        form,
        title=_("Hand over to %(name)s") % {"name": row.to_worker or _("nobody yet")},
        lede=f"{client.first_name} {client.last_name}" if client else "",
        action_label=_("Hand over"),
        cancel_url=reverse("districts:hand_overs"),
        crumbs=frame.crumbs((_("Hand-overs"), reverse("districts:hand_overs")), (_("Hand over"), "")),
    )


@require_POST
@open_to(frame.working_off)
def take(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Say that a client has been taken over."""
    if not work.hand_overs(request.actor, under_way=False).filter(uuid=uuid).exists():
        raise Http404
    try:
        handing_over.take_over(uuid, on=timezone.localdate(), by=request.actor)
    except DistrictsError as error:
        notices.error(request, messages.message_for(error))
    else:
        notices.success(request, _("Taken over."))
    wanted = request.POST.get("next", "")
    is_ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return redirect(wanted if is_ours else reverse("districts:hand_overs"))


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def bring_in(request: ActorRequest) -> HttpResponse:
    """Take districts in from a file."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            rows = importing.read_file(file)
            made = importing.import_districts(
                rows, file_name=file.name, today=timezone.localdate(), by=request.actor
            )
        except DistrictsError as error:
            form.add_error("file", messages.message_for(error))
        else:
            notices.success(
                request,
                _("Rows taken: %(taken)s, known already: %(unchanged)s, refused: %(refused)s.")
                % {"taken": made.taken, "unchanged": made.unchanged, "refused": made.refused},
            )
            return redirect("districts:import")
    context = {
        "form": form,
        "imports": listing.imports(request.actor)[:20],
        "columns": [names[0] for names in COLUMNS.values()],
        "crumbs": frame.crumbs((_("Bring in a file"), "")),
    }
    return render(request, "districts/import.html", context, status=422 if form.errors else 200)


@require_GET
@open_to(frame.keepers)
def example(request: ActorRequest) -> HttpResponse:  # noqa: ARG001
    """A file with all columns and two rows, to begin with."""
    return frame.as_csv("rejony-wzor", [names[0] for names in COLUMNS.values()], EXAMPLE)


@require_GET
@open_to(frame.keepers)
def refused(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Rows that were not taken, as a file to correct and send again, with what is wrong in the last column."""
    rows = importing.refused_rows(uuid, by=request.actor)
    if rows is None:
        raise Http404
    header = [*(names[0] for names in COLUMNS.values()), _("what is wrong")]
    cells: list[list[Any]] = [
        [*(one.cells.get(field, "") for field in COLUMNS), messages.faults_in_words(one.faults)]
        for one in rows
    ]
    return frame.as_csv("rejony-odrzucone", header, cells)


@require_http_methods(["GET", "POST"])
@open_to(frame.workers)
def stand_ins(request: ActorRequest) -> HttpResponse:
    """Whom one names to stand in, and for whom one stands in."""
    day = timezone.localdate()
    form = SubstituteForm(request.POST or None, colleagues=standing_in.colleagues(request.actor))
    if request.method == "POST" and form.is_valid():
        try:
            substitutes.name_substitute(**form.cleaned_data, by=request.actor)
        except DistrictsError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("Your substitute will see your work on these days."))
            return redirect("districts:substitutes")
    context = {
        "form": form,
        "own": standing_in.own_substitutions(request.actor, day),
        "stood_in_for": standing_in.stood_in_for(request.actor, day),
    }
    return render(request, "districts/substitutes.html", context, status=422 if form.errors else 200)


@require_POST
@open_to(frame.workers)
def withdraw(request: ActorRequest, substitution_id: int) -> HttpResponse:
    """Take a substitute back."""
    try:
        substitutes.withdraw_substitute(substitution_id, at=timezone.now(), by=request.actor)
    except DistrictsError as error:
        raise Http404 from error
    notices.success(request, _("Nobody stands in on these days any more."))
    return redirect("districts:substitutes")
