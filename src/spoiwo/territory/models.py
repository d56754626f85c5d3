"""TERYT units with their validity, subregions, and the states of the register taken in."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from spoiwo.kernel.teryt import CommuneKind, TerytCode, UnitLevel
from spoiwo.territory.querysets import TerytUnitQuerySet
from spoiwo.territory.types import EditionSource

LEVEL_CHOICES = [
    (UnitLevel.VOIVODESHIP.value, _("Voivodeship")),
    (UnitLevel.COUNTY.value, _("County")),
    (UnitLevel.COMMUNE.value, _("Commune")),
    (UnitLevel.PART.value, _("Part of a commune")),
]
KIND_CHOICES = [
    (CommuneKind.URBAN.value, _("Urban commune")),
    (CommuneKind.RURAL.value, _("Rural commune")),
    (CommuneKind.URBAN_RURAL.value, _("Urban-rural commune")),
    (CommuneKind.TOWN.value, _("Town in an urban-rural commune")),
    (CommuneKind.RURAL_AREA.value, _("Rural area of an urban-rural commune")),
    (CommuneKind.WARSAW_DISTRICT.value, _("District of Warsaw")),
    (CommuneKind.DELEGATION.value, pgettext_lazy("part of a city", "Delegation")),
]
SOURCE_CHOICES = [
    (EditionSource.SHIPPED.value, _("Supplied with the program")),
    (EditionSource.OFFICIAL.value, _("Official TERC file")),
]
WHOLE_COMMUNES = (CommuneKind.URBAN, CommuneKind.RURAL, CommuneKind.URBAN_RURAL)


def _code_has_length(length: int) -> Q:
    return Q(Exact(Length("code"), Value(length)))


class TerytUnit(models.Model):
    """A unit under one name for one period: a new name is a new row, the code stays.

    Other contexts keep the code, not this row's key, because the row changes with the name.
    """

    code = models.CharField(max_length=7)
    level = models.CharField(max_length=11, choices=LEVEL_CHOICES)
    name = models.CharField(max_length=100)  # as published: voivodeships in capitals, counties in lower case
    commune_kind = models.PositiveSmallIntegerField(choices=KIND_CHOICES, null=True, blank=True)
    # While the row is in force: the row in force of the unit above. Its code is right at all times.
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # the last day; empty while the unit is in force

    objects = TerytUnitQuerySet.as_manager()
    field_classes: ClassVar[dict[str, str]] = {
        "id": "public",
        "code": "public",
        "level": "public",
        "name": "public",
        "commune_kind": "public",
        "parent": "public",
        "valid_from": "public",
        "valid_to": "public",
    }

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="teryt_unit_starts_once_a_day"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to__isnull=True), name="teryt_unit_in_force_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="teryt_unit_ends_not_before_it_starts",
            ),
            models.CheckConstraint(
                condition=(Q(level=UnitLevel.VOIVODESHIP.value) & _code_has_length(2))
                | (Q(level=UnitLevel.COUNTY.value) & _code_has_length(4))
                | (Q(level__in=[UnitLevel.COMMUNE.value, UnitLevel.PART.value]) & _code_has_length(7)),
                name="teryt_unit_code_fits_level",
            ),
            models.CheckConstraint(
                condition=(
                    Q(level__in=[UnitLevel.VOIVODESHIP.value, UnitLevel.COUNTY.value])
                    & Q(commune_kind__isnull=True)
                )
                | (
                    Q(level=UnitLevel.COMMUNE.value)
                    & Q(commune_kind__isnull=False)
                    & Q(commune_kind__in=[kind.value for kind in WHOLE_COMMUNES])
                )
                | (
                    Q(level=UnitLevel.PART.value)
                    & Q(commune_kind__isnull=False)
                    & Q(commune_kind__in=[kind.value for kind in CommuneKind if kind.is_part])
                ),
                name="teryt_unit_kind_fits_level",
            ),
            models.CheckConstraint(
                condition=Q(level=UnitLevel.VOIVODESHIP.value, parent__isnull=True)
                | (~Q(level=UnitLevel.VOIVODESHIP.value) & Q(parent__isnull=False)),
                name="teryt_unit_has_parent_below_voivodeship",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def teryt(self) -> TerytCode:
        """The code as a value that knows level, parent and what it covers."""
        return TerytCode(self.code)


class Subregion(models.Model):
    """A statistical subregion (NUTS 3): several counties of one voivodeship."""

    code = models.CharField(max_length=10, unique=True)  # NUTS, for example PL431
    name = models.CharField(max_length=100)
    voivodeship = models.ForeignKey(TerytUnit, on_delete=models.PROTECT, related_name="subregions")

    field_classes: ClassVar[dict[str, str]] = {
        "id": "public",
        "code": "public",
        "name": "public",
        "voivodeship": "public",
    }

    def __str__(self) -> str:
        return self.name


class SubregionCounty(models.Model):
    """A county of a subregion. A county lies in one subregion."""

    subregion = models.ForeignKey(Subregion, on_delete=models.CASCADE, related_name="memberships")
    county = models.OneToOneField(TerytUnit, on_delete=models.PROTECT, related_name="subregion_membership")

    field_classes: ClassVar[dict[str, str]] = {"id": "public", "subregion": "public", "county": "public"}

    def __str__(self) -> str:
        return f"{self.subregion_id}: {self.county_id}"


class CommuneSuccessor(models.Model):
    """Where the area of a commune lies since it is gone: no file says it, so somebody does."""

    code = models.CharField(max_length=7, unique=True)
    successor = models.CharField(max_length=7)
    saved_by_user_id = models.BigIntegerField()
    saved_at = models.DateTimeField()

    field_classes: ClassVar[dict[str, str]] = {
        "id": "public",
        "code": "public",
        "successor": "public",
        "saved_by_user_id": "internal",
        "saved_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.code} {self.successor}"


class TercEdition(models.Model):
    """A state of the register that was taken in; the newest says how fresh the register is."""

    as_of = models.DateField(unique=True)
    source = models.CharField(max_length=8, choices=SOURCE_CHOICES)
    units = models.PositiveIntegerField()  # how many the file held
    imported_at = models.DateTimeField(auto_now=True)

    field_classes: ClassVar[dict[str, str]] = {
        "id": "public",
        "as_of": "public",
        "source": "public",
        "units": "public",
        "imported_at": "public",
    }

    def __str__(self) -> str:
        return f"{self.as_of} {self.source}"
