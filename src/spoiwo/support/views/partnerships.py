"""Private-social partnership groups."""

from collections.abc import Callable
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

from spoiwo.support import messages
from spoiwo.support.errors import SupportError
from spoiwo.support.forms.work import (
    GoalForm,
    MatchForm,
    MeetingForm,
    MemberForm,
    PartnershipForm,
    ResultForm,
)
from spoiwo.support.models import Partnership
from spoiwo.support.queries import finding, listing, work
from spoiwo.support.services import partnerships
from spoiwo.support.types import PartnershipState, RecipientKind
from spoiwo.support.views import frame
from spoiwo.toolkit.doors import ActorRequest, open_to
from spoiwo.toolkit.templatetags.spoiwo import pl_date

_NEXT = {
    PartnershipState.FORMING: PartnershipState.MATCHED,
    PartnershipState.MATCHED: PartnershipState.WORKING,
    PartnershipState.WORKING: PartnershipState.CLOSED,
}
Act = Callable[[dict[str, Any]], Any]


@require_GET
@open_to(frame.keepers)
def partnership_list(request: ActorRequest) -> HttpResponse:
    """Groups of the centre."""
    page = frame.page_of(request, work.partnerships(request.actor))
    shown = frame.Listing(
        title=_("Partnership groups"),
        lede=_(
            "Social enterprises and companies that build an offer, a sales channel or a contract together."
        ),
        columns=[
            (_("Name"), False),
            (_("What it is about"), False),
            (_("Members"), True),
            (_("Standing"), False),
        ],
        empty_title=_("No groups yet"),
        empty_text=_("Begin a group, take social enterprises in, and weigh companies that could join."),
        actions=[frame.Action(_("Begin a group"), reverse("support:add_partnership"))],
        count_words=ngettext("%(n)s group", "%(n)s groups", page.paginator.count)
        % {"n": page.paginator.count},
    )
    rows = [
        [
            frame.link(one.name, "partnership", one.uuid),
            one.area,
            one.size,
            frame.tag(messages.PARTNERSHIP_NAMES[one.state], messages.TONES[one.state]),
        ]
        for one in page.object_list
    ]
    return frame.show_list(request, shown, page, rows)


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def add_partnership(request: ActorRequest) -> HttpResponse:
    """Begin a group."""
    form = PartnershipForm(request.POST or None, initial={"opened_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        made = partnerships.open_partnership(**form.cleaned_data, by=request.actor)
        notices.success(request, _("The group is on the list."))
        return redirect("support:partnership", made.uuid)
    return frame.show_form(
        request,
        form,
        title=_("Begin a group"),
        action_label=_("Begin"),
        cancel_url=reverse("support:partnerships"),
        units=frame.units(request),
    )


@require_GET
@open_to(frame.keepers)
def partnership(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """A group with its members, proposals, meetings, goals and results."""
    return _page(request, _found(request, uuid))


@require_POST
@open_to(frame.keepers)
def add_member(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take an entity in."""
    form = MemberForm(request.POST, actor=request.actor, prefix="member")
    return _act(
        request, uuid, form, lambda entered: partnerships.add_member(uuid, **entered, by=request.actor)
    )


@require_POST
@open_to(frame.keepers)
def weigh(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Weigh a company against the group."""
    form = MatchForm(request.POST, actor=request.actor, prefix="match")
    return _act(request, uuid, form, lambda entered: partnerships.propose(uuid, **entered, by=request.actor))


@require_POST
@open_to(frame.keepers)
def suggest(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Have companies of the register proposed."""
    row = _found(request, uuid)
    try:
        found = partnerships.propose_known(uuid, by=request.actor)
    except SupportError as error:
        notices.warning(request, messages.message_for(error))
    else:
        said = ngettext("%(n)s company is proposed.", "%(n)s companies are proposed.", found) % {"n": found}
        none = _("No company of your register is known to offer what the group is about. Weigh one by hand.")
        notices.info(request, said if found else none)
    return redirect("support:partnership", row.uuid)


@require_POST
@open_to(frame.keepers)
def answer(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take a proposed company in, or decline it; uuid of the proposal."""
    try:
        row = partnerships.answer_match(
            uuid, taken=request.POST.get("answer") == "taken", on=timezone.localdate(), by=request.actor
        )
    except SupportError as error:
        raise Http404 from error
    notices.success(request, _("Saved."))
    return redirect("support:partnership", row.partnership.uuid)


@require_POST
@open_to(frame.keepers)
def note(request: ActorRequest, uuid: UUID, what: str) -> HttpResponse:
    """Write a meeting, a goal or a result down."""
    ways: dict[str, tuple[type[Any], Callable[..., Any]]] = {
        "meeting": (MeetingForm, partnerships.note_meeting),
        "goal": (GoalForm, partnerships.set_goal),
        "result": (ResultForm, partnerships.note_result),
    }
    if what not in ways:
        raise Http404
    make, act = ways[what]
    form = make(request.POST, prefix=what)
    return _act(request, uuid, form, lambda entered: act(uuid, **entered, by=request.actor))


@require_POST
@open_to(frame.keepers)
def reach(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write down that a goal was reached; uuid of the goal."""
    try:
        partnerships.reach_goal(uuid, done_on=timezone.localdate(), by=request.actor)
    except SupportError as error:
        raise Http404 from error
    notices.success(request, _("The goal is reached."))
    return redirect("support:partnerships")


@require_POST
@open_to(frame.keepers)
def move(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Move a group on."""
    row = _found(request, uuid)
    wanted = request.POST.get("state", "")
    if wanted in set(PartnershipState):
        try:
            partnerships.move_partnership(
                uuid, state=PartnershipState(wanted), on=timezone.localdate(), by=request.actor
            )
        except SupportError as error:
            notices.warning(request, messages.message_for(error))
        else:
            notices.success(request, _("Saved."))
    return redirect("support:partnership", row.uuid)


def _found(request: ActorRequest, uuid: UUID) -> Partnership:
    row: Partnership | None = work.partnerships(request.actor).filter(uuid=uuid).first()
    if row is None:
        raise Http404
    return row


def _act(request: ActorRequest, uuid: UUID, form: Any, act: Act) -> HttpResponse:
    row = _found(request, uuid)
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except SupportError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("Saved."))
            return redirect("support:partnership", uuid)
    return _page(request, row, form)


def _page(request: ActorRequest, row: Partnership, given: Any = None) -> HttpResponse:
    following = _NEXT.get(PartnershipState(row.state))
    context = {
        "group": row,
        "state": messages.PARTNERSHIP_NAMES[row.state],
        "following": {"state": following, "label": messages.PARTNERSHIP_NAMES[following]}
        if following
        else None,
        **_parts(row),
        "tutoring": messages.minutes_in_words(work.tutoring_minutes(row)),
        "deliveries": listing.deliveries(request.actor, listing.Wanted()).filter(partnership=row)[:50],
        "forms": _forms(request, given),
        "form": given,
        "suggestions": finding.suggestions(request.actor, kinds=(RecipientKind.ENTITY,)),
        "crumbs": [
            (_("Partnership groups"), reverse("support:partnerships")),
            (f"{row.name}, {pl_date(row.opened_on)}", ""),
        ],
    }
    return render(request, "support/partnership.html", context, status=422 if given is not None else 200)


def _parts(row: Partnership) -> dict[str, Any]:
    """Members, proposals, meetings, goals and results, with their words."""
    return {
        "members": [
            {
                "row": one,
                "role": messages.MEMBER_NAMES[one.role],
                "level": messages.INVOLVEMENT_NAMES.get(one.level),
            }
            for one in row.members.select_related("entity").order_by("role", "entity__sort_key")
        ],
        "matches": [
            {
                "row": one,
                "criteria": [
                    {**line, "name": messages.CRITERION_NAMES[line["code"]]} for line in one.criteria
                ],
            }
            for one in row.matches.select_related("entity").order_by("-score", "pk")
        ],
        "meetings": row.meetings.order_by("day", "pk"),
        "goals": row.goals.order_by("done_on", "due_on", "pk"),
        "results": [
            {"row": one, "kind": messages.RESULT_NAMES[one.kind]} for one in row.results.order_by("day", "pk")
        ],
    }


def _forms(request: ActorRequest, given: Any) -> dict[str, Any]:
    """Blank forms of the page, and the one that was sent."""
    today = timezone.localdate()
    forms: dict[str, Any] = {
        "member": MemberForm(actor=request.actor, prefix="member", initial={"joined_on": today}),
        "match": MatchForm(actor=request.actor, prefix="match"),
        "meeting": MeetingForm(prefix="meeting", initial={"day": today}),
        "goal": GoalForm(prefix="goal"),
        "result": ResultForm(prefix="result", initial={"day": today}),
    }
    if given is not None:
        forms[given.prefix] = given
    return forms
