"""Diagnosis: a questionnaire about persons, filled in by one party and given to the others as it stands."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.plans.errors import NoSuchThing
from spoiwo.plans.models import Diagnosis, JointPlan
from spoiwo.plans.services.log import tell
from spoiwo.plans.services.reaching import locked_plan
from spoiwo.plans.types import EventKind
from spoiwo.surveys.services import answering, links, reading


def subject_of(plan: JointPlan) -> str:
    """How questionnaires know whom an answer is about."""
    return f"plan:{plan.uuid}"


@transaction.atomic
def begin_diagnosis(uuid: UUID, *, survey: int, at: datetime, by: Actor) -> str:
    """Begin the own institution's answer about the plan's person, or go on with it; the path of its page.

    Raises NoSuchThing, and what answering raises.
    """
    plan = locked_plan(uuid, by)
    answer = answering.begin_answer_about(survey_id=survey, subject_key=subject_of(plan), at=at, by=by)
    return links.path_for_answer(answer, by=by)


@transaction.atomic
def give_diagnosis(uuid: UUID, *, answer: UUID, at: datetime, day: date, by: Actor) -> Diagnosis:
    """Give what the own answer says now to all parties of the plan. Raises NoSuchThing."""
    plan = locked_plan(uuid, by)
    found = reading.read_answers_about(subject_of(plan), by=by)
    chosen = next((one for one in found if one.answer_id == answer), None)
    if chosen is None:
        raise NoSuchThing(str(answer))
    made = Diagnosis.objects.create(
        plan=plan,
        institution_id=by.institution_id,
        answer=answer,
        title=chosen.survey_title,
        lines=[[line.label.pl, list(line.words)] for line in chosen.lines],
        given_by_id=by.user_id,
        given_on=day,
    )
    tell(plan, EventKind.DIAGNOSIS, at=at, by=by, text=chosen.survey_title)
    return made
