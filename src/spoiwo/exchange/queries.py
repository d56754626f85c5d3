"""Reads about files, for screens and other contexts."""

from uuid import UUID

from django.db.models import QuerySet

from spoiwo.clients.types import RegisterKind
from spoiwo.exchange.errors import NoSuchImport
from spoiwo.exchange.models import ColumnMapping, OpenExport, RegisterImport
from spoiwo.exchange.types import WAITING
from spoiwo.kernel.actor import Actor


def imports_of(actor: Actor) -> QuerySet[RegisterImport]:
    """The institution's imports, newest first."""
    return RegisterImport.objects.visible_to(actor).order_by("-started_at", "-pk")


def waiting_for_decision(actor: Actor) -> list[RegisterImport]:
    """Imports that wait for somebody of the institution, oldest first."""
    return list(
        RegisterImport.objects.visible_to(actor).filter(state__in=sorted(WAITING)).order_by("started_at")
    )


def latest_published(actor: Actor) -> RegisterImport | None:
    """The import that brought the register in force."""
    published = RegisterImport.objects.visible_to(actor).filter(
        kind=RegisterKind.REGISTER, published_at__isnull=False
    )
    return published.order_by("-published_at").first()


def import_of(actor: Actor, uuid: UUID) -> RegisterImport:
    """One import. Raises NoSuchImport."""
    found = RegisterImport.objects.visible_to(actor).filter(uuid=uuid).first()
    if found is None:
        raise NoSuchImport(str(uuid))
    return found


def mappings_of(actor: Actor) -> QuerySet[ColumnMapping]:
    """The institution's saved mappings, by kind and name."""
    return ColumnMapping.objects.visible_to(actor).order_by("kind", "name")


def exports_of(actor: Actor) -> list[OpenExport]:
    """The newest open exports."""
    return list(OpenExport.objects.visible_to(actor).order_by("-asked_at")[:5])


def export_of(actor: Actor, uuid: UUID) -> OpenExport | None:
    """One open export that is ready."""
    return OpenExport.objects.visible_to(actor).filter(uuid=uuid, state=OpenExport.State.READY).first()
