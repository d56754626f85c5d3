"""What every table must say about itself: what it holds, who sees it, what it points to."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from tests.architecture.sources import FLOORS

CLASSES = {"public", "internal", "personal", "sensitive"}
SHIELDED = {"personal", "sensitive"}
# Tables with personal data that no institution's register of clients put there. They are read before one
# knows for whom one acts, so that the second wall cannot ask; the first wall, visible_to, stands.
STAFF = {
    "institutions.User": "accounts of staff, asked for when signing in",
    "institutions.Membership": "where staff work, asked for when signing in",
    "institutions.Authorisation": "tasks of staff, asked for when signing in",
    "institutions.Post": "people in office as institutions announce them",
}
SIGN_IN = "institutions.User"  # whoever signs in is nobody yet; colleagues are reached by membership


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("spoiwo.")]


def own_columns(model: type[models.Model]) -> Iterator[Any]:
    return (field for field in model._meta.get_fields() if getattr(field, "concrete", False))


def classes_of(model: type[models.Model]) -> dict[str, str]:
    """The class of every column; a name that no entry covers has none."""
    said: dict[str, str] = getattr(model, "field_classes", {})
    return {field.name: said.get(field.name) or said.get("*") or "" for field in own_columns(model)}


def shielded_models() -> list[type[models.Model]]:
    return [
        model
        for model in own_models()
        if SHIELDED & set(classes_of(model).values()) and model._meta.label not in STAFF
    ]


def test_every_field_is_classified():
    unclassified = [
        f"{model._meta.label}.{name}"
        for model in own_models()
        for name, given in classes_of(model).items()
        if given not in CLASSES
    ]

    assert unclassified == []


def test_no_class_is_given_to_a_field_that_is_not_there():
    stray = [
        f"{model._meta.label}.{name}"
        for model in own_models()
        for name in getattr(model, "field_classes", {})
        if name != "*" and name not in classes_of(model)
    ]

    assert stray == []


def test_staff_tables_are_spared_only_while_they_exist():
    assert set(STAFF) <= {model._meta.label for model in own_models()}


def test_personal_rows_are_asked_for_in_somebodys_name():
    staff = [apps.get_model(label) for label in STAFF if label != SIGN_IN]
    open_to_all = [
        model._meta.label
        for model in [*shielded_models(), *staff]
        if not hasattr(model._default_manager.all(), "visible_to")
    ]

    assert open_to_all == []


@pytest.mark.postgres
@pytest.mark.django_db
def test_personal_tables_stand_behind_the_second_wall():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_policies ON tablename = relname"
            " WHERE relrowsecurity AND relforcerowsecurity"
        )
        walled = {row[0] for row in cursor.fetchall()}

    assert {model._meta.db_table for model in shielded_models()} - walled == set()


def test_relations_point_to_the_own_floor_or_below():
    upwards = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in own_models()
        for field in own_columns(model)
        if field.is_relation and field.related_model.__module__.startswith("spoiwo.")
        if not may_point(model._meta.app_label, field.related_model._meta.app_label)
    ]

    assert upwards == []


def may_point(here: str, there: str) -> bool:
    return here == there or FLOORS[here] > FLOORS[there]


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)
