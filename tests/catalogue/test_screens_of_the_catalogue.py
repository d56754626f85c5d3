"""Pages of the catalogue, as people use them."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.catalogue import messages
from spoiwo.catalogue.errors import CatalogueError
from spoiwo.catalogue.models import Correction, Place, UnmetNeed
from spoiwo.catalogue.services import places
from spoiwo.catalogue.types import PlaceKind
from spoiwo.institutions.models import User
from spoiwo.institutions.types import Kind, Role
from tests.makers import catalogue as made

pytestmark = pytest.mark.django_db


def browser(by) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=by.user_id))
    return client


def page(client, name, *args, **query):
    answer = client.get(reverse(f"catalogue:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def filled(**changed):
    return {
        "kind": "CIS",
        "name": "Centrum nowe",
        "places_total": "5",
        "taken_elsewhere": "1",
        "funding": "public",
        "respond_days": "14",
        "teryt": made.GORZOW,
        "areas": ["0801"],
        "groups": ["young"],
        **changed,
    }


def test_a_worker_looks_for_a_place_and_reads_it():
    row = made.place(made.keeper(), name="Centrum szukane", today=timezone.localdate())
    client = browser(made.keeper(made.office(Kind.PUP)))

    listed = page(client, "list", q="szukane", kind="CIS", area=made.GORZOW)
    part = client.get(reverse("catalogue:list"), headers={"HX-Request": "true"}).content.decode()

    assert "Centrum szukane" in listed
    assert "3 z 3 miejsc wolne" in listed
    assert "<html" not in part
    assert "opinia ośrodka pomocy społecznej" in page(client, "place", row.uuid)
    assert "opinia ośrodka" in page(client, "eligibility")


def test_what_was_not_found_is_counted_with_one_button():
    client = browser(made.keeper(made.office(Kind.PUP)))

    form = {"kind": "ZAZ", "group": "disability", "area": "0801"}
    answer = client.post(reverse("catalogue:need"), form, follow=True)
    client.post(reverse("catalogue:need"), {"kind": "ZAZ", "area": ""})
    client.post(reverse("catalogue:need"), {"kind": "ZAZ", "area": "0899"})

    assert UnmetNeed.objects.count() == 1
    assert "gorzowski" in answer.content.decode()


def test_lists_and_pictures_are_saved_as_files():
    made.place(made.keeper(), name="=Centrum", today=timezone.localdate())
    client = browser(made.keeper())

    csv = client.get(reverse("catalogue:export", args=["csv"])).content.decode()
    assert "'=Centrum" in csv
    for name, form in (("export", "xlsx"), ("picture", "xlsx"), ("picture", "csv"), ("picture", "svg")):
        assert client.get(reverse(f"catalogue:{name}", args=[form])).status_code == 200
    assert client.get(reverse("catalogue:picture", args=["png"])).content.startswith(b"\x89PNG")
    assert client.get(reverse("catalogue:picture", args=["exe"])).status_code == 404


def test_the_picture_shows_counties_and_then_communes():
    made.place(made.keeper(), places_total=7, taken_elsewhere=2, today=timezone.localdate())
    made.place(made.keeper(), kind=PlaceKind.TRAINING, places_total=None, teryt=made.WITNICA)
    client = browser(made.keeper())

    counties, communes = page(client, "infrastructure"), page(client, "infrastructure", powiat="0861")

    assert ">5/7<" in counties
    assert re.search(r'href="\?powiat=0801"', counties)
    assert "5 z 7 miejsc wolnych" in communes
    assert "Obraz jest rysowany" in page(browser(made.keeper(made.office(teryt=""))), "infrastructure")


def test_an_institution_writes_changes_confirms_and_withdraws_its_place():
    client = browser(made.keeper())

    refused = client.post(reverse("catalogue:add"), filled(name="", places_total="-1"))
    assert refused.status_code == 422
    assert client.post(reverse("catalogue:add"), filled(taken_elsewhere="9")).status_code == 422
    assert client.post(reverse("catalogue:add"), filled()).status_code == 302
    row = Place.objects.get()
    Place.objects.update(confirmed_on=timezone.localdate() - timedelta(days=90))
    assert "nie potwierdzono od" in page(client, "own")
    client.post(reverse("catalogue:confirm"))
    assert "nie potwierdzono od" not in page(client, "own")
    client.post(reverse("catalogue:confirm"), {"place": [str(row.uuid), "x"]})
    page(client, "change", row.uuid)
    client.post(reverse("catalogue:change", args=[row.uuid]), filled(name="Po zmianie", version="1"))
    page(client, "taken", row.uuid)
    client.post(reverse("catalogue:taken", args=[row.uuid]), {"taken_elsewhere": "4"})
    row.refresh_from_db()
    assert (row.name, row.taken_elsewhere) == ("Po zmianie", 4)
    page(client, "withdraw", row.uuid)
    client.post(reverse("catalogue:withdraw", args=[row.uuid]))
    assert "Wycofano z katalogu" in page(client, "place", row.uuid)
    assert client.get(reverse("catalogue:change", args=[row.uuid])).status_code == 404


def test_a_conflict_shows_both_values_and_overwrites_on_request():
    by = made.keeper()
    row = made.place(by, name="Stara")
    client = browser(by)
    places.change_place(row.uuid, made.details(name="Cudza"), seen_version=1, today=made.TODAY, by=by)

    answer = client.post(
        reverse("catalogue:change", args=[row.uuid]), filled(kind="KIS", name="Moja", version="1")
    )

    assert answer.status_code == 409
    assert "Cudza" in answer.content.decode()
    assert Place.objects.get().name == "Cudza"
    client.post(reverse("catalogue:change", args=[row.uuid]), filled(name="Moja", version="2"))
    assert Place.objects.get().name == "Moja"


def test_a_support_centre_writes_a_place_of_somebody_else_down():
    small = made.office(Kind.FOUNDATION)
    client = browser(made.keeper(made.office(Kind.OWES), Role.SUPPORT_ADVISER))

    page(client, "add")
    client.post(reverse("catalogue:add"), filled(institution=str(small.pk)))

    assert Place.objects.get().institution == small


def test_a_correction_goes_from_suggestion_to_decision():
    by = made.keeper()
    row = made.place(by, phone="1")
    other, own = browser(made.keeper()), browser(by)

    page(other, "suggest", row.uuid)
    bad = other.post(
        reverse("catalogue:suggest", args=[row.uuid]), {"field": "places_total", "proposal": "x"}
    )
    assert bad.status_code == 422
    other.post(reverse("catalogue:suggest", args=[row.uuid]), {"field": "phone", "proposal": "22"})
    said = Correction.objects.get()
    assert 'name="accept"' in page(own, "corrections")
    assert 'name="accept"' not in page(other, "corrections")
    assert other.post(reverse("catalogue:decide", args=[said.uuid]), {"accept": "x"}).status_code == 404
    own.post(reverse("catalogue:decide", args=[said.uuid]), {"accept": "1", "reply": "ok"})
    own.post(reverse("catalogue:decide", args=[said.uuid]), {"accept": "0"})
    assert Place.objects.get().phone == "22"


def test_a_withdrawn_place_takes_no_corrections_and_is_not_public():
    by = made.keeper()
    row = made.place(by)
    places.withdraw_place(row.uuid, today=made.TODAY, by=by)

    assert browser(by).get(reverse("catalogue:suggest", args=[row.uuid])).status_code == 404
    assert Client().get(reverse("catalogue:public_place", args=[row.uuid])).status_code == 404


def test_everybody_reads_the_public_catalogue():
    row = made.place(name="Centrum jawne", about="Pomagamy", today=timezone.localdate())

    assert "Centrum jawne" in page(Client(), "public", q="jawne")
    assert "Pomagamy" in page(Client(), "public_place", row.uuid)


def test_a_refusal_without_a_sentence_is_a_bug():
    with pytest.raises(CatalogueError):
        messages.message_for(CatalogueError())
    assert [messages.places_in_words(*pair) for pair in ((None, None), (4, 0), (1, 1), (5, 2))] == [
        "bez limitu miejsc",
        "brak wolnych miejsc z 4",
        "1 z 1 miejsc wolne",
        "2 z 5 miejsc wolne",
    ]
