"""Figures of any period and body: worked out when they are asked for, each with the rows it counts."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from spoiwo.partnership import queries
from spoiwo.partnership.forms.reports import PeriodForm
from spoiwo.partnership.models import Agreement
from spoiwo.partnership.tables.reports import PERIOD_NAMES, period_paper
from spoiwo.partnership.types import ReportFigure
from spoiwo.partnership.views.acting import document_answer, found_or_404
from spoiwo.partnership.views.reports import address_of_row
from spoiwo.toolkit.doors import ActorRequest, open_to, signed_in


@require_GET
@open_to(signed_in)
def period(request: ActorRequest, agreement_id: int) -> HttpResponse:
    """Figures between two days, of the whole partnership or of one body; `klucz` opens the rows of one."""
    agreement, form, figures = _asked(request, agreement_id)
    chosen = next((one for one in figures if one.key == request.GET.get("klucz")), None)
    lines = queries.rows_seen_by(request.actor, agreement, chosen.rows) if chosen else []
    asked = request.GET.copy()
    asked.pop("klucz", None)
    context = {
        "agreement": agreement,
        "form": form,
        "figures": [{"figure": one, "name": PERIOD_NAMES[one.key]} for one in figures],
        "chosen": chosen,
        "chosen_name": PERIOD_NAMES[chosen.key] if chosen else "",
        "lines": [
            {"day": day, "title": title, "url": address_of_row(reference)} for day, title, reference in lines
        ],
        "asked": asked.urlencode(),
    }
    return render(request, "partnership/period.html", context)


@require_GET
@open_to(signed_in)
def period_file(request: ActorRequest, agreement_id: int, shape: str) -> HttpResponse:
    """The same as PDF/UA or DOCX, with lists of what the figures count."""
    agreement, form, figures = _asked(request, agreement_id)
    if not figures:
        raise Http404
    first, last, body = form.chosen()
    days = f"{date_format(first, 'j E Y')} – {date_format(last, 'j E Y')}"
    paper = period_paper(
        agreement,
        subtitle=_("%(days)s, %(body)s") % {"days": days, "body": body.name if body else _("all bodies")},
        figures=figures,
        rows=queries.lists_of(agreement, figures),
    )
    return document_answer(paper, shape, f"partnerstwo-{first}-{last}")


def _asked(
    request: ActorRequest, agreement_id: int
) -> tuple[Agreement, PeriodForm, tuple[ReportFigure, ...]]:
    """Without an answer the year so far; without one that can be read no figures."""
    agreement: Agreement = found_or_404(queries.agreement(request.actor, agreement_id))
    today = timezone.localdate()
    so_far = {"od": f"01.01.{today.year}", "do": f"{today:%d.%m.%Y}"}
    bodies = queries.bodies_of(request.actor, agreement=agreement)
    form = PeriodForm(request.GET if "od" in request.GET else so_far, bodies=bodies)
    figures = queries.figures_of_period(agreement, *form.chosen()) if form.is_valid() else ()
    return agreement, form, figures
