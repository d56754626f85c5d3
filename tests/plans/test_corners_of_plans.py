"""Rare ways through a plan: a race for the first plan, the same change twice, a change that is taken back."""

from datetime import timedelta
from typing import Any

import pytest

from spoiwo.plans import messages
from spoiwo.plans.errors import NoSuchThing, NothingChosen, PlanError, PlanOpenAlready
from spoiwo.plans.rules import content as texts
from spoiwo.plans.services import agreeing, drafting, selecting, starting
from spoiwo.plans.types import Fault, FaultKind, Step
from spoiwo.toolkit.conflicts import Conflict
from tests.makers import plans as made

pytestmark = pytest.mark.django_db


def test_of_two_who_begin_a_plan_at_once_one_is_refused_by_the_database(monkeypatch):
    pair = made.started()
    monkeypatch.setattr(starting, "_refuse_second", lambda person, agreement: None)

    with pytest.raises(PlanOpenAlready) as refused:
        made.started(pair)

    assert messages.message_for(refused.value).endswith(".")
    assert refused.value.number == ""


def test_the_same_change_made_twice_is_no_conflict_and_another_one_is():
    pair = made.started()
    content = texts.content_of(made.under_way(pair).content)
    seen = made.under_way(pair).edit_version
    values: dict[str, Any] = {"starts_on": content.starts_on, "ends_on": content.ends_on, "at": made.now()}

    for by in (pair.labour, pair.welfare):
        with made.as_actor(by):
            drafting.save_basics(pair.uuid, problem="Nowy", seen=seen, by=by, **values)
    with made.as_actor(pair.welfare), pytest.raises(Conflict) as conflict:
        drafting.save_basics(pair.uuid, problem="Inny", seen=seen, by=pair.welfare, **values)

    assert [one.field for one in conflict.value.differences] == ["problem"]
    assert texts.content_of(made.under_way(pair).content).problem == "Nowy"


def test_two_changes_of_one_action_meet():
    pair = made.started()
    goal = texts.content_of(made.under_way(pair).content).goals[0]
    seen = made.under_way(pair).edit_version
    values: dict[str, Any] = {"goal": goal.key, "at": made.now(), "seen": seen}
    first, second = (made.action(text, owner=0, key=goal.actions[0].key) for text in ("Pierwsze", "Drugie"))

    with made.as_actor(pair.labour):
        drafting.save_action(pair.uuid, action=first, by=pair.labour, **values)
    with made.as_actor(pair.welfare), pytest.raises(Conflict):
        drafting.save_action(pair.uuid, action=second, by=pair.welfare, **values)


def test_a_change_of_a_running_plan_is_taken_back_without_stopping_it():
    pair = made.active()
    with made.as_actor(pair.labour):
        starting.begin_change(pair.uuid, at=made.now(), by=pair.labour)
        content = texts.content_of(made.under_way(pair).content)
        drafting.save_basics(
            pair.uuid,
            problem="Nowy",
            starts_on=content.starts_on,
            ends_on=content.ends_on + timedelta(days=5),
            seen=1,
            at=made.now(),
            by=pair.labour,
        )
        agreeing.propose(pair.uuid, at=made.now(), by=pair.labour)
        agreeing.take_back(pair.uuid, at=made.now(), by=pair.labour)

    assert pair.fresh().state == "active"
    assert pair.fresh().ends_on == content.ends_on
    assert made.under_way(pair).state == "draft"


def test_a_stranger_can_do_nothing_with_a_plan():
    pair, stranger = made.active(), made.partners().labour

    with pytest.raises(NoSuchThing):
        made.step(pair, Step.SUSPEND, reason="powód", by=stranger)

    assert pair.fresh().state == "active"


def test_without_a_criterion_nobody_is_chosen():
    pair = made.partners()

    with made.as_actor(pair.labour), pytest.raises(NothingChosen):
        selecting.select_clients(name="Lista", wanted=[], at=made.now(), day=made.today(), by=pair.labour)


@pytest.mark.parametrize("kind", FaultKind)
def test_every_fault_is_a_sentence(kind):
    about = {FaultKind.SUPPORT_RISES: "600.00", FaultKind.SAME_DAY_TWICE: "2026-01-01"}.get(kind, "Praca")

    assert messages.fault_words(Fault(kind, about)).endswith(".")
    if kind is FaultKind.ENDS_BEFORE_START:
        assert messages.fault_words(Fault(kind)) != messages.fault_words(Fault(kind, about))


def test_a_refusal_without_a_sentence_is_a_mistake_of_ours():
    with pytest.raises(PlanError):
        messages.message_for(PlanError())
