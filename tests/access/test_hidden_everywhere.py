"""Somebody hidden is hidden in whatever the institution keeps about people: by both walls, and on screen.

One labour office keeps everything the product knows about one client, made by the services that make it; a worker
who is named goes on working with it, and a colleague with the same roles finds nothing.
"""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from spoiwo.clients.models import HiddenPerson
from spoiwo.districts.services import assigning
from spoiwo.kernel.actor import Actor
from spoiwo.projects.queries import counting
from spoiwo.support.queries import measures, rows
from spoiwo.support.types import Scope
from tests.makers import (
    guarding,
    institutions,
)
from tests.makers.clients import signed_in
from tests.makers.everything import CANARY, ROLES, asked_by, everything

UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# Tables that a restriction rests on or that institutions keep for the officer, shown without names.
KEPT_APART = {
    "clients.Restriction": "says who is hidden; named readers and those who watch over the register see it",
    "clients.HiddenRecord": "the list of hidden records itself",
    "clients.LegalHold": "kept by those who watch over the register, who see codes",
    "clients.IdentityMove": "what undoing a decision needs; no screen reads it without the decision",
    "clients.NeverSame": "pairs of record ids; read by the engine alone",
}
# Rows that the second wall leaves to their institution.
NAMELESS = {"plans.PlanParty"}  # which records a plan joins; the wall around plans rests on it
NEVER_SEEN = {
    "matching.FoundPair",
    "matching.KeyedRecord",
    "matching.StoredKey",
}  # worked out for the engine alone
DRILLED = ("people.supported", "support.general.count", "paths.count", "events.training.count")
LISTS = (
    "/plany/",
    "/skierowania/",
    "/projekty/",
    "/wsparcie/",
    "/wsparcie/osoby/",
    "/wsparcie/sprawy/",
    "/wnioski/",
    "/potwierdzenia/",
    "/wiadomosci/",
    "/rejony/przekazania/",
    "/propozycje/",
    "/",
)


def about_people() -> list[Any]:
    """Tables whose rows point at a record of a register, or at somebody in a support register."""
    aims = {"clients.SourceRecord", "support.Participant", "support.SupportCase", "projects.Participant"}
    return [
        model
        for model in apps.get_models()
        if any(field.is_relation and field.related_model._meta.label in aims for field in model._meta.fields)
        and hasattr(getattr(model, "objects", None), "visible_to")
        and model._meta.label not in KEPT_APART
    ]


def seen(actor: Actor) -> dict[str, int]:
    """How many rows of each such table the first wall shows."""
    with asked_by(actor):
        return {model._meta.label: model.objects.visible_to(actor).count() for model in about_people()}


def let_through(actor: Actor) -> dict[str, int]:
    """How many rows of the own institution the second wall lets through of each such table, whatever is asked."""
    with asked_by(actor):
        return {model._meta.label: _own_rows(model, actor).count() for model in about_people()}


def _own_rows(model: Any, actor: Actor) -> models.QuerySet[Any]:
    fields = {field.name for field in model._meta.fields}
    own = {"institution_id": actor.institution_id} if "institution" in fields else {}
    found: models.QuerySet[Any] = model.objects.filter(**own)
    return found


def bare(answer: Any) -> str:
    """A page without what differs from one request to the next: ids, tokens, nonces."""
    text = re.sub(UUID, "", answer.content.decode())
    return re.sub(r'[0-9A-Za-z]{64}|nonce="[^"]*"', "", text) + str(answer.status_code)


@pytest.mark.django_db
def test_whoever_is_not_named_finds_nothing_anywhere():
    there = everything()
    named, other = (institutions.acting(one) for one in (there.named, there.other))
    before = seen(other)
    assert {table for table, count in before.items() if not count} == NEVER_SEEN
    assert before == seen(named)

    guarding.hidden(there.record, named=[there.named])

    assert [table for table, count in seen(other).items() if count] == []
    assert seen(named) == before


@pytest.mark.django_db
def test_the_database_lets_nothing_through_to_whoever_is_not_named():
    there = everything()
    named, other = (institutions.acting(one) for one in (there.named, there.other))
    before = {table for table, count in let_through(named).items() if count}
    guarding.hidden(there.record, named=[there.named])

    passed = {table for table, count in let_through(other).items() if count}

    assert {table for table, count in let_through(named).items() if count} == before
    assert passed == (
        NAMELESS if connection.vendor == "postgresql" else before
    )  # SQLite has the first wall alone


@pytest.mark.django_db
def test_pages_look_as_if_nobody_were_there():
    there = everything()
    guarding.hidden(there.record, named=[there.named])
    insider, outsider = signed_in(there.named), signed_in(there.other)

    assert {name: insider.get(page).status_code for name, page in there.pages.items()} == dict.fromkeys(
        there.pages, 200
    )
    assert {name: outsider.get(page).status_code for name, page in there.pages.items()} == dict.fromkeys(
        there.pages, 404
    )
    for page in there.pages.values():
        absent = re.sub(UUID, str(uuid4()), page)
        assert bare(outsider.get(page)) == bare(outsider.get(absent)), page
    for page in LISTS:
        shown = outsider.get(page)
        assert shown.status_code == 200, page
        assert CANARY not in shown.content.decode(), page


@pytest.mark.django_db
def test_figures_count_hidden_people_and_name_nobody():
    there = everything()
    guarding.hidden(there.record, named=[there.named])
    other = institutions.acting(there.other)
    scope = Scope(
        first=date(2024, 1, 1), last=date(2024, 12, 31), institutions=frozenset({other.institution_id})
    )

    with asked_by(other):
        figures = {one.key: one.value for one in measures.figures(scope)}
        counted = {key: rows.rows_of(key, scope) for key in DRILLED}
        behind = {key: rows.seen_by(other, found) for key, found in counted.items() if found is not None}
        (project,) = apps.get_model("projects", "Project").objects.visible_to(other)
        totals = counting.totals_of(other, project)

    assert (figures["people.supported"], figures["support.general.count"]) == (1, 1)
    kept_back = {key: (len(found.rows), found.kept_back) for key, found in behind.items()}
    assert kept_back == {
        "people.supported": (0, True),
        "support.general.count": (0, True),
        "paths.count": (0, True),
        "events.training.count": (1, False),
    }
    assert (totals.taking_part, totals.internships, totals.working) == (1, 1, 1)
    asked = "from=2024-01-01&to=2024-12-31&first=1.01.2024&last=31.12.2024"
    page = signed_in(there.other).get(f"/wsparcie/sprawozdanie/people.supported/?{asked}").content.decode()
    assert "policzone, ale nie wymienione" in page


@pytest.mark.django_db
def test_a_hidden_client_keeps_their_district_when_workers_are_looked_up_again():
    there = everything()
    assignments = apps.get_model("districts", "Assignment").objects
    before = assignments.filter(ends_on=None).count()
    guarding.hidden(there.record, named=[there.named])

    assigning.sweep(there.record.institution_id, timezone.localdate() + timedelta(days=1))

    assert assignments.filter(ends_on=None).count() == before == 1


@pytest.mark.django_db
def test_only_the_own_institution_knows_whom_it_hides():
    there = everything()
    guarding.hidden(there.record, named=[there.named])
    partner = institutions.acting(institutions.member(institutions.institution(), *ROLES))

    with asked_by(partner):
        assert not HiddenPerson.objects.visible_to(partner).exists()
        assert HiddenPerson.objects.exists() == (connection.vendor != "postgresql")
