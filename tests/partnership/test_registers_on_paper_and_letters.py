"""The register of an agreement on paper, letters to several institutions, good practices of one kind of institution."""

import io
from datetime import timedelta

import docx
import pytest
from django.test import Client
from django.urls import reverse

from spoiwo.institutions.models import InstitutionKind
from spoiwo.institutions.types import Kind, Role
from spoiwo.partnership import queries, services
from spoiwo.partnership.errors import NotFound
from spoiwo.partnership.models import Letter
from spoiwo.partnership.rules.practices import PracticeState
from spoiwo.partnership.services import practices
from spoiwo.partnership.services.practices import PracticeDetails
from spoiwo.partnership.types import AccessionState, LetterDetails
from tests.makers import institutions as people
from tests.makers import partnership as make
from tests.makers.partnership import DAY, NOON

pytestmark = pytest.mark.django_db


def signed_in(office, *roles):
    browser = Client()
    browser.force_login(people.member(office, *roles).user)
    return browser


def test_the_register_of_a_day_is_printed_with_its_whole_history():
    offices = [people.institution(name=f"Urząd {number:02}") for number in range(55)]
    partnership = make.agreement(*offices)
    services.set_accession(
        agreement_id=partnership.pk,
        institution_id=offices[0].pk,
        state=AccessionState.WITHDRAWN,
        on=DAY,
        note="uchwała",
        by=make.secretary(partnership),
    )
    browser = signed_in(offices[1], Role.CASE_WORKER)

    def paper(day, shape="docx"):
        address = reverse("partnership:register_file", args=[partnership.pk, shape])
        return browser.get(address, {"dzien": day.isoformat()})

    before, after = (docx.Document(io.BytesIO(paper(one).content)) for one in (DAY - timedelta(days=1), DAY))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in after.tables]
    texts = [cell for table in tables for row in table for cell in row]

    assert len([row for table in tables for row in table if row[0].isdigit()]) == 55
    assert texts.count("Urząd 00") == 3  # in the list, when it signed and when it withdrew
    assert "uchwała" in texts
    assert ["54" in [cell.text for cell in row.cells] for row in after.tables[0].rows] == [True]
    assert ["55" in [cell.text for cell in row.cells] for row in before.tables[0].rows] == [True]
    assert paper(DAY, "pdf").content.startswith(b"%PDF")
    assert paper(DAY, "txt").status_code == 404


def test_the_same_letter_goes_to_several_institutions_and_each_answers_its_own():
    first, second = people.institution(), people.institution()
    partnership = make.agreement(first, second)
    council, secretary = make.body(partnership), signed_in(partnership.secretariat, Role.SECRETARY)
    words = {"subject": "Zapytanie", "text": "Prosimy", "purpose": "action"}

    answer = secretary.post(
        reverse("partnership:new_letter", args=[council.pk]),
        {**words, "to": first.pk, "also_to": [first.pk, second.pk]},
    )

    letters = Letter.objects.order_by("pk")
    assert answer["Location"] == reverse("partnership:letters")
    assert [(one.to_id, one.subject) for one in letters] == [
        (first.pk, "Zapytanie"),
        (second.pk, "Zapytanie"),
    ]


def test_a_letter_that_follows_another_one_is_linked_both_ways():
    office = people.institution()
    partnership = make.agreement(office)
    council, by = make.body(partnership), make.secretary(partnership)
    details = LetterDetails(to_id=office.pk, subject="Zapytanie", text="Prosimy")
    first = services.draft_letter(body_id=council.pk, details=details, by=by)
    services.send_letter(letter_id=first.pk, number="1/2026", on=DAY, by=by)
    secretary = signed_in(partnership.secretariat, Role.SECRETARY)
    address = f"{reverse('partnership:new_letter', args=[council.pk])}?po={first.uuid}"

    form = secretary.get(address).content.decode()
    secretary.post(
        address, {"to": office.pk, "subject": "Ponaglenie", "text": "Prosimy", "purpose": "action"}
    )

    second = Letter.objects.get(subject="Ponaglenie")
    page = {
        one.pk: secretary.get(reverse("partnership:letter", args=[one.uuid])).content.decode()
        for one in (first, second)
    }
    assert 'value="Zapytanie"' in form
    assert second.in_reply_to_id == first.pk
    assert "Ponaglenie" in page[first.pk]
    assert "Zapytanie, 1/2026" in page[second.pk]
    office_sees = signed_in(office, Role.CASE_WORKER).get(reverse("partnership:letter", args=[first.uuid]))
    assert "Ponaglenie" not in office_sees.content.decode()  # it is a draft yet


def test_only_a_letter_of_the_same_body_that_left_is_followed():
    office = people.institution()
    partnership = make.agreement(office)
    council, other, by = make.body(partnership), make.body(partnership), make.secretary(partnership)
    details = LetterDetails(to_id=office.pk, subject="Zapytanie", text="Prosimy")
    draft = services.draft_letter(body_id=council.pk, details=details, by=by)

    assert queries.letter_of_body(by, str(draft.uuid), council.pk) is None
    services.send_letter(letter_id=draft.pk, number="1", on=DAY, by=by)
    assert queries.letter_of_body(by, str(draft.uuid), council.pk) == draft
    assert queries.letter_of_body(by, str(draft.uuid), other.pk) is None
    assert queries.letter_of_body(by, "nic", council.pk) is None
    with pytest.raises(NotFound):
        services.draft_letter(
            body_id=council.pk,
            details=LetterDetails(to_id=office.pk, subject="x", text="y", in_reply_to_id=999_999),
            by=by,
        )


def test_good_practices_are_narrowed_to_a_kind_of_institution():
    labour, centre = people.institution(), people.institution()
    partnership = make.agreement(labour, centre)
    InstitutionKind.objects.filter(institution__in=(labour, centre)).delete()
    for office, kind, title in (
        (labour, Kind.PUP, "Wspólny dyżur"),
        (centre, Kind.CIS, "Zajęcia popołudniowe"),
    ):
        InstitutionKind.objects.create(institution=office, kind=kind)
        details = PracticeDetails(title=title, problem="a", solution="b", result="c")
        made = practices.submit_practice(
            agreement_id=partnership.pk, details=details, at=NOON, by=make.worker(office)
        )
        for state in (PracticeState.REVIEWED, PracticeState.PUBLISHED):
            practices.move_practice(uuid=made.uuid, state=state, today=DAY, by=make.secretary(partnership))
    inside = signed_in(labour, Role.CASE_WORKER)

    def titles(browser, name, kind):
        page = browser.get(reverse(f"partnership:{name}"), {"rodzaj": kind}).content.decode()
        return [title for title in ("Wspólny dyżur", "Zajęcia popołudniowe") if title in page]

    for browser, name in ((inside, "practices"), (Client(), "public_practices")):
        assert titles(browser, name, "CIS") == ["Zajęcia popołudniowe"]
        assert titles(browser, name, "PUP") == ["Wspólny dyżur"]
        assert titles(browser, name, "ZAZ") == []
        assert len(titles(browser, name, "")) == len(titles(browser, name, "x")) == 2
