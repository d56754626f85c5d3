"""Entries of the own institution, secret addresses for calendar programs, calendars taken in from partners."""

from http import HTTPStatus

from django import forms
from django.conf import settings
from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from spoiwo.calendars import messages, policies, queries, services
from spoiwo.calendars.errors import CalendarError, EntryNotFound
from spoiwo.calendars.forms import EntryForm, FeedForm, TakeInForm
from spoiwo.calendars.models import Entry
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.doors import ActorRequest, open_to


def writers(actor: Actor | None) -> bool:
    """Anybody who acts for an institution in some role."""
    return actor is not None and policies.may_write(actor)


@require_http_methods(["GET", "POST"])
@open_to(writers)
def plan(request: ActorRequest, entry_id: int | None = None) -> HttpResponse:
    """Write an entry of the own calendar, or change one."""
    row = _own(request, entry_id) if entry_id is not None else None
    form = EntryForm(request.POST or None, initial=_first_values(row) if row else _today())
    if request.method == "POST" and form.is_valid():
        try:
            services.plan_entry(
                form.details(request.actor.user_id), entry_id=entry_id, at=timezone.now(), by=request.actor
            )
        except CalendarError as error:
            form.add_error(None, messages.message_for(error))
        else:
            notices.success(request, _("The entry is in the calendar."))
            return redirect("calendars:calendar")
    title = _("Change the entry") if row else _("New entry")
    return _form_page(request, form, title=title, button=_("Save the entry"))


@require_POST
@open_to(writers)
def cancel(request: ActorRequest, entry_id: int) -> HttpResponse:
    """Strike an own entry out."""
    row = _own(request, entry_id)
    services.cancel_entry(entry_id=row.pk, at=timezone.now(), by=request.actor)
    notices.success(request, _("The entry is struck out."))
    return redirect("calendars:calendar")


@require_http_methods(["GET", "POST"])
@open_to(writers)
def feeds(request: ActorRequest) -> HttpResponse:
    """Secret addresses of one's own; a new one is shown once."""
    form, made = FeedForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        key = services.make_feed(name=form.cleaned_data["name"], at=timezone.now(), by=request.actor)
        made = f"{settings.PUBLIC_URL}{reverse('calendars:feed', args=[key])}"
        form = FeedForm()
    context = {
        "form": form,
        "made": made,
        "made_webcal": made.replace("https://", "webcal://").replace("http://", "webcal://"),
        "feeds": queries.own_feeds(request.actor),
        "public": f"{settings.PUBLIC_URL}{reverse('calendars:public_feed')}",
        "partners": queries.partner_calendars(request.actor),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    answer = render(request, "calendars/feeds.html", context, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@open_to(writers)
def revoke(request: ActorRequest, feed_id: int) -> HttpResponse:
    """Close a secret address."""
    try:
        services.revoke_feed(feed_id=feed_id, at=timezone.now(), by=request.actor)
    except EntryNotFound:
        raise Http404 from None
    notices.success(request, _("The address works no longer."))
    return redirect("calendars:feeds")


@require_http_methods(["GET", "POST"])
@open_to(writers)
def take_in(request: ActorRequest) -> HttpResponse:
    """Take a partner's calendar file in; the same name replaces what was taken in before."""
    form = TakeInForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            count = services.take_in(
                name=form.cleaned_data["name"], content=content, at=timezone.now(), by=request.actor
            )
        except CalendarError as error:
            form.add_error("file", messages.message_for(error))
        else:
            notices.success(request, _("Taken in: %(count)s entries.") % {"count": count})
            return redirect("calendars:calendar")
    return _form_page(request, form, title=_("Calendar of a partner"), button=_("Take the file in"))


def _form_page(request: ActorRequest, form: forms.Form, *, title: str, button: str) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK
    context = {"form": form, "title": title, "button": button, "has_file": form.is_multipart()}
    return render(request, "calendars/form.html", context, status=status)


def _own(request: ActorRequest, entry_id: int) -> Entry:
    row = queries.entry(request.actor, entry_id)
    if row is None or not policies.may_change(request.actor, row):
        raise Http404
    return row


def _today() -> dict[str, object]:
    return {"starts_on": timezone.localdate()}


def _first_values(row: Entry) -> dict[str, object]:
    starts, ends = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    return {
        "title": row.title,
        "starts_on": starts.date(),
        "ends_on": ends.date(),
        "starts_at": None if row.is_all_day else starts.time(),
        "ends_at": None if row.is_all_day else ends.time(),
        "place": row.place,
        "description": row.description,
        "only_me": row.owner_id is not None,
        "is_public": row.is_public,
    }
