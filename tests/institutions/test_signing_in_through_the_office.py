import pytest
from allauth.account.middleware import AccountMiddleware
from allauth.core import context
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import complete_social_login
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.urls import reverse

from spoiwo.institutions.models import User
from spoiwo.institutions.types import Role
from tests.makers import institutions as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def office_server(settings):
    """Sign-in through the office's own server is switched on, as SPOIWO_OIDC_ISSUER does."""
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": "Serwer urzędu",
                    "client_id": "spoiwo",
                    "secret": "x",
                    "settings": {"server_url": "https://oidc.example.org"},
                }
            ]
        }
    }


def arrive(rf, **claims):
    """Somebody comes back from the office's server, which vouches for these claims."""
    request = rf.get("/konto/oidc/oidc/login/callback/")
    request.user = AnonymousUser()

    def answer(request):
        provider = get_adapter().get_provider(request, "oidc")
        login = provider.sociallogin_from_response(request, {"sub": "1", "name": "Anna", **claims})
        with context.request_context(request):
            return complete_social_login(request, login) or HttpResponse()

    response = SessionMiddleware(MessageMiddleware(AccountMiddleware(answer)))(request)
    return request.user, response


def test_the_way_in_is_offered_when_it_is_switched_on(client, office_server):
    assert "Serwer urzędu" in client.get(reverse("account_login")).content.decode()


def test_the_way_in_is_not_offered_otherwise(client):
    assert "Serwer urzędu" not in client.get(reverse("account_login")).content.decode()


@pytest.mark.usefixtures("office_server")
def test_somebody_invited_comes_in_under_the_same_verified_address(rf):
    anna = make.member(make.institution(), Role.CASE_WORKER, account=make.user("anna@example.pl")).user

    user, _response = arrive(rf, email="anna@example.pl", email_verified=True)

    assert user == anna


@pytest.mark.usefixtures("office_server")
def test_an_address_that_the_office_did_not_verify_opens_nothing(rf):
    make.user("anna@example.pl")

    user, _response = arrive(rf, email="anna@example.pl", email_verified=False)

    assert not user.is_authenticated


@pytest.mark.usefixtures("office_server")
def test_an_unknown_address_is_refused_and_no_account_is_made(rf):
    user, response = arrive(rf, email="nikt@example.pl", email_verified=True)

    assert not user.is_authenticated
    assert "zaproszenie" in response.content.decode()
    assert not User.objects.exists()


@pytest.mark.usefixtures("office_server")
def test_an_account_that_is_switched_off_stays_closed(rf):
    make.user("anna@example.pl", is_active=False)

    user, _response = arrive(rf, email="anna@example.pl", email_verified=True)

    assert not user.is_authenticated
