"""Sheets on their way into the support registers of the three offices, for the access matrix."""

from typing import Any
from uuid import uuid4

from spoiwo.exchange.models import ColumnMapping
from spoiwo.exchange.types import SheetKind
from spoiwo.institutions.types import Role
from tests.access.things.surveys import CANARIES
from tests.makers import support
from tests.makers.sheets import checked

HEADERS = ("Od", "Do", "Priorytet", "Liczba pracodawców", "Liczba osób", "Kwota")


def add(world: Any) -> None:
    """A sheet with a good row and a rejected one, and saved columns, for each office."""
    for name, office in world.offices.items():
        by = support.adviser_of(office, Role.REGISTRAR)
        rows = (
            ("2015-01-01", "2015-12-31", CANARIES[name], "1", "2", "3"),
            ("kiedyś", "2015-12-31", "45+", "1", "2", "3"),
        )
        sheet = checked(by, HEADERS, *rows, kind=SheetKind.KFS)
        mapping = ColumnMapping.objects.create(institution=office, name=CANARIES[name], kind=SheetKind.KFS)
        world.add("support sheet", name, sheet.uuid, of=name)
        world.add("support sheet mapping", name, mapping.pk, of=name)
    world.absent("support sheet", uuid4())
    world.absent("support sheet mapping", 999_999)
