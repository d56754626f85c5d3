"""Building a questionnaire: every deed is a form of its own, so that a keyboard and no script are enough."""

from collections.abc import Callable
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.surveys import messages, policies
from spoiwo.surveys.errors import NotFound, QuestionnaireIncomplete, SurveysError
from spoiwo.surveys.forms import PageForm, QuestionForm, question_initial
from spoiwo.surveys.models import QuestionnaireVersion
from spoiwo.surveys.queries import catalogue
from spoiwo.surveys.rules import building as deeds
from spoiwo.surveys.rules.checking import question_problems
from spoiwo.surveys.services import building
from spoiwo.surveys.tables.builder import build_view, examples_of
from spoiwo.surveys.types import Content, Fault, Page, Problem, Question
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to

Deed = Callable[[Content], Content]


@require_GET
@open_to(policies.may_build)
def build(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The draft with everything one can do to it."""
    return _page(request, _draft(request, uuid))


@require_http_methods(["GET", "POST"])
@open_to(policies.may_build)
def add_page(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """A new page at the end."""
    version = _draft(request, uuid)
    number = len(version.questions.pages) + 1
    form = PageForm(
        request.POST or None, initial={"code": f"p{number}", "edit_version": version.edit_version}
    )
    return _page_form(
        request, version, form, None, lambda page: lambda content: deeds.add_page(content, page)
    )


@require_http_methods(["GET", "POST"])
@open_to(policies.may_build)
def edit_page(request: ActorRequest, uuid: UUID, code: str) -> HttpResponse:
    """Title, code and condition of a page."""
    version = _draft(request, uuid)
    page = _found(lambda: deeds.find_page(version.questions, code))
    initial = {
        "code": page.code,
        "title_pl": page.title.pl,
        "title_en": page.title.en,
        "condition": page.condition,
        "edit_version": version.edit_version,
    }
    form = PageForm(request.POST or None, initial=initial)
    return _page_form(
        request, version, form, page, lambda one: lambda content: deeds.change_page(content, code, one)
    )


@require_http_methods(["GET", "POST"])
@open_to(policies.may_build)
def add_question(request: ActorRequest, uuid: UUID, page_code: str) -> HttpResponse:
    """A new question at the end of a page."""
    version = _draft(request, uuid)
    _found(lambda: deeds.find_page(version.questions, page_code))
    number = len(version.questions.questions()) + 1
    form = QuestionForm(
        request.POST or None, initial={"code": f"q{number}", "edit_version": version.edit_version}
    )
    return _question_form(
        request, version, form, lambda one: lambda content: deeds.add_question(content, page_code, one)
    )


@require_http_methods(["GET", "POST"])
@open_to(policies.may_build)
def edit_question(request: ActorRequest, uuid: UUID, code: str) -> HttpResponse:
    """Change a question."""
    version = _draft(request, uuid)
    question = version.questions.find(code)
    if question is None:
        raise Http404
    initial = {**question_initial(question), "edit_version": version.edit_version}
    form = QuestionForm(request.POST or None, initial=initial)
    return _question_form(
        request, version, form, lambda one: lambda content: deeds.change_question(content, code, one)
    )


@require_POST
@open_to(policies.may_build)
def rearrange(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Move, duplicate, remove, put back: what the button says. deed: "up:question:code" and the like."""
    version = _draft(request, uuid)
    word, _parted, item = request.POST.get("deed", "").partition(":")
    kind, _parted, code = item.partition(":")
    deed = _DEEDS.get((word, kind))
    if deed is None:
        raise Http404
    try:
        building.change_draft(
            version_id=version.pk,
            edit_version=_number(request.POST.get("edit_version")),
            deed=lambda content: deed(content, code),
            at=timezone.now(),
            by=request.actor,
        )
    except NotFound:
        raise Http404 from None
    except Conflict:
        return _changed_meanwhile(request, version)
    except SurveysError as error:
        notices.warning(request, messages.message_for(error))
    address = reverse("surveys:build", args=[uuid])
    return redirect(f"{address}#{kind}-{code}" if word in {"up", "down"} else f"{address}#undo")


@require_POST
@open_to(policies.may_build)
def publish(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Make the draft final, or say everything that is missing."""
    version = _draft(request, uuid)
    try:
        building.publish_version(version_id=version.pk, at=timezone.now(), by=request.actor)
    except QuestionnaireIncomplete as error:
        return _page(request, version, error.problems, messages.message_for(error))
    except SurveysError:
        raise Http404 from None
    notices.success(request, _("The version is published. Surveys can ask with it now."))
    return redirect("surveys:questionnaire", uuid)


@require_POST
@open_to(policies.may_build)
def discard(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Throw the draft away."""
    version = _draft(request, uuid)
    building.discard_draft(version_id=version.pk, by=request.actor)
    notices.success(request, _("The draft is thrown away."))
    return redirect("surveys:questionnaires")


def _draft(request: ActorRequest, uuid: UUID) -> QuestionnaireVersion:
    version = catalogue.draft(request.actor, uuid)
    if version is None:
        raise Http404
    return version


def _found(look: Callable[[], Page]) -> Page:
    try:
        return look()
    except SurveysError:
        raise Http404 from None


def _page(
    request: ActorRequest,
    version: QuestionnaireVersion,
    problems: tuple[Problem, ...] = (),
    refusal: str = "",
) -> HttpResponse:
    view = build_view(version, problems, language=get_language() or "pl")
    context = {"wording": version, "questionnaire": version.questionnaire, "view": view, "refusal": refusal}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "surveys/build.html", context, status=status)


def _page_form(
    request: ActorRequest,
    version: QuestionnaireVersion,
    form: PageForm,
    page: Page | None,
    deed_for: Callable[[Page], Deed],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        wanted = form.page()
        others = [one.code for one in version.questions.pages if page is None or one.code != page.code]
        if wanted.code in others:
            form.add_error("code", messages.problem_sentence(_twice(wanted.code)))
        else:
            return _do(
                request, version, form.cleaned_data["edit_version"], deed_for(wanted), f"page-{wanted.code}"
            )
    context = {
        "form": form,
        "questionnaire": version.questionnaire,
        "page": page,
        "examples": examples_of(version.questions, get_language() or "pl"),
    }
    return render(request, "surveys/page_form.html", context, status=_status(form.is_bound))


def _question_form(
    request: ActorRequest,
    version: QuestionnaireVersion,
    form: QuestionForm,
    deed_for: Callable[[Question], Deed],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        question = form.question()
        former = form.initial.get("label_pl") and form.initial["code"]
        codes = [one.code for one in version.questions.questions() if one.code != former]
        problems = question_problems(question) + ([_twice(question.code)] if question.code in codes else [])
        if not problems:
            deed = deed_for(question)
            return _do(request, version, form.cleaned_data["edit_version"], deed, f"question-{question.code}")
        for problem in problems:
            form.add_error(None, messages.problem_sentence(problem))
    context = {
        "form": form,
        "questionnaire": version.questionnaire,
        "examples": examples_of(version.questions, get_language() or "pl"),
    }
    return render(request, "surveys/question_form.html", context, status=_status(form.is_bound))


def _do(
    request: ActorRequest, version: QuestionnaireVersion, edit_version: int, deed: Deed, place: str
) -> HttpResponse:
    try:
        building.change_draft(
            version_id=version.pk, edit_version=edit_version, deed=deed, at=timezone.now(), by=request.actor
        )
    except Conflict:
        return _changed_meanwhile(request, version)
    except SurveysError:
        raise Http404 from None
    return redirect(f"{reverse('surveys:build', args=[version.questionnaire.uuid])}#{place}")


def _changed_meanwhile(request: ActorRequest, version: QuestionnaireVersion) -> HttpResponse:
    """Somebody else changed the draft: nothing was done, the page shows how it stands now."""
    fresh = _draft(request, version.questionnaire.uuid)
    view = build_view(fresh, (), language=get_language() or "pl")
    refusal = _(
        "Somebody else changed the questionnaire meanwhile. This is how it stands now; do it again if need be."
    )
    context = {"wording": fresh, "questionnaire": fresh.questionnaire, "view": view, "refusal": refusal}
    return render(request, "surveys/build.html", context, status=HTTPStatus.CONFLICT)


def _twice(code: str) -> Problem:
    return Problem(code, Fault.CODE_TWICE, code)


def _status(is_bound: bool) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if is_bound else HTTPStatus.OK


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


_DEEDS: dict[tuple[str, str], Callable[[Content, str], Content]] = {
    ("up", "page"): lambda content, code: deeds.move_page(content, code, -1),
    ("down", "page"): lambda content, code: deeds.move_page(content, code, 1),
    ("up", "question"): lambda content, code: deeds.move_question(content, code, -1),
    ("down", "question"): lambda content, code: deeds.move_question(content, code, 1),
    ("duplicate", "question"): lambda content, code: deeds.duplicate_question(content, code)[0],
    ("remove", "question"): deeds.remove_question,
    ("remove", "page"): deeds.remove_page,
    ("undo", ""): lambda content, _code: deeds.put_back(content),
}
