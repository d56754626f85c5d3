"""Bodies: what they are for, who sits there, how often they meet, what they share."""

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.partnership import policies, queries, services
from spoiwo.partnership.forms.register import (
    BodyForm,
    CadenceForm,
    DivisionForm,
    LastDayForm,
    SeatForm,
    TopicForm,
)
from spoiwo.partnership.models import Body
from spoiwo.partnership.types import Purpose
from spoiwo.partnership.views.acting import (
    Page,
    bound,
    do,
    do_with_form,
    found_or_404,
    institution_choices,
    keeper_or_404,
)
from spoiwo.partnership.views.conflicts import conflict_page
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to, signed_in


@require_GET
@open_to(signed_in)
def body(request: ActorRequest, body_id: int) -> HttpResponse:
    """One body."""
    row, day = _found(request, body_id), timezone.localdate()
    seats = queries.seats_of(row)
    context = {
        "body": row,
        "seats": [one for one in seats if one.valid_to is None or one.valid_to >= day],
        "former": [one for one in seats if one.valid_to is not None and one.valid_to < day],
        "paces": queries.paces_of(row, year=day.year, today=day),
        "divisions": row.divisions.select_related("other", "meeting").order_by("-decided_on", "-pk"),
        "topics": queries.topics_of(row),
        "meetings": queries.meetings_of(request.actor, body_id=row.pk)[:8],
        "keeps": policies.keeps(request.actor, row.agreement),
        "year": day.year,
        "presentations": row.presentations.select_related("institution", "practice", "meeting").order_by(
            "-meeting__starts_on", "-pk"
        ),
        "may_offer": policies.works_somewhere(request.actor),
        "may_talk": policies.works_somewhere(request.actor) and policies.is_member(request.actor, row),
    }
    return render(request, "partnership/body.html", context)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def new(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """Set a body up."""
    agreement = found_or_404(queries.agreement(request.actor, agreement_id))
    keeper_or_404(request.actor, agreement)
    form = bound(request, BodyForm, institutions=institution_choices())
    page = Page(
        title=_("New body"),
        button=_("Save the body"),
        back=reverse("partnership:agreement", args=[agreement.pk]),
        lede=agreement.title,
    )

    def service(sent: BodyForm) -> str:
        made = services.create_body(agreement_id=agreement.pk, details=sent.details(), by=request.actor)
        return reverse("partnership:body", args=[made.pk])

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def edit(request: ActorRequest, body_id: int) -> HttpResponse:
    """Change what is said of a body; when somebody saved it meanwhile, both values are shown."""
    row = _kept(request, body_id)
    first = {
        name: getattr(row, name)
        for name in ("name", "kind", "mandate", "founding_act", "founded_on", "overlap_note",
                     "quorum_percent", "is_external", "version")
    }  # fmt: skip
    form = bound(
        request,
        BodyForm,
        institutions=institution_choices(),
        initial={**first, "host": row.host_id, "letters": row.prefix},
    )
    page = Page(title=_("Change the body"), button=_("Save"), back=_address(row), lede=row.name)

    def service(sent: BodyForm) -> str:
        version = sent.cleaned_data["version"] or 0
        services.edit_body(body_id=row.pk, version=version, details=sent.details(), by=request.actor)
        return page.back

    try:
        return do_with_form(request, form, page, service)
    except Conflict as conflict:
        return conflict_page(request, conflict, form=form, title=row.name, reload_url=request.path)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def seat(request: ActorRequest, body_id: int) -> HttpResponse:
    """Seat somebody in a body."""
    row = _kept(request, body_id)
    form = bound(
        request, SeatForm, institutions=institution_choices(), initial={"since": timezone.localdate()}
    )
    page = Page(title=_("New seat"), button=_("Give the seat"), back=_address(row), lede=row.name)

    def service(sent: SeatForm) -> str:
        services.give_seat(body_id=row.pk, details=sent.details(), by=request.actor)
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def end_seat(request: ActorRequest, mandate_id: int) -> HttpResponse:
    """End a seat."""
    mandate = found_or_404(queries.mandate(request.actor, mandate_id))
    row = _kept(request, mandate.body_id)
    form = bound(request, LastDayForm, initial={"last_day": timezone.localdate()})
    page = Page(
        title=_("End the seat"), button=_("End the seat"), back=_address(row), lede=str(mandate.institution)
    )

    def service(sent: LastDayForm) -> str:
        services.end_seat(mandate_id=mandate.pk, last_day=sent.cleaned_data["last_day"], by=request.actor)
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def cadence(request: ActorRequest, body_id: int) -> HttpResponse:
    """Say how often a body should meet."""
    row = _kept(request, body_id)
    first = {"since": date(timezone.localdate().year, 1, 1), "at_least": 3}
    form = bound(request, CadenceForm, initial=first)
    page = Page(
        title=_("How often the body meets"), button=_("Save the rule"), back=_address(row), lede=row.name
    )

    def service(sent: CadenceForm) -> str:
        entered = sent.cleaned_data
        purpose = Purpose(entered["purpose"]) if entered["purpose"] else None
        services.set_cadence(
            body_id=row.pk,
            label=entered["label"],
            at_least=entered["at_least"],
            since=entered["since"],
            purpose=purpose,
            by=request.actor,
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def division(request: ActorRequest, body_id: int) -> HttpResponse:
    """Keep a decision on which body does what."""
    row = _kept(request, body_id)
    others = [(one.pk, one.name) for one in queries.bodies_of(request.actor, agreement=row.agreement)]
    form = bound(
        request,
        DivisionForm,
        bodies=[one for one in others if one[0] != row.pk],
        initial={"decided_on": timezone.localdate()},
    )
    page = Page(
        title=_("Division of tasks"), button=_("Save the decision"), back=_address(row), lede=row.name
    )

    def service(sent: DivisionForm) -> str:
        entered = sent.cleaned_data
        services.divide_tasks(
            body_id=row.pk,
            other_id=entered["other"],
            text=entered["text"],
            decided_on=entered["decided_on"],
            is_overlap=entered["is_overlap"],
            by=request.actor,
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def topic(request: ActorRequest, body_id: int) -> HttpResponse:
    """Put a question into the backlog."""
    row = _kept(request, body_id)
    form = bound(request, TopicForm)
    page = Page(
        title=_("Open question"),
        button=_("Save the question"),
        back=_address(row),
        lede=_("It comes onto every next agenda by itself until it is closed."),
    )

    def service(sent: TopicForm) -> str:
        services.open_topic(body_id=row.pk, on=timezone.localdate(), by=request.actor, **sent.cleaned_data)
        return page.back

    return do_with_form(request, form, page, service)


@require_POST
@open_to(policies.keeps_something)
def close_topic(request: ActorRequest, topic_id: int) -> HttpResponse:
    """Take a question out of the backlog."""
    found = found_or_404(queries.topic(request.actor, topic_id))
    row = _kept(request, found.body_id)
    return do(
        request,
        lambda: services.close_topic(topic_id=found.pk, on=timezone.localdate(), by=request.actor),
        notice=_("The question is closed."),
        back=_address(row),
    )


def _found(request: ActorRequest, body_id: int) -> Body:
    row = queries.body(request.actor, body_id)
    if row is None:
        raise Http404
    return row


def _kept(request: ActorRequest, body_id: int) -> Body:
    row = _found(request, body_id)
    keeper_or_404(request.actor, row.agreement)
    return row


def _address(row: Body) -> str:
    return reverse("partnership:body", args=[row.pk])
