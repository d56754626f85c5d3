"""Good practices, and who shows what at which meeting."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.institutions.messages import KIND_NAMES
from spoiwo.institutions.types import Kind
from spoiwo.partnership import policies, queries
from spoiwo.partnership.forms.sharing import ChosenForm, PracticeForm, PresentationForm, WhyForm
from spoiwo.partnership.models import Meeting, Practice, Presentation
from spoiwo.partnership.querysets import PracticeQuerySet
from spoiwo.partnership.rules.practices import MOVES, PracticeState, is_stale
from spoiwo.partnership.services import practices
from spoiwo.partnership.types import MeetingState
from spoiwo.partnership.views.acting import (
    Page,
    bound,
    do,
    do_with_form,
    found_or_404,
    keeper_or_404,
)
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, everyone, open_to, signed_in

PER_PAGE = 25
FIELDS = ("title", "problem", "solution", "conditions", "result", "evidence", "contact")


@require_GET
@open_to(signed_in)
def practice_list(request: ActorRequest) -> HttpResponse:
    """Good practices of the partnership: published ones, the own ones, and what waits for the secretariat."""
    text = request.GET.get("szukaj", "").strip()
    kind, rows = _kind_asked(
        request, Practice.objects.visible_to(request.actor).exclude(state=PracticeState.ARCHIVED)
    )
    if text:
        rows = rows.filter(title__icontains=text) | rows.filter(solution__icontains=text)
    rows = rows.select_related("institution").order_by("state", "-published_on", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    context = {
        "page": page,
        "rows": [(one, _stale(one)) for one in page],
        "text": text,
        "kind": kind,
        "kinds": KIND_NAMES.items(),
        "today": today,
        "agreements": queries.agreements_of(request.actor) if policies.works_somewhere(request.actor) else [],
    }
    return render(request, "partnership/practices.html", context)


@require_GET
@open_to(signed_in)
def practice(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """One good practice."""
    row, actor = _found(request, uuid), request.actor
    keeps, works = policies.keeps(actor, row.agreement), policies.works_somewhere(actor)
    is_own = works and row.institution_id == actor.institution_id
    follows = MOVES[PracticeState(row.state)] if keeps else frozenset()
    is_published = row.state == PracticeState.PUBLISHED
    context = {
        "practice": row,
        "is_stale": _stale(row),
        "uses": row.uses.select_related("institution").order_by("since"),
        "may_change": (is_own or keeps) and row.state != PracticeState.ARCHIVED,
        "may_confirm": is_own and is_published,
        "may_use": works and not is_own and is_published,
        "may_review": PracticeState.REVIEWED in follows,
        "may_publish": PracticeState.PUBLISHED in follows,
        "may_archive": PracticeState.ARCHIVED in follows,
    }
    return render(request, "partnership/practice.html", context)


@require_http_methods(["GET", "POST"])
@open_to(policies.works_somewhere)
def new(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """Offer a practice of the own institution."""
    agreement = found_or_404(queries.agreement(request.actor, agreement_id))
    page = Page(
        title=_("New good practice"),
        button=_("Submit"),
        back=reverse("partnership:practices"),
        lede=_("The secretariat reads it before others see it."),
    )

    def service(sent: PracticeForm) -> str:
        made = practices.submit_practice(
            agreement_id=agreement.pk, details=sent.details(), at=timezone.now(), by=request.actor
        )
        return _address(made)

    return do_with_form(request, bound(request, PracticeForm), page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.works_somewhere)
def edit(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Rewrite a practice."""
    row = _found(request, uuid)
    initial = {name: getattr(row, name) for name in (*FIELDS, "version")}
    form = bound(request, PracticeForm, initial=initial)
    page = Page(title=_("Change the good practice"), button=_("Save"), back=_address(row), lede=row.title)

    def service(sent: PracticeForm) -> str:
        practices.change_practice(
            uuid=uuid,
            details=sent.details(),
            version=sent.cleaned_data["version"] or row.version,
            by=request.actor,
        )
        return page.back

    try:
        return do_with_form(request, form, page, service)
    except Conflict:
        context = {
            "practice": row,
            "typed": [(form.fields[name].label, form.cleaned_data[name]) for name in FIELDS],
        }
        return render(request, "partnership/practice_conflict.html", context, status=409)


@require_POST
@open_to(policies.works_somewhere)
def step(request: ActorRequest, uuid: UUID, which: str) -> HttpResponse:
    """Review, publish, confirm, or say that one's own institution uses it."""
    row, today, by = _found(request, uuid), timezone.localdate(), request.actor
    steps: dict[str, tuple[Any, str]] = {
        "przejrzana": (
            lambda: practices.move_practice(uuid=uuid, state=PracticeState.REVIEWED, today=today, by=by),
            _("The practice is reviewed."),
        ),
        "publikacja": (
            lambda: practices.move_practice(uuid=uuid, state=PracticeState.PUBLISHED, today=today, by=by),
            _("The practice is published."),
        ),
        "aktualna": (
            lambda: practices.confirm_practice(uuid=uuid, today=today, by=by),
            _("Thank you. It holds for another year."),
        ),
        "uzywamy": (
            lambda: practices.use_practice(uuid=uuid, since=today, by=by),
            _("Noted that your institution works by it."),
        ),
    }
    if which not in steps:
        raise Http404
    act, notice = steps[which]
    return do(request, act, notice=notice, back=_address(row))


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def archive(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Put a practice away."""
    row = _found(request, uuid)
    keeper_or_404(request.actor, row.agreement)
    page = Page(
        title=_("Put the practice away"),
        button=_("Put away"),
        back=reverse("partnership:practices"),
        lede=row.title,
    )

    def service(sent: WhyForm) -> str:
        practices.move_practice(
            uuid=uuid,
            state=PracticeState.ARCHIVED,
            today=timezone.localdate(),
            reason=sent.cleaned_data["reason"],
            by=request.actor,
        )
        return page.back

    return do_with_form(request, bound(request, WhyForm), page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.works_somewhere)
def offer(request: ActorRequest, body_id: int) -> HttpResponse:
    """Offer to show something at a meeting of a body."""
    body = found_or_404(queries.body(request.actor, body_id))
    own = Practice.objects.visible_to(request.actor).filter(
        agreement=body.agreement, institution_id=request.actor.institution_id
    )
    form = bound(
        request, PresentationForm, practices=[(str(one.uuid), one.title) for one in own.order_by("title")]
    )
    page = Page(title=_("Offer to show something"), button=_("Offer"), back=_body(body.pk), lede=body.name)

    def service(sent: PresentationForm) -> str:
        chosen = sent.cleaned_data["practice"]
        practices.offer_presentation(
            body_id=body.pk,
            title=sent.cleaned_data["title"],
            practice=UUID(chosen) if chosen else None,
            at=timezone.now(),
            by=request.actor,
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def plan(request: ActorRequest, presentation_id: int) -> HttpResponse:
    """Say at which meeting it is shown."""
    rows = Presentation.objects.visible_to(request.actor).select_related("body__agreement")
    row: Presentation = found_or_404(rows.filter(pk=presentation_id).first())
    keeper_or_404(request.actor, row.body.agreement)
    coming = Meeting.objects.visible_to(request.actor).filter(
        body=row.body, state__in=(MeetingState.DRAFT, MeetingState.ANNOUNCED)
    )
    meetings = [(one.pk, f"{one.starts_on:%d.%m.%Y} {one.title}") for one in coming.order_by("starts_on")]
    initial = {} if request.method == "POST" else {"initial": {"row": row.meeting_id}}
    form = bound(request, ChosenForm, label=_("Meeting"), rows=meetings, required=False, **initial)
    page = Page(title=_("When it is shown"), button=_("Save"), back=_body(row.body_id), lede=row.title)

    def service(sent: ChosenForm) -> str:
        practices.plan_presentation(
            presentation_id=row.pk, meeting_id=sent.cleaned_data["row"], by=request.actor
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_GET
@open_to(everyone)
def public_list(request: ActorRequest) -> HttpResponse:
    """Published practices, for everybody."""
    kind, rows = _kind_asked(request, Practice.objects.in_public())
    rows = rows.select_related("institution").order_by("-published_on", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, _stale(one)) for one in page],
        "kind": kind,
        "kinds": KIND_NAMES.items(),
    }
    return render(request, "partnership/public_practices.html", context)


@require_GET
@open_to(everyone)
def public_practice(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """One published practice, for everybody."""
    row = Practice.objects.in_public().select_related("institution").filter(uuid=uuid).first()
    if row is None:
        raise Http404
    context = {"practice": row, "is_stale": _stale(row), "uses": row.uses.select_related("institution")}
    return render(request, "partnership/public_practice.html", context)


def _kind_asked(request: ActorRequest, rows: PracticeQuerySet) -> tuple[str, PracticeQuerySet]:
    """The kind of institution that the address names, and the practices of such institutions; else all."""
    kind = request.GET.get("rodzaj", "")
    return (kind, rows.of_kind(kind)) if kind in set(Kind) else ("", rows)


def _stale(row: Practice) -> bool:
    is_published = row.state == PracticeState.PUBLISHED
    return is_published and is_stale(row.confirmed_on, today=timezone.localdate())


def _found(request: ActorRequest, uuid: UUID) -> Practice:
    rows = Practice.objects.visible_to(request.actor).select_related("agreement", "institution")
    row: Practice = found_or_404(rows.filter(uuid=uuid).first())
    return row


def _address(row: Practice) -> str:
    return reverse("partnership:practice", args=[row.uuid])


def _body(body_id: int) -> str:
    return reverse("partnership:body", args=[body_id])
