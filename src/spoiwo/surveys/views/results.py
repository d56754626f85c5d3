"""Results, the report of an edition, single answers, files."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages as notices
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from spoiwo.surveys import messages, policies
from spoiwo.surveys.errors import NotFound, SurveysError
from spoiwo.surveys.forms import AskForm, BreakForm
from spoiwo.surveys.models import Answer, Survey
from spoiwo.surveys.queries import catalogue, observing, results
from spoiwo.surveys.queries.results import Part
from spoiwo.surveys.rules import editions
from spoiwo.surveys.rules.documents import all_fields, label_of
from spoiwo.surveys.rules.summaries import choices_of
from spoiwo.surveys.services import deciding, exporting, reading, rounds
from spoiwo.surveys.tables.results import funnel_rows, outcome_rows, result_pages
from spoiwo.surveys.types import NO, NUMERIC, YES, AnswerState, QuestionKind, Step, Summary
from spoiwo.surveys.views.surveys import found
from spoiwo.toolkit.doors import ActorRequest, open_to
from spoiwo.toolkit.sheets import CSV_TYPE, XLSX_TYPE

MOST_AT_ONCE = 20_000  # answers summed up while somebody waits; more are for the file
PANEL_FIELDS = 12
WORST_FIELDS = 25


@require_GET
@open_to(policies.may_read)
def survey_results(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Results at once, filtered by who answered or what."""
    survey = found(request.actor, uuid)
    part = Part(
        kind=request.GET.get("rodzaj", ""),
        territory=request.GET.get("teren", "")[:7],
        field=request.GET.get("pytanie", ""),
        value=request.GET.get("odpowiedz", ""),
    )
    if "czesc" in request.GET:
        part = _with_value(part, request.GET["czesc"])
    total = results.counted_answers(survey)
    is_too_large = total > MOST_AT_ONCE
    count, summaries = (0, []) if is_too_large else results.summed_up(survey, part)
    language = get_language() or "pl"
    content = survey.version.questions
    context = {
        "survey": survey,
        "total": total,
        "count": count,
        "part": part,
        "is_too_large": is_too_large,
        "pages": [] if is_too_large else result_pages(content, summaries, language=language),
        "kinds": results.kinds_asked(survey),
        "splits": _splits(survey, language),
        "chosen_split": f"{part.field}={part.value}" if part.field else "",
        "exports": catalogue.exports(request.actor, survey) if policies.may_build(request.actor) else [],
        "may_build": policies.may_build(request.actor),
    }
    return render(request, "surveys/results.html", context)


@require_POST
@open_to(policies.may_build)
def ask_export(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Have a file made."""
    survey = found(request.actor, uuid)
    try:
        exporting.ask_export(survey_id=survey.pk, form=request.POST.get("format", ""), by=request.actor)
    except NotFound:
        raise Http404 from None
    except SurveysError as error:
        notices.warning(request, messages.message_for(error))
    else:
        notices.success(request, _("The file is being prepared. Its progress is shown under Files."))
    return redirect("surveys:results", uuid)


@require_GET
@open_to(policies.may_build)
def export_progress(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """How far a file is; asked every two seconds while it is being made."""
    export = catalogue.export(request.actor, uuid)
    if export is None:
        raise Http404
    return render(request, "surveys/_export.html", {"export": export})


@require_GET
@open_to(policies.may_build)
def fetch_export(request: ActorRequest, uuid: UUID) -> HttpResponseBase:
    """Download a file."""
    export = catalogue.export(request.actor, uuid)
    if export is None or not export.wrapped_key:
        raise Http404
    try:
        chunks = exporting.fetch_export(export=export, by=request.actor)
    except FileNotFoundError:
        raise Http404 from None
    response = StreamingHttpResponse(chunks, content_type=CSV_TYPE if export.format == "csv" else XLSX_TYPE)
    name = f"{export.survey.questionnaire.code}-{export.asked_at:%Y-%m-%d}.{export.format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
@open_to(policies.may_read)
def edition(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """The edition as a statistical operation."""
    return _edition_page(request, found(request.actor, uuid))


@require_POST
@open_to(policies.may_build)
def note_break(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Say why a series breaks here."""
    survey = found(request.actor, uuid)
    form = BreakForm(request.POST)
    if form.is_valid():
        try:
            rounds.note_break(
                survey_id=survey.pk,
                question=form.cleaned_data["question"],
                note=form.cleaned_data["note"],
                by=request.actor,
            )
        except SurveysError as error:
            form.add_error("question", messages.message_for(error))
        else:
            notices.success(request, _("The break is noted."))
            return redirect("surveys:edition", uuid)
    return _edition_page(request, survey, form)


@require_POST
@open_to(policies.may_build)
def accept_all(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Accept all that was handed in and nobody asks about."""
    survey = found(request.actor, uuid)
    try:
        count = deciding.accept_all(survey_id=survey.pk, at=timezone.now(), by=request.actor)
    except SurveysError as error:
        notices.warning(request, messages.message_for(error))
    else:
        told = ngettext("%(n)s answer is accepted.", "%(n)s answers are accepted.", count)
        notices.success(request, told % {"n": count})
    return redirect("surveys:survey", uuid)


@require_GET
@open_to(policies.may_read)
def answer(request: ActorRequest, answer_id: UUID) -> HttpResponse:
    """One answer with its questions; on record as read."""
    return _answer_page(request, _answer(request, answer_id))


@require_POST
@open_to(policies.may_build)
def ask_about(request: ActorRequest, answer_id: UUID) -> HttpResponse:
    """Ask the respondent about one value."""
    one = _answer(request, answer_id)
    form = AskForm(request.POST)
    if form.is_valid():
        try:
            deciding.ask_about(
                answer_id=one.pk,
                field=request.POST.get("field", ""),
                text=form.cleaned_data["text"],
                at=timezone.now(),
                by=request.actor,
            )
        except SurveysError as error:
            notices.warning(request, messages.message_for(error))
        else:
            notices.success(request, _("The question waits for the respondent."))
        return redirect("surveys:read_answer", answer_id)
    return _answer_page(request, one, form)


@require_POST
@open_to(policies.may_build)
def accept(request: ActorRequest, answer_id: UUID) -> HttpResponse:
    """Accept one answer."""
    one = _answer(request, answer_id)
    try:
        deciding.accept_answer(answer_id=one.pk, at=timezone.now(), by=request.actor)
    except SurveysError as error:
        notices.warning(request, messages.message_for(error))
    else:
        notices.success(request, _("The answer is accepted."))
    return redirect("surveys:read_answer", answer_id)


def _answer(request: ActorRequest, answer_id: UUID) -> Answer:
    one = catalogue.answer(request.actor, answer_id)
    if one is None:
        raise Http404
    return one


def _answer_page(request: ActorRequest, one: Answer, form: AskForm | None = None) -> HttpResponse:
    lines = reading.read_answer(one, by=request.actor, language=get_language() or "pl")
    language = get_language() or "pl"
    queries = catalogue.queries_of(one)
    names = {line.code: line.label.in_language(language) for line in lines}
    is_running = one.survey.step in {Step.OPEN, Step.CLOSED}
    context = {
        "answer": one,
        "survey": one.survey,
        "lines": [
            {"code": line.code, "label": names[line.code], "words": line.words, "value": line.value}
            for line in lines
        ],
        "queries": [{"query": query, "label": names.get(query.field, query.field)} for query in queries],
        "form": form or AskForm(),
        "may_ask": is_running and policies.may_build(request.actor),
        "may_accept": is_running and one.state == AnswerState.SUBMITTED and policies.may_build(request.actor),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(request, "surveys/answer_read.html", context, status=status)


def _edition_page(request: ActorRequest, survey: Survey, form: BreakForm | None = None) -> HttpResponse:
    language = get_language() or "pl"
    standings = results.standings(survey)
    strata = editions.coverage(standings)
    content = survey.version.questions
    labels = {field.code: label_of(field).in_language(language) for field in all_fields(content)}
    numeric = [field.code for field in all_fields(content) if field.question.kind in NUMERIC]
    _count, summaries = results.summed_up(survey)
    previous = survey.previous
    found_breaks = editions.breaks(previous.version.questions, content) if previous else []
    context = {
        "survey": survey,
        "funnel_rows": funnel_rows(editions.funnel(standings), anonymous=survey.anonymous),
        "coverage": strata,
        "coverage_total": editions.total_coverage(strata),
        "outcomes": outcome_rows(results.outcomes_of(survey)) if not survey.anonymous else [],
        "items": _item_nonresponse(summaries, labels),
        "panels": [
            {"panel": one, "label": labels[one.code]}
            for one in observing.panels(survey, numeric[:PANEL_FIELDS])
        ],
        "breaks": [
            {"label": labels.get(one.code, one.code), "why": str(messages.BREAK_NAMES[one.kind])}
            for one in found_breaks
        ],
        "notes": [
            {"label": labels.get(code, code), "why": note} for code, note in survey.break_notes.items()
        ],
        "may_build": policies.may_build(request.actor) and survey.step != Step.PUBLISHED,
        "form": form or BreakForm(),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(request, "surveys/edition.html", context, status=status)


def _item_nonresponse(summaries: Sequence[Summary], labels: Mapping[str, str]) -> list[dict[str, object]]:
    """Questions that most often stay without an answer, the worst first."""
    worst = sorted((one for one in summaries if one.missing), key=lambda one: -one.missing)[:WORST_FIELDS]
    return [
        {
            "label": labels[one.code],
            "asked": one.asked,
            "missing": one.missing,
            "share": _share(one.missing, one.asked),
        }
        for one in worst
    ]


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole else None


def _with_value(part: Part, text: str) -> Part:
    field, _parted, value = text.partition("=")
    return Part(part.kind, part.territory, field, value)


def _splits(survey: Survey, language: str) -> list[tuple[str, str]]:
    """Answers by which results can be filtered: those of closed questions."""
    kinds = {QuestionKind.SINGLE, QuestionKind.YES_NO, QuestionKind.MULTIPLE}
    names = {YES: _("Yes"), NO: _("No")}
    return [
        (f"{field.code}={code}", f"{label_of(field).in_language(language)}: {names.get(name, name)}"[:120])
        for field in all_fields(survey.version.questions)
        if field.question.kind in kinds
        for code, name in choices_of(field, language)
    ]
