"""Ideas on their way from somebody's head to a test and on to those who take them over."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from spoiwo.kernel.ids import new_uuid
from spoiwo.partnership import querysets
from spoiwo.partnership.models.choices import IDEA_STATES
from spoiwo.partnership.rules.ideas import IdeaState

INSTITUTION = "institutions.Institution"
USER = "institutions.User"
TOP_MARK = 5


class Idea(models.Model):
    """An idea. merged_into: the one that goes on in its place, with the authors of both."""

    uuid = models.UUIDField(default=new_uuid, unique=True, editable=False)
    agreement = models.ForeignKey("partnership.Agreement", on_delete=models.CASCADE, related_name="ideas")
    title = models.CharField(max_length=200)
    problem = models.TextField()
    proposal = models.TextField()
    state = models.CharField(max_length=10, choices=IDEA_STATES, default=IdeaState.SUBMITTED)
    submitted_at = models.DateTimeField()
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    meeting = models.ForeignKey(
        "partnership.Meeting", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # at which it was decided
    reason = models.TextField(blank=True)  # why it was put away
    hypothesis = models.TextField(blank=True)
    test_place = models.CharField(max_length=200, blank=True)
    measures = models.TextField(blank=True)  # how one will tell whether it works
    budget_pln = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    test_until = models.DateField(null=True, blank=True)
    result = models.TextField(blank=True)
    works = models.BooleanField(null=True)

    objects = querysets.OfAgreementQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    def __str__(self) -> str:
        return self.title


class IdeaAuthor(models.Model):
    """Whose idea it is."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="authors")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "institution", "user"], name="author_once_per_idea")
        ]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.institution_id}"


class IdeaReview(models.Model):
    """Marks of one reviewer, 0 to 5; whoever has a stake in the idea says so and gives none."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="reviews")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    has_conflict = models.BooleanField(default=False)
    need = models.PositiveSmallIntegerField(null=True, blank=True)
    feasibility = models.PositiveSmallIntegerField(null=True, blank=True)
    cost = models.PositiveSmallIntegerField(null=True, blank=True)
    effect = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(blank=True)
    given_at = models.DateTimeField()

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "institution"], name="one_review_per_institution"),
            models.CheckConstraint(
                condition=Q(
                    has_conflict=True,
                    need__isnull=True,
                    feasibility__isnull=True,
                    cost__isnull=True,
                    effect__isnull=True,
                )
                | Q(
                    has_conflict=False,
                    need__lte=TOP_MARK,
                    feasibility__lte=TOP_MARK,
                    cost__lte=TOP_MARK,
                    effect__lte=TOP_MARK,
                ),
                name="marks_unless_there_is_a_stake",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.institution_id}"


class IdeaAdopter(models.Model):
    """An institution that took a tested idea over."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="adopters")
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["idea", "institution"], name="adopter_once_per_idea")
        ]

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.institution_id}"
