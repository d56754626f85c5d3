"""What everybody may read: the partnership, its communiqués with feeds, meetings to come; answers by signed links."""

from http import HTTPStatus
from uuid import UUID

from csp.decorators import csp_replace
from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.partnership import messages, queries, services
from spoiwo.partnership.errors import LinkSpent
from spoiwo.partnership.forms.meetings import AnswerForm, VoteForm
from spoiwo.partnership.models import Attendance
from spoiwo.partnership.queries import Told
from spoiwo.partnership.rules.voting import Vote
from spoiwo.partnership.types import Answer, MeetingKind, MeetingState
from spoiwo.partnership.views.acting import found_or_404
from spoiwo.toolkit.doors import everyone, open_to
from spoiwo.toolkit.formatted import html_of_markdown

IN_A_FEED, IN_A_FRAME = 20, 5
LONGEST_ABOUT = 160


@require_GET
@open_to(everyone)
def partnership(request: HttpRequest) -> HttpResponse:
    """Agreements, bodies and signatories, meetings to come, the newest communiqués."""
    day = timezone.localdate()
    context = {
        "agreements": [
            {
                "row": one,
                "version": one.versions.order_by("-number").first(),
                "signatories": queries.signatories_on(one, day),
                "bodies": one.bodies.open().order_by("is_external", "name"),
                "held": queries.meetings_for_everybody(one),
                "reports": one.reports.filter(state="published").order_by("-year"),
            }
            for one in queries.public_agreements()
        ],
        "meetings": queries.public_meetings(day),
        "communiques": queries.public_communiques(5),
    }
    return render(request, "partnership/public.html", context)


@require_GET
@open_to(everyone)
def meeting(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One public meeting: when and where, its agenda, its minutes once they are published."""
    row = found_or_404(queries.public_meeting(uuid))
    is_published = row.state == MeetingState.PUBLISHED
    context = {
        "meeting": row,
        "agenda": queries.public_agenda(row),
        "minutes": html_of_markdown(row.approved_text) if is_published else "",
        "errata": row.errata.order_by("pk") if is_published else [],
        "address": f"{settings.PUBLIC_URL}{request.path}",
    }
    return render(request, "partnership/public_meeting.html", context)


@require_GET
@open_to(everyone)
def communiques(request: HttpRequest) -> HttpResponse:
    """All communiqués for everybody."""
    context = {"told": queries.public_communiques(), "public_url": settings.PUBLIC_URL}
    return render(request, "partnership/public_communiques.html", context)


@csp_replace({"frame-ancestors": ["*"]})
@xframe_options_exempt
@require_GET
@open_to(everyone)
def frame(request: HttpRequest) -> HttpResponse:
    """The newest communiqués, to stand in a frame of a partner's page."""
    context = {"told": queries.public_communiques(IN_A_FRAME), "public_url": settings.PUBLIC_URL}
    return render(request, "partnership/public_frame.html", context)


@require_GET
@open_to(everyone)
def communique(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One communiqué for everybody, in the language asked for."""
    told = found_or_404(queries.public_communique(uuid))
    language, title, text = told.in_language(request.GET.get("jezyk", ""))
    context = {
        "told": told,
        "language": language,
        "title": title,
        "text": html_of_markdown(text),
        "about": Truncator(" ".join(text.split())).chars(LONGEST_ABOUT),
        "address": _address(told),
    }
    return render(request, "partnership/public_communique.html", context)


@require_GET
@open_to(everyone)
def atom(request: HttpRequest) -> HttpResponse:
    """Communiqués as an Atom 1.0 feed."""
    feed = Atom1Feed(
        title=_("Communiqués of the partnership"),
        link=f"{settings.PUBLIC_URL}{reverse('partnership:public_communiques')}",
        description="",
        feed_url=f"{settings.PUBLIC_URL}{request.path}",
        language="pl",
    )
    for one in queries.public_communiques(IN_A_FEED):
        row = one.communique
        feed.add_item(
            title=f"{row.number} {one.title}",
            link=_address(one),
            description=html_of_markdown(one.text),
            unique_id=f"urn:uuid:{row.uuid}",
            updateddate=one.sent_at,
            pubdate=one.first_sent_at,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


@require_GET
@open_to(everyone)
def json_feed(request: HttpRequest) -> HttpResponse:
    """Communiqués as JSON Feed 1.1."""
    items = [
        {
            "id": f"urn:uuid:{one.communique.uuid}",
            "url": _address(one),
            "title": f"{one.communique.number} {one.title}",
            "content_html": str(html_of_markdown(one.text)),
            "date_published": one.first_sent_at.isoformat(),
            "date_modified": one.sent_at.isoformat(),
            "language": "pl",
        }
        for one in queries.public_communiques(IN_A_FEED)
    ]
    body = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _("Communiqués of the partnership"),
        "home_page_url": f"{settings.PUBLIC_URL}{reverse('partnership:public_communiques')}",
        "feed_url": f"{settings.PUBLIC_URL}{request.path}",
        "language": "pl",
        "items": items,
    }
    return JsonResponse(body, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False})


@require_http_methods(["GET", "POST"])
@open_to(everyone)
def rsvp(request: HttpRequest, key: str) -> HttpResponse:
    """Answer an invitation from its letter, without signing in. Nothing changes before the button is pressed."""
    try:
        return _rsvp(request, key)
    except LinkSpent as error:
        words = messages.message_for(error)
        return render(request, "partnership/rsvp_spent.html", {"words": words}, status=HTTPStatus.NOT_FOUND)


def _rsvp(request: HttpRequest, key: str) -> HttpResponse:
    guest = services.guest_of_link(key)
    is_vote = guest.meeting.kind == MeetingKind.CIRCULATION and guest.is_voting
    first = {"answer": guest.answer, "vote": guest.vote}
    form: forms.Form = (VoteForm if is_vote else AnswerForm)(request.POST or None, initial=first)
    done = False
    if request.method == "POST" and form.is_valid():
        guest, done = _answered(key, form), True
    context = {"guest": guest, "meeting": guest.meeting, "form": form, "done": done, "is_vote": is_vote}
    return render(request, "partnership/rsvp.html", context)


def _answered(key: str, form: forms.Form) -> Attendance:
    if "vote" in form.cleaned_data:
        return services.vote_by_link(key=key, vote=Vote(form.cleaned_data["vote"]), at=timezone.now())
    return services.answer_by_link(key=key, answer=Answer(form.cleaned_data["answer"]), at=timezone.now())


def _address(told: Told) -> str:
    return f"{settings.PUBLIC_URL}{reverse('partnership:public_communique', args=[told.communique.uuid])}"
