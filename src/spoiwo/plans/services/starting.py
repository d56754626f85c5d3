"""Beginning a plan for a common client, and beginning or giving up a change of one."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from spoiwo.access import queries as access
from spoiwo.access.types import Category
from spoiwo.clients.queries import opening
from spoiwo.institutions import queries as institutions
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.ids import new_uuid
from spoiwo.plans.errors import ChangeUnderWay, NoSuchThing, NotShared, PlanOpenAlready, WrongStep
from spoiwo.plans.models import JointPlan, PlanParty, PlanTemplate, PlanVersion
from spoiwo.plans.models.plans import UNDER_WAY
from spoiwo.plans.rules import content as texts
from spoiwo.plans.rules import templates
from spoiwo.plans.services.log import tell
from spoiwo.plans.services.reaching import locked_plan, version_in_force, version_under_way
from spoiwo.plans.types import Content, EventKind, PlanState, VersionState, Worker

CHANGEABLE = (PlanState.AGREED, PlanState.ACTIVE, PlanState.SUSPENDED)
SAME_AS = {"cus": "ops", "pcpr": "ops"}  # who does in a template what a welfare centre does


@transaction.atomic
def start_plan(
    *,
    record: UUID,
    partners: Collection[int],
    template: int,
    starts_on: date,
    at: datetime,
    day: date,
    by: Actor,
    workers: tuple[Worker, ...] = (),
) -> JointPlan:
    """A draft for an own client, with the institutions that serve the person too.

    record: public id of the own record. template: id, 0 to begin with nothing.
    Raises NoSuchThing, NotShared, PlanOpenAlready.
    """
    opened = opening.open_client(by, record, day=day)
    if opened is None:
        raise NoSuchThing(str(record))
    records = {version.institution_id: version.record_id for version in opened.others}
    if not partners or not set(partners) <= set(records):
        raise NotShared(str(record))
    parties = {by.institution_id: opened.version.record_id, **{pk: records[pk] for pk in sorted(partners)}}
    agreement = _agreement(opened, partners, day=day, by=by)
    _refuse_second(opened.person, agreement)
    content = _first_content(template, starts_on=starts_on, parties=tuple(parties), workers=workers, by=by)
    plan = JointPlan(
        institution_id=by.institution_id,
        record_id=parties[by.institution_id],
        agreement=agreement,
        starts_on=content.starts_on,
        ends_on=content.ends_on,
        created_by_id=by.user_id,
    )
    _save(plan, parties)
    PlanVersion.objects.create(plan=plan, number=1, content=texts.text_of(content))
    tell(plan, EventKind.STARTED, at=at, by=by)
    return plan


@transaction.atomic
def begin_change(uuid: UUID, *, at: datetime, by: Actor) -> PlanVersion:
    """A draft of the next version, which says what the one in force says. Raises NoSuchThing, ChangeUnderWay,
    WrongStep.
    """
    plan = locked_plan(uuid, by)
    current = version_in_force(plan)
    if plan.state not in CHANGEABLE or current is None:
        raise WrongStep("change", plan.state)
    if PlanVersion.objects.filter(plan=plan, state__in=UNDER_WAY).exists():
        raise ChangeUnderWay(str(uuid))
    last = PlanVersion.objects.filter(plan=plan).order_by("-number").values_list("number", flat=True)[0]
    made = PlanVersion.objects.create(plan=plan, number=last + 1, content=current.content)
    tell(plan, EventKind.CHANGE_BEGUN, at=at, by=by)
    return made


@transaction.atomic
def drop_change(uuid: UUID, *, at: datetime, by: Actor) -> None:
    """Give up a change under way; the version in force stays. Raises NoSuchThing, NotEditable, WrongStep."""
    plan = locked_plan(uuid, by)
    version = version_under_way(plan, *UNDER_WAY)
    if plan.state not in CHANGEABLE:  # without a version in force the plan itself is given up instead
        raise WrongStep("drop", plan.state)
    version.signatures.all().delete()
    version.state = VersionState.WITHDRAWN
    version.save(update_fields=["state"])
    tell(plan, EventKind.CHANGE_DROPPED, at=at, by=by)


@transaction.atomic
def keep_as_template(uuid: UUID, *, name: str, at: datetime, by: Actor) -> PlanTemplate:
    """Keep the goals and actions of a plan as a template of the own institution. Raises NoSuchThing."""
    plan = locked_plan(uuid, by)
    version = PlanVersion.objects.filter(plan=plan).order_by("-number")[0]
    content = texts.content_of(version.content)
    kinds = {pk: _kind(badge.kind) for pk, badge in institutions.badges_of(content.parties).items()}
    return PlanTemplate.objects.create(
        institution_id=by.institution_id,
        code=f"own-{at:%Y%m%d%H%M%S}",
        name=name,
        content=templates.as_template(content, kinds),
    )


def _agreement(opened: opening.OpenedClient, partners: Collection[int], *, day: date, by: Actor) -> str:
    """The agreement under which all partners and the own institution give each other plans and measures."""
    numbers: set[str] | None = None
    for partner in partners:
        given = {
            grant.agreement_number
            for grant in opened.grants
            if grant.giver_id == partner and Category.MEASURES in grant.categories
        }
        received = {
            grant.agreement_number
            for grant in access.grants_between(by.institution_id, partner, day)
            if Category.MEASURES in grant.categories
        }
        both = given & received
        numbers = both if numbers is None else numbers & both
    if not numbers:
        raise NotShared(str(sorted(partners)))
    return min(numbers)


def _refuse_second(person: UUID, agreement: str) -> None:
    """One open plan for a person under an agreement, whichever party began it."""
    number = (
        PlanParty.objects.filter(record__person=person, agreement=agreement, is_open=True)
        .values_list("number", flat=True)
        .first()
    )
    if number is not None:
        raise PlanOpenAlready(number)


def _first_content(
    template: int, *, starts_on: date, parties: tuple[int, ...], workers: tuple[Worker, ...], by: Actor
) -> Content:
    row = PlanTemplate.objects.open_to(by).filter(pk=template).first()
    plain = row.content if row else {"problem": "", "months": 12, "goals": []}
    owners: dict[str, int] = {}
    for pk, badge in institutions.badges_of(parties).items():
        owners.setdefault(_kind(badge.kind), pk)
    drafted = templates.drafted(
        plain,
        starts_on=starts_on,
        parties=parties,
        owner_of=owners,
        new_key=lambda: str(new_uuid()),
    )
    return texts.with_workers(drafted, workers)


def _kind(kind: str) -> str:
    code = kind.lower()
    return SAME_AS.get(code, code)


def _save(plan: JointPlan, parties: Mapping[int, int]) -> None:
    """The plan with its number and parties. Raises PlanOpenAlready when somebody was quicker."""
    plan.save(force_insert=True)
    plan.number = f"WP/{plan.starts_on:%Y}/{plan.pk}"
    try:
        with transaction.atomic():
            PlanParty.objects.bulk_create(
                PlanParty(
                    plan=plan,
                    institution_id=pk,
                    record_id=record,
                    agreement=plan.agreement,
                    number=plan.number,
                )
                for pk, record in parties.items()
            )
    except IntegrityError as error:
        raise PlanOpenAlready("") from error
    plan.save(update_fields=["number"])
