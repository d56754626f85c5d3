"""How allauth behaves here: no self sign-up; outside sign-in only for accounts that were invited."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Nobody signs up by themselves."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of the letter, at the public address, whatever host the request named."""
        path = urlsplit(super().get_reset_password_from_key_url(key)).path
        return str(settings.PUBLIC_URL + path)


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Sign-in through the office's own server is for invited accounts with the same verified address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        """Nobody signs up by themselves."""
        return False
