"""Browsers on the pages of joint plans."""

from datetime import date
from typing import Any

from django.test import Client

from spoiwo.institutions.models import User
from spoiwo.kernel.actor import Actor
from spoiwo.plans.rules import content as texts
from spoiwo.plans.types import Content
from tests.makers.plans import Partners, under_way


def browser(by: Actor) -> Client:
    """A browser in which the actor is signed in; Polish pages."""
    client = Client(headers={"accept-language": "pl"})
    client.force_login(User.objects.get(pk=by.user_id))
    return client


def text(answer: Any) -> str:
    """The page that was answered."""
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def address(pair: Partners, rest: str = "") -> str:
    """An address of the plan."""
    return f"/plany/{pair.uuid}/{rest}"


def content_of(pair: Partners) -> Content:
    """What the version that is a draft or waits for signatures says."""
    return texts.content_of(under_way(pair).content)


def words(day: date) -> str:
    """A day as it is typed."""
    return f"{day:%d.%m.%Y}"
