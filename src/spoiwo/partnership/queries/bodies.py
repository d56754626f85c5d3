"""Bodies, seats, and how often they meet."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Prefetch, Q

from spoiwo.kernel.actor import Actor
from spoiwo.partnership.errors import NoQuorum
from spoiwo.partnership.models import Agreement, Body, CadenceRule, Mandate, Meeting, Topic
from spoiwo.partnership.querysets import TAKEN_PLACE
from spoiwo.partnership.rules.cadence import pace
from spoiwo.partnership.rules.meetings import quorum_needed
from spoiwo.partnership.rules.voting import Tally, Vote, tally
from spoiwo.partnership.types import MeetingState, Pace

HERE = ("present", "remote")


def bodies_of(actor: Actor, *, agreement: Agreement | None = None) -> list[Body]:
    """Bodies that still work, with their chairs and rules, own ones first."""
    bodies = Body.objects.visible_to(actor).open()
    if agreement is not None:
        bodies = bodies.filter(agreement=agreement)
    seats = Prefetch(
        "mandates", Mandate.objects.filter(valid_to__isnull=True).select_related("institution", "user")
    )
    return list(
        bodies.select_related("agreement", "host")
        .prefetch_related(seats, "cadences")
        .annotate(seats=Count("mandates", filter=Q(mandates__valid_to__isnull=True)))
        .order_by("is_external", "name", "pk")
    )


def body(actor: Actor, pk: int) -> Body | None:
    """A body in reach."""
    return (
        Body.objects.visible_to(actor).select_related("agreement__secretariat", "host").filter(pk=pk).first()
    )


def seats_of(body: Body) -> list[Mandate]:
    """Everybody who ever sat in the body, present ones first."""
    seats = body.mandates.select_related("institution", "user")
    return list(seats.order_by("-valid_to", "seat", "institution__sort_key", "pk"))


def mandate(actor: Actor, pk: int) -> Mandate | None:
    """A seat in a body in reach."""
    bodies = Body.objects.visible_to(actor).values("pk")
    return Mandate.objects.filter(body_id__in=bodies, pk=pk).select_related("body", "institution").first()


def paces_of(body: Body, *, year: int, today: date) -> list[tuple[CadenceRule, Pace]]:
    """How each cadence rule of the body stands in a year."""
    return [(rule, found) for _body, rule, found in paces_of_all([body], year=year, today=today)]


def paces_of_all(bodies: Sequence[Body], *, year: int, today: date) -> list[tuple[Body, CadenceRule, Pace]]:
    """How each cadence rule of the bodies stands in a year, in their order: two queries however many there are."""
    rules: dict[int, list[CadenceRule]] = defaultdict(list)
    meetings: dict[int, list[Any]] = defaultdict(list)
    for rule in CadenceRule.objects.filter(body__in=bodies).order_by("pk"):
        rules[rule.body_id].append(rule)
    known = Meeting.objects.filter(body__in=list(rules), starts_on__year=year)
    for body_id, *told in known.values_list("body_id", "starts_on", "state", "purposes"):
        meetings[body_id].append(told)
    return [
        (body, rule, _pace_of(rule, meetings[body.pk], year, today))
        for body in bodies
        for rule in rules[body.pk]
    ]


def _pace_of(rule: CadenceRule, known: Iterable[Any], year: int, today: date) -> Pace:
    wanted = [one for one in known if not rule.purpose or rule.purpose in one[2]]
    return pace(
        at_least=rule.at_least,
        held=[day for day, state, _purposes in wanted if state in TAKEN_PLACE],
        planned=[day for day, state, _purposes in wanted if state == MeetingState.ANNOUNCED],
        year=year,
        today=today,
    )


def quorum_of(meeting: Meeting) -> tuple[int, int]:
    """How many voting members are there, and how many are needed; (0, 0) when nobody has a vote."""
    voting = meeting.attendances.filter(is_voting=True)
    there = voting.filter(presence__in=HERE).count()
    return there, quorum_needed(voting.count(), meeting.body.quorum_percent)


def tally_of(meeting: Meeting) -> Tally:
    """What members with a vote have voted in a decision by circulation."""
    voting = meeting.attendances.filter(is_voting=True).values_list("vote", flat=True)
    return tally(Vote(one) for one in voting)


def check_quorum(meeting: Meeting) -> None:
    """Raises NoQuorum when too few members with a vote are there."""
    present, needed = quorum_of(meeting)
    if present < needed:
        raise NoQuorum(present, needed)


def topics_of(body: Body) -> list[Topic]:
    """The backlog of a body, open topics first."""
    return list(body.topics.order_by("-closed_on", "opened_on", "pk"))


def topic(actor: Actor, pk: int) -> Topic | None:
    """A topic of a body in reach."""
    bodies = Body.objects.visible_to(actor).values("pk")
    return Topic.objects.filter(body_id__in=bodies, pk=pk).select_related("body").first()
