"""Ideas on their way to a test and to those who take them over."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.partnership import policies, queries
from spoiwo.partnership.forms.sharing import (
    ChosenForm,
    IdeaForm,
    JudgingForm,
    ResultOfTestForm,
    TestForm,
    WhyForm,
)
from spoiwo.partnership.models import Idea, Meeting
from spoiwo.partnership.models.choices import IDEA_STATES
from spoiwo.partnership.querysets import TAKEN_PLACE
from spoiwo.partnership.rules.ideas import MOVES, IdeaState, mean_mark
from spoiwo.partnership.services import ideas
from spoiwo.partnership.types import MeetingState
from spoiwo.partnership.views.acting import (
    Page,
    bound,
    do,
    do_with_form,
    found_or_404,
    keeper_or_404,
)
from spoiwo.toolkit.doors import ActorRequest, open_to, signed_in

PER_PAGE = 25


@require_GET
@open_to(signed_in)
def idea_list(request: ActorRequest) -> HttpResponse:
    """Ideas of the partnership, the newest first."""
    state = request.GET.get("stan", "")
    rows = Idea.objects.visible_to(request.actor).prefetch_related("authors__institution")
    if state in set(IdeaState):
        rows = rows.filter(state=state)
    context = {
        "page": Paginator(rows.order_by("-submitted_at", "-pk"), PER_PAGE).get_page(request.GET.get("page")),
        "states": IDEA_STATES,
        "state": state,
        "agreements": queries.agreements_of(request.actor) if policies.works_somewhere(request.actor) else [],
    }
    return render(request, "partnership/ideas.html", context)


@require_GET
@open_to(signed_in)
def idea(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """One idea: what it says, what reviewers think, where it stands."""
    row, actor = _found(request, uuid), request.actor
    keeps, works = policies.keeps(actor, row.agreement), policies.works_somewhere(actor)
    authors = list(row.authors.select_related("institution", "user").order_by("pk"))
    reviews = list(row.reviews.select_related("institution").order_by("pk"))
    may_follow = MOVES[IdeaState(row.state)]
    is_author = works and actor.institution_id in {one.institution_id for one in authors}
    context = {
        "idea": row,
        "authors": authors,
        "reviews": reviews,
        "mean": mean_mark(ideas.marks_of(row)),
        "adopters": row.adopters.select_related("institution").order_by("since"),
        "merged": row.merged.order_by("pk"),
        "may_judge": works and row.state == IdeaState.SCREENED,
        "may_screen": keeps and IdeaState.SCREENED in may_follow,
        "may_end_evaluation": keeps and IdeaState.EVALUATED in may_follow,
        "may_plan": keeps and row.state in {IdeaState.SCREENED, IdeaState.EVALUATED},
        "may_test": keeps and IdeaState.TESTED in may_follow,
        "may_merge": keeps and IdeaState.MERGED in may_follow,
        "may_archive": keeps and IdeaState.ARCHIVED in may_follow,
        "may_write_result": row.state == IdeaState.TESTED and (keeps or is_author),
        "may_adopt": works
        and (row.state == IdeaState.SCALED or (row.state == IdeaState.CLOSED and row.works)),
    }
    return render(request, "partnership/idea.html", context)


@require_http_methods(["GET", "POST"])
@open_to(policies.works_somewhere)
def new(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """Submit an idea."""
    agreement = found_or_404(queries.agreement(request.actor, agreement_id))
    page = Page(
        title=_("New idea"), button=_("Submit"), back=reverse("partnership:ideas"), lede=agreement.title
    )

    def service(sent: IdeaForm) -> str:
        made = ideas.submit_idea(
            agreement_id=agreement.pk, at=timezone.now(), by=request.actor, **sent.cleaned_data
        )
        return _address(made)

    return do_with_form(request, bound(request, IdeaForm), page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.works_somewhere)
def judge(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Give marks, or declare a stake."""
    row = _found(request, uuid)
    page = Page(title=_("Judge the idea"), button=_("Save"), back=_address(row), lede=row.title)

    def service(sent: JudgingForm) -> str:
        ideas.judge_idea(
            uuid=uuid,
            marks=sent.marks(),
            has_conflict=sent.cleaned_data["has_conflict"],
            comment=sent.cleaned_data["comment"],
            at=timezone.now(),
            by=request.actor,
        )
        return page.back

    return do_with_form(request, bound(request, JudgingForm), page, service)


@require_POST
@open_to(policies.works_somewhere)
def step(request: ActorRequest, uuid: UUID, which: str) -> HttpResponse:
    """Screen an idea, end its evaluation, or take it over."""
    row = _found(request, uuid)
    steps: dict[str, tuple[Any, str]] = {
        "ocena": (
            lambda: ideas.screen_idea(uuid=uuid, by=request.actor),
            _("Institutions may judge it now."),
        ),
        "koniec-oceny": (
            lambda: ideas.close_evaluation(uuid=uuid, by=request.actor),
            _("The evaluation is over. A meeting may decide."),
        ),
        "przejecie": (
            lambda: ideas.adopt_idea(uuid=uuid, since=timezone.localdate(), by=request.actor),
            _("Noted that your institution takes it over."),
        ),
    }
    if which not in steps:
        raise Http404
    act, notice = steps[which]
    return do(request, act, notice=notice, back=_address(row))


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def plan(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Put the idea onto the agenda of a meeting."""
    row = _kept(request, uuid)
    meetings = _meetings(request, row, (MeetingState.DRAFT, MeetingState.ANNOUNCED))
    form = bound(request, ChosenForm, label=_("Meeting"), rows=meetings)
    page = Page(title=_("Put it onto an agenda"), button=_("Put it on"), back=_address(row), lede=row.title)

    def service(sent: ChosenForm) -> str:
        ideas.put_on_agenda(uuid=uuid, meeting_id=sent.cleaned_data["row"], by=request.actor)
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def test(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write down that a meeting decided to test it."""
    row = _kept(request, uuid)
    form = bound(request, TestForm, meetings=_meetings(request, row, TAKEN_PLACE))
    page = Page(title=_("Test the idea"), button=_("Save"), back=_address(row), lede=row.title)

    def service(sent: TestForm) -> str:
        ideas.decide_to_test(
            uuid=uuid, meeting_id=sent.cleaned_data["meeting"], plan=sent.plan(), by=request.actor
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.works_somewhere)
def result(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write down what the test showed."""
    row = _found(request, uuid)
    page = Page(title=_("Result of the test"), button=_("Save"), back=_address(row), lede=row.title)

    def service(sent: ResultOfTestForm) -> str:
        ideas.write_result(uuid=uuid, by=request.actor, **sent.cleaned_data)
        return page.back

    return do_with_form(request, bound(request, ResultOfTestForm), page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def archive(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Put an idea away."""
    row = _kept(request, uuid)
    page = Page(title=_("Put the idea away"), button=_("Put away"), back=_address(row), lede=row.title)

    def service(sent: WhyForm) -> str:
        ideas.archive_idea(uuid=uuid, reason=sent.cleaned_data["reason"], by=request.actor)
        return page.back

    return do_with_form(request, bound(request, WhyForm), page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def merge(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Let it go on in another idea; the authors of both are kept."""
    row = _kept(request, uuid)
    others = Idea.objects.visible_to(request.actor).filter(
        agreement=row.agreement, state__in=(IdeaState.SUBMITTED, IdeaState.SCREENED)
    )
    rows = {one.pk: one for one in others.exclude(pk=row.pk).order_by("title")}
    form = bound(
        request, ChosenForm, label=_("Goes on in"), rows=[(pk, one.title) for pk, one in rows.items()]
    )
    page = Page(title=_("Merge two ideas"), button=_("Merge"), back=_address(row), lede=row.title)

    def service(sent: ChosenForm) -> str:
        other = rows[sent.cleaned_data["row"]]
        return _address(ideas.merge_ideas(uuid=uuid, into=other.uuid, by=request.actor))

    return do_with_form(request, form, page, service)


def _meetings(request: ActorRequest, row: Idea, states: tuple[MeetingState, ...]) -> list[tuple[int, str]]:
    found = Meeting.objects.visible_to(request.actor).filter(body__agreement=row.agreement, state__in=states)
    return [
        (one.pk, f"{one.starts_on:%d.%m.%Y} {one.title}") for one in found.order_by("-starts_on", "-pk")[:100]
    ]


def _found(request: ActorRequest, uuid: UUID) -> Idea:
    rows = Idea.objects.visible_to(request.actor).select_related("agreement", "meeting", "merged_into")
    row: Idea = found_or_404(rows.filter(uuid=uuid).first())
    return row


def _kept(request: ActorRequest, uuid: UUID) -> Idea:
    row = _found(request, uuid)
    keeper_or_404(request.actor, row.agreement)
    return row


def _address(row: Idea) -> str:
    return reverse("partnership:idea", args=[row.uuid])
