"""A large and a small register, matched keys, and open proposals; written in bulk, for measuring only.

Sealed values are dummies in the large register: nothing that is measured opens them, save for the pages of review.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from django.utils import timezone

from spoiwo.clients.models import RegisterState
from spoiwo.clients.services import publishing, register
from spoiwo.clients.services.bulk import chunks
from spoiwo.clients.types import RegisterKind, RegisterRow, Tally
from spoiwo.kernel.actor import Actor
from spoiwo.matching.models import LearntRegisters, Proposal
from spoiwo.matching.services import keys, knowing
from spoiwo.toolkit.context import acting_for
from spoiwo.toolkit.statistics import refresh_statistics

SMALL = 1000
AT_ONCE = 5000
SURNAMES = 60_000
WOMEN = (
    "Anna Maria Katarzyna Małgorzata Agnieszka Barbara Ewa Krystyna Magdalena Elżbieta Joanna Aleksandra Zofia Monika"
    " Teresa Danuta Natalia Karolina Marta Julia Beata Dorota Janina Alicja Jadwiga Jolanta Halina Iwona Grażyna"
).split()
MEN = (
    "Piotr Krzysztof Andrzej Tomasz Jan Paweł Michał Marcin Stanisław Jakub Adam Marek Łukasz Grzegorz Mateusz"
    " Wojciech Mariusz Dariusz Zbigniew Jerzy Maciej Rafał Robert Kamil Dawid Józef Szymon Bartosz Kacper Tadeusz"
).split()
REVIEWER = "weryfikacja@example.pl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """Ids of the small register's institution, people of the large one, and who asks."""

    small: int
    people: list[RegisterRow]
    clerk: Actor
    reviewer: str


def fill(records: int, proposals: int, chance: Random) -> Town:
    """Found two offices with an agreement, bring in both registers, and open proposals between them."""
    from spoiwo.access.types import Category
    from spoiwo.institutions.types import Kind, Role
    from tests.makers import access, institutions

    large = institutions.institution("pup", Kind.PUP, short_name="PUP")
    small = institutions.institution("ops", Kind.OPS, short_name="OPS")
    access.agreement(large, small, gives=[(None, None, Category.IDENTITY)], link_rules=())
    account = institutions.user(REVIEWER, password="tylko-do-pomiarow-1")  # noqa: S106 an invented account
    institutions.member(large, Role.CASE_WORKER, Role.REVIEWER, account=account)
    surnames = _surnames(chance)
    people = [_person(number, surnames, chance) for number in range(records)]
    _bring_in(large.pk, people)
    _bring_in(small.pk, [_changed(people[chance.randrange(records)], number) for number in range(SMALL)])
    for institution in (large.pk, small.pk):
        keys.keep_keys(institution)
    knowing.learn(large.pk, small.pk)
    LearntRegisters.objects.update(left_generation=-1)  # as after the next import
    _open_proposals(large.pk, small.pk, proposals)
    refresh_statistics()
    roles = frozenset({Role.CASE_WORKER, Role.REVIEWER})
    return Town(
        small=small.pk,
        people=people,
        clerk=Actor(user_id=account.pk, institution_id=large.pk, roles=roles),
        reviewer=REVIEWER,
    )


def _surnames(chance: Random) -> list[str]:
    """As many distinct surnames as a voivodeship has, the common ones first."""
    endings = ["ski", "cki", "czyk", "ak", "ek", "ik", "owicz", "uk", "asz", "a", "o", "ewski", "iński"]
    starts = [
        "b",
        "br",
        "c",
        "cz",
        "d",
        "dr",
        "f",
        "g",
        "gr",
        "j",
        "k",
        "kr",
        "l",
        "ł",
        "m",
        "n",
        "p",
        "pr",
        "r",
        "s",
    ]
    middles = ["a", "e", "i", "o", "u", "y", "ó"]
    inner = ["b", "c", "d", "g", "k", "l", "ł", "m", "n", "p", "r", "s", "t", "w", "z", "sz", "cz", "rz"]
    found: set[str] = set()
    while len(found) < SURNAMES:
        stem = chance.choice(starts) + "".join(
            chance.choice(middles) + chance.choice(inner) for _ in range(chance.randint(1, 3))
        )
        found.add((stem + chance.choice(endings)).capitalize())
    return sorted(found, key=lambda _one: chance.random())


def _person(number: int, surnames: list[str], chance: Random) -> RegisterRow:
    from benchmarks.identity import day_of

    woman = bool(number % 2)
    given = WOMEN if woman else MEN
    born = day_of(chance.randrange(24_000))
    return RegisterRow(
        local_id=f"{number:07}",
        first_name=chance.choice(given),
        last_name=surnames[int(len(surnames) * chance.random() ** 3)],
        birth_date=born,
        sex="K" if woman else "M",
        pesel=_pesel(born, number, woman=woman),
        teryt="0862011",
        place="Lubiszyn",
        street=f"ul. {chance.choice(surnames)}",
        house=str(chance.randint(1, 120)),
        phone=f"6{chance.randrange(10**8):08}",
    )


def _pesel(born: date, number: int, *, woman: bool) -> str:
    month = born.month + (20 if born.year >= 2000 else 0)
    serial = (number // 2 % 500) * 2 + (0 if woman else 1)
    digits = f"{born.year % 100:02}{month:02}{born.day:02}{number % 10}{serial:03}"
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
    control = -sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 10
    return f"{digits}{control}"


def _changed(one: RegisterRow, number: int) -> RegisterRow:
    return RegisterRow(
        local_id=f"S{number}",
        first_name=one.first_name,
        last_name=one.last_name,
        birth_date=one.birth_date,
        sex=one.sex,
        pesel="" if number % 3 else one.pesel,
        teryt=one.teryt,
        place=one.place,
    )


def _bring_in(institution: int, rows: list[RegisterRow]) -> None:
    today, seen = timezone.localdate(), set[int]()
    for part in chunks(rows, AT_ONCE):
        with acting_for(institution, job="import"):
            ready = register.prepare_rows(
                institution_id=institution,
                generation=1,
                rows=part,
                as_of=today,
                now=timezone.now(),
                seen=seen,
            )
            ready.write(seen)
    with acting_for(institution, job="import"):
        extract = publishing.StagedExtract(
            institution_id=institution, kind=RegisterKind.REGISTER, generation=1, as_of=today, file_name="pomiar.csv",
            file_sha256="0" * 64, rows=len(rows), tally=Tally(new=len(rows)), vanished=0, rejected=0,
        )  # fmt: skip
        publishing.publish_extract(extract, now=timezone.now(), user_id=0)
        RegisterState.objects.filter(pk=institution).update(as_of=today)


def _open_proposals(large: int, small: int, count: int) -> None:
    from spoiwo.clients.models import SourceRecord

    with acting_for(large, job="matching"):
        left = list(
            SourceRecord.objects.filter(institution=large).order_by("pk").values_list("pk", flat=True)[:count]
        )
        right = list(
            SourceRecord.objects.filter(institution=small).order_by("pk").values_list("pk", flat=True)
        )
    marks = dict.fromkeys(("first_name", "last_name", "birth_date"), "agrees") | {"pesel": "missing"}
    for part in chunks(_pairs(left, right), AT_ONCE):
        with acting_for(large, job="matching"):
            Proposal.objects.bulk_create(
                Proposal(
                    left_record_id=one, right_record_id=other, left_institution_id=large, right_institution_id=small,
                    rule="names_birth_date", strategy="measured", marks=marks, created_at=timezone.now(),
                )
                for one, other in part
            )  # fmt: skip


def _pairs(left: list[int], right: list[int]) -> Iterator[tuple[Any, Any]]:
    for number, one in enumerate(left):
        yield one, right[number % len(right)]
