"""Saved column mappings."""

from collections.abc import Mapping

from django.db import transaction

from spoiwo.clients.types import RegisterKind
from spoiwo.exchange.errors import MappingIncomplete, MappingNameTaken, NoSuchMapping
from spoiwo.exchange.models import ColumnMapping
from spoiwo.exchange.rules import mapping as rules
from spoiwo.exchange.types import Layout
from spoiwo.kernel.actor import Actor


@transaction.atomic
def save_mapping(
    *,
    institution_id: int,
    kind: RegisterKind,
    name: str,
    columns: Mapping[str, str],
    values: Mapping[str, Mapping[str, str]],
    replace: int | None = None,
) -> ColumnMapping:
    """Keep a mapping under a name. columns: standard column -> header; values: column -> their value -> ours.

    replace: id of the mapping that may be written over; another one of that name is left alone.
    Raises MappingNameTaken, MappingIncomplete.
    """
    missing = rules.missing_columns(kind, Layout(columns=columns))
    if missing:
        raise MappingIncomplete(missing)
    own = ColumnMapping.objects.select_for_update().filter(
        institution_id=institution_id, kind=kind, name=name
    )
    mapping = own.first()
    if mapping is not None and mapping.pk != replace:
        raise MappingNameTaken(name)
    mapping = mapping or ColumnMapping(institution_id=institution_id, kind=kind, name=name, version=0)
    mapping.columns = dict(columns)
    mapping.values = rules.clean_values(kind, columns, values)
    mapping.version += 1
    mapping.save()
    return mapping


def forget_mapping(*, mapping_id: int, by: Actor) -> str:
    """Delete a mapping; imports that used it keep what they used. Gives its name. Raises NoSuchMapping."""
    mapping = ColumnMapping.objects.visible_to(by).filter(pk=mapping_id).first()
    if mapping is None:
        raise NoSuchMapping(str(mapping_id))
    mapping.delete()
    return mapping.name
