"""What goes along with a communiqué: files to take along, and its translations."""

from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.partnership import policies, queries, services
from spoiwo.partnership.forms.communiques import EnclosureForm, TranslationForm
from spoiwo.partnership.models import Communique
from spoiwo.partnership.models.choices import LANGUAGES
from spoiwo.partnership.types import Language
from spoiwo.partnership.views.acting import (
    Page,
    bound,
    do,
    do_with_form,
    found_or_404,
    keeper_or_404,
    kept_file_answer,
)
from spoiwo.toolkit.doors import ActorRequest, everyone, open_to, signed_in


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def add(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Let a file go along."""
    row = _kept(request, uuid)
    page = Page(
        title=_("File for the communiqué"),
        button=_("Add the file"),
        back=_address(row),
        lede=_("Whoever reads the communiqué can read the file. It is no place for clients' data."),
    )

    def service(sent: EnclosureForm) -> str:
        services.enclose(communique_id=row.pk, file=sent.attached(), by=request.actor)
        return page.back

    return do_with_form(request, bound(request, EnclosureForm), page, service)


@require_POST
@open_to(policies.keeps_something)
def remove(request: ActorRequest, uuid: UUID, digest: str) -> HttpResponse:
    """Let a file no longer go along."""
    row = _kept(request, uuid)
    return do(
        request,
        lambda: services.take_out(communique_id=row.pk, sha256=digest, by=request.actor),
        notice=_("The file is taken off."),
        back=_address(row),
    )


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def translate(request: ActorRequest, uuid: UUID, language: str) -> HttpResponse:
    """Tell it in one more language."""
    row, names = _kept(request, uuid), {str(code): name for code, name in LANGUAGES}
    if language not in names:
        raise Http404
    told = row.translations.filter(language=language).first()
    form = bound(request, TranslationForm, initial={"title": told.title, "text": told.text} if told else {})
    page = Page(
        title=_("The communiqué in another language: %(language)s") % {"language": names[language]},
        button=_("Save"),
        back=_address(row),
        lede=row.title,
    )

    def service(sent: TranslationForm) -> str:
        services.translate(
            communique_id=row.pk, language=Language(language), by=request.actor, **sent.cleaned_data
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_GET
@open_to(signed_in)
def read(request: ActorRequest, uuid: UUID, digest: str) -> FileResponse:
    """A file that goes along, for signatories."""
    row: Communique = found_or_404(queries.communique(request.actor, uuid))
    return _file(queries.told_to(row, prepares=policies.prepares(request.actor, row)), digest)


@require_GET
@open_to(everyone)
def read_in_public(request: ActorRequest, uuid: UUID, digest: str) -> FileResponse:  # noqa: ARG001
    """A file that goes along, for everybody."""
    return _file(found_or_404(queries.public_communique(uuid)), digest)


def _file(told: queries.Told, digest: str) -> FileResponse:
    names = {sha256: name for name, sha256, _size in told.enclosures}
    if digest not in names:
        raise Http404
    return kept_file_answer(names[digest], digest)


def _kept(request: ActorRequest, uuid: UUID) -> Communique:
    row: Communique = found_or_404(queries.communique(request.actor, uuid))
    keeper_or_404(request.actor, row.body.agreement)
    return row


def _address(row: Communique) -> str:
    return reverse("partnership:communique", args=[row.uuid])
