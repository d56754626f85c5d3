"""Which imports, mappings and exports an actor can reach."""

from typing import TYPE_CHECKING, Self

from django.db import models

from spoiwo.exchange.types import UNDER_WAY, SheetKind
from spoiwo.kernel.actor import Actor

if TYPE_CHECKING:
    from spoiwo.exchange.models import (
        ColumnMapping,
        OpenExport,
        RegisterImport,
        RejectedRow,
        RejectedSheetRow,
        SheetImport,
    )

KEEPERS = ("registrar", "supervisor", "iod")  # who may see imports and their totals
REGISTRAR = "registrar"  # who brings files in and may see rejected rows
ADVISER = "support_adviser"  # who keeps the support register


def sheet_kinds(actor: Actor) -> list[SheetKind]:
    """The sheets that the actor may bring in: support for those who keep the register, totals for offices too."""
    if not actor.institution_id:
        return []
    if actor.has_any(ADVISER):
        return [SheetKind.SUPPORT, SheetKind.EVENTS, SheetKind.KFS]
    return [SheetKind.KFS] if actor.has_any(REGISTRAR) else []


class RegisterImportQuerySet(models.QuerySet["RegisterImport"]):
    """Files on their way into a register."""

    def visible_to(self, actor: Actor) -> Self:
        """The own institution's imports."""
        if not actor.has_any(*KEEPERS):
            return self.none()
        return self.filter(institution_id=actor.institution_id)

    def under_way(self) -> Self:
        """Imports that are neither done nor given up."""
        return self.filter(state__in=UNDER_WAY)


class ColumnMappingQuerySet(models.QuerySet["ColumnMapping"]):
    """Saved column mappings."""

    def visible_to(self, actor: Actor) -> Self:
        """The own institution's mappings, of the files that the actor brings in."""
        own = self.filter(institution_id=actor.institution_id)
        return own if actor.has_any(REGISTRAR) else own.filter(kind__in=sheet_kinds(actor))


class RejectedRowQuerySet(models.QuerySet["RejectedRow"]):
    """Rows that could not be taken."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of the own institution's files, for those who bring files in."""
        if not actor.has_any(REGISTRAR):
            return self.none()
        return self.filter(institution_id=actor.institution_id)


class OpenExportQuerySet(models.QuerySet["OpenExport"]):
    """Files with everything an institution put in."""

    def visible_to(self, actor: Actor) -> Self:
        """The own institution's files, for those who bring files in and the data protection officer."""
        if not actor.has_any(REGISTRAR, "iod"):
            return self.none()
        return self.filter(institution_id=actor.institution_id)


class SheetImportQuerySet(models.QuerySet["SheetImport"]):
    """Sheets on their way into the support register."""

    def visible_to(self, actor: Actor) -> Self:
        """The own institution's sheets, of the kinds that the actor may bring in."""
        return self.filter(institution_id=actor.institution_id, kind__in=sheet_kinds(actor))


class RejectedSheetRowQuerySet(models.QuerySet["RejectedSheetRow"]):
    """Rows of sheets that could not be taken."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of the own institution's sheets, of the kinds that the actor may bring in."""
        return self.filter(institution_id=actor.institution_id, sheet__kind__in=sheet_kinds(actor))
