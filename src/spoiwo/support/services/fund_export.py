"""The participants' file for the EU fund's monitoring system."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from spoiwo.audit.types import Action
from spoiwo.kernel.actor import Actor
from spoiwo.kernel.sealing import unseal
from spoiwo.support.models import Attendance, DeliveryParticipant, ExportMapping, Participant
from spoiwo.support.rules import fund_export as rules
from spoiwo.support.services.log import record
from spoiwo.support.types import Scope
from spoiwo.territory import queries as territory
from spoiwo.toolkit.keys import PESEL, key_ring

CODE = "sm-efs"


def mapping_of(actor: Actor) -> Sequence[Sequence[str]]:
    """The columns of the own centre's file; those shipped until it has its own."""
    kept = ExportMapping.objects.visible_to(actor).filter(code=CODE).first()
    return kept.columns if kept else rules.SHIPPED


@transaction.atomic
def keep_mapping(text: str, *, by: Actor) -> None:
    """Keep the columns of the own centre's file. Raises BadTemplate."""
    pairs = rules.read_mapping(text)
    ExportMapping.objects.update_or_create(
        institution_id=by.institution_id, code=CODE, defaults={"columns": [list(pair) for pair in pairs]}
    )
    record(by, "export-mapping", CODE)


def fund_rows(first: date, last: date, *, by: Actor) -> tuple[list[str], list[list[object]]]:
    """Header and a row for everybody supported within the days; the export is on record. PESEL stands in clear."""
    pairs = mapping_of(by)
    scope = Scope(first=first, last=last, institutions=frozenset({by.institution_id}))
    taken = _taken(scope)
    people = Participant.objects.visible_to(by).filter(pk__in=list(taken)).order_by("sort_key", "pk")
    names = territory.names_of(_codes(people), last)
    rows = [rules.row_of(pairs, {**_person(one, names), **taken[one.pk]}) for one in people]
    record(by, "fund-export", f"{first}:{last}", action=Action.EXPORT, count=len(rows))
    return [header for header, _source in pairs], rows


def _taken(scope: Scope) -> dict[int, dict[str, Any]]:
    """What each participant took part in: days, kinds, hours."""
    days: dict[int, list[date]] = defaultdict(list)
    kinds: dict[int, dict[str, None]] = defaultdict(dict)
    minutes: dict[int, int] = defaultdict(int)
    given = DeliveryParticipant.objects.within(scope)
    came = Attendance.objects.within(scope).filter(minutes__gt=0)
    for rows in (given, came):
        for row in rows.order_by("day", "pk"):
            days[row.participant_id].append(row.day)
            kinds[row.participant_id][str(row.get_kind_display())] = None
            minutes[row.participant_id] += row.minutes
    return {
        pk: {
            "first_support": min(days[pk]),
            "last_support": max(days[pk]),
            "support_kinds": ", ".join(kinds[pk]),
            "support_hours": f"{minutes[pk] / 60:.2f}".replace(".", ","),
        }
        for pk in days
    }


def _codes(people: Any) -> Iterator[str]:
    for code in set(people.values_list("teryt", flat=True)):
        yield from (code[:2], code[:4], code)


def _person(one: Participant, names: dict[str, str]) -> dict[str, object]:
    return {
        "number": one.number,
        "first_name": one.first_name,
        "last_name": one.last_name,
        "pesel": _pesel(one),
        "sex": one.sex,
        "birth_date": one.birth_date,
        "education": str(one.get_education_display()),
        "labour_status": str(one.get_labour_status_display()),
        "voivodeship": names.get(one.teryt[:2], one.teryt[:2]),
        "county": names.get(one.teryt[:4], one.teryt[:4]),
        "commune": names.get(one.teryt, "") if len(one.teryt) == 7 else "",
        "phone": one.phone,
        "email": one.email,
        "supported_from": one.supported_from,
    }


def _pesel(one: Participant) -> str:
    if not one.pesel_sealed:
        return ""
    return unseal(key_ring().unwrap(bytes(one.wrapped_key)), bytes(one.pesel_sealed), PESEL)
