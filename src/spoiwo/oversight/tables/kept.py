"""What is kept about a person beside the register of clients, in words for that person; no worker is named."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spoiwo.access.messages import CATEGORY_NAMES
from spoiwo.access.types import Category
from spoiwo.oversight.queries.kept import Kept
from spoiwo.oversight.tables.recognised import recognised_rows
from spoiwo.oversight.tables.wording import Found, day_words, joined, local_day
from spoiwo.plans.messages import CRITERION_NAMES

Row = tuple[str, str, str]  # day, what, details


def kept_rows(kept: Kept) -> list[Row]:
    """Everything by day, newest first."""
    found = [
        *_enquiries(kept),
        *_papers(kept),
        *_talks(kept),
        *_plans(kept),
        *_referrals(kept),
        *_support(kept),
        *_projects(kept),
        *_lists(kept),
        *recognised_rows(kept),
    ]
    found.sort(key=lambda one: one[0] or date.min, reverse=True)
    return [(day_words(day), what, details) for day, what, details in found]


def _enquiries(kept: Kept) -> Iterator[Found]:
    for one in kept.exchanged.enquiries:
        ours = one.institution_id == kept.own
        named = one.asked.name if ours else one.institution.name
        who = _("we asked %(name)s") if ours else _("%(name)s asked us")
        asked = ", ".join(str(CATEGORY_NAMES[Category(code)]) for code in one.categories)
        yield (
            local_day(one.sent_at or one.created_at),
            _("Enquiry %(number)s") % {"number": one.number},
            joined(who % {"name": named}, asked, str(one.purpose), one.get_state_display()),
        )


def _papers(kept: Kept) -> Iterator[Found]:
    for one in kept.exchanged.papers:
        to = _("for %(name)s") % {"name": one.recipient.name} if one.recipient else ""
        yield (
            local_day(one.issued_at),
            f"{one.get_kind_display()} {one.number}",
            joined(_("issued by %(name)s") % {"name": one.institution.name}, to, one.get_state_display()),
        )


def _talks(kept: Kept) -> Iterator[Found]:
    for one in kept.exchanged.talks:
        other = one.other if one.institution_id == kept.own else one.institution
        count: int = one.count  # type: ignore[attr-defined]  # annotated
        said = ngettext("%(n)s message", "%(n)s messages", count) % {"n": count}
        yield local_day(one.last_at), _("Messages with %(name)s") % {"name": other.name}, said


def _plans(kept: Kept) -> Iterator[Found]:
    for one in kept.plans:
        plan = one.plan
        time = f"{day_words(plan.starts_on)} – {day_words(plan.ends_on)}" if plan else ""
        state = str(plan.get_state_display()) if plan else _("no longer open to us")
        given = _("assessments given: %(titles)s") % {"titles": ", ".join(one.diagnoses)}
        yield (
            plan.starts_on if plan else None,
            _("Joint plan %(number)s") % {"number": one.number},
            joined(time, state, given if one.diagnoses else ""),
        )


def _referrals(kept: Kept) -> Iterator[Found]:
    for one in kept.referrals:
        way = _("from %(sender)s to %(receiver)s") % {
            "sender": one.sender.name,
            "receiver": one.receiver.name,
        }
        yield (
            one.sent_on,
            _("Referral %(number)s") % {"number": one.number},
            joined(one.place.name, way, one.get_state_display(), one.get_outcome_display()),
        )


def _support(kept: Kept) -> Iterator[Found]:
    for given in kept.supported.given:
        minutes = ngettext("%(n)s minute", "%(n)s minutes", given.minutes) % {"n": given.minutes}
        yield given.day, str(given.get_kind_display()), joined(given.delivery.topic, minutes)
    for one in kept.supported.applied:
        told = joined(one.email, one.phone, one.needs, one.get_state_display())
        yield one.event.starts_on, _("Event: %(title)s") % {"title": one.event.title}, told
    for case in kept.supported.cases:
        yield case.opened_on, _("Support case %(number)s") % {"number": case.number}, case.goal
    for path in kept.supported.paths:
        named = path.template.plan["name_pl"]
        yield path.opened_on, _("Support path: %(name)s") % {"name": named}, str(path.get_state_display())


def _projects(kept: Kept) -> Iterator[Found]:
    for one in kept.projects:
        got = ", ".join(str(support.get_kind_display()) for support in one.support.all())
        work = ", ".join(str(result.get_kind_display()) for result in one.work.all())
        yield (
            one.asked_on,
            _("Project: %(title)s") % {"title": one.project.title},
            joined(one.get_state_display(), got, work),
        )


def _lists(kept: Kept) -> Iterator[Found]:
    for one in kept.lists:
        chosen = one.selection
        why = ", ".join(str(CRITERION_NAMES.get(code, code)) for code in one.reasons)
        yield (
            local_day(chosen.made_at),
            _("List of clients for joint work: %(name)s") % {"name": chosen.name},
            why,
        )
