"""What a project has done so far."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from spoiwo.kernel.actor import Actor
from spoiwo.projects.models import EmployerContact, Participant, Project, Support, WorkResult
from spoiwo.projects.rules.taking_part import LEAVING
from spoiwo.projects.types import (
    EmployerAnswer,
    ParticipantState,
    SupportKind,
    SupportState,
    Totals,
)
from spoiwo.toolkit.context import acting_for


def totals_of(actor: Actor, project: Project) -> Totals:
    """Figures of a project of the own institution; every person once, hidden ones too: nobody is named."""
    with acting_for(actor.institution_id, job="export"):
        return _totals_of(actor, project)


def _totals_of(actor: Actor, project: Project) -> Totals:
    people = Participant.objects.counted_for(actor).filter(project=project).with_who()
    support = Support.objects.counted_for(actor).filter(participant__project=project)
    internships = support.filter(kind=SupportKind.INTERNSHIP)
    contacts = EmployerContact.objects.visible_to(actor).filter(project=project)
    by_state = _distinct(people.values("state"))
    answers = _plain(contacts.values("answer"))
    sums = support.aggregate(hours=Sum("hours"), cost=Sum("cost_pln"))
    return Totals(
        candidates=people.aggregate(n=Count("who", distinct=True))["n"],
        taken_in=people.filter(joined_on__isnull=False).aggregate(n=Count("who", distinct=True))["n"],
        taking_part=by_state.get(ParticipantState.TAKING_PART, 0),
        finished=by_state.get(ParticipantState.FINISHED, 0),
        dropped_out=by_state.get(ParticipantState.DROPPED_OUT, 0),
        not_interested=by_state.get(ParticipantState.NOT_INTERESTED, 0),
        internships=internships.count(),
        interns=people.filter(support__in=internships).aggregate(n=Count("who", distinct=True))["n"],
        broken_internships=internships.filter(state=SupportState.BROKEN_OFF).count(),
        working=people.filter(
            pk__in=WorkResult.objects.counted_for(actor).values("participant_id")
        ).aggregate(n=Count("who", distinct=True))["n"],
        hours=sums["hours"] or Decimal(),
        cost_pln=sums["cost"] or Decimal(),
        employers_asked=sum(answers.values()),
        employers_refused=sum(n for answer, n in answers.items() if answer != EmployerAnswer.AGREED),
        reasons=_distinct(people.filter(state__in=LEAVING).values("reason")),
        refusals={answer: n for answer, n in answers.items() if answer != EmployerAnswer.AGREED},
        supported=_plain(support.values("kind"), Count("participant", distinct=True)),
    )


def _distinct(grouped: Any) -> Mapping[str, int]:
    return _plain(grouped, Count("who", distinct=True))


def _plain(grouped: Any, figure: Any = None) -> Mapping[str, int]:
    counted = grouped.annotate(n=figure or Count("pk")).order_by("-n")
    return {next(value for key, value in row.items() if key != "n"): row["n"] for row in counted}
