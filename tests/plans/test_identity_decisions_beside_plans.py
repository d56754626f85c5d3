"""A link is taken back though a plan rests on it and registers came in meanwhile; the plan loses nothing."""

import pytest
from django.apps import apps

from spoiwo.clients.services import identity
from tests.makers import plans as made
from tests.makers.decisions import state
from tests.makers.registers import bring_in, row, worker

pytestmark = pytest.mark.django_db


def plans() -> list[tuple[object, ...]]:
    """Every row of every table of plans."""
    models = apps.get_app_config("plans").get_models()
    return [row for model in models for row in model._default_manager.order_by("pk").values_list()]


def test_a_split_and_its_undoing_leave_the_plan_and_give_every_row_back() -> None:
    pair = made.active()
    by = worker(pair.town.labour)
    before, plans_before = state(), plans()

    split = identity.split_record(record_id=pair.town.own.pk, by=by)
    parted, plans_parted = state(), plans()
    bring_in(pair.town.labour, row("L1", phone="601999888"))
    identity.undo_decision(decision_id=split, by=by)

    assert parted != before
    assert plans_parted == plans() == plans_before
    assert state() == before
