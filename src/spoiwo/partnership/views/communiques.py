"""Communiqués: writing, sending, the matrix of deliveries with its proofs, acknowledging."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from spoiwo.partnership import policies, queries, services
from spoiwo.partnership.forms.communiques import (
    CommuniqueForm,
    EvidenceFileForm,
    PageForm,
    SendForm,
    TargetForm,
)
from spoiwo.partnership.models import Communique, Delivery
from spoiwo.partnership.tables.communiques import matrix_rows, missing_languages, newest_tag
from spoiwo.partnership.types import Channel, CommuniqueState, Target, Visibility
from spoiwo.partnership.views.acting import (
    Page,
    bound,
    do,
    do_with_form,
    found_or_404,
    institution_choices,
    keeper_or_404,
    kept_file_answer,
)
from spoiwo.partnership.views.conflicts import conflict_page
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.doors import ActorRequest, open_to, signed_in
from spoiwo.toolkit.formatted import html_of_markdown

PAGE_SIZE = 25
LONGEST_PAGE = 2_000_000


@require_GET
@open_to(signed_in)
def communiques(request: ActorRequest) -> HttpResponse:
    """All communiqués in reach."""
    page = Paginator(queries.communiques_of(request.actor), PAGE_SIZE).get_page(request.GET.get("page"))
    totals = queries.totals_by_communique(list(page.object_list))
    kept = {one.pk: policies.keeps(request.actor, one.body.agreement) for one in page.object_list}
    rows = [
        {
            "row": one,
            "title": queries.headline(one, prepares=kept[one.pk]),
            "totals": totals.get(one.pk),
            "tag": newest_tag(one, prepares=kept[one.pk]),
        }
        for one in page.object_list
    ]
    bodies = [one for one in queries.bodies_of(request.actor) if policies.keeps(request.actor, one.agreement)]
    return render(request, "partnership/communiques.html", {"page": page, "rows": rows, "bodies": bodies})


@require_GET
@open_to(signed_in)
def communique(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """One communiqué; the secretariat sees how it reached everybody."""
    row, actor = _found(request, uuid), request.actor
    keeps = policies.keeps(actor, row.body.agreement)
    prepares = policies.prepares(actor, row)
    told = queries.told_to(row, prepares=prepares)
    language, title, text = told.in_language(request.GET.get("jezyk", ""))
    matrix = queries.matrix_of(row) if keeps else []
    page = Paginator(matrix, 100).get_page(request.GET.get("page"))
    context = {
        "communique": row,
        "told": told,
        "language": language,
        "title": title,
        "text": html_of_markdown(text),
        "is_corrected": prepares and row.sent_on is not None and row.state != CommuniqueState.SENT,
        "missing": missing_languages(told) if keeps else [],
        "tag": newest_tag(row, prepares=prepares),
        "keeps": keeps,
        "reach": queries.reach_of(matrix),
        "page": page,
        "matrix": matrix_rows(list(page.object_list)),
        "own": queries.own_deliveries(row, actor),
        "may_approve": row.state == CommuniqueState.DRAFT and prepares,
        "may_acknowledge": policies.works_somewhere(actor),
    }
    return render(request, "partnership/communique.html", context)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def new(request: ActorRequest, body_id: int) -> HttpResponse:
    """Write a communiqué; from approved minutes when a meeting is named."""
    body = found_or_404(queries.body(request.actor, body_id))
    keeper_or_404(request.actor, body.agreement)
    meeting = queries.approved_meeting(request.actor, request.GET.get("posiedzenie", ""), body.pk)
    first = {"title": meeting.title, "text": meeting.approved_text} if meeting else {}
    form = bound(request, CommuniqueForm, initial=first)
    page = Page(
        title=_("New communiqué"),
        button=_("Save the draft"),
        back=reverse("partnership:communiques"),
        lede=_("Nothing is sent until it is approved."),
    )

    def service(sent: CommuniqueForm) -> str:
        entered = sent.cleaned_data
        made = services.draft_communique(
            body_id=body.pk,
            title=entered["title"],
            text=entered["text"],
            year=timezone.localdate().year,
            meeting_id=meeting.pk if meeting else None,
            visibility=Visibility(entered["visibility"]),
            by=request.actor,
        )
        return _address(made)

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def edit(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Change the words; of one that was sent this is a correction that goes to everybody again."""
    row = _kept(request, uuid)
    first = {name: getattr(row, name) for name in ("title", "text", "visibility", "version")}
    form = bound(request, CommuniqueForm, initial=first)
    was_sent = row.state == CommuniqueState.SENT
    page = Page(
        title=_("Correct the communiqué") if was_sent else _("Change the communiqué"),
        button=_("Save"),
        back=_address(row),
        lede=_("The correction is approved and sent to all signatories again.") if was_sent else "",
    )

    def service(sent: CommuniqueForm) -> str:
        services.edit_communique(
            communique_id=row.pk,
            title=sent.cleaned_data["title"],
            text=sent.cleaned_data["text"],
            version=sent.cleaned_data["version"] or 0,
            visibility=Visibility(sent.cleaned_data["visibility"]),
            by=request.actor,
        )
        return page.back

    try:
        return do_with_form(request, form, page, service)
    except Conflict as conflict:
        return conflict_page(request, conflict, form=form, title=row.title, reload_url=request.path)


@require_POST
@open_to(policies.works_somewhere)
def approve(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Release for sending."""
    row = _found(request, uuid)
    if not policies.prepares(request.actor, row):
        raise Http404
    return do(
        request,
        lambda: services.approve_communique(communique_id=row.pk, at=timezone.now(), by=request.actor),
        notice=_("The communiqué is approved. It can be sent now."),
        back=_address(row),
    )


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def send(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Send to everybody who is a signatory today."""
    row, day = _kept(request, uuid), timezone.localdate()
    form = bound(request, SendForm)
    count = queries.count_signatories(row.body.agreement, day)
    page = Page(
        title=_("Send the communiqué"),
        button=_("Send now"),
        back=_address(row),
        lede=_("It goes to all signatories of today: %(count)s.") % {"count": count},
        notice=_("The communiqué is on its way. Below you see how it reaches each institution."),
    )

    def service(sent: SendForm) -> str:
        channels = [Channel(one) for one in sent.cleaned_data["channels"]]
        services.send_communique(
            communique_id=row.pk, channels=channels, at=timezone.now(), day=day, by=request.actor
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def target(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Keep account of one more way to an institution."""
    row = _kept(request, uuid)
    form = bound(request, TargetForm, institutions=institution_choices())
    page = Page(title=_("One more way"), button=_("Add"), back=_address(row), lede=row.title)

    def service(sent: TargetForm) -> str:
        entered = sent.cleaned_data
        services.expect_delivery(
            communique_id=row.pk,
            target=Target(entered["institution"], Channel(entered["channel"])),
            at=timezone.now(),
            by=request.actor,
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_POST
@open_to(policies.works_somewhere)
def acknowledge(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Say that the communiqué was read."""
    delivery = found_or_404(queries.delivery(request.actor, uuid))
    if not policies.may_acknowledge(request.actor, delivery):
        raise Http404
    return do(
        request,
        lambda: services.acknowledge(delivery_id=delivery.pk, at=timezone.now(), by=request.actor),
        notice=_("Noted: your institution has read the communiqué."),
        back=_address(delivery.communique),
    )


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def evidence(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Keep the proof of a registered delivery or of a paper letter."""
    delivery = _kept_delivery(request, uuid)
    form = bound(request, EvidenceFileForm)
    page = Page(
        title=_("Proof of delivery"),
        button=_("Keep the proof"),
        back=_address(delivery.communique),
        lede=str(delivery.institution),
    )

    def service(sent: EvidenceFileForm) -> str:
        file = sent.cleaned_data["file"]
        services.keep_evidence(
            delivery_id=delivery.pk, name=file.name, content=file.read(), at=timezone.now(), by=request.actor
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_http_methods(["GET", "POST"])
@open_to(policies.keeps_something)
def page_of_partner(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Write down where an institution put the communiqué, with the page as proof."""
    delivery = _kept_delivery(request, uuid)
    form = bound(request, PageForm, initial={"url": delivery.url})
    page = Page(
        title=_("On the institution's page"),
        button=_("Save"),
        back=_address(delivery.communique),
        lede=str(delivery.institution),
    )

    def service(sent: PageForm) -> str:
        file = sent.cleaned_data["html"]
        html = file.read(LONGEST_PAGE).decode(errors="replace") if file else None
        services.note_page(
            delivery_id=delivery.pk,
            url=sent.cleaned_data["url"],
            html=html,
            at=timezone.now(),
            by=request.actor,
        )
        return page.back

    return do_with_form(request, form, page, service)


@require_POST
@open_to(policies.keeps_something)
def send_again(request: ActorRequest, uuid: UUID) -> HttpResponse:
    """Decide that a letter of uncertain fate goes out again."""
    delivery = _kept_delivery(request, uuid)
    return do(
        request,
        lambda: services.send_again(mail_id=delivery.mail_id or 0, at=timezone.now(), by=request.actor),
        notice=_("The letter is in the outbox again."),
        back=_address(delivery.communique),
    )


@require_GET
@open_to(policies.keeps_something)
def evidence_file(request: ActorRequest, uuid: UUID) -> FileResponse:
    """The proof that is kept."""
    delivery = _kept_delivery(request, uuid)
    if not delivery.evidence_sha256:
        raise Http404
    return kept_file_answer(delivery.evidence_name, delivery.evidence_sha256)


def _found(request: ActorRequest, uuid: UUID) -> Communique:
    row: Communique = found_or_404(queries.communique(request.actor, uuid))
    return row


def _kept(request: ActorRequest, uuid: UUID) -> Communique:
    row = _found(request, uuid)
    keeper_or_404(request.actor, row.body.agreement)
    return row


def _kept_delivery(request: ActorRequest, uuid: UUID) -> Delivery:
    row: Delivery = found_or_404(queries.delivery(request.actor, uuid))
    keeper_or_404(request.actor, row.communique.body.agreement)
    return row


def _address(row: Communique) -> str:
    return reverse("partnership:communique", args=[row.uuid])
