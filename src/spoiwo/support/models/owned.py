"""What all tables of a support centre share."""

from django.db import models
from django.db.models import Q

from spoiwo.kernel.ids import new_uuid

INSTITUTION = "institutions.Institution"
USER = "institutions.User"


class Owned(models.Model):
    """A row of one support centre, known outside by its uuid."""

    uuid = models.UUIDField(unique=True, default=new_uuid, editable=False)
    institution = models.ForeignKey(INSTITUTION, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.uuid)


class WithRecipient(Owned):
    """A row about exactly one of a person, an entity, an initiative group."""

    participant = models.ForeignKey(
        "support.Participant", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entity = models.ForeignKey(
        "support.Entity", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    group = models.ForeignKey(
        "support.Group", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True


def one_recipient(name: str) -> models.CheckConstraint:
    """Exactly one of the three columns is filled."""
    parts = ("participant", "entity", "group")
    one = Q()
    for chosen in parts:
        one |= Q(**{f"{part}__isnull": part != chosen for part in parts})
    return models.CheckConstraint(condition=one, name=name)
