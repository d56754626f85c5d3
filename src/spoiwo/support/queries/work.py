"""Cases, partnerships, paths and results of the own centre."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet, Sum

from spoiwo.kernel.actor import Actor
from spoiwo.support.models import (
    AnimationResult,
    CaseDocument,
    CaseStep,
    Delivery,
    KfsTotal,
    Partnership,
    Path,
    PathTemplate,
    Promotion,
    SupportCase,
)
from spoiwo.support.rules import paths as rules
from spoiwo.support.types import CaseStage, DeliveryKind, PathPlan, Stage
from spoiwo.toolkit.context import counting


@dataclass(frozen=True, slots=True)
class StageNow:
    """A stage of a path as it stands. checks: (line, the day it was done or None)."""

    stage: Stage
    passed_on: date | None
    is_open: bool
    checks: list[tuple[Any, date | None]]
    due_on: date | None


def cases(actor: Actor) -> QuerySet[Any]:
    """Support cases, open ones first."""
    found: QuerySet[Any] = (
        SupportCase.objects.visible_to(actor)
        .select_related("participant", "entity", "group", "adviser")
        .order_by("closed_on", "-opened_on", "-pk")
    )
    return found


def promises_due(actor: Actor, day: date) -> int:
    """How many promises of the own centre's open cases fall due by the day."""
    due = CaseStep.objects.visible_to(actor).filter(done_on__isnull=True, due_on__lte=day)
    return int(due.exclude(case__stage=CaseStage.CLOSED).count())


def documents(actor: Actor, case: SupportCase) -> QuerySet[Any]:
    """Files of a case without their content, the newest first."""
    found: QuerySet[Any] = CaseDocument.objects.visible_to(actor).filter(case=case)
    return found.select_related("added_by").defer("content_sealed").order_by("-pk")


def document(actor: Actor, uuid: UUID) -> CaseDocument | None:
    """A file of a case, without its content."""
    found: CaseDocument | None = (
        CaseDocument.objects.visible_to(actor)
        .select_related("case")
        .defer("content_sealed")
        .filter(uuid=uuid)
        .first()
    )
    return found


def next_step(case: SupportCase) -> CaseStep | None:
    """What was promised in a case and is due next; what has no day comes last."""
    found: CaseStep | None = (
        case.steps.filter(done_on__isnull=True).order_by(F("due_on").asc(nulls_last=True), "pk").first()
    )
    return found


def partnerships(actor: Actor) -> QuerySet[Any]:
    """Partnership groups with how many members they have."""
    found: QuerySet[Any] = (
        Partnership.objects.visible_to(actor).annotate(size=Count("members")).order_by("-opened_on", "name")
    )
    return found


@counting()
def tutoring_minutes(group: Partnership) -> int:
    """Minutes of tutoring given to a group, each piece once."""
    given = Delivery.objects.filter(partnership=group, kind=DeliveryKind.TUTORING, withdrawn_at__isnull=True)
    return int(given.aggregate(total=Sum("minutes"))["total"] or 0)


def paths(actor: Actor) -> QuerySet[Any]:
    """Paths of the own centre, those under way first."""
    found: QuerySet[Any] = (
        Path.objects.visible_to(actor)
        .select_related("template", "participant", "entity", "group", "founded")
        .order_by("-state", "-opened_on", "-pk")
    )
    return found


def path(actor: Actor, uuid: UUID) -> Path | None:
    """A path of the own centre."""
    found: Path | None = paths(actor).filter(uuid=uuid).first()
    return found


def plan_of(row: Path) -> PathPlan:
    """The plan a path began with."""
    return rules.read_plan(row.template.plan)


def stages_of(row: Path) -> list[StageNow]:
    """The stages of a path as they stand."""
    plan = plan_of(row)
    passed = dict(row.stages.values_list("code", "passed_on"))
    done = {(stage, code): on for stage, code, on in row.checks.values_list("stage", "code", "done_on")}
    ready = {stage.code for stage in rules.open_stages(plan, passed)}
    return [
        StageNow(
            stage,
            passed.get(stage.code),
            stage.code in ready,
            [(check, done.get((stage.code, check.code))) for check in stage.checks],
            rules.due_on(stage, passed),
        )
        for stage in plan.stages
    ]


def templates() -> list[tuple[int, PathPlan]]:
    """Kinds of paths that can be begun: (id, plan)."""
    rows = PathTemplate.objects.filter(is_current=True).order_by("pk")
    return [(row.pk, rules.read_plan(row.plan)) for row in rows]


def animation(actor: Actor) -> QuerySet[Any]:
    """What animation founded."""
    found: QuerySet[Any] = AnimationResult.objects.visible_to(actor).order_by("-day", "-pk")
    return found


def promotion(actor: Actor) -> QuerySet[Any]:
    """What was published, with how many entities it promoted."""
    found: QuerySet[Any] = (
        Promotion.objects.visible_to(actor).annotate(promoted=Count("entities")).order_by("-day", "-pk")
    )
    return found


def kfs(actor: Actor) -> QuerySet[Any]:
    """KFS totals of the own office."""
    found: QuerySet[Any] = KfsTotal.objects.visible_to(actor).order_by("-first_day", "priority")
    return found
