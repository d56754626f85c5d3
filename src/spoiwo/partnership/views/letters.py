"""Letters of a body to institutions and what came back."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.partnership import policies, queries, services
from spoiwo.partnership.forms.communiques import AnswerLetterForm, LetterForm, NumberForm
from spoiwo.partnership.models import Letter
from spoiwo.partnership.types import LetterState
from spoiwo.partnership.views.acting import (
    Page,
    bound,
    do,
    do_with_form,
    found_or_404,
    institution_choices,
    keeper_or_404,
)
from spoiwo.toolkit.doors import ActorRequest, open_to, signed_in


@require_GET
@open_to(signed_in)
def letters(request: ActorRequest) -> HttpResponse:
    """Letters in reach, those awaiting an answer first."""
    page = Paginator(queries.letters_of(request.actor), 25).get_page(request.GET.get("page"))
    bodies = [one for one in queries.bodies_of(request.actor) if policies.keeps(request.actor, one.agreement)]
    context = {"page": page, "bodies": bodies, "today": timezone.localdate()}
    return render(request, "partnership/letters.html", context)


@require_GET
@open_to(signed_in)
def letter(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """One letter."""
    row, actor = _found(request, uuid), request.actor
    keeps = policies.keeps(actor, row.body.agreement)
    awaiting = row.state in (LetterState.AWAITING, LetterState.NO_ANSWER)
    context = {
        "letter": row,
        "keeps": keeps,
        "followed_by": queries.letters_of(actor).filter(in_reply_to=row),
        "earlier": queries.letters_of(actor).filter(pk=row.in_reply_to_id or 0).first(),
        "may_answer": awaiting and (keeps or _is_addressee(request, row)),
        "today": timezone.localdate(),
    }
    return render(request, "partnership/letter.html", context)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def new(request: ActorRequest, body_id: int) -> HttpResponse:
    """Write a letter."""
    body = found_or_404(queries.body(request.actor, body_id))
    keeper_or_404(request.actor, body.agreement)
    actions = queries.outcomes_list(request.actor, body_id=body.pk, state="open")
    signatories = queries.signatories_on(body.agreement, timezone.localdate())
    earlier = queries.letter_of_body(request.actor, request.GET.get("po", ""), body.pk)
    first = (
        {"to": earlier.to_id, "subject": earlier.subject, "outcome": earlier.outcome_id} if earlier else {}
    )
    form = bound(
        request,
        LetterForm,
        institutions=institution_choices(),
        signatories=[(one.pk, one.name) for one in signatories],
        outcomes=[(one.pk, f"{one.code} {one.text}"[:90]) for one in actions],
        initial=first,
    )
    page = Page(
        title=_("New letter"),
        button=_("Save the draft"),
        back=reverse("partnership:letters"),
        lede=_("Write no names or data of clients here."),
    )

    def service(sent: LetterForm) -> str:
        made = services.draft_letters(
            body_id=body.pk,
            details=sent.details(in_reply_to_id=earlier.pk if earlier else None),
            also_to=sent.cleaned_data["also_to"],
            by=request.actor,
        )
        return _address(made[0]) if len(made) == 1 else page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def send(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Send a draft under a number."""
    row = _kept(request, uuid)
    form = bound(request, NumberForm, initial={"on": timezone.localdate()})
    page = Page(title=_("Send the letter"), button=_("Send"), back=_address(row), lede=row.subject)

    def service(sent: NumberForm) -> str:
        services.send_letter(letter_id=row.pk, by=request.actor, **sent.cleaned_data)
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.works_somewhere)
def answer(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Answer for the addressee, or write its answer down."""
    row = _found(request, uuid)
    if not (policies.keeps(request.actor, row.body.agreement) or _is_addressee(request, row)):
        raise Http404
    form = bound(request, AnswerLetterForm, initial={"on": timezone.localdate()})
    page = Page(
        title=_("Answer the letter"),
        button=_("Answer"),
        back=_address(row),
        lede=_("Write no names or data of clients here."),
    )

    def service(sent: AnswerLetterForm) -> str:
        services.answer_letter(letter_id=row.pk, by=request.actor, **sent.cleaned_data)
        return page.back

    return do_with_form(request, form, page, service)


@require_POST
@open_to(policies.keeps_something)
def give_up(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Note that no answer came."""
    row = _kept(request, uuid)
    return do(
        request,
        lambda: services.give_up_letter(letter_id=row.pk, by=request.actor),
        notice=_("Noted that no answer came."),
        back=_address(row),
    )


def _is_addressee(request: ActorRequest, row: Letter) -> bool:
    return policies.works_somewhere(request.actor) and request.actor.institution_id == row.to_id


def _found(request: ActorRequest, uuid: UUID) -> Letter:
    row: Letter = found_or_404(queries.letter(request.actor, uuid))
    return row


def _kept(request: ActorRequest, uuid: UUID) -> Letter:
    row = _found(request, uuid)
    keeper_or_404(request.actor, row.body.agreement)
    return row


def _address(row: Letter) -> str:
    return reverse("partnership:letter", args=[row.uuid])
