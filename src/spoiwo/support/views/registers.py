"""Short registers: results of animation, promotion, programmes, projects, KFS totals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from spoiwo.kernel.actor import Actor
from spoiwo.support import policies
from spoiwo.support.errors import SupportError
from spoiwo.support.forms import work as forms
from spoiwo.support.models import ANIMATION_CHOICES, PROMOTION_CHOICES
from spoiwo.support.queries import finding, listing, work
from spoiwo.support.services import results
from spoiwo.support.types import RecipientKind
from spoiwo.support.views import frame
from spoiwo.toolkit.doors import ActorRequest, open_to
from spoiwo.toolkit.templatetags.spoiwo import pl_date, zloty

_ANIMATION_NAMES: dict[str, Any] = dict(ANIMATION_CHOICES)
_PROMOTION_NAMES: dict[str, Any] = dict(PROMOTION_CHOICES)


@dataclass(frozen=True, slots=True)
class Register:
    """A short register: its words, its rows, and how one is added."""

    title: Any
    lede: Any
    add: Any
    columns: Callable[[], list[tuple[str, bool]]]
    rows: Callable[[Actor], Any]
    cells: Callable[[Any], Sequence[Any]]
    form: type[Any]
    save: Callable[..., Any]
    offices: bool = False  # offices keep it, not only support centres
    asks_actor: bool = False
    more: Sequence[tuple[Any, Callable[[], str]]] = ()  # further links: label, address


REGISTERS: dict[str, Register] = {
    "animacja": Register(
        gettext_lazy("Results of animation"),
        gettext_lazy("Partnerships, teams, clusters and co-operation that your animation founded."),
        gettext_lazy("Add a result"),
        lambda: [
            (_("Founded on"), False),
            (_("Kind"), False),
            (_("Name"), False),
            (_("Who founded it"), False),
        ],
        work.animation,
        lambda one: [pl_date(one.day), _ANIMATION_NAMES[one.kind], one.name, one.founders or "–"],
        forms.AnimationForm,
        results.note_animation,
    ),
    "promocja": Register(
        gettext_lazy("Promotion"),
        gettext_lazy("Catalogue editions, television and publications, with the entities they promoted."),
        gettext_lazy("Add a promotion"),
        lambda: [
            (_("Published on"), False),
            (_("Kind"), False),
            (_("Title"), False),
            (_("Entities"), True),
            (_("People reached"), True),
        ],
        work.promotion,
        lambda one: [
            pl_date(one.day),
            _PROMOTION_NAMES[one.kind],
            one.title,
            one.promoted,
            "–" if one.reach is None else one.reach,
        ],
        forms.PromotionForm,
        results.note_promotion,
        asks_actor=True,
    ),
    "cykle": Register(
        gettext_lazy("Animator programmes"),
        gettext_lazy("Editions of meeting cycles. Plan an event of the kind Meeting cycle in each county."),
        gettext_lazy("Add an edition"),
        lambda: [(_("Name"), False), (_("Sessions in each county"), True), (_("Needed to finish"), True)],
        listing.cycles,
        lambda one: [one.name, one.sessions_planned, one.required_sessions],
        forms.CycleForm,
        results.add_cycle,
    ),
    "projekty": Register(
        gettext_lazy("Projects"),
        gettext_lazy("Support tied to a project is given within its days."),
        gettext_lazy("Add a project"),
        lambda: [(_("Name"), False), (_("Number of the contract"), False), (_("Days"), False)],
        listing.projects,
        lambda one: [one.name, one.number or "–", f"{pl_date(one.starts_on)} – {pl_date(one.ends_on)}"],
        forms.ProjectForm,
        results.add_project,
    ),
    "kfs": Register(
        gettext_lazy("National Training Fund (KFS)"),
        gettext_lazy("Totals of the office by period and priority, as its own system counts them."),
        gettext_lazy("Add totals"),
        lambda: [
            (_("Period"), False),
            (_("Priority"), False),
            (_("Employers"), True),
            (_("People"), True),
            (_("Amount"), True),
        ],
        work.kfs,
        lambda one: [
            f"{pl_date(one.first_day)} – {pl_date(one.last_day)}",
            one.priority,
            one.employers,
            f"{one.people}{_wording(one.wording)}",
            zloty(Decimal(one.amount_pln)),
        ],
        forms.KfsForm,
        results.set_kfs_total,
        offices=True,
        more=[(gettext_lazy("Totals from a file"), lambda: f"{reverse('exchange:sheets')}?rodzaj=kfs")],
    ),
}


def offices(actor: Actor | None) -> bool:
    """Those who keep the support register, and registrars of offices, who bring in their totals."""
    return policies.keeps_register(actor) or (
        actor is not None and bool(actor.institution_id) and actor.has_any("registrar")
    )


@require_GET
@open_to(offices)
def registers(request: ActorRequest) -> HttpResponse:
    """The short registers."""
    context = {"registers": _reachable(request.actor), "is_keeper": frame.keepers(request.actor)}
    return render(request, "support/registers.html", context)


@require_GET
@open_to(offices)
def register(request: ActorRequest, slug: str) -> HttpResponse:
    """One short register."""
    one = _found(request.actor, slug)
    page = frame.page_of(request, one.rows(request.actor))
    shown = frame.Listing(
        title=str(one.title),
        lede=str(one.lede),
        columns=one.columns(),
        empty_title=_("Nothing here yet"),
        empty_text=str(one.lede),
        actions=[
            frame.Action(str(one.add), reverse("support:add_to_register", args=[slug])),
            *(frame.Action(str(label), address()) for label, address in one.more),
        ],
        count_words=ngettext("%(n)s entry", "%(n)s entries", page.paginator.count)
        % {"n": page.paginator.count},
        crumbs=[(_("Results and promotion"), reverse("support:registers")), (str(one.title), "")],
    )
    return frame.show_list(request, shown, page, [list(one.cells(row)) for row in page.object_list])


@require_http_methods(["GET", "POST"])
@open_to(offices)
def add_to_register(request: ActorRequest, slug: str) -> HttpResponse:
    """A new row of a short register."""
    one = _found(request.actor, slug)
    options = {"actor": request.actor} if one.asks_actor else {}
    form = one.form(request.POST or None, initial={"day": timezone.localdate()}, **options)
    if request.method == "POST" and form.is_valid():
        try:
            one.save(**form.cleaned_data, by=request.actor)
        except SupportError as error:
            frame.refuse(form, error)
        else:
            notices.success(request, _("Saved."))
            return redirect("support:register_of", slug)
    return frame.show_form(
        request,
        form,
        title=str(one.add),
        action_label=_("Save"),
        cancel_url=reverse("support:register_of", args=[slug]),
        crumbs=[(str(one.title), reverse("support:register_of", args=[slug])), (str(one.add), "")],
        units=frame.units(request),
        suggestions=finding.suggestions(request.actor, kinds=(RecipientKind.ENTITY,)),
    )


def _reachable(actor: Actor) -> list[dict[str, Any]]:
    keeper = frame.keepers(actor)
    return [
        {"slug": slug, "title": one.title, "lede": one.lede}
        for slug, one in REGISTERS.items()
        if keeper or one.offices
    ]


def _found(actor: Actor, slug: str) -> Register:
    one = REGISTERS.get(slug)
    if one is None or not (frame.keepers(actor) or one.offices):
        raise Http404
    return one


def _wording(text: str) -> str:
    return f" ({_('the source says: %(words)s') % {'words': text}})" if text else ""
