"""Cases of a support centre: steps forward, promises, files, what happened and what comes next."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.utils import translation

from spoiwo.support import messages
from spoiwo.support.errors import BadFile, NoSuchRow, WrongStep
from spoiwo.support.queries import histories, work
from spoiwo.support.services import cases
from spoiwo.support.types import CaseStage, RecipientKind, RecipientRef
from spoiwo.toolkit.context import acting_for
from tests.makers import support as made

pytestmark = pytest.mark.django_db
DAY = made.DAY


def of_person(by):
    return RecipientRef(RecipientKind.PERSON, made.person(by).uuid)


def of_entity(by):
    return RecipientRef(RecipientKind.ENTITY, made.entity(by).uuid)


def test_a_case_goes_forward_only_and_ends_with_a_day():
    by = made.centre()
    with acting_for(by.institution_id):
        case = cases.open_case(recipient=of_person(by), goal="firma", opened_on=DAY, by=by)
        cases.move_case(case.uuid, stage=CaseStage.UNDER_WAY, by=by)
        for stage, day in (
            (CaseStage.DIAGNOSED, None),
            (CaseStage.CLOSED, None),
            (CaseStage.CLOSED, date(2024, 1, 1)),
        ):
            with pytest.raises(WrongStep):
                cases.move_case(case.uuid, stage=stage, closed_on=day, by=by)
        closed = cases.move_case(
            case.uuid, stage=CaseStage.CLOSED, closed_on=date(2024, 6, 1), outcome="działa", by=by
        )
        with pytest.raises(WrongStep):
            cases.promise(case.uuid, text="x", due_on=None, by=by)
        with pytest.raises(NoSuchRow):
            cases.promise(uuid4(), text="x", due_on=None, by=by)
        with pytest.raises(NoSuchRow):
            cases.open_case(
                recipient=RecipientRef(RecipientKind.GROUP, uuid4()), goal="x", opened_on=DAY, by=by
            )

    assert (case.number, closed.outcome) == ("W/1/2024", "działa")


def test_a_promise_is_kept_once():
    by = made.centre()
    with acting_for(by.institution_id):
        case = cases.open_case(recipient=of_person(by), goal="firma", opened_on=DAY, by=by)
        step = cases.promise(case.uuid, text="biznesplan", due_on=date(2024, 6, 1), by=by)
        due = work.promises_due(by, date(2024, 6, 1))
        cases.keep_promise(step.uuid, done_on=date(2024, 5, 20), by=by)
        with pytest.raises(NoSuchRow):
            cases.keep_promise(step.uuid, done_on=date(2024, 5, 20), by=by)

        assert (due, work.promises_due(by, date(2024, 6, 1))) == (1, 0)


def test_a_case_tells_what_happened_in_it_and_what_comes_next():
    by = made.centre()
    with acting_for(by.institution_id):
        case = cases.open_case(recipient=of_entity(by), goal="firma", opened_on=DAY, by=by)
        cases.promise(case.uuid, text="kiedyś", due_on=None, by=by)
        cases.promise(case.uuid, text="biznesplan", due_on=date(2024, 6, 1), by=by)
        cases.move_case(case.uuid, stage=CaseStage.UNDER_WAY, by=by)
        cases.add_document(case.uuid, name="statut.PDF", content=b"%PDF", by=by)
        aid: dict[str, Any] = {"amount_pln": Decimal(100), "amount_eur": Decimal(23), "certificate": "1"}
        cases.grant_de_minimis(case.uuid, granted_on=date(2024, 5, 15), **aid, by=by)
        step = work.next_step(case)
        assert step is not None
        cases.keep_promise(step.uuid, done_on=date(2024, 5, 20), by=by)
        made.delivered(by, case.entity, case=case.uuid, minutes=90)
        history = histories.of_case(case, by)

        assert step.text == "biznesplan"
        assert sorted(one.kind for one in history) == sorted(
            ["opened", "promised", "promised", "moved", "document", "aid", "kept", "given"]
        )
        assert [one.day for one in history] == sorted((one.day for one in history), reverse=True)
        with translation.override("pl"):
            said = {messages.case_moment(one) for one in history}
        assert "Obietnica dotrzymana: biznesplan" in said
        assert any(one.startswith("Pomoc de minimis: 100") for one in said)
        assert any("1 h 30 min" in one for one in said)


@pytest.mark.parametrize(
    ("name", "content"), [("plan.pdf", b""), ("plan.exe", b"MZ"), ("plan.pdf", b"x" * 11)]
)
def test_a_file_that_a_case_does_not_keep_is_refused(name, content, monkeypatch):
    monkeypatch.setattr(cases, "LARGEST_DOCUMENT", 10)
    by = made.centre()
    with acting_for(by.institution_id):
        case = cases.open_case(recipient=of_person(by), goal="firma", opened_on=DAY, by=by)

        with pytest.raises(BadFile):
            cases.add_document(case.uuid, name=name, content=content, by=by)


def test_a_file_of_a_case_is_sealed_and_read_by_the_own_centre_only():
    by, stranger = made.centre(), made.centre()
    with acting_for(by.institution_id):
        case = cases.open_case(recipient=of_person(by), goal="firma", opened_on=DAY, by=by)
        kept = cases.add_document(case.uuid, name="umowa.pdf", content=b"poufne", by=by)
        assert b"poufne" not in bytes(kept.content_sealed)
        assert cases.read_document(kept.uuid, by=by) == ("umowa.pdf", b"poufne")
    with acting_for(stranger.institution_id):
        for act in (cases.read_document, cases.remove_document):
            with pytest.raises(NoSuchRow):
                act(kept.uuid, by=stranger)
    with acting_for(by.institution_id):
        assert cases.remove_document(kept.uuid, by=by) == case.uuid
        assert list(work.documents(by, case)) == []
        last = cases.add_document(case.uuid, name="umowa.pdf", content=b"poufne", by=by)
        cases.move_case(case.uuid, stage=CaseStage.CLOSED, closed_on=DAY, by=by)
        with pytest.raises(WrongStep):
            cases.remove_document(last.uuid, by=by)


def test_de_minimis_aid_goes_to_entities():
    by = made.centre()
    aid: dict[str, Any] = {
        "granted_on": DAY,
        "amount_pln": Decimal(100),
        "amount_eur": Decimal(23),
        "certificate": "1",
    }
    with acting_for(by.institution_id):
        of_someone = cases.open_case(recipient=of_person(by), goal="x", opened_on=DAY, by=by)
        of_firm = cases.open_case(recipient=of_entity(by), goal="x", opened_on=DAY, by=by)
        with pytest.raises(WrongStep):
            cases.grant_de_minimis(of_someone.uuid, **aid, by=by)
        row = cases.grant_de_minimis(of_firm.uuid, **aid, by=by)

    assert row.amount_pln == 100
