"""What a browser is told and what an attacker cannot do: headers, cookies, sessions, forged requests, redirects."""

import pytest
from django.conf import settings
from django.test import Client

from spoiwo.institutions.types import Role
from tests.makers import institutions
from tests.makers.clients import offices, signed_in
from tests.makers.institutions import PASSWORD, member

pytestmark = pytest.mark.django_db
LOGIN = "/konto/login/"


def worker():
    """A case worker's account."""
    account = institutions.user("ewa@example.pl")
    member(institutions.institution(), Role.CASE_WORKER, account=account)
    return account


def entered(browser, **values):
    return browser.post(LOGIN, {"login": "ewa@example.pl", "password": PASSWORD, **values})


@pytest.mark.parametrize("path", [LOGIN, "/nie-ma-takiej/"])
def test_every_page_tells_the_browser_to_trust_nothing_but_us(path):
    headers = Client().get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "object-src 'none'" in policy or "default-src 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_session_is_out_of_reach_of_scripts_and_of_other_sites():
    worker()
    browser = Client()

    entered(browser)

    cookie = browser.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_session_known_to_somebody_else_before_is_worthless_after_signing_in():
    worker()
    browser = Client()
    browser.get(LOGIN)
    session = browser.session
    session["planted"] = "yes"
    session.save()
    before = session.session_key or ""
    browser.cookies[settings.SESSION_COOKIE_NAME] = before

    answer = entered(browser)

    assert answer.status_code == 302
    assert browser.session.session_key != before
    stolen = Client()
    stolen.cookies[settings.SESSION_COOKIE_NAME] = before
    assert stolen.get("/klienci/").status_code == 302


def test_a_form_sent_from_another_site_is_refused():
    account = worker()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(account)

    assert browser.post("/klienci/nadzwyczajny/", {"pesel": "44051401458"}).status_code == 403


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site_after_signing_in(elsewhere):
    worker()

    answer = entered(Client(), next=elsewhere)

    assert answer.status_code == 302
    assert "evil" not in answer.headers["Location"]
    assert not answer.headers["Location"].startswith("javascript")


def test_no_list_saved_as_a_file_holds_a_formula():
    _labour, _welfare, reader = offices(("1", {"last_name": '=HYPERLINK("x")', "first_name": "+48"}))

    content = signed_in(reader).get("/klienci/wykaz.csv").content.decode("utf-8-sig")

    cells = [cell.strip('"') for line in content.splitlines() for cell in line.split(";")]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
