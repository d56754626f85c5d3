"""How long there is to answer is kept on a page by those who run the platform, and read by everybody."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from spoiwo.audit.models import AuditRecord
from spoiwo.audit.types import PLATFORM
from spoiwo.enquiries.errors import NoSuchThing, TermOutOfBounds
from spoiwo.enquiries.messages import message_for
from spoiwo.enquiries.models import AnswerTerm
from spoiwo.enquiries.services.terms import Term, drop_term, set_term
from spoiwo.institutions.types import COMMAND_LINE
from spoiwo.toolkit.conflicts import Conflict
from tests.makers import enquiries as made
from tests.makers import institutions
from tests.makers.access import legal_basis
from tests.makers.clients import signed_in

pytestmark = pytest.mark.django_db
PAGE = "/wnioski/terminy/"
DAY = timezone.localdate()
WEEK = Term(days=7, source="art. 1 ustawy próbnej", is_example=False)


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def set_as_seen(code: str, term: Term, version: int, **more) -> AnswerTerm:
    return set_term(code, term, version=version, now=timezone.now(), day=DAY, **{"by": COMMAND_LINE, **more})


def operator() -> Client:
    browser = Client()
    browser.force_login(institutions.user("prowadzi@example.pl", is_operator=True))
    return browser


def test_the_next_enquiry_on_the_basis_is_due_by_the_new_term_and_older_ones_keep_theirs():
    there = made.offices()
    before = made.sent(there)

    set_as_seen(legal_basis().code, WEEK, 0)

    after = made.sent(there)
    before.refresh_from_db()
    assert before.due_on == DAY + timedelta(days=14)
    assert after.due_on == DAY + timedelta(days=7)


def test_a_dropped_term_leaves_the_one_for_all_others():
    there = made.offices()
    code = legal_basis().code
    set_as_seen(code, WEEK, 0)

    drop_term(code, day=DAY, by=COMMAND_LINE)

    assert made.sent(there).due_on == DAY + timedelta(days=14)
    with pytest.raises(NoSuchThing):
        drop_term(code, day=DAY, by=COMMAND_LINE)
    with pytest.raises(NoSuchThing):
        drop_term("", day=DAY, by=COMMAND_LINE)


def test_what_changes_is_on_record():
    code = legal_basis().code

    set_as_seen(code, WEEK, 0)
    drop_term(code, day=DAY, by=COMMAND_LINE)

    found = AuditRecord.objects.filter(institution_id=PLATFORM, object_ref__startswith="term:").order_by(
        "seq"
    )
    assert list(found.values_list("outcome", flat=True)) == ["term_set", "term_dropped"]


def test_whoever_was_slower_sees_both_terms_and_may_insist():
    code = legal_basis().code
    set_as_seen(code, WEEK, 0)
    longer = Term(days=10, source=WEEK.source, is_example=True)

    with pytest.raises(Conflict) as refused:
        set_as_seen(code, longer, 0)
    kept = set_as_seen(code, longer, refused.value.version, overwrite=True)
    insisted = set_as_seen(code, WEEK, 0, overwrite=True)

    assert [one.field for one in refused.value.differences] == ["days", "is_example"]
    assert (kept.days, kept.version, insisted.days, insisted.version) == (10, 2, 7, 3)


def test_only_those_who_run_the_platform_keep_terms_and_only_of_bases_in_force():
    there = made.offices()
    code = legal_basis().code

    with pytest.raises(NoSuchThing):
        set_as_seen(code, WEEK, 0, by=there.asking)
    with pytest.raises(NoSuchThing):
        set_as_seen("nie-ma", WEEK, 0)
    for days in (0, 367):
        with pytest.raises(TermOutOfBounds) as refused:
            set_as_seen(code, Term(days=days, source="", is_example=True), 0)
        assert "rok" in message_for(refused.value)


def test_everybody_reads_the_terms_and_nobody_else_is_offered_to_change_them():
    there = made.offices()
    set_as_seen(legal_basis().code, WEEK, 0)

    shown = words(signed_in(there.asker).get(PAGE))

    assert "7 art. 1 ustawy próbnej" in shown
    assert "Wszystkie inne 14" in shown
    assert "Zmień" not in shown


def test_a_term_is_written_down_corrected_and_removed_on_the_page():
    code = legal_basis().code
    browser = operator()
    form = browser.get(f"{PAGE}{code}/").content.decode()
    assert 'name="version" value="0"' in form
    entered = {"days": "7", "source": "art. 1", "confirmed": "on", "version": "0"}

    saved = browser.post(f"{PAGE}{code}/", entered, follow=True)
    late = browser.post(f"{PAGE}{code}/", {**entered, "days": "9", "confirmed": ""})
    too_long = browser.post(f"{PAGE}{code}/", {**entered, "days": "400"})

    assert "zachowują swój dzień" in words(saved)
    assert "7 art. 1" in words(saved)
    assert late.status_code == too_long.status_code == 422
    assert "Wartość zapisana w tym czasie" in words(late)
    assert "9" in words(late)
    again = browser.get(f"{PAGE}{code}/").content.decode()
    assert re.search(r'name="confirmed"[^>]* checked', again)
    removed = browser.post(f"{PAGE}{code}/usun/", follow=True)
    assert "jak wszystkie inne" in words(removed)
    assert browser.post(f"{PAGE}{code}/usun/").status_code == 404


def test_the_term_of_all_others_is_changed_under_its_own_address():
    browser = operator()
    version = AnswerTerm.objects.get(basis_code="").version

    browser.post(f"{PAGE}pozostale/", {"days": "21", "source": "uchwała", "version": str(version)})

    assert AnswerTerm.objects.get(basis_code="").days == 21
    assert browser.get(f"{PAGE}nie-ma/").status_code == 404
