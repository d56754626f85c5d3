"""Registers of invented offices, brought in the way an import brings them."""

from collections.abc import Sequence
from datetime import date
from itertools import count

from django.utils import timezone

from spoiwo.access import services as access
from spoiwo.access.types import RelationKind
from spoiwo.clients.models import SourceRecord
from spoiwo.clients.services import publishing, register
from spoiwo.clients.types import RegisterKind, RegisterRow
from spoiwo.institutions.models import Institution
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.context import acting_for

_numbers = count(1)
LONG_AGO = date(2024, 1, 1)


def office(code: str = "") -> Institution:
    """An institution with no register yet."""
    code = code or f"urzad-{next(_numbers)}"
    return Institution.objects.create(
        code=code, name=f"Urząd {code}", short_name=code.upper(), sort_key=code, search_key=code
    )


def row(local_id: str, **fields: object) -> RegisterRow:
    """A row of an extract: Anna Nowak born 3 May 1980 without PESEL unless told otherwise."""
    values: dict[str, object] = {
        "first_name": "Anna",
        "last_name": "Nowak",
        "birth_date": date(1980, 5, 3),
        "sex": "K",
        **fields,
    }
    return RegisterRow(local_id=local_id, **values)  # type: ignore[arg-type]


def bring_in(holder: Institution, *rows: RegisterRow, known_since: date | None = None) -> int:
    """Publish these rows as the office's whole register, as an import would; the generation it became.

    known_since: from when the office may know its people, today unless told otherwise.
    """
    today = timezone.localdate()
    with acting_for(holder.pk, job="import"):
        generation = publishing.next_generation(holder.pk, RegisterKind.REGISTER)
        seen: set[int] = set()
        ready = register.prepare_rows(
            institution_id=holder.pk,
            generation=generation,
            rows=rows,
            as_of=today,
            now=timezone.now(),
            seen=seen,
        )
        ready.write(seen)
        gone = register.vanished_versions(institution_id=holder.pk, generation=generation, seen=seen)
        register.stage_vanished(generation=generation, versions=gone)
        publishing.publish_extract(
            publishing.StagedExtract(
                institution_id=holder.pk,
                kind=RegisterKind.REGISTER,
                generation=generation,
                as_of=today,
                file_name="wykaz.csv",
                file_sha256="0" * 64,
                rows=len(rows),
                tally=ready.tally,
                vanished=len(gone),
                rejected=0,
            ),
            now=timezone.now(),
            user_id=0,
        )
        get_to_know(holder, [one.local_id for one in rows], since=known_since or today)
    return generation


def get_to_know(holder: Institution, local_ids: list[str], *, since: date) -> None:
    """Open the office's relations to the people behind its own numbers."""
    held = SourceRecord.objects.filter(institution=holder, local_id__in=local_ids)
    access.open_relations(
        [(person, holder.pk) for person in held.values_list("person_id", flat=True)],
        kind=RelationKind.INVOLVEMENT,
        since=since,
    )


def records(holder: Institution, *local_ids: str) -> list[SourceRecord]:
    """Records by the office's own numbers, in the order asked for."""
    with acting_for(holder.pk):
        found = {one.local_id: one for one in SourceRecord.objects.filter(institution=holder)}
    return [found[local_id] for local_id in local_ids]


def worker(holder: Institution, *roles: str, user_id: int = 1) -> Actor:
    """Somebody who works at the office, a reviewer of identities unless told otherwise."""
    return Actor(user_id=user_id, institution_id=holder.pk, roles=frozenset(roles or ("reviewer",)))


def pesels(count_wanted: int, born: date = date(1980, 5, 3)) -> Sequence[str]:
    """Valid numbers of women born on a day."""
    month = born.month + (20 if born.year >= 2000 else 0)
    found = []
    for serial in range(0, count_wanted * 2, 2):
        digits = f"{born.year % 100:02}{month:02}{born.day:02}{serial:04}"
        weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
        control = -sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 10
        found.append(f"{digits}{control}")
    return found
