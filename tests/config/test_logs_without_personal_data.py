"""Canaries: what people type, and what tables hold, must not be found in any log line."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import structlog
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import path

from spoiwo.config import urls
from spoiwo.config.logs import logging_settings
from spoiwo.institutions.models import User
from spoiwo.toolkit.doors import everyone, open_to
from tests.makers import institutions

CANARY = "Kanarkowska"
ADDRESS = "kanarkowska@example.pl"


class OwnWords(Exception):
    """An error that quotes a person."""


@open_to(everyone)
def _falls_over(request):
    try:
        int(request.GET["name"])
    except ValueError as error:
        raise OwnWords(f"no number: {request.GET['name']}") from error


handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
urlpatterns = [*urls.urlpatterns, path("falls-over/", _falls_over)]


@contextmanager
def written(level: str = "DEBUG") -> Iterator[io.StringIO]:
    """What the production configuration writes meanwhile."""
    lines = io.StringIO()
    configuration = logging_settings(level)
    configuration["handlers"]["stderr"]["stream"] = lines
    before = logging.getLogger().handlers[:], logging.getLogger().level
    logging.config.dictConfig(configuration)
    try:
        yield lines
    finally:
        logging.getLogger().handlers[:], logging.getLogger().level = before


def entries(lines: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_an_error_page_leaves_kinds_and_places_but_no_words():
    client = Client(raise_request_exception=False)

    with written() as lines:
        answer = client.get("/falls-over/", {"name": CANARY})

    assert answer.status_code == 500
    assert CANARY not in lines.getvalue()
    (entry,) = [entry for entry in entries(lines) if entry["level"] == "error"]
    assert entry["error"] == [f"{__name__}.OwnWords", "builtins.ValueError"]
    assert any("_falls_over" in place for place in entry["places"])
    assert entry["request_id"] == answer["X-Request-ID"]


@pytest.mark.django_db
def test_signing_in_in_vain_leaves_neither_address_nor_password():
    client = Client()

    with written() as lines:
        client.post(f"/konto/login/?next=/{CANARY}", {"login": ADDRESS, "password": CANARY})

    assert CANARY not in lines.getvalue()
    assert ADDRESS not in lines.getvalue()


@pytest.mark.django_db
def test_a_refusal_of_the_database_does_not_quote_the_row():
    institutions.user(ADDRESS)

    with written() as lines:
        try:
            with transaction.atomic():
                User.objects.create_user(ADDRESS, full_name=CANARY)
        except IntegrityError:
            logging.getLogger("spoiwo.somewhere").exception("refused")
            structlog.get_logger("spoiwo.somewhere").exception("refused again")

    assert len([entry for entry in entries(lines) if entry["level"] == "error"]) == 2
    assert ADDRESS not in lines.getvalue()
    assert CANARY not in lines.getvalue()


@pytest.mark.django_db
def test_questions_to_the_database_are_not_written_at_the_most_talkative_level(settings):
    with written("DEBUG") as lines:
        list(User.objects.filter(email=ADDRESS))
        logging.getLogger("spoiwo.somewhere").debug("asked")

    assert [entry["event"] for entry in entries(lines)] == ["asked"]


@pytest.mark.parametrize("address", ["/instytucje/zaproszenie/{}/", "/konto/password/reset/key/{}/"])
def test_a_line_about_a_refused_page_does_not_hold_the_key_in_its_address(address: str) -> None:
    page = address.format("WzI0LCI1:1xV6Q6:tajny")

    with written() as lines:
        logging.getLogger("django.request").warning("Unprocessable Entity: %s", page)

    (entry,) = entries(lines)
    assert entry["event"] == f"Unprocessable Entity: {address.format('[key]')}"


def test_whose_security_key_was_used_is_not_written():
    with written("DEBUG") as lines:
        logging.getLogger("fido2.server").info("Credential authenticated: %s", CANARY)

    assert lines.getvalue() == ""
