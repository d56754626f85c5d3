"""Every act on a sharing agreement has words of its own in the log, and the file is named after its days."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from spoiwo.access import services
from spoiwo.access.types import AgreementTerms, Category, Clause, PurposeTerm
from spoiwo.audit.models import AuditRecord
from spoiwo.audit.types import Action
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.oversight import messages
from tests.makers import access as make
from tests.makers import audit
from tests.makers import institutions as people
from tests.makers.reviewing import signed_in

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)
WARSAW = ZoneInfo("Europe/Warsaw")
AT = datetime(2026, 3, 10, 9, 0, tzinfo=WARSAW)
PDF = b"%PDF-1.7 umowa"


def director(office: Institution) -> Actor:
    return Actor(user_id=office.pk, institution_id=office.pk, roles=frozenset({"director"}))


def terms(*parties: Institution, **changed: object) -> AgreementTerms:
    values: dict[str, Any] = {
        "number": "1/2026", "title": "Próba", "valid_from": DAY, "valid_to": None, "stale_after_days": 30,
        "link_rules": frozenset(), "parties": frozenset(one.pk for one in parties),
        "clauses": frozenset({Clause(0, 0, Category.IDENTITY)}),
        "purposes": frozenset({PurposeTerm(make.purpose().pk, make.legal_basis().pk)}),
        **changed,
    }  # fmt: skip
    return AgreementTerms(**values)


def whole_life(left: Institution, right: Institution) -> None:
    """An agreement drafted, given a document, changed, signed by both, replaced by a second version, ended."""
    by = director(left)
    first = services.draft_agreement(terms=terms(left, right), at=AT, by=by)
    services.attach_document(agreement_id=first.pk, name="skan.pdf", content=PDF, by=by)
    services.edit_draft(
        agreement_id=first.pk, version=2, terms=terms(left, right, title="Inna"), at=AT, by=by
    )
    for office in (left, right):
        services.sign(agreement_id=first.pk, version=3, at=AT, day=DAY, by=director(office))
    thrown_away = services.new_version(agreement_id=first.pk, at=AT, by=by)
    services.discard_draft(agreement_id=thrown_away.pk, by=by)
    second = services.new_version(agreement_id=first.pk, at=AT, by=by)
    for office in (left, right):
        services.sign(agreement_id=second.pk, version=1, at=AT, day=DAY, by=director(office))
    services.end_agreement(agreement_id=second.pk, last_day=DAY + timedelta(days=9), day=DAY, by=by)


def log(office: Institution, **asked: Any) -> str:
    return signed_in(office, Role.SUPERVISOR).get(reverse("oversight:access_log"), asked).content.decode()


def test_acts_on_an_agreement_are_told_apart():
    left, right = people.institution(name="Urząd Lewy"), people.institution(name="Urząd Prawy")
    whole_life(left, right)

    lines = log(right, action="agreement_changed").split("<tbody>")[1]

    told = {
        "Przygotowanie szkicu porozumienia": 1,
        "Dołączenie dokumentu do porozumienia": 1,
        "Zmiana szkicu porozumienia": 1,
        "Usunięcie dokumentu porozumienia": 1,
        "Podpisanie porozumienia w imieniu instytucji: Urząd Lewy": 2,
        "Podpisanie porozumienia w imieniu instytucji: Urząd Prawy": 2,
        "Wejście porozumienia w życie": 2,
        "Przygotowanie nowej wersji porozumienia": 2,
        "Porzucenie szkicu porozumienia": 1,
        "Zastąpienie porozumienia nową wersją": 1,
        "Zakończenie porozumienia": 1,
    }
    assert {words: lines.count(words) for words in told} == told
    assert lines.count("porozumienie 1/2026") == sum(told.values())


def test_one_act_can_be_asked_for():
    left, right = people.institution(), people.institution()
    whole_life(left, right)

    page = log(left, action="agreement_changed:ended")

    assert "Pasuje 1 wpis." in page
    assert "Zakończenie porozumienia" in page.split("<tbody>")[1]


def test_an_act_of_a_later_release_falls_back_to_the_agreement():
    assert messages.action_in_words(Action.AGREEMENT_CHANGED, "folded") == messages.action_in_words(
        Action.AGREEMENT_CHANGED
    )
    assert "platform" not in messages.action_in_words(Action.AGREEMENT_CHANGED, "signed", "")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ({"first": "01.03.2026", "last": "31.03.2026"}, "2026-03-01_2026-03-31"),
        ({"first": "01.03.2026"}, "2026-03-01_2026-03-20"),
        ({}, "2026-02-10_2026-03-20"),
        ({"action": "erase"}, "2026-03-20_2026-03-20"),  # nothing fits: the day of asking
    ],
)
def test_the_file_is_named_after_its_days(asked, days, kind):
    office = people.institution()
    for day in ("2026-02-10", "2026-03-20"):
        with time_machine.travel(datetime.fromisoformat(f"{day}T12:00:00+01:00"), tick=False):
            audit.look(office.pk, None, by_user=1, acting_for=office.pk)

    with time_machine.travel(datetime(2026, 3, 20, 13, 0, tzinfo=WARSAW), tick=False):
        answer = signed_in(office, Role.SUPERVISOR).get(
            reverse("oversight:export"), {"format": kind, "action": "view_client", **asked}
        )

    assert answer["Content-Disposition"] == f'attachment; filename="dziennik-dostepu_{days}.{kind}"'
    assert AuditRecord.objects.filter(action=Action.EXPORT).count() == 1
