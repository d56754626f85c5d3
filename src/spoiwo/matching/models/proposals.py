"""Proposals that two records are one person, and what each side said about them."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.ids import new_uuid
from spoiwo.matching.querysets import ProposalQuerySet


class Proposal(models.Model):
    """Two records, of two institutions or of one, that may be one person. Holds marks, never values."""

    class State(models.TextChoices):
        OPEN = "open", _("Waiting")
        LINKED = "linked", _("Same person")
        DIFFERENT = "different", _("Different people")
        OBSOLETE = "obsolete", _("No longer needed")

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    left_record = models.ForeignKey("clients.SourceRecord", on_delete=models.CASCADE, related_name="+")
    right_record = models.ForeignKey("clients.SourceRecord", on_delete=models.CASCADE, related_name="+")
    left_institution = models.ForeignKey(
        "institutions.Institution", on_delete=models.CASCADE, related_name="+"
    )
    right_institution = models.ForeignKey(
        "institutions.Institution", on_delete=models.CASCADE, related_name="+"
    )
    rule = models.CharField(max_length=40)
    strategy = models.CharField(max_length=40)
    marks = models.JSONField(default=dict)  # field -> matching.types.Mark
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField()
    left_answer = models.CharField(max_length=10, blank=True)  # the standing Opinion of each side
    right_answer = models.CharField(max_length=10, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision_id = models.UUIDField(null=True)  # clients.IdentityDecision that followed

    objects = ProposalQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {"*": "internal", "marks": "personal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["left_record", "right_record"], name="proposal_once_per_pair"),
            models.CheckConstraint(
                condition=Q(left_record_id__lt=F("right_record_id")), name="proposal_pair_in_order"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["left_institution", "state", "left_answer", "created_at"], name="proposal_left_queue"
            ),
            models.Index(
                fields=["right_institution", "state", "right_answer", "created_at", "left_institution"],
                name="proposal_right_queue",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_duplicate(self) -> bool:
        """Whether both records are of one register; that institution alone decides."""
        return self.left_institution_id == self.right_institution_id


class Opinion(models.Model):
    """What one side says: same, different, later. The newest per side counts; undo removes it."""

    class Answer(models.TextChoices):
        SAME = "same", _("Same person")
        DIFFERENT = "different", _("Different people")
        LATER = "later", _("Decide later")

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="opinions")
    institution = models.ForeignKey("institutions.Institution", on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    given_by_user_id = models.BigIntegerField()
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    field_classes: ClassVar[dict[str, str]] = {"*": "internal"}

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["proposal", "institution"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_standing_opinion_per_side",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.institution_id}: {self.answer}"
