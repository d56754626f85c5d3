"""What a respondent sees: a link, pages of questions, a summary, a receipt. Nobody signs in here."""

import re
from collections.abc import Callable, Sequence
from functools import wraps
from http import HTTPStatus
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.surveys import messages
from spoiwo.surveys.errors import (
    AlreadyAnswered,
    AnswersRefused,
    LinkSpent,
    NoSuchQuestion,
    NotCollecting,
    SurveysError,
)
from spoiwo.surveys.forms import ReplyForm
from spoiwo.surveys.rules.answering import shown_fields
from spoiwo.surveys.rules.budget import minutes_of
from spoiwo.surveys.rules.building import find_page
from spoiwo.surveys.rules.conditions import holds
from spoiwo.surveys.rules.documents import all_fields, label_of
from spoiwo.surveys.services import answering, deciding, links, verifying
from spoiwo.surveys.services.answering import CONFIRM, Opening
from spoiwo.surveys.tables.asking import questions_of, raw_of, told_lines, words_of_value
from spoiwo.surveys.types import AnswerState, Page, Problem
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import everyone, open_to

NUMBER = re.compile(r"[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}")
View = Callable[..., HttpResponse]


def _with_link(view: View) -> View:
    """Say it kindly when the link leads nowhere; keep nothing in caches."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except LinkSpent:
            response = render(request, "surveys/answer_gone.html", status=HTTPStatus.NOT_FOUND)
        add_never_cache_headers(response)
        return response

    return guarded


@require_http_methods(["GET", "POST"])
@open_to(everyone)
@_with_link
def open_link(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A survey that anybody may answer: each start is an answer of its own."""
    survey = links.survey_open_to_anybody(uuid)
    if request.method == "POST":
        return redirect(links.path_of(links.link_for_anybody(survey)))
    context = {
        "survey": survey,
        "title": survey.questionnaire.title.in_language(_language()),
        "minutes": minutes_of(survey.version.questions),
    }
    return render(request, "surveys/answer_open.html", context)


@require_GET
@open_to(everyone)
@_with_link
def start(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked, by whom, how long it takes; questions about an answer that was handed in."""
    opening = answering.open_answer(token)
    answering.note_opening(token, at=timezone.now())
    pages = opening.pages
    context = {
        **_about(opening, token),
        "minutes": minutes_of(opening.content),
        "started": opening.answer is not None,
        "next_page": next((page.code for page in pages if page.code not in opening.kept.pages), "")
        or (pages[0].code if pages else ""),
        "queries": _queries(opening),
        "prefilled": bool(opening.kept.prefilled),
    }
    return render(request, "surveys/answer_start.html", context)


@require_http_methods(["GET", "POST"])
@open_to(everyone)
@_with_link
def page(request: HttpRequest, token: str, code: str) -> HttpResponse:
    """One page of questions."""
    opening = answering.open_answer(token)
    if opening.is_done or not opening.is_open:
        return redirect("surveys:answer", token)
    shown = _page(opening, code)
    if request.method == "GET":
        return _render_page(request, opening, token, shown)
    return _save(request, token, shown)


@require_POST
@open_to(everyone)
@_with_link
def autosave(request: HttpRequest, token: str, code: str) -> HttpResponse:
    """Keep what was typed so far; answers with what changed on the page."""
    before = answering.open_answer(token)
    shown = _page(before, code)
    try:
        opening = answering.save_page(
            token=token,
            page_code=shown.code,
            raw=raw_of(request.POST),
            version=_version(request),
            at=timezone.now(),
        )
    except AnswersRefused:
        opening = answering.open_answer(token)
    except Conflict:
        return _saved(
            request, before, _("Somebody else changed this answer. Load the page again to go on."), []
        )
    except SurveysError as error:
        return _saved(request, before, messages.message_for(error), [])
    listed = set(request.POST.get("shown", "").split())
    changed = [
        one
        for one in questions_of(
            shown, opening.kept.values, language=_language(), prefilled=opening.kept.prefilled
        )
        if one.is_shown != (one.code in listed)
    ]
    return _saved(
        request, opening, _("Saved at %(time)s.") % {"time": f"{timezone.localtime():%H:%M}"}, changed, shown
    )


@require_http_methods(["GET", "POST"])
@open_to(everyone)
@_with_link
def review(request: HttpRequest, token: str) -> HttpResponse:
    """All answers before they are handed in, and the handing in."""
    opening = answering.open_answer(token)
    if opening.is_done or not opening.is_open:
        return redirect("surveys:answer", token)
    problems: Sequence[Problem] = ()
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            number = answering.hand_in(token=token, version=_version(request), at=timezone.now())
        except AnswersRefused as error:
            problems, status = error.problems, HTTPStatus.UNPROCESSABLE_ENTITY
        except Conflict:
            return redirect("surveys:answer_review", token)
        else:
            return redirect(f"{reverse('surveys:receipt', args=[token])}?nr={number}")
    context = {**_about(opening, token), **_review(opening, problems)}
    return render(request, "surveys/answer_review.html", context, status=status)


@require_GET
@open_to(everyone)
@_with_link
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks, with the number of the receipt."""
    opening = answering.open_answer(token)
    number = request.GET.get("nr", "")
    context = {**_about(opening, token), "number": number if NUMBER.fullmatch(number) else ""}
    if not opening.is_done:
        return redirect("surveys:answer", token)
    return render(request, "surveys/answer_receipt.html", context)


@require_POST
@open_to(everyone)
@_with_link
def reply(request: HttpRequest, token: str, query_id: int) -> HttpResponse:
    """Reply to a question about the answer."""
    form = ReplyForm(request.POST)
    if form.is_valid():
        try:
            deciding.reply(token=token, query_id=query_id, text=form.cleaned_data["text"], at=timezone.now())
        except LinkSpent:
            raise
        except SurveysError:
            raise Http404 from None
    return redirect("surveys:answer", token)


def _save(request: HttpRequest, token: str, shown: Page) -> HttpResponse:
    raw = raw_of(request.POST)
    listed = set(request.POST.get("shown", "").split())
    problems: list[Problem] = []
    try:
        answering.save_page(
            token=token,
            page_code=shown.code,
            raw=raw,
            version=_version(request),
            at=timezone.now(),
            confirm=request.POST.get("confirm") == "1",
            overwrite=request.POST.get("overwrite") == "1",
        )
    except AnswersRefused as error:
        problems = list(error.problems)
    except Conflict as conflict:
        return _conflict(request, answering.open_answer(token), token, shown, conflict)
    except (AlreadyAnswered, NotCollecting):
        return redirect("surveys:answer", token)
    opening = answering.open_answer(token)
    if request.POST.get("go") == "back":
        return _go(opening, token, shown, -1)
    now_shown = {one.code for one in shown.questions if holds(one.condition, opening.kept.values)}
    fresh = now_shown - listed
    problems = [one for one in problems if one.place.partition(".")[0] not in fresh]
    if problems:
        return _render_page(request, opening, token, shown, problems=problems, raw=raw)
    if fresh and listed:
        return _render_page(request, opening, token, shown, added=True)
    return _go(opening, token, shown, 1)


def _go(opening: Opening, token: str, shown: Page, by: int) -> HttpResponse:
    codes = [one.code for one in opening.pages]
    place = codes.index(shown.code) + by if shown.code in codes else 0
    if place < 0:
        return redirect("surveys:answer", token)
    if place >= len(codes):
        return redirect("surveys:answer_review", token)
    return redirect("surveys:answer_page", token, codes[place])


def _render_page(
    request: HttpRequest,
    opening: Opening,
    token: str,
    shown: Page,
    *,
    problems: Sequence[Problem] = (),
    raw: dict[str, list[str]] | None = None,
    added: bool = False,
) -> HttpResponse:
    typed = {one.place: (raw or {}).get(one.place, []) for one in problems if one.place != CONFIRM}
    questions = questions_of(
        shown,
        opening.kept.values,
        language=_language(),
        problems=problems,
        typed=typed,
        prefilled=opening.kept.prefilled,
    )
    codes = [one.code for one in opening.pages]
    context = {
        **_about(opening, token),
        "page": shown,
        "page_title": shown.title.in_language(_language()),
        "questions": questions,
        "shown": " ".join(one.code for one in questions if one.is_shown),
        "place": codes.index(shown.code) + 1 if shown.code in codes else 1,
        "pages_count": len(codes),
        "prefilled": next((one.prefilled for one in questions if one.is_shown and one.prefilled), ""),
        "confirm_error": any(one.place == CONFIRM for one in problems),
        "errors": _errors(shown, problems),
        "added": added,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK
    return render(request, "surveys/answer_page.html", context, status=status)


def _errors(shown: Page, problems: Sequence[Problem]) -> list[tuple[str, str, str]]:
    """Anchors, labels and sentences of the error summary."""
    labels = {one.code: one.label.in_language(_language()) for one in shown.questions}
    return [
        (
            "confirm" if one.place == CONFIRM else f"v-{one.place}",
            labels.get(one.place.partition(".")[0], _("Answers filled in beforehand")),
            _("Tick that they are still right, or change them.")
            if one.place == CONFIRM
            else messages.problem_sentence(one),
        )
        for one in problems
    ]


def _saved(
    request: HttpRequest, opening: Opening, text: str, changed: Sequence[object], shown: Page | None = None
) -> HttpResponse:
    listed = ""
    if shown is not None:
        listed = " ".join(one.code for one in shown.questions if holds(one.condition, opening.kept.values))
    context = {
        "text": text,
        "answer_version": opening.version,
        "changed": changed,
        "shown": listed,
        "is_new": bool(shown),
    }
    return render(request, "surveys/_saved.html", context)


def _conflict(
    request: HttpRequest, opening: Opening, token: str, shown: Page, conflict: Conflict
) -> HttpResponse:
    fields = {field.code: field for field in all_fields(opening.content)}
    language = _language()
    rows = [
        {
            "label": label_of(fields[one.field]).in_language(language),
            "yours": words_of_value(fields[one.field], one.yours, language),  # type: ignore[arg-type]
            "saved": words_of_value(fields[one.field], one.saved, language),  # type: ignore[arg-type]
        }
        for one in conflict.differences
    ]
    context = {
        **_about(opening, token),
        "conflicts": rows,
        "saved_by": _("Somebody else who has this link"),
        "saved_at": conflict.saved_at or timezone.now(),
        "reload_url": reverse("surveys:answer_page", args=[token, shown.code]),
        "kept": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in _NOT_KEPT
        ],
    }
    return render(request, "surveys/answer_conflict.html", context, status=HTTPStatus.CONFLICT)


_NOT_KEPT = ("csrfmiddlewaretoken", "version", "overwrite")


def _review(opening: Opening, problems: Sequence[Problem]) -> dict[str, object]:
    language, values = _language(), opening.kept.values
    told = {one.place: messages.problem_sentence(one) for one in problems}
    applying = {one.code for one in shown_fields(opening.content, values)}
    pages = []
    for one in opening.pages:
        rows = [
            {
                "label": label_of(field).in_language(language),
                "value": words_of_value(field, values.get(field.code), language),
                "error": told.get(field.code, ""),
            }
            for field in all_fields(opening.content)
            if field.question in one.questions and field.code in applying
        ]
        pages.append({"code": one.code, "title": one.title.in_language(language), "rows": rows})
    return {"review_pages": pages, "problems": len(problems)}


def _queries(opening: Opening) -> list[dict[str, object]]:
    if opening.answer is None or opening.answer.state != AnswerState.QUERIED:
        return []
    labels = {field.code: label_of(field).in_language(_language()) for field in all_fields(opening.content)}
    return [
        {
            "query": one,
            "label": labels.get(one.field, one.field),
            "form": ReplyForm(auto_id=f"id_{one.pk}_%s"),
        }
        for one in verifying.open_queries(opening.answer)
    ]


def _page(opening: Opening, code: str) -> Page:
    try:
        return find_page(opening.content, code)
    except NoSuchQuestion:
        raise Http404 from None


def _about(opening: Opening, token: str) -> dict[str, object]:
    return {
        "survey": opening.survey,
        "unit": opening.unit,
        "token": token,
        "title": opening.survey.questionnaire.title.in_language(_language()),
        "answer_version": opening.version,
        "source": opening.link.source,
        "is_done": opening.is_done,
        "is_open": opening.is_open,
        "register": told_lines(opening.whole, opening.told, _language()),
    }


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdigit() else 0


def _language() -> str:
    return get_language() or "pl"
