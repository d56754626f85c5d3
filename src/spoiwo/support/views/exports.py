"""The participants' file of the EU fund's monitoring system."""

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spoiwo.support.errors import SupportError
from spoiwo.support.forms.exports import FundColumnsForm, FundDaysForm
from spoiwo.support.rules import fund_export as rules
from spoiwo.support.rules.periods import last_whole_quarter
from spoiwo.support.services import fund_export
from spoiwo.support.views import frame
from spoiwo.toolkit.doors import ActorRequest, open_to


@require_http_methods(["GET", "POST"])
@open_to(frame.keepers)
def fund_file(request: ActorRequest) -> HttpResponse:
    """Choose the days and take the file, or change its columns."""
    first, last = last_whole_quarter(timezone.localdate())
    days = FundDaysForm(
        request.GET if "first" in request.GET else None, initial={"first": first, "last": last}
    )
    text = rules.write_mapping(fund_export.mapping_of(request.actor))
    columns = FundColumnsForm(request.POST or None, initial={"columns": text})
    if days.is_bound and days.is_valid():
        header, rows = fund_export.fund_rows(
            days.cleaned_data["first"], days.cleaned_data["last"], by=request.actor
        )
        form = "csv" if request.GET.get("format") == "csv" else "xlsx"
        return frame.as_file("uczestnicy", form, _("Participants"), header, rows)
    if request.method == "POST" and columns.is_valid():
        try:
            fund_export.keep_mapping(columns.cleaned_data["columns"], by=request.actor)
        except SupportError as error:
            frame.refuse(columns, error)
        else:
            notices.success(request, _("The columns are kept."))
            return redirect("support:fund_file")
    bad = days if days.errors else columns
    context = {"days": days, "columns": columns, "form": bad, "fields": rules.FIELDS}
    return render(request, "support/fund_file.html", context, status=422 if bad.errors else 200)
