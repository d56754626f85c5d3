"""Which questionnaires, surveys and answers an actor can reach."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from spoiwo.kernel.actor import Actor
from spoiwo.surveys.types import COUNTED, GIVEN_BY_STAFF, Step, Subject

if TYPE_CHECKING:
    from spoiwo.surveys.models import (
        Answer,
        FrameUnit,
        Letter,
        Questionnaire,
        QuestionnaireVersion,
        ResultsExport,
        Survey,
        VerificationQuery,
    )

BUILDERS = ("analyst",)
READERS = ("analyst", "director", "supervisor")
ENTERING = ("analyst", "support_adviser", "case_worker")  # who may write down answers from phone or paper
KEEPERS = (*READERS, "support_adviser", "case_worker")


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    """Questionnaires."""

    def visible_to(self, actor: Actor) -> Self:
        """The own institution's questionnaires, and those that others share."""
        if not actor.has_any(*READERS):
            return self.none()
        return self.filter(Q(institution_id=actor.institution_id) | Q(is_shared=True))

    def own(self, actor: Actor) -> Self:
        """The own institution's questionnaires, for those who build them."""
        if not actor.has_any(*BUILDERS):
            return self.none()
        return self.filter(institution_id=actor.institution_id)


class VersionQuerySet(models.QuerySet["QuestionnaireVersion"]):
    """Versions of questionnaires."""

    def visible_to(self, actor: Actor) -> Self:
        """Own versions; of shared questionnaires those that are published."""
        if not actor.has_any(*READERS):
            return self.none()
        shared = Q(questionnaire__is_shared=True) & ~Q(state="draft")
        return self.filter(Q(questionnaire__institution_id=actor.institution_id) | shared)


class SurveyQuerySet(models.QuerySet["Survey"]):
    """Rounds of asking."""

    def visible_to(self, actor: Actor) -> Self:
        """The own institution's surveys; those about persons for those who asked only."""
        if not actor.has_any(*KEEPERS):
            return self.none()
        own = self.filter(institution_id=actor.institution_id)
        if actor.has_any(*ENTERING):
            return own
        return own.filter(questionnaire__subject=Subject.ENTITY)

    def published_for(self, actor: Actor) -> Self:
        """Published surveys in which the actor's institution was asked, and the own ones."""
        asked = Q(units__respondent_id=actor.institution_id) | Q(institution_id=actor.institution_id)
        return self.filter(asked, step=Step.PUBLISHED).distinct()


class FrameUnitQuerySet(models.QuerySet["FrameUnit"]):
    """Who is asked."""

    def visible_to(self, actor: Actor) -> Self:
        """Units of the own institution's surveys."""
        if not actor.has_any(*KEEPERS):
            return self.none()
        return self.filter(holder_id=actor.institution_id)

    def asked_of(self, actor: Actor) -> Self:
        """Units that are the actor's own institution."""
        if not actor.institution_id:
            return self.none()
        return self.filter(respondent_id=actor.institution_id)

    def still_silent(self) -> Self:
        """Units that have not handed in and were not given up."""
        return self.filter(answered=False).exclude(outcome__in=GIVEN_BY_STAFF)


class AnswerQuerySet(models.QuerySet["Answer"]):
    """What was answered."""

    def visible_to(self, actor: Actor) -> Self:
        """Answers to the own institution's surveys that are out of the urn."""
        if not actor.has_any(*KEEPERS):
            return self.none()
        return self.filter(holder_id=actor.institution_id, in_urn=False)

    def counted(self) -> Self:
        """Answers handed in, those in the urn excepted."""
        return self.filter(state__in=COUNTED, in_urn=False)


class VerificationQueryQuerySet(models.QuerySet["VerificationQuery"]):
    """Questions about answers."""

    def visible_to(self, actor: Actor) -> Self:
        """Those the own institution asked."""
        if not actor.has_any(*KEEPERS):
            return self.none()
        return self.filter(holder_id=actor.institution_id)


class SurveyLetterQuerySet(models.QuerySet["Letter"]):
    """Mail that waits or was sent."""

    def visible_to(self, actor: Actor) -> Self:
        """Letters of the own institution's surveys."""
        if not actor.has_any(*BUILDERS):
            return self.none()
        return self.filter(holder_id=actor.institution_id)


class ResultsExportQuerySet(models.QuerySet["ResultsExport"]):
    """Files with results."""

    def visible_to(self, actor: Actor) -> Self:
        """Files of the own institution's surveys."""
        if not actor.has_any(*BUILDERS):
            return self.none()
        return self.filter(institution_id=actor.institution_id)
