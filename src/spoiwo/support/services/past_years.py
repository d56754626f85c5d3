"""Support given in past years, taken from a centre's own spreadsheet: weighed line by line, then written down."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.support.models import Delivery, Project
from spoiwo.support.rules import deliveries as rules
from spoiwo.support.services import deliveries
from spoiwo.support.services import past_recipients as past
from spoiwo.support.services.past_recipients import LineProblem, Refused
from spoiwo.support.services.turns import wait_for_turn
from spoiwo.support.types import DeliveryDetails, DeliveryKind, Mode, RecipientKind, RecipientRef, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class PastLine:
    """One line of the sheet: what was given to whom. adviser_id: 0 for whoever brings the sheet in."""

    day: date
    minutes: int
    recipient: past.Named
    kind: DeliveryKind = DeliveryKind.GENERAL
    mode: Mode = Mode.OFFICE
    topic: str = ""
    place: str = ""
    teryt: str = ""
    project: str = ""
    adviser_id: int = 0
    anonymous_headcount: int = 0


@dataclass(slots=True)
class _Weighed:
    """A line that can be taken, and whom it is for."""

    line: PastLine
    found: past.Found
    project: Project | None


def weigh_lines(lines: Sequence[PastLine], *, today: date, by: Actor) -> list[LineProblem | None]:
    """What is wrong with each line, None when it can be taken; writes nothing."""
    return [one if isinstance(one, LineProblem) else None for one in _weighed(lines, today, by)]


@transaction.atomic
def take_lines(lines: Sequence[PastLine], *, today: date, by: Actor) -> list[LineProblem | None]:
    """Write the good lines down, and new people, entities and groups once each; tells what is wrong with the others.

    A line that was taken before is refused as written already, so taking a sheet twice does no harm.
    """
    wait_for_turn(by.institution_id)
    weighed = _weighed(lines, today, by)
    good = [one for one in weighed if isinstance(one, _Weighed)]
    rows = past.write_down((one.found for one in good), by=by)
    given = [_details(one, rows[one.found.whom]) for one in good]
    if given:
        deliveries.record_deliveries(given, today=today, by=by)
    return [one if isinstance(one, LineProblem) else None for one in weighed]


def _weighed(lines: Sequence[PastLine], today: date, by: Actor) -> list[_Weighed | LineProblem]:
    return past.weighed(lines, _Known(lines, today, by).weigh) if lines else []


@dataclass(slots=True)
class _Known:
    """What the centre knows already of what the lines name."""

    lines: Sequence[PastLine]
    today: date
    by: Actor
    days: past.Days = field(init=False)
    recipients: past.Recipients = field(init=False)
    spans: dict[Any, list[Span]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.days = past.Days(self.by, self.today)
        self.recipients = past.Recipients([line.recipient for line in self.lines], self.by)
        self._load_spans()

    def weigh(self, line: PastLine) -> _Weighed:
        """The line with whom it is for. Raises Refused."""
        project = self.days.check(line.day, minutes=line.minutes, project=line.project)
        found = self.recipients.find(line.recipient)
        spans = self.spans[line.adviser_id or self.by.user_id, line.day, found.whom]
        span = Span(None, line.minutes)
        if any(rules.overlap(span, other) for other in spans):
            raise Refused(LineProblem.WRITTEN_ALREADY)
        spans.append(span)
        return _Weighed(line, found, project)

    def _load_spans(self) -> None:
        """What was given on these days with no hour noted, as lines of a sheet are."""
        written = Delivery.objects.visible_to(self.by).filter(
            day__in={line.day for line in self.lines}, withdrawn_at__isnull=True, starts_at__isnull=True
        )
        for one in written:
            pks = zip(RecipientKind, (one.participant_id, one.entity_id, one.group_id), strict=True)
            whom = next((kind, pk) for kind, pk in pks if pk is not None)
            self.spans[one.adviser_id, one.day, whom].append(Span(None, one.minutes))


def _details(one: _Weighed, recipient: past.Row) -> DeliveryDetails:
    line = one.line
    return DeliveryDetails(
        kind=line.kind,
        day=line.day,
        minutes=line.minutes,
        recipient=RecipientRef(line.recipient.kind, recipient.uuid),
        mode=line.mode,
        topic=line.topic,
        place=line.place,
        teryt=line.teryt,
        adviser_id=line.adviser_id,
        project=one.project.uuid if one.project else None,
        anonymous_headcount=line.anonymous_headcount,
    )
