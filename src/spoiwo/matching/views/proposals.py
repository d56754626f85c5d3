"""Proposals for reviewers. Of the other record nothing but marks is read, so nothing can slip out."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from spoiwo.access import queries as access
from spoiwo.clients.errors import KeptApart, NoSuchDecision
from spoiwo.clients.queries import own_records
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.errors import DomainError
from spoiwo.matching import messages, tables
from spoiwo.matching.errors import NoSuchProposal, NothingToTakeBack, ProposalClosed
from spoiwo.matching.forms import ProposalFilter
from spoiwo.matching.models import Opinion, Proposal
from spoiwo.matching.queries import reviewing
from spoiwo.matching.queries.reviewing import Pile, Wanted
from spoiwo.matching.services import deciding, looking
from spoiwo.toolkit.doors import ActorRequest, holders_of, open_to

PAGE_SIZE = 25
reviewers = holders_of("reviewer")


@require_GET
@open_to(reviewers)
def proposals(request: ActorRequest) -> HttpResponse:
    """Proposals by what is to be done, with filters and pages."""
    form = ProposalFilter(request.GET)
    form.is_valid()
    wanted = Wanted(
        pile=Pile(form.cleaned_data.get("pile") or Pile.WAITING),
        rule=form.cleaned_data.get("rule", ""),
        older_than=int(form.cleaned_data.get("age") or 0),
    )
    after = request.GET.get("after", "")
    screen = reviewing.screen(request.actor, wanted, after=after, size=PAGE_SIZE, now=timezone.now())
    context = {
        "filter": form,
        "screen": screen,
        "is_many": screen.count >= reviewing.MOST_COUNTED,
        "is_later": bool(after),
        "rows": [
            {"row": row, "rule": messages.rule_name(row.proposal.rule)}
            for row in reviewing.rows(request.actor, screen.proposals)
        ],
        "pile": messages.PILE_NAMES[wanted.pile],
        "is_filtered": bool(request.GET.get("rule") or request.GET.get("age")),
    }
    template = "matching/_proposal_rows.html" if request.htmx else "matching/proposals.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


@require_GET
@open_to(reviewers)
def proposal(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The own record in full, of the other one only how each field compares; the look is on record."""
    row = _found(request, uuid)
    version = own_records.own_version(request.actor, reviewing.own_record_of(row, request.actor))
    if version is None:
        raise Http404
    second = reviewing.second_version(row, request.actor)
    other = 0 if row.is_duplicate else reviewing.other_side_of(row, request.actor)
    shares = row.is_duplicate or other in access.partners_of(
        request.actor.institution_id, timezone.localdate()
    )
    context = {
        "proposal": row,
        "own": version,
        "second": second,
        "compared": tables.comparison(row, version, second, shares=shares),
        "household": [
            one
            for one in own_records.household_of(request.actor, version)
            if second is None or one.record_id != second.record_id
        ],
        "rule": messages.rule_name(row.rule),
        "reason": messages.reason(row.rule, is_duplicate=row.is_duplicate),
        "other": institutions.badges_of([other]).get(other) if shares and other else None,
        "answer": reviewing.own_answer(row, request.actor),
        "is_open": shares and row.state == Proposal.State.OPEN,
        "one_is_enough": other and _one_is_enough(request, other),
    }
    response = render(request, "matching/proposal.html", context)
    looking.record_look(
        proposal=row.uuid,
        people=[one.record.person_id for one in (version, second) if one],
        compared_with=other if shares else 0,
        request_id=request.id,
        by=request.actor,
    )
    return response


@require_POST
@open_to(reviewers)
def answer(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Same, different or later; then the next proposal."""
    said = request.POST.get("answer", "")
    if said not in Opinion.Answer.values:
        return redirect("matching:proposal", uuid)
    row = _found(request, uuid)
    try:
        state = deciding.give_opinion(proposal=uuid, answer=said, by=request.actor)
    except NoSuchProposal as error:
        raise Http404 from error
    except (ProposalClosed, KeptApart) as error:
        notices.warning(request, messages.message_for(error))
        return redirect("matching:proposal", uuid)
    notices.success(
        request, _notice(said, state, row, both=reviewing.other_answer(row, request.actor) == "same")
    )
    following = reviewing.next_to_decide(request.actor, beside=row)
    if following:
        return redirect("matching:proposal", following.uuid)
    # The list answers htmx with a part only, so the browser is sent there itself.
    return HttpResponseClientRedirect(reverse("matching:list")) if request.htmx else redirect("matching:list")


@require_http_methods(["GET", "POST"])
@open_to(reviewers)
def take_back(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Take the own answer back, after a question."""
    row = _found(request, uuid)
    if request.method == "GET":
        context = {
            "question": _("Take your answer back?"),
            "consequence": _(
                "The proposal waits for an answer again. If a link followed from your answer, it is undone,"
                " and both institutions stop seeing each other's data about this person."
            ),
            "action_label": _("Take back"),
            "cancel_url": reverse("matching:proposal", args=[row.uuid]),
        }
        return render(request, "matching/confirm.html", context)
    try:
        deciding.take_back(proposal=uuid, by=request.actor)
    except NoSuchDecision:  # the other side decided; only it takes that back
        notices.warning(request, messages.message_for(NothingToTakeBack(str(uuid))))
    except DomainError as error:
        notices.warning(request, messages.message_for(error))
    else:
        notices.success(request, _("Your answer has been taken back."))
    return redirect("matching:proposal", uuid)


def _one_is_enough(request: ActorRequest, other: int) -> bool:
    return access.one_side_links(request.actor.institution_id, other, timezone.localdate())


def _found(request: ActorRequest, uuid: UUID) -> Proposal:
    row = reviewing.proposal(request.actor, uuid)
    if row is None:
        raise Http404
    return row


def _notice(said: str, state: str, row: Proposal, *, both: bool) -> str:
    if said == Opinion.Answer.LATER:
        sentence = _("Put off for later.")
    elif row.is_duplicate and state == Proposal.State.LINKED:
        sentence = _("Recorded: one person entered twice. Both records stay, and count as one person.")
    elif state == Proposal.State.LINKED and not both:
        sentence = _(
            "Recorded: the same person. Under the agreement your answer is enough, and the link stands."
        )
    else:
        sentence = {
            Proposal.State.LINKED: _("Both institutions say that this is the same person. The link stands."),
            Proposal.State.DIFFERENT: _(
                "Recorded: these are different people. They will not be proposed again."
            ),
            Proposal.State.OPEN: _(
                "Recorded: the same person. The link stands when the other institution says so too."
            ),
        }[Proposal.State(state)]
    return format_html(
        '{} <a class="govuk-notification-banner__link" href="{}" data-key="c">{}</a>',
        sentence,
        reverse("matching:take_back", args=[row.uuid]),
        _("Take back"),
    )
