"""Every page of districts opens for those it is for, does what it says, and says why it refuses."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from spoiwo.districts import errors, messages
from spoiwo.districts.models import AddressRange, District, Duty, HandOver, Substitution
from spoiwo.districts.types import Fault
from spoiwo.institutions.types import Kind, Role
from tests.makers import districts as made
from tests.makers import institutions, registers
from tests.makers.districts_desk import Desk, address, browser_of, text

pytestmark = pytest.mark.django_db


def test_a_district_is_added_given_ground_and_a_worker():
    desk = Desk()

    added = desk.keeper.post(address("add"), {"code": "7", "name": "Zawarcie"}, follow=True)
    row = District.objects.get(code="7")
    assert "Zawarcie" in text(added)
    ground = {"teryt": "0861011 Gorzów", "street": "Grobla", "parity": "odd", "valid_from": "1.01.2026"}
    desk.keeper.post(address("add_range", row.uuid), ground)
    desk.keeper.post(address("name_worker", row.uuid), {"user": desk.anna.user_id, "since": "1.01.2026"})

    page = text(desk.keeper.get(address("district", row.uuid)))
    assert "Grobla" in page
    assert "nieparzyste" in page
    assert "Anna Klon" in page
    assert Duty.objects.filter(district=row).count() == 1


@pytest.mark.parametrize(
    ("name", "sent", "said"),
    [
        ("add", {"code": "1", "name": "Drugi"}, errors.CodeTaken()),
        ("add_range", {"teryt": "08", "parity": "all", "valid_from": "1.01.2026"}, Fault.TERYT),
        (
            "add_range",
            {"teryt": "0861011", "street": "Polna", "parity": "all", "valid_from": "1.1.2026"},
            Fault.TWICE,
        ),
        ("name_worker", {"since": "1.01.2026"}, None),
        ("name_worker", {"name": "Ewa", "since": "1.01.2023"}, errors.EndsBeforeStart()),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(name: str, sent: dict[str, object], said: object):
    desk = Desk()
    args = () if name == "add" else (desk.lesna.uuid,)

    answer = desk.keeper.post(address(name, *args), sent)

    assert answer.status_code == 422
    if isinstance(said, Fault):
        assert str(messages.FAULT_NAMES[said]) in text(answer)
    elif said is not None:
        assert messages.message_for(said) in text(answer)  # type: ignore[arg-type]


def test_a_range_ends_on_a_day_and_stays_as_past():
    desk = Desk()
    page = address("end_range", desk.ground.pk)

    assert "Polna" in text(desk.keeper.get(page))
    assert desk.keeper.post(page, {"last_day": "1.01.2020"}).status_code == 422
    desk.keeper.post(page, {"last_day": "1.02.2026"})

    assert AddressRange.objects.get(pk=desk.ground.pk).valid_to is not None
    assert "Polna" in text(desk.keeper.get(address("district", desk.polna.uuid)))
    assert desk.keeper.get(address("end_range", 999_999)).status_code == 404


def test_the_list_tells_workers_partners_and_clients():
    desk = Desk()
    partner = made.office(Kind.OPS, short_name="OPS Próbny")
    asked = made.district(desk.by, "10", partner_id=partner.pk)
    made.district(desk.by, "3")
    desk.live(a="Polna")

    page = text(desk.keeper.get(address("list")))

    assert page.index(">3<") < page.index(">10<")
    assert "OPS Próbny" in page
    keeper = browser_of(institutions.member(partner, Role.REGISTRAR))
    assert "zgadza" in text(keeper.get(address("district", asked.uuid))).lower()
    agreed = keeper.post(address("accept", asked.uuid), follow=True)
    assert agreed.status_code == 200
    assert District.objects.get(pk=asked.pk).partner_accepted_on is not None
    keeper.post(address("name_worker", asked.uuid), {"name": "Ola z OPS", "since": "1.01.2026"})
    assert "Ola z OPS" in text(desk.keeper.get(address("list")))
    assert keeper.get(address("change", asked.uuid)).status_code == 404


def test_agreeing_is_for_the_partner_and_naming_for_those_who_work_by_a_district():
    desk = Desk()
    partner = made.office(Kind.OPS)
    asked = made.district(desk.by, "10", partner_id=partner.pk)
    keeper = browser_of(institutions.member(partner, Role.SUPERVISOR))

    refused = desk.keeper.post(address("accept", asked.uuid), follow=True)

    assert messages.message_for(errors.NotYours()) in text(refused)
    assert keeper.get(address("name_worker", asked.uuid)).status_code == 404


def test_two_people_change_a_district_and_the_second_chooses():
    desk = Desk()
    partner = made.office(Kind.OPS, short_name="OPS Wspólny", name="OPS Wspólny")
    page = address("change", desk.polna.uuid)
    first = {"code": "1", "name": "Pierwszy", "version": "1"}
    second = {"code": "1", "name": "Drugi", "partner": str(partner.pk), "version": "1"}

    assert 'name="version" value="1"' in text(desk.keeper.get(page))
    assert desk.keeper.post(page, first).status_code == 302
    conflict = desk.keeper.post(page, second)

    assert conflict.status_code == 409
    for said in ("Pierwszy", "Drugi", "OPS Wspólny"):
        assert said in text(conflict)
    assert District.objects.get(pk=desk.polna.pk).name == "Pierwszy"
    desk.keeper.post(page, {**second, "version": "2", "overwrite": "1"})
    assert District.objects.get(pk=desk.polna.pk).name == "Drugi"
    taken = desk.keeper.post(page, {"code": "2", "name": "Drugi", "version": "3"})
    assert taken.status_code == 422
    assert messages.message_for(errors.CodeTaken()) in text(taken)


def test_an_address_is_looked_up():
    desk = Desk()
    page = address("find")

    assert desk.keeper.get(page).status_code == 200
    found = text(desk.keeper.get(page, {"teryt": "0861011", "street": "ul. Polna", "house": "3"}))
    nowhere = text(desk.keeper.get(page, {"teryt": "0861011", "street": "Nigdzie"}))

    assert "Anna Klon" in found
    assert "Anna Klon" not in nowhere
    assert desk.keeper.get(page, {"teryt": ""}).status_code == 422


def test_the_page_of_a_client_shows_the_pair_now_and_before():
    desk = Desk()
    desk.live(a="Polna")
    desk.live(a="Leśna")
    (client,) = registers.records(desk.office, "a")
    page = address("of_client", client.uuid)

    whole = text(desk.worker.get(page))
    part = text(desk.worker.get(page, headers={"HX-Request": "true"}))

    assert "<html" in whole
    assert "<html" not in part
    assert part.index("Jan Buk") < part.index("Anna Klon")
    assert page in text(desk.worker.get(reverse("clients:client", args=[client.uuid])))


def test_gaps_overlaps_and_clients_outside_are_shown():
    desk = Desk()
    made.ground(desk.by, desk.polna, street="Wspólna", first_house="1", last_house="9")
    made.ground(desk.by, desk.lesna, street="Wspólna", first_house="5", last_house="13")
    desk.live(a="Nigdzie")

    keepers = text(desk.keeper.get(address("coverage")))
    workers = text(desk.worker.get(address("coverage")))

    assert "Wspólna" in keepers
    assert "Rejon 2" in keepers
    assert "wszystkie pozostałe adresy" in keepers
    assert "Nowak" in workers
    assert "Nowak" not in keepers


def test_comparing_now_begins_hand_overs():
    desk = Desk()
    desk.live(a="Polna")
    registers.bring_in(desk.office, made.lives("a", "Leśna"))

    answer = desk.keeper.post(address("compare"), follow=True)

    assert answer.status_code == 200
    assert len(desk.rows(HandOver)) == 1


def test_districts_of_two_institutions_are_compared():
    desk = Desk()
    other = made.office(Kind.OPS, short_name="OPS Próbny")
    theirs = made.keeper(other)
    made.ground(theirs, made.district(theirs, "A"), street="Polna", last_house="20")

    page = text(desk.keeper.get(address("differences", other.pk)))

    assert "OPS Próbny" in page
    assert "A Rejon A" in page
    assert address("differences", other.pk) in text(desk.keeper.get(address("coverage")))
    assert desk.keeper.get(address("differences", desk.office.pk)).status_code == 404


def test_workload_is_shown_and_taken_out():
    desk = Desk()
    desk.live(a="Polna", b="Polna", c="Leśna")
    desk.live(a="Polna", b="Leśna", c="Leśna")

    page = text(desk.keeper.get(address("workload")))
    file = desk.keeper.get(address("workload_file", "csv"))

    assert page.index("Jan Buk") < page.index("Anna Klon")
    lines = file.content.decode("utf-8-sig").splitlines()
    assert lines[1:] == ["Jan Buk;1;2;0;0;1", "Anna Klon;1;1;0;1;0"]
    assert desk.keeper.get(address("workload_file", "xlsx")).content.startswith(b"PK")
    assert desk.keeper.get(address("workload_file", "pdf")).status_code == 404


def test_a_hand_over_is_worked_off_on_its_page():
    desk = Desk()
    desk.live(a="Polna")
    desk.live(a="Leśna")
    (row,) = desk.rows(HandOver)
    jan = browser_of(desk.jan)
    other = browser_of(made.worker(desk.office))

    assert "Nowak" in text(desk.worker.get(address("hand_overs")))
    assert "Nowak" not in text(other.get(address("hand_overs")))
    assert "Nowak" in text(other.get(address("hand_overs"), {"whose": "all"}))
    assert "Nowak" in text(desk.worker.get(address("hand", row.uuid)))
    desk.worker.post(address("hand", row.uuid), {"note": "Czeka na staż"})
    assert "Czeka na staż" in text(jan.get(address("hand_overs"), {"state": "handed"}))
    assert desk.worker.post(address("hand", row.uuid), {}).status_code == 422
    jan.post(address("take", row.uuid))
    again = jan.post(address("take", row.uuid), follow=True)

    assert messages.message_for(errors.WrongStep()) in text(again)
    assert desk.rows(HandOver)[0].state == "taken"


def test_a_substitute_is_named_and_taken_back():
    desk = Desk()
    today = timezone.localdate()
    sent = {
        "substitute_id": desk.jan.user_id,
        "starts_on": f"{today:%d.%m.%Y}",
        "ends_on": f"{today:%d.%m.%Y}",
    }

    desk.worker.post(address("substitutes"), sent)

    (row,) = desk.rows(Substitution)
    assert "Jan Buk" in text(desk.worker.get(address("substitutes")))
    assert "Anna Klon" in text(browser_of(desk.jan).get(address("substitutes")))
    again = desk.worker.post(address("substitutes"), sent)
    assert messages.message_for(errors.OverlapsAbsence()) in text(again)
    before = {**sent, "ends_on": f"{today - timedelta(days=1):%d.%m.%Y}"}
    assert messages.message_for(errors.EndsBeforeStart()) in text(
        desk.worker.post(address("substitutes"), before)
    )
    assert browser_of(desk.jan).post(address("withdraw", row.pk)).status_code == 404
    desk.worker.post(address("withdraw", row.pk))
    assert Substitution.objects.get().withdrawn_at is not None
    assert desk.worker.post(address("withdraw", row.pk)).status_code == 404


def test_every_refusal_has_its_sentence():
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    plain = [
        kind
        for kind in kinds
        if issubclass(kind, errors.DistrictsError)
        and kind not in {errors.DistrictsError, errors.BadRange, errors.MissingColumns}
    ]

    assert all(messages.message_for(kind()) for kind in plain)
    assert "teryt" in messages.message_for(errors.MissingColumns(["teryt"]))
    assert messages.message_for(errors.BadRange([("teryt", Fault.TERYT)]))
    assert set(messages.FAULT_NAMES) == set(Fault)
    with pytest.raises(errors.DistrictsError):
        messages.message_for(errors.DistrictsError())
