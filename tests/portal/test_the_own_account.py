from datetime import date

import pytest
from django.urls import reverse

from spoiwo.institutions.models import User
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.portal import menu
from tests.makers import institutions as make

ACCOUNT, ACT_FOR, LANGUAGE = (reverse(f"portal:{name}") for name in ("account", "act_for", "language"))


def page(response):
    return " ".join(response.content.decode().split())


@pytest.mark.django_db
def test_somebody_at_two_institutions_chooses_for_which_one_to_act(client):
    account = make.user()
    make.member(make.institution(name="Ala"), Role.CASE_WORKER, account=account)
    second = make.institution(name="Żuk")
    member = make.member(second, Role.CASE_WORKER, account=account)
    make.authorisation(member, Role.IOD, number="UP/dawne", valid_to=date(2021, 1, 1))
    client.force_login(account)

    assert "Ala" in page(client.get(ACCOUNT))
    client.post(ACT_FOR, {"institution": second.pk})

    shown = page(client.get(ACCOUNT))
    assert "Działasz teraz w imieniu instytucji: Żuk." in shown
    assert "nr UP/dawne, od 1 stycznia 2020 do 1 stycznia 2021" in shown
    assert client.get(ACCOUNT).context["actor"].institution_id == second.pk


@pytest.mark.django_db
@pytest.mark.parametrize("wanted", ["stranger", "suspended", "words", ""])
def test_nobody_acts_for_an_institution_that_did_not_authorise_them(client, wanted):
    account = make.user()
    make.member(make.institution(), Role.CASE_WORKER, account=account)
    suspended = make.institution()
    make.member(suspended, Role.CASE_WORKER, account=account, suspended_at="2024-01-01T00:00Z")
    choices = {"stranger": make.institution().pk, "suspended": suspended.pk}
    client.force_login(account)

    answer = client.post(ACT_FOR, {"institution": choices.get(wanted, wanted)})

    assert answer.status_code == 404
    assert "institution" not in client.session


@pytest.mark.django_db
def test_somebody_authorised_nowhere_can_still_open_the_account(client):
    client.force_login(make.user())

    assert "Żadna instytucja nie upoważniła Cię na dziś." in page(client.get(ACCOUNT))


@pytest.mark.django_db
def test_the_account_is_for_those_signed_in(client):
    assert client.get(ACCOUNT).headers["Location"].startswith(reverse("account_login"))
    assert client.post(ACT_FOR).headers["Location"].startswith(reverse("account_login"))


@pytest.mark.django_db
def test_the_language_is_kept_for_the_account_and_for_the_browser(client):
    account = make.user()
    client.force_login(account)

    answer = client.post(LANGUAGE, {"language": "en", "next": ACCOUNT})

    assert answer.headers["Location"] == ACCOUNT
    assert User.objects.get(pk=account.pk).language == "en"
    assert "My authorisations" in page(client.get(ACCOUNT))


@pytest.mark.django_db
def test_somebody_signed_out_chooses_a_language_too(client):
    client.post(LANGUAGE, {"language": "en"})

    assert 'lang="en"' in page(client.get(reverse("account_login")))


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["de", ""])
def test_a_language_that_is_not_spoken_changes_nothing(client, language):
    answer = client.post(LANGUAGE, {"language": language})

    assert answer.status_code == 302
    assert not answer.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_the_way_back_never_leads_elsewhere(client, address):
    assert client.post(LANGUAGE, {"language": "en", "next": address}).headers["Location"] == "/"


def current_lines(actor, path):
    return [
        item["url"] for group in menu.menu_for(actor, path, {}) for item in group["items"] if item["current"]
    ]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", ["/"]),
        ("/instytucje/", ["/instytucje/"]),
        ("/instytucje/pup-zagan/", ["/instytucje/"]),
        ("/instytucje/pracownicy/7/", ["/instytucje/pracownicy/"]),
        ("/konto/", []),
    ],
)
def test_the_menu_marks_the_nearest_line(path, current):
    administrator = Actor(user_id=1, institution_id=1, roles=frozenset({"local_admin"}))

    assert current_lines(administrator, path) == current


def test_the_menu_shows_what_somebody_may_open():
    worker = Actor(user_id=1, institution_id=1, roles=frozenset({"case_worker"}))

    urls = [item["url"] for group in menu.menu_for(worker, "/", {}) for item in group["items"]]

    assert reverse("institutions:directory") in urls
    assert reverse("institutions:staff") not in urls
