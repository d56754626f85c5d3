"""Bringing plans that were kept elsewhere in from a file: good plans are taken, others are kept with reasons.

A plan that was taken before is known by its number and changes nothing, so a file may be read again. What is
brought in was signed on paper elsewhere; a change of it goes the usual way, with everybody's signature.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from spoiwo.access import queries as access
from spoiwo.access.types import Category
from spoiwo.clients.queries.own_numbers import NumberedClient, clients_numbered, records_at_others
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.ids import new_uuid
from spoiwo.plans.errors import UnusableFile
from spoiwo.plans.models import (
    Action,
    JointPlan,
    PlanEvent,
    PlanFile,
    PlanParty,
    PlanVersion,
    RefusedPlanLine,
    Review,
)
from spoiwo.plans.queries import intervals
from spoiwo.plans.rules import content as texts
from spoiwo.plans.rules import files as rules
from spoiwo.plans.rules import reviews
from spoiwo.plans.services.log import record_file
from spoiwo.plans.types import (
    OPEN_ACTIONS,
    OPEN_STATES,
    PERSON,
    ActionState,
    Content,
    EventKind,
    PlanState,
    VersionState,
)
from spoiwo.toolkit.among import among
from spoiwo.toolkit.tables import UnusableTable, read_table

AT_ONCE = 250
Lines = Sequence[rules.FileLine]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """A plan with everybody it is about."""

    plan: rules.FilePlan
    content: Content
    results: Mapping[str, rules.Result]
    agreement: str
    own: NumberedClient
    partner: int
    theirs: int


@dataclass(slots=True)
class _Reading:
    """What is known while a file is read. agreements: partner -> agreement under which both may plan, "" for none."""

    by: Actor
    today: date
    clients: Mapping[str, NumberedClient]
    records: Mapping[tuple[int, int], int]
    partners: Mapping[str, int]
    agreements: Mapping[int, str]
    known: set[str]
    open_pairs: set[tuple[UUID, str]]
    repeated: int = 0
    taken: Counter[int] = field(default_factory=Counter)
    refused: list[tuple[rules.FileLine, tuple[str, ...]]] = field(default_factory=list)

    def refuse(self, lines: Lines, *problems: str) -> None:
        """Keep all lines of a plan, the reason with the first."""
        self.refused += [(line, problems if line is lines[0] else ("of_refused",)) for line in lines]


def import_plans(name: str, content: bytes, *, today: date, at: datetime, by: Actor) -> PlanFile:
    """Read a file. Raises UnusableFile."""
    lines = _lines(content)
    found = rules.plans_in(lines)
    reading = _reading(lines, today=today, by=by)
    ready = [one for one in (_checked(plan, reading) for plan in found) if one is not None]
    for first in range(0, len(ready), AT_ONCE):
        _take(ready[first : first + AT_ONCE], reading, at=at)
    return _keep(name, content, len(found), reading, at=at)


def _lines(content: bytes) -> list[rules.FileLine]:
    try:
        table = list(
            read_table(content, columns=rules.COLUMNS, needed=rules.NEEDED, most_rows=rules.MOST_ROWS)
        )
    except UnusableTable as error:
        raise UnusableFile(error.problem) from error
    return [rules.FileLine(number, cells) for number, cells in table]


def _reading(lines: Lines, *, today: date, by: Actor) -> _Reading:
    clients = clients_numbered(by, {line.cells["numer_klienta"] for line in lines})
    codes = {line.cells["partner"] for line in lines}
    offices = {code: office.pk for code in codes if (office := institutions.by_code(code)) is not None}
    people = {one.person for one in clients.values()}
    sides = PlanParty.objects.filter(among("record__person", people), is_open=True)
    own = JointPlan.objects.filter(institution_id=by.institution_id).exclude(former_number="")
    return _Reading(
        by=by,
        today=today,
        clients=clients,
        records=records_at_others(by, [one.record for one in clients.values()]),
        partners=offices,
        agreements={pk: _agreement(by.institution_id, pk, today) for pk in offices.values()},
        known=set(own.values_list("former_number", flat=True)),
        open_pairs=set(sides.values_list("record__person", "agreement")),
    )


def _agreement(own: int, partner: int, day: date) -> str:
    """The first agreement under which both give each other plans and measures."""
    given, received = (
        {
            grant.agreement_number
            for grant in access.grants_between(*pair, day)
            if Category.MEASURES in grant.categories
        }
        for pair in ((own, partner), (partner, own))
    )
    return min(given & received, default="")


def _checked(lines: Lines, reading: _Reading) -> _Ready | None:
    """The plan when it can be taken; otherwise it is counted as known, or kept with its problems."""
    if lines[0].cells["numer"] in reading.known:
        reading.repeated += 1
        return None
    problems = rules.problems_of(lines, today=reading.today)
    if any(problems):
        reading.refused += [
            (line, found or ("of_refused",)) for line, found in zip(lines, problems, strict=True)
        ]
        return None
    plan = rules.read_plan(lines)
    found = _ready(plan, reading)
    if isinstance(found, str):
        reading.refuse(lines, found)
        return None
    if wrong := rules.content_problems(found.content):
        reading.refuse(lines, *wrong)
        return None
    if plan.state in OPEN_STATES:
        pair = (found.own.person, found.agreement)
        if pair in reading.open_pairs:
            reading.refuse(lines, "open_already")
            return None
        reading.open_pairs.add(pair)
    return found


def _ready(plan: rules.FilePlan, reading: _Reading) -> _Ready | str:
    """The plan with those it is about, or the code of why nobody is found."""
    client = reading.clients.get(plan.client)
    partner = reading.partners.get(plan.partner)
    if client is None or partner is None:
        return "client" if client is None else "partner"
    if not reading.agreements[partner]:
        return "not_shared"
    theirs = reading.records.get((client.record, partner))
    if theirs is None:
        return "not_common"
    content, results = rules.content_of_file(
        plan, own=reading.by.institution_id, partner=partner, new_key=lambda: str(new_uuid())
    )
    return _Ready(
        plan=plan,
        content=content,
        results=results,
        agreement=reading.agreements[partner],
        own=client,
        partner=partner,
        theirs=theirs,
    )


def _take(batch: Sequence[_Ready], reading: _Reading, *, at: datetime) -> None:
    """Write plans down together; when somebody was quicker with one of them, one after the other."""
    try:
        with transaction.atomic():
            _write(batch, reading, at=at)
    except IntegrityError:
        if len(batch) == 1:
            reading.refuse(batch[0].plan.lines, "open_already")
            return
        for one in batch:
            _take([one], reading, at=at)
    else:
        reading.taken.update(one.partner for one in batch)


def _write(batch: Sequence[_Ready], reading: _Reading, *, at: datetime) -> None:
    by = reading.by
    plans = JointPlan.objects.bulk_create([_plan(one, by) for one in batch])
    for plan in plans:
        plan.number = f"WP/{plan.starts_on:%Y}/{plan.pk}"
    JointPlan.objects.bulk_update(plans, ["number"])
    made = list(zip(plans, batch, strict=True))
    PlanParty.objects.bulk_create(
        PlanParty(
            plan=plan,
            institution_id=institution,
            record_id=record,
            agreement=plan.agreement,
            number=str(plan.number),
            is_open=plan.state in OPEN_STATES,
        )
        for plan, one in made
        for institution, record in ((by.institution_id, one.own.record), (one.partner, one.theirs))
    )
    PlanVersion.objects.bulk_create(_version(plan, one, at) for plan, one in made)
    Action.objects.bulk_create(action for plan, one in made for action in _actions(plan, one))
    days = reviews.interval([], intervals.days_on(reading.today))
    Review.objects.bulk_create(
        Review(plan=plan, due_on=reviews.next_review(reading.today, days=days, ends_on=plan.ends_on))
        for plan in plans
        if plan.state == PlanState.ACTIVE
    )
    PlanEvent.objects.bulk_create(
        PlanEvent(
            plan=plan,
            kind=EventKind.IMPORTED,
            at=at,
            institution_id=by.institution_id,
            by_id=by.user_id,
            text=plan.former_number,
        )
        for plan in plans
    )


def _plan(one: _Ready, by: Actor) -> JointPlan:
    return JointPlan(
        institution_id=by.institution_id,
        record_id=one.own.record,
        agreement=one.agreement,
        state=one.plan.state,
        starts_on=one.plan.starts_on,
        ends_on=one.plan.ends_on,
        begun_on=one.plan.starts_on,
        closed_on=one.plan.closed_on,
        reason=one.plan.reason,
        former_number=one.plan.number,
        signed_before=one.plan.signed_on,
        created_by_id=by.user_id,
    )


def _version(plan: JointPlan, one: _Ready, at: datetime) -> PlanVersion:
    text = texts.text_of(one.content)
    return PlanVersion(
        plan=plan,
        number=1,
        state=VersionState.IN_FORCE,
        content=text,
        fingerprint=texts.fingerprint_of(text),
        proposed_at=at,
        agreed_at=at,
    )


def _actions(plan: JointPlan, one: _Ready) -> Iterable[Action]:
    """The actions with what became of them; those a closed plan left open are dropped."""
    for place, (goal, draft) in enumerate(texts.actions_of(one.content)):
        result = one.results.get(draft.key)
        state = result.state if result else ActionState.PLANNED
        closed_on = result.on if result else None
        if plan.closed_on and state in OPEN_ACTIONS:
            state, closed_on = ActionState.CANCELLED, plan.closed_on
        yield Action(
            plan=plan,
            uuid=UUID(draft.key),
            goal_key=goal.key,
            place=place,
            text=draft.text,
            area=draft.area,
            service=draft.service,
            owner_id=None if draft.owner == PERSON else draft.owner,
            starts_on=draft.starts_on,
            due_on=draft.due_on,
            state=state,
            closed_on=closed_on,
            result=result.text if result else "",
        )


@transaction.atomic
def _keep(name: str, content: bytes, plans: int, reading: _Reading, *, at: datetime) -> PlanFile:
    by = reading.by
    numbers = {line.cells["numer"] or f"\n{line.number}" for line, _problems in reading.refused}
    file = PlanFile.objects.create(
        institution_id=by.institution_id,
        name=name[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        plans=plans,
        taken=reading.taken.total(),
        known=reading.repeated,
        refused=len(numbers),
        read_at=at,
        read_by_id=by.user_id,
    )
    RefusedPlanLine.objects.bulk_create(
        RefusedPlanLine(
            file=file,
            institution_id=by.institution_id,
            number=line.number,
            cells=dict(line.cells),
            problems=list(problems),
        )
        for line, problems in sorted(reading.refused, key=lambda pair: pair[0].number)
    )
    record_file(by, file.uuid, taken=reading.taken, digest=bytes.fromhex(file.sha256))
    return file
