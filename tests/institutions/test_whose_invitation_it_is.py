"""An invitation is for the address invited: whoever else opens the link gets nothing of it."""

import pytest
from django.core import mail, signing
from django.test import Client
from django.urls import reverse

from spoiwo.institutions.models import Membership, User
from spoiwo.institutions.services import invitations
from spoiwo.institutions.types import Role
from tests.makers import institutions as make

pytestmark = pytest.mark.django_db
STRONG = {"new_password1": "kasztan-i-rower-77", "new_password2": "kasztan-i-rower-77"}
FORM = {
    "email": "ewa@example.pl",
    "full_name": "Ewa Nowa",
    "role_case_worker": "on",
    "number_case_worker": "12/2026",
    "valid_from_case_worker": "1.01.2026",
}


@pytest.fixture
def office():
    return make.institution()


@pytest.fixture
def shown(office) -> str:
    """The page after an invitation of ewa@example.pl."""
    return invited_page(office)


def invited_page(office) -> str:
    browser = Client()
    browser.force_login(make.member(office, Role.LOCAL_ADMIN).user)
    return browser.post(reverse("institutions:invite"), FORM).content.decode()


def link_in(page: str) -> str:
    return "/instytucje/zaproszenie/" + page.split("/instytucje/zaproszenie/")[1].split('"', maxsplit=1)[0]


def password_opens(email: str) -> bool:
    answer = Client().post(reverse("account_login"), {"login": email, "password": STRONG["new_password1"]})
    return answer.status_code == 302


def test_the_link_sets_the_password_of_the_address_invited_whatever_else_is_sent(shown):
    others = make.user("obca@example.pl")

    Client().post(link_in(shown), {**STRONG, "email": others.email, "login": others.email, "user": others.pk})

    assert password_opens("ewa@example.pl")
    assert not password_opens(others.email)
    assert User.objects.get(pk=others.pk).password == others.password


def test_somebody_who_is_signed_in_does_not_take_the_invitation_over(shown, office):
    stranger = make.member(make.institution(), Role.CASE_WORKER).user
    browser = Client()
    browser.force_login(stranger)

    browser.post(link_in(shown), STRONG)

    assert not Membership.objects.filter(user=stranger, institution=office).exists()
    assert User.objects.get(pk=stranger.pk).password == stranger.password


def test_a_link_made_out_to_another_account_is_not_ours(shown):
    token = link_in(shown).strip("/").rsplit("/", 1)[1]
    ewa = invitations.invited_by(token)
    other = make.user("obca@example.pl", password=None)
    forged = signing.dumps([other.pk, invitations._fingerprint(ewa)], salt=invitations._SALT)
    unsigned = signing.dumps([ewa.pk, invitations._fingerprint(ewa)], salt="another")

    answers = [
        Client().post(reverse("institutions:accept_invitation", args=[one]), STRONG).status_code
        for one in (forged, unsigned, token[:-1] + ("A" if token[-1] != "A" else "B"))
    ]

    assert answers == [410, 410, 410]
    assert not password_opens(other.email)


def test_the_letter_goes_to_the_address_invited_and_to_nobody_else(
    office, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        invited_page(office)

    assert [letter.recipients() for letter in mail.outbox] == [["ewa@example.pl"]]


def test_where_letters_are_sent_the_page_says_so(shown):
    assert "Zaproszenie jest w drodze</h1>" in shown
    assert "List na adres ewa@example.pl" in shown


def test_where_no_letters_are_sent_the_page_says_that_the_link_must_be_handed_over(office, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"

    page = invited_page(office)

    assert "Przekaż odnośnik</h1>" in page
    assert "Ta instalacja nie wysyła poczty. Przekaż ten odnośnik osobie z adresem ewa@example.pl" in page
    assert "w drodze" not in page


@pytest.mark.parametrize(("backend", "label"), [("locmem", "Wyślij zaproszenie"), ("console", "Zaproś")])
def test_the_button_promises_a_letter_only_where_letters_are_sent(office, settings, backend, label):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    browser = Client()
    browser.force_login(make.member(office, Role.LOCAL_ADMIN).user)

    page = browser.get(reverse("institutions:invite")).content.decode()

    assert f">{label}</button>" in page


def test_the_link_can_be_copied_with_a_button_and_selected_without_scripts(shown):
    field = shown.split('id="invitation-link"')[1].split(">")[0]

    assert "readonly" in field
    assert f'value="http://127.0.0.1:8000{link_in(shown)}"' in field
    assert 'data-copy="#invitation-link" data-js-only' in shown


def test_who_has_an_account_already_is_told_apart_also_without_mail(office, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    make.user("ewa@example.pl")

    page = invited_page(office)

    assert "ma już konto" in page
    assert "Osoba pracuje już w Twojej instytucji</h1>" in page
    assert "w drodze" not in page
    assert "invitation-link" not in page


@pytest.mark.parametrize(
    ("first", "second", "errors"),
    [
        pytest.param("123", "123", (True, False), id="too weak"),
        pytest.param("kasztan-i-rower-77", "kasztan-i-rower-78", (False, True), id="mistyped"),
        pytest.param("123", "1234", (True, True), id="both"),
    ],
)
def test_what_is_wrong_stands_at_the_field_it_concerns(shown, first, second, errors):
    page = Client().post(link_in(shown), {"new_password1": first, "new_password2": second}).content.decode()

    form = page.split('for="id_new_password1"')[1]
    password, repetition = form.split('for="id_new_password2"')
    assert ("govuk-error-message" in password, "govuk-error-message" in repetition) == errors
