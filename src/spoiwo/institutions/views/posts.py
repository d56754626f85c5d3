"""Posts: people in functions, apart from accounts."""

from http import HTTPStatus

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spoiwo.institutions import policies, queries, services
from spoiwo.institutions.errors import BadDetails
from spoiwo.institutions.forms import LastDayForm, PostForm, add_problems
from spoiwo.institutions.views.directory import found_or_404
from spoiwo.toolkit.doors import ActorRequest, open_to, signed_in


@require_http_methods(["GET", "POST"])
@open_to(signed_in)
def add(request: ActorRequest, code: str) -> HttpResponse:
    """Name somebody in a function."""
    institution = found_or_404(code)
    if not policies.may_edit_institution(request.actor, institution.pk):
        raise Http404
    form = PostForm(
        request.POST if request.method == "POST" else None, initial={"valid_from": timezone.localdate()}
    )
    if form.is_bound and form.is_valid():
        try:
            services.add_post(institution_id=institution.pk, post=form.post(), by=request.actor)
        except BadDetails as error:
            add_problems(form, error)
        else:
            notices.success(request, _("The post is saved."))
            return redirect("institutions:institution", code)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(
        request, "institutions/post.html", {"form": form, "institution": institution}, status=status
    )


@require_http_methods(["GET", "POST"])
@open_to(signed_in)
def end(request: ActorRequest, post_id: int) -> HttpResponse:
    """Say on which day somebody was last in the function."""
    post = queries.post(request.actor, post_id)
    if post is None or not policies.may_edit_institution(request.actor, post.institution_id):
        raise Http404
    form = LastDayForm(
        request.POST if request.method == "POST" else None, initial={"last_day": timezone.localdate()}
    )
    if form.is_bound and form.is_valid():
        try:
            services.end_post(post_id=post_id, last_day=form.cleaned_data["last_day"], by=request.actor)
        except BadDetails as error:
            add_problems(form, error)
        else:
            notices.success(request, _("The last day is saved."))
            return redirect("institutions:institution", post.institution.code)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "institutions/post_end.html", {"form": form, "post": post}, status=status)
