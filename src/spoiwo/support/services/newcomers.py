"""Somebody new, written down from one line of text while an adviser is busy with something else."""

from datetime import date

from spoiwo.kernel.actor import Actor
from spoiwo.support.services import people
from spoiwo.support.types import EntityDetails, PersonDetails, RecipientKind, RecipientRef


def write_down(text: str, kind: str, *, day: date, by: Actor) -> RecipientRef:
    """A new person ("Ewa Maria Nowak": the last word is the last name), entity (PES) or group of this name."""
    name = " ".join(text.split())
    if kind == RecipientKind.ENTITY:
        entity = people.add_entity(EntityDetails(name=name, is_social=True), by=by)
        return RecipientRef(RecipientKind.ENTITY, entity.uuid)
    if kind == RecipientKind.GROUP:
        group = people.add_group(name=name, founded_on=day, by=by)
        return RecipientRef(RecipientKind.GROUP, group.uuid)
    first, _, last = name.rpartition(" ")
    person = people.add_person(
        PersonDetails(first_name=first or "–", last_name=last, supported_from=day), by=by
    )
    return RecipientRef(RecipientKind.PERSON, person.uuid)
