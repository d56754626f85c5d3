"""Questionnaires as lists and pages; XLSForm in and out; preview and print."""

from base64 import b64decode, b64encode
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages as notices
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.surveys import messages, policies
from spoiwo.surveys.errors import DraftAlreadyOpen, SurveysError
from spoiwo.surveys.forms import DescriptionForm, QuestionnaireForm, WorkbookForm
from spoiwo.surveys.models import Questionnaire, QuestionnaireVersion
from spoiwo.surveys.queries import catalogue
from spoiwo.surveys.rules.budget import minutes_of
from spoiwo.surveys.services import building, workbooks
from spoiwo.surveys.tables.asking import questions_of
from spoiwo.surveys.tables.paper import paper_of
from spoiwo.surveys.tables.wording import condition_in_words
from spoiwo.surveys.types import Content, Draft, Subject, Words
from spoiwo.toolkit.documents import PDF_TYPE, pdf_of
from spoiwo.toolkit.doors import ActorRequest, open_to
from spoiwo.toolkit.sheets import XLSX_TYPE

PAGE_SIZE = 25


@require_GET
@open_to(policies.may_read)
def questionnaires(request: ActorRequest) -> HttpResponse:
    """Own questionnaires and those that others share."""
    page = Paginator(catalogue.questionnaires(request.actor), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [{"one": one, "newest": next(iter(one.versions.all()), None)} for one in page]
    context = {"page": page, "rows": rows, "may_build": policies.may_build(request.actor)}
    return render(request, "surveys/questionnaires.html", context)


@require_http_methods(["GET", "POST"])
@open_to(policies.may_build)
def new(request: ActorRequest) -> HttpResponse:
    """A new questionnaire, empty."""
    form = QuestionnaireForm(request.POST or None, initial={"subject": Subject.ENTITY.value})
    if request.method == "POST" and form.is_valid():
        try:
            version = building.create_questionnaire(
                draft=form.draft(), content=Content(), at=timezone.now(), by=request.actor
            )
        except SurveysError as error:
            form.add_error("code", messages.message_for(error))
        else:
            return redirect("surveys:build", version.questionnaire.uuid)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "surveys/questionnaire_form.html", {"form": form}, status=status)


@require_GET
@open_to(policies.may_read)
def questionnaire(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """One questionnaire with its versions."""
    return _questionnaire_page(request, _found(request, uuid))


@require_POST
@open_to(policies.may_build)
def describe(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Change title, budget and sharing."""
    found = _own(request, uuid)
    form = DescriptionForm(request.POST)
    if not form.is_valid():
        return _questionnaire_page(request, found, form)
    data = form.cleaned_data
    draft = Draft(
        code=found.code,
        title=Words(data["title_pl"], data["title_en"]),
        minutes_budget=data["minutes_budget"],
    )
    building.describe_questionnaire(
        questionnaire_id=found.pk, draft=draft, is_shared=data["is_shared"], by=request.actor
    )
    notices.success(request, _("The description is saved."))
    return redirect("surveys:questionnaire", uuid)


@require_POST
@open_to(policies.may_build)
def new_version(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Draft the next version."""
    found = _own(request, uuid)
    try:
        building.new_version(questionnaire_id=found.pk, at=timezone.now(), by=request.actor)
    except DraftAlreadyOpen as error:
        notices.warning(request, messages.message_for(error))
    return redirect("surveys:build", uuid)


@require_POST
@open_to(policies.may_build)
def copy(request: ActorRequest, uuid: UUID, number: int) -> HttpResponse:
    """Take over a questionnaire that another institution shares."""
    version = _version(request, uuid, number)
    code = version.questionnaire.code
    try:
        made = building.copy_shared(version_id=version.pk, code=code, at=timezone.now(), by=request.actor)
    except SurveysError as error:
        notices.warning(request, messages.message_for(error))
        return redirect("surveys:questionnaire", uuid)
    return redirect("surveys:build", made.questionnaire.uuid)


@require_GET
@open_to(policies.may_read)
def preview(request: ActorRequest, uuid: UUID, number: int) -> HttpResponse:
    """A version as respondents see it; nothing is saved."""
    version = _version(request, uuid, number)
    content, language = version.questions, get_language() or "pl"
    pages = [
        {
            "title": page.title.in_language(language),
            "condition": condition_in_words(page.condition, content, language),
            "questions": [
                {"q": shown, "condition": condition_in_words(question.condition, content, language)}
                for shown, question in zip(
                    questions_of(page, {}, language=language), page.questions, strict=True
                )
            ],
        }
        for page in content.pages
    ]
    context = {
        "wording": version,
        "title": version.questionnaire.title.in_language(language),
        "pages": pages,
        "minutes": minutes_of(content),
    }
    return render(request, "surveys/preview.html", context)


@require_GET
@open_to(policies.may_read)
def print_version(request: ActorRequest, uuid: UUID, number: int) -> HttpResponse:
    """A version on paper, as PDF/UA."""
    version = _version(request, uuid, number)
    document = paper_of(
        version, language=get_language() or "pl", issuer=version.questionnaire.institution.name
    )
    return _file(pdf_of(document), f"{version.questionnaire.code}-v{number}.pdf", PDF_TYPE)


@require_GET
@open_to(policies.may_read)
def export_xlsform(request: ActorRequest, uuid: UUID, number: int) -> HttpResponse:
    """A version as an XLSForm workbook."""
    version = _version(request, uuid, number)
    return _file(workbooks.write_xlsform(version), f"{version.questionnaire.code}-v{number}.xlsx", XLSX_TYPE)


@require_http_methods(["GET", "POST"])
@open_to(policies.may_build)
def import_xlsform(request: ActorRequest) -> HttpResponse:
    """Take over an XLSForm workbook: what was read is shown first, then saved."""
    if "workbook" in request.POST:
        return _save_workbook(request)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
        return render(request, "surveys/xlsform.html", {"form": form}, status=status)
    content = form.cleaned_data["file"].read()
    try:
        taken = workbooks.read_xlsform(content)
    except SurveysError as error:
        form.add_error("file", messages.message_for(error))
        return render(request, "surveys/xlsform.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    context = {
        "taken": taken,
        "code": form.cleaned_data["code"],
        "workbook": signing.dumps(b64encode(content).decode(), salt=_SALT, compress=True),
        "refused": [{"part": one, "sentence": messages.refusal_sentence(one)} for one in taken.refused],
        "pages": [
            {
                "page": page,
                "title": page.title.pl,
                "kinds": [messages.KIND_NAMES[q.kind] for q in page.questions],
            }
            for page in taken.content.pages
        ],
        "count": len(taken.content.questions()),
        "minutes": minutes_of(taken.content),
    }
    return render(request, "surveys/xlsform_check.html", context)


_SALT = "spoiwo.surveys.xlsform"


def _save_workbook(request: ActorRequest) -> HttpResponse:
    """What was shown is what is saved: the workbook comes back signed."""
    form = WorkbookForm(request.POST)
    try:
        content = b64decode(signing.loads(request.POST["workbook"], salt=_SALT, max_age=24 * 60 * 60))
    except (signing.BadSignature, ValueError):
        return redirect("surveys:import_xlsform")
    taken = workbooks.read_xlsform(content)
    code = request.POST.get("code", "")
    draft = Draft(code=code, title=Words(taken.title or code))
    try:
        version = building.create_questionnaire(
            draft=draft, content=taken.content, at=timezone.now(), by=request.actor
        )
    except SurveysError as error:
        form.errors.clear()
        form.add_error("code", messages.message_for(error))
        return render(request, "surveys/xlsform.html", {"form": form}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    notices.success(request, _("The questionnaire is saved as a draft."))
    return redirect("surveys:build", version.questionnaire.uuid)


def _questionnaire_page(
    request: ActorRequest, found: Questionnaire, form: DescriptionForm | None = None
) -> HttpResponse:
    is_own = found.institution_id == request.actor.institution_id and policies.may_build(request.actor)
    initial = {
        "title_pl": found.title_pl,
        "title_en": found.title_en,
        "minutes_budget": found.minutes_budget,
        "is_shared": found.is_shared,
    }
    versions = list(found.versions.all())
    context = {
        "questionnaire": found,
        "title": found.title.in_language(get_language() or "pl"),
        "versions": versions,
        "has_draft": any(version.state == "draft" for version in versions),
        "is_own": is_own,
        "may_copy": policies.may_build(request.actor) and not is_own,
        "form": (form or DescriptionForm(initial=initial)) if is_own else None,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form else HTTPStatus.OK
    return render(request, "surveys/questionnaire.html", context, status=status)


def _found(request: ActorRequest, uuid: UUID) -> Questionnaire:
    found = catalogue.questionnaire(request.actor, uuid)
    if found is None:
        raise Http404
    return found


def _own(request: ActorRequest, uuid: UUID) -> Questionnaire:
    found = _found(request, uuid)
    if found.institution_id != request.actor.institution_id:
        raise Http404
    return found


def _version(request: ActorRequest, uuid: UUID, number: int) -> QuestionnaireVersion:
    version = catalogue.version(request.actor, uuid, number)
    if version is None:
        raise Http404
    return version


def _file(content: bytes, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
