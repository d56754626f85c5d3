"""The day's work by role: what waits for somebody, each with its next action."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.core.cache import cache
from django.db.models import Count
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from spoiwo.access import queries as access
from spoiwo.audit import queries as audit
from spoiwo.audit.types import Action
from spoiwo.clients.queries import counts
from spoiwo.exchange import queries as exchange
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Colleague, Role
from spoiwo.kernel.actor import Actor
from spoiwo.matching.queries import waiting
from spoiwo.portal.queries.home_monitoring import monitoring_tasks
from spoiwo.portal.queries.home_operator import operator_tasks
from spoiwo.portal.queries.home_oversight import oversight_tasks
from spoiwo.portal.queries.home_partnership import partnership_tasks
from spoiwo.portal.queries.home_support import support_tasks
from spoiwo.portal.types import Fact, Home, Measure, Panel, Task
from spoiwo.toolkit.templatetags.spoiwo import day_in_words, polish_number

SOON_DAYS = 30
TOTALS_KEPT_SECONDS = 60
WEEK = timedelta(days=7)
MANY_LOOKS = 100  # by one person in a week; a figure to talk about, not a verdict
READERS = (Role.CASE_WORKER, Role.REVIEWER)
TOTALS = (*READERS, Role.DIRECTOR, Role.SUPERVISOR)


def home_of(actor: Actor, day: date) -> Home:
    """What the page shows to this actor on the day; figures only, no single person."""
    tasks = [
        task
        for part in (
            _imports,
            _register,
            _clients,
            _proposals,
            _staff,
            _agreements,
            oversight_tasks,
            support_tasks,
            monitoring_tasks,
            partnership_tasks,
            operator_tasks,
        )
        for task in part(actor, day)
    ]
    panels = [panel for part in (_month, _looks, _platform) for panel in part(actor, day)]
    return Home(tasks=tasks, panels=panels)


def _address(name: str, *args: object) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _imports(actor: Actor, day: date) -> Iterator[Task]:  # noqa: ARG001
    if not actor.has_any(Role.REGISTRAR):
        return
    for one in exchange.waiting_for_decision(actor):
        yield Task(
            tone="soon",
            tag=gettext("waits for you"),
            title=gettext("File %(name)s has been checked") % {"name": one.file_name},
            detail=ngettext("%(n)s row", "%(n)s rows", one.rows) % {"n": polish_number(one.rows, 0)},
            url=_address("exchange:import", one.uuid) or _address("exchange:list"),
            action=gettext("Decide"),
        )


def _register(actor: Actor, day: date) -> Iterator[Task]:
    if not actor.institution_id or not actor.has_any(Role.REGISTRAR, *READERS, Role.SUPERVISOR):
        return
    as_of, age = counts.register_age(actor.institution_id, day)
    if as_of is not None and not age:
        return
    is_registrar = actor.has_any(Role.REGISTRAR)
    url = _address("exchange:list") if is_registrar else ""
    hint = "" if is_registrar else gettext("Registrars bring it in under Import.")
    if as_of is None:
        yield Task(
            tone="soon",
            tag=gettext("to begin with"),
            title=gettext("Your register has not been brought in yet"),
            detail=hint,
            url=url,
            action=gettext("Bring in the register"),
        )
        return
    yield Task(
        tone="late",
        tag=ngettext("%(n)s day old", "%(n)s days old", age) % {"n": age},
        title=gettext("Your register tells of %(day)s") % {"day": day_in_words(as_of, style="", today=day)},
        detail=hint,
        url=url,
        action=gettext("Bring in a new extract"),
    )


def _clients(actor: Actor, day: date) -> Iterator[Task]:
    if not actor.has_any(*READERS):
        return
    new = counts.count_common(actor, day, new=True)
    if new:
        yield Task(
            tone="new",
            tag=gettext("new people"),
            title=ngettext(
                "%(n)s new common client since the last import",
                "%(n)s new common clients since the last import",
                new,
            )
            % {"n": polish_number(new, 0)},
            url=f"{reverse('clients:list')}?new=on",
            action=gettext("See who they are"),
        )


def _proposals(actor: Actor, day: date) -> Iterator[Task]:  # noqa: ARG001
    count = waiting.count_waiting(actor)
    if count:
        yield Task(
            tone="soon",
            tag=gettext("waits for you"),
            title=ngettext(
                "%(n)s proposal that two records are one person",
                "%(n)s proposals that two records are one person",
                count,
            )
            % {"n": polish_number(count, 0)},
            url=_address("matching:list"),
            action=gettext("Review"),
        )


def _staff(actor: Actor, day: date) -> Iterator[Task]:
    if not actor.has_any(Role.LOCAL_ADMIN):
        return
    colleagues = institutions.colleagues_of(actor, day)
    without = sum(not one.has_second_factor for one in colleagues)
    for one in colleagues:
        yield from _ending(one, day)
    if without:
        yield Task(
            tone="soon",
            tag=gettext("sign-in"),
            title=ngettext(
                "%(n)s person signs in without a second step",
                "%(n)s people sign in without a second step",
                without,
            )
            % {"n": without},
            url=reverse("institutions:staff"),
            action=gettext("See the staff"),
        )


def _ending(one: Colleague, day: date) -> Iterator[Task]:
    last_days = [held.valid_to for held in one.roles if not held.is_over and held.valid_to]
    soon = min((last for last in last_days if last <= day + timedelta(days=SOON_DAYS)), default=None)
    if soon is None:
        return
    yield Task(
        tone="soon",
        tag=gettext("until %(day)s") % {"day": day_in_words(soon, style="short", today=day)},
        title=gettext("The authorisation of %(name)s ends") % {"name": one.full_name},
        url=_address("institutions:member", one.membership_id),
        action=gettext("Renew"),
    )


def _agreements(actor: Actor, day: date) -> Iterator[Task]:
    if not actor.has_any(Role.DIRECTOR):
        return
    for one in access.agreements_of(actor):
        url = reverse("access:agreement", args=[one.pk])
        if one.state == "draft":
            yield Task(
                tone="soon",
                tag=gettext("draft"),
                title=gettext("Agreement %(number)s waits for signatures") % {"number": one.number},
                detail=one.title,
                url=url,
                action=gettext("Read"),
            )
        elif (
            one.state == "active" and one.valid_to and day <= one.valid_to <= day + timedelta(days=SOON_DAYS)
        ):
            yield Task(
                tone="soon",
                tag=gettext("until %(day)s") % {"day": day_in_words(one.valid_to, style="short", today=day)},
                title=gettext("Agreement %(number)s ends") % {"number": one.number},
                detail=one.title,
                url=url,
                action=gettext("Renew"),
            )


def _month(actor: Actor, day: date) -> Iterator[Panel]:
    """Common clients by institution: all, and how many of them this month."""
    if not actor.has_any(*TOTALS):
        return
    totals = _totals(actor.institution_id, day)
    if not totals:
        return
    badges = institutions.badges_of(one.other_id for one in totals)
    longest = max(one.people for one in totals)
    yield Panel(
        title=gettext("Common clients by institution"),
        measures=[
            Measure(
                label=ngettext(
                    "%(name)s: %(n)s person, this month %(recent)s",
                    "%(name)s: %(n)s people, this month %(recent)s",
                    one.people,
                )
                % {
                    "name": badges[one.other_id].name,
                    "n": polish_number(one.people, 0),
                    "recent": polish_number(one.recent, 0),
                },
                value=one.people,
                maximum=longest,
                kind=badges[one.other_id].kind,
            )
            for one in totals
        ],
    )


def _totals(institution_id: int, day: date) -> list[counts.CommonCounts]:
    """Remembered for a minute: counting walks over all common clients."""
    key = f"totals:{institution_id}:{day.isoformat()}"
    known: list[counts.CommonCounts] | None = cache.get(key)
    if known is None:
        known = counts.common_counts(institution_id, day, since=day.replace(day=1))
        cache.set(key, known, TOTALS_KEPT_SECONDS)
    return known


def _looks(actor: Actor, day: date) -> Iterator[Panel]:
    """Who looked at the institution's clients in the last seven days."""
    if not actor.has_any(Role.SUPERVISOR, Role.IOD):
        return
    since = timezone.make_aware(datetime.combine(day - WEEK, time.min))
    looks = audit.records_for(actor).filter(at__gte=since, action=Action.VIEW_CLIENT).order_by()
    by_institution = dict(looks.values_list("institution_acting_id").annotate(n=Count("pk")))
    badges = institutions.badges_of(by_institution)
    busy = looks.values("actor").annotate(n=Count("pk")).filter(n__gt=MANY_LOOKS).count()
    url = reverse("oversight:access_log")
    facts = [
        Fact(label=badges[pk].name, value=count, kind=badges[pk].kind, url=url)
        for pk, count in sorted(by_institution.items(), key=lambda pair: -pair[1])
        if pk in badges
    ]
    facts.append(
        Fact(
            label=gettext("People who looked more than %(n)s times") % {"n": MANY_LOOKS}, value=busy, url=url
        )
    )
    yield Panel(title=gettext("Who looked this week"), facts=facts)


def _platform(actor: Actor, day: date) -> Iterator[Panel]:
    if not actor.is_operator:
        return
    agreements = access.agreements_of(actor)
    yield Panel(
        title=gettext("The platform"),
        facts=[
            Fact(
                label=gettext("Institutions"),
                value=institutions.directory().count(),
                url=reverse("institutions:directory"),
            ),
            Fact(
                label=gettext("Agreements in force"),
                value=agreements.in_force(day).count(),  # type: ignore[attr-defined]
                url=reverse("access:agreements"),
            ),
        ],
    )
