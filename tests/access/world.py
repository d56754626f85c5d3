"""Three offices for the access matrix: two with an agreement between them, and a stranger to both."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from spoiwo.access import services as access
from spoiwo.access.models import SharingAgreement
from spoiwo.access.types import Category
from spoiwo.clients.models import IdentityDecision
from spoiwo.clients.services import identity
from spoiwo.clients.types import FactKind
from spoiwo.exchange.models import ColumnMapping
from spoiwo.exchange.services import exporting
from spoiwo.institutions.models import Institution, Post
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.matching.models import Proposal
from tests.access.things import ADDERS
from tests.makers import access as agreements
from tests.makers import exchange as files
from tests.makers import institutions as people
from tests.makers import registers, support_things
from tests.makers.clients import bring_in_facts, fact

OPERATOR = Actor(user_id=0, institution_id=0, is_operator=True)
CANARIES = {"left": "Lewicka", "right": "Prawicka", "stranger": "Obcowska"}
HIDDEN = "Ukrycka"  # of every office, seen by nobody of the matrix
ABSENT = "absent"
# A fact of every tier that each office holds of its first client: kind -> the word its text begins with.
FACTS = {
    FactKind.TRAINING: "kurs",
    FactKind.MEALS: "posiłki",
    FactKind.HOUSING: "mieszkanie",
    FactKind.PERIODIC_ALLOWANCE: "zasiłek",
    FactKind.DISABILITY: "orzeczenie",
}


@dataclass(frozen=True)
class Person:
    """Somebody in front of a browser. office and role are empty for the operator and for nobody."""

    office: str
    role: str
    browser: Client

    def __str__(self) -> str:
        return f"{self.role or 'no role'} at {self.office or 'nowhere'}"


@dataclass
class World:
    """Offices by name, people, and things by kind: label -> (arguments of the address, offices they belong to)."""

    offices: dict[str, Institution]
    people: list[Person] = field(default_factory=list)
    things: dict[str, dict[str, tuple[tuple[Any, ...], frozenset[str]]]] = field(default_factory=dict)

    def add(self, kind: str, label: str, *args: Any, of: str) -> None:
        """Know a thing; `of` names the offices it belongs to, separated by spaces."""
        self.things.setdefault(kind, {})[label] = (args, frozenset(of.split()))

    def absent(self, kind: str, *args: Any) -> None:
        """Know the address of a thing that does not exist."""
        self.things.setdefault(kind, {})[ABSENT] = (args, frozenset())


def told_of(office: str, kind: FactKind) -> str:
    """What an office's fact of a kind says; names the office's canary."""
    return f"{FACTS[kind]} {CANARIES[office]}"


def build() -> World:
    """Everything the addresses can name, once for each office, and once not at all."""
    world = World({name: people.institution(name, name=f"Urząd {name}") for name in CANARIES})
    for name, office in world.offices.items():
        registers.bring_in(
            office,
            registers.row(f"{name}-1", last_name=CANARIES[name]),
            registers.row(f"{name}-2", first_name="Ewa", last_name=CANARIES[name]),
            registers.row(f"{name}-3", first_name="Iga", last_name=HIDDEN),
        )
        bring_in_facts(office, *(fact(f"{name}-1", kind, told_of(name, kind)) for kind in FACTS))
    _agreements(world)
    _clients(world)
    _files(world)
    _staff(world)
    for add_things in ADDERS:
        add_things(world)
    _support(world)
    _people(world)
    return world


def _agreements(world: World) -> None:
    left, right, stranger = world.offices.values()
    over: dict[str, Any] = {
        "valid_from": date(2020, 1, 1),
        "valid_to": timezone.localdate() - timedelta(days=1),
    }
    draft: dict[str, Any] = {"state": SharingAgreement.State.DRAFT, "signed_on": None}
    wide = [(None, None, category) for category in (Category.IDENTITY, Category.STATUS, Category.CONTACT)]
    active = agreements.agreement(left, right, gives=wide)
    expired = agreements.agreement(left, stranger, **over)
    drafts = [agreements.agreement(left, right, **draft), agreements.agreement(right, stranger, **draft)]
    world.add("agreement", "in force", active.pk, of="left right")
    world.add("agreement", "expired", expired.pk, of="left stranger")
    world.add("agreement", "draft", drafts[1].pk, of="right stranger")
    world.add("draft", "left and right", drafts[0].pk, of="left right")
    world.add("draft", "right and stranger", drafts[1].pk, of="right stranger")
    world.add("active", "left and right", active.pk, of="left right")
    with_document = agreements.agreement(left, right, **draft)
    access.attach_document(agreement_id=with_document.pk, name="skan.pdf", content=b"%PDF-1.7", by=OPERATOR)
    world.add("document", "left and right", with_document.pk, of="left right")
    for kind in ("agreement", "draft", "active", "document"):
        world.absent(kind, 999_999)


def _clients(world: World) -> None:
    records = {
        name: registers.records(office, f"{name}-1", f"{name}-2") for name, office in world.offices.items()
    }
    identity.link_records(
        left_record_id=records["left"][0].pk,
        right_record_id=records["right"][0].pk,
        rule="person",
        strategy="exact-1",
        agreement="",
        by=None,
    )
    decision = IdentityDecision.objects.get()
    for name, (first, second) in records.items():
        world.add("client", f"first of {name}", first.uuid, of=name)
        world.add("client", f"second of {name}", second.uuid, of=name)
    world.add("common", "left", records["left"][0].uuid, of="left")
    world.add("common", "right", records["right"][0].uuid, of="right")
    world.add("common", "stranger", records["stranger"][0].uuid, of="stranger")
    world.add("decision", "left and right", decision.pk, of="left right")
    for label, (a, b), holders in (
        ("left and right", (records["left"][1], records["right"][1]), "left right"),
        ("right and stranger", (records["right"][1], records["stranger"][1]), "right stranger"),
    ):
        proposal = Proposal.objects.create(
            left_record=a,
            right_record=b,
            left_institution=a.institution,
            right_institution=b.institution,
            rule="name_and_birth_date",
            strategy="exact-1",
            marks={},
            created_at=timezone.now(),
        )
        world.add("proposal", label, proposal.uuid, of=holders)
    for kind in ("client", "common", "decision", "proposal"):
        world.absent(kind, uuid4())


def _files(world: World) -> None:
    for name, office in world.offices.items():
        content = files.csv_bytes([{"numer": "1", "imie": "Ewa", "nazwisko": CANARIES[name]}])
        file = files.received(content, office.pk)
        mapping = ColumnMapping.objects.create(institution=office, name=CANARIES[name], kind="register")
        export = exporting.ask_export(by=files.registrar(office.pk))
        world.add("import", name, file.uuid, of=name)
        world.add("mapping", name, mapping.pk, of=name)
        world.add("export", name, export.uuid, of=name)
    world.absent("import", uuid4())
    world.absent("mapping", 999_999)
    world.absent("export", uuid4())


def _staff(world: World) -> None:
    for name, office in world.offices.items():
        member = people.member(office)
        authorisation = people.authorisation(member, Role.CASE_WORKER)
        post = Post.objects.create(
            institution=office, holder_name="Jan Próbny", function="kierownik", valid_from=date(2020, 1, 1)
        )
        world.add("member", name, member.pk, of=name)
        world.add("invited", name, people.member(office, account=people.user(password=None)).pk, of=name)
        world.add("authorisation", name, member.pk, authorisation.pk, of=name)
        world.add("post", name, post.pk, of=name)
        world.add("institution", name, office.code, of=name)
    world.absent("member", 999_999)
    world.absent("invited", 999_999)
    world.absent("authorisation", 999_999, 999_999)
    world.absent("post", 999_999)
    world.absent("institution", "nie-ma-takiej")


def _support(world: World) -> None:
    for name, office in world.offices.items():
        for kind, args in support_things.things_of(office, CANARIES[name]):
            world.add(kind, name, *args, of=name)
    for kind, args in support_things.absent_things():
        world.absent(kind, *args)


def _people(world: World) -> None:
    for name, office in world.offices.items():
        for role in Role:
            world.people.append(Person(name, role.value, _browser(people.member(office, role).user)))
    world.people.append(Person("left", "", _browser(people.member(world.offices["left"]).user)))
    world.people.append(Person("", "operator", _browser(people.user(is_operator=True))))
    world.people.append(Person("", "", Client()))


def _browser(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client
