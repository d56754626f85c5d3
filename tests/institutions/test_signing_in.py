import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from spoiwo.audit.errors import AuditUnavailable
from spoiwo.audit.models import AuditRecord
from spoiwo.institutions.models import User
from spoiwo.institutions.types import Role
from tests.makers import institutions as make

pytestmark = pytest.mark.django_db
LOGIN = reverse("account_login")
RESET = reverse("account_reset_password")
OTHER_PASSWORD = "zupelnie-inne-haslo-9"


@pytest.fixture(autouse=True)
def _no_failed_sign_ins_before():
    cache.clear()


@pytest.fixture
def anna():
    return make.member(make.institution(), Role.CASE_WORKER, account=make.user("anna@example.pl")).user


def sign_in(client, password=make.PASSWORD, email="anna@example.pl"):
    return client.post(LOGIN, {"login": email, "password": password})


def is_in(client):
    return "_auth_user_id" in client.session


def page(response):
    return response.content.decode()


def test_the_right_password_opens_and_is_on_record(client, anna):
    answer = sign_in(client)

    assert answer.headers["Location"] == reverse("portal:home")
    assert is_in(client)
    record = AuditRecord.objects.get()
    assert (record.action, record.object_ref) == ("sign_in", f"user:{anna.pk}")


@pytest.mark.usefixtures("anna")
def test_the_address_may_be_typed_in_capitals(client):
    sign_in(client, email="ANNA@Example.PL")

    assert is_in(client)


@pytest.mark.usefixtures("anna")
def test_without_an_entry_in_the_log_nobody_gets_in(client, monkeypatch):
    def broken(*_entries):
        raise AuditUnavailable("down")

    monkeypatch.setattr("spoiwo.audit.services.append", broken)

    assert sign_in(client).status_code == 503


@pytest.mark.usefixtures("anna")
def test_a_wrong_password_and_an_unknown_address_look_the_same(client):
    wrong, unknown = sign_in(client, "zle"), sign_in(client, "zle", email="nikt@example.pl")

    assert not is_in(client)
    assert wrong.status_code == unknown.status_code
    assert errors_in(wrong) == errors_in(unknown) != []


def errors_in(response):
    return re.findall(r'govuk-error-summary__list">(.*?)</ul>', page(response), re.DOTALL)


@pytest.mark.usefixtures("anna")
def test_after_five_wrong_passwords_the_right_one_waits_too(client):
    for _ in range(5):
        sign_in(client, "zle")

    answer = sign_in(client)

    assert not is_in(client)
    assert "Zbyt wiele" in page(answer)


def test_an_account_that_is_switched_off_does_not_open(client, anna):
    User.objects.filter(pk=anna.pk).update(is_active=False)

    sign_in(client)

    assert not is_in(client)


def test_nobody_signs_up_by_themselves(client):
    form = {"email": "nowy@example.pl", "password1": make.PASSWORD, "password2": make.PASSWORD}

    answer = client.post(reverse("account_signup"), form)

    assert "zaproszenie" in page(answer)
    assert not User.objects.exists()


@pytest.mark.usefixtures("anna")
def test_a_forgotten_password_is_set_anew_through_a_letter(client):
    client.post(RESET, {"email": "anna@example.pl"})
    (letter,) = mail.outbox
    path = re.findall(r"https?://[^/]+(/\S+)", str(letter.body))[0]
    form = client.get(path, follow=True).redirect_chain[-1][0]

    client.post(form, {"password1": OTHER_PASSWORD, "password2": OTHER_PASSWORD})

    sign_in(client, OTHER_PASSWORD)
    assert is_in(client)


def test_asking_for_a_password_tells_nobody_whether_there_is_an_account(client, anna):
    known = client.post(RESET, {"email": anna.email})
    unknown = client.post(RESET, {"email": "nikt@example.pl"})

    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert all("anna" not in letter.body for letter in mail.outbox if letter.to == ["nikt@example.pl"])


@pytest.mark.usefixtures("anna")
def test_the_letter_for_a_new_password_leads_to_the_public_address_whatever_host_was_asked(client, settings):
    settings.PUBLIC_URL = "https://spoiwo.example.pl"
    settings.ALLOWED_HOSTS = ["localhost"]

    client.post(RESET, {"email": "anna@example.pl"}, headers={"host": "localhost"})

    assert "https://spoiwo.example.pl/konto/password/reset/key/" in mail.outbox[0].body
    assert "localhost" not in mail.outbox[0].body


@pytest.mark.usefixtures("anna")
def test_a_role_may_need_a_second_step(client, settings):
    settings.SPOIWO_SECOND_FACTOR_ROLES = frozenset({Role.CASE_WORKER})
    sign_in(client)

    assert client.get(reverse("institutions:directory")).headers["Location"] == reverse("mfa_index")
    assert client.get(reverse("portal:account")).status_code == 200


@pytest.mark.usefixtures("anna")
def test_other_roles_need_none(client, settings):
    settings.SPOIWO_SECOND_FACTOR_ROLES = frozenset({Role.LOCAL_ADMIN})
    sign_in(client)

    assert client.get(reverse("institutions:directory")).status_code == 200


def test_those_who_run_the_platform_may_need_a_second_step(client, settings):
    settings.SPOIWO_SECOND_FACTOR_ROLES = frozenset({"operator"})
    client.force_login(make.user(is_operator=True))

    assert client.get(reverse("institutions:directory")).headers["Location"] == reverse("mfa_index")


@pytest.mark.parametrize(
    ("pauses", "stays"),
    [pytest.param([40, 40, 40], True, id="at work"), pytest.param([40, 61], False, id="away")],
)
def test_a_session_ends_after_an_hour_of_idleness_and_not_of_work(client, anna, pauses, stays):
    with time_machine.travel("2024-06-03T08:00Z", tick=False) as clock:
        client.force_login(anna)
        answers = []
        for minutes in pauses:
            clock.shift(timedelta(minutes=minutes))
            answers.append(client.get(reverse("portal:home")).status_code)

    assert (answers[-1] == 200) is stays


def test_with_a_second_step_the_password_alone_does_not_open(client, anna, settings):
    settings.SPOIWO_SECOND_FACTOR_ROLES = frozenset({Role.CASE_WORKER})
    Authenticator.objects.create(user=anna, type=Authenticator.Type.TOTP, data={"secret": "x"})

    answer = sign_in(client)

    assert not is_in(client)
    assert answer.headers["Location"].startswith(reverse("mfa_authenticate"))
