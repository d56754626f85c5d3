"""An office that works by districts, in browsers."""

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.districts.services import assigning
from spoiwo.institutions.models import Institution, Membership
from spoiwo.institutions.types import Role
from spoiwo.toolkit.context import acting_for
from tests.makers import districts as made
from tests.makers import institutions, registers


def browser_of(member: Membership) -> Client:
    browser = Client()
    browser.force_login(member.user)
    return browser


class Desk:
    """A labour office with a supervisor and two workers who serve a district each, in browsers."""

    def __init__(self) -> None:
        self.office: Institution = made.office(short_name="PUP Próbny")
        member = institutions.member(self.office, Role.SUPERVISOR)
        self.by = institutions.acting(member)
        self.keeper = browser_of(member)
        self.anna, self.jan = made.worker(self.office, "Anna Klon"), made.worker(self.office, "Jan Buk")
        self.worker = browser_of(self.anna)
        self.polna = made.district(self.by, "1", self.anna)
        self.lesna = made.district(self.by, "2", self.jan)
        self.ground = made.ground(self.by, self.polna, street="Polna")
        made.ground(self.by, self.lesna, street="Leśna")

    def live(self, **streets: str) -> None:
        registers.bring_in(self.office, *(made.lives(who, street) for who, street in streets.items()))
        assigning.sweep(self.office.pk, timezone.localdate())

    def rows(self, model: Any) -> list[Any]:
        with acting_for(self.office.pk):
            return list(model.objects.order_by("pk"))


def text(answer: Any) -> str:
    return str(answer.content.decode())


def address(name: str, *args: object) -> str:
    return reverse(f"districts:{name}", args=args)
