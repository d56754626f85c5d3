"""Limits of sign-in count for all processes together, and per person behind a proxy; the rest stays in memory."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from spoiwo.config.caches import Limits, SharedLimits
from tests.makers import institutions as make

ADD = (
    "import sys; from django.conf import settings; settings.configure(USE_TZ=True);"
    "from spoiwo.config.caches import SharedLimits;"
    "print(SharedLimits(sys.argv[1], {}).add('allauth:rl:one:lock', True, 60))"
)


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()
    yield
    cache.clear()


def failing(client: Client, number: int, address: str = "10.0.0.1", **headers: str) -> int:
    """A sign-in with a wrong password; every account is another, so that only the address counts."""
    form = {"login": f"osoba-{number}@example.pl", "password": "zgaduję"}
    return client.post(reverse("account_login"), form, REMOTE_ADDR=address, headers=headers).status_code


def test_two_processes_see_the_same_limits(tmp_path):
    one, other = SharedLimits(str(tmp_path), {}), SharedLimits(str(tmp_path), {})

    one.set("allauth:rl:ip", [1.0, 2.0], 60)

    assert other.get("allauth:rl:ip") == [1.0, 2.0]
    other.delete("allauth:rl:ip")
    assert one.get("allauth:rl:ip", []) == []


def test_of_several_processes_that_add_a_key_one_succeeds(tmp_path):
    def started(_number: int) -> str:
        command = [sys.executable, "-c", ADD, str(tmp_path)]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(started, range(4)))

    assert sorted(answers) == ["False", "False", "False", "True"]


def test_other_figures_stay_in_the_memory_of_the_process(tmp_path):
    found = SharedLimits(str(tmp_path), {})

    found.set("menu:1", {"clients:list": 3}, 60)
    added = found.add("menu:1", "again")

    assert (found.get("menu:1"), added) == ({"clients:list": 3}, False)
    assert list(tmp_path.iterdir()) == []
    assert found.delete("menu:1") is True


def test_files_of_limits_tell_neither_addresses_nor_accounts(tmp_path):
    found = SharedLimits(str(tmp_path), {})

    found.set("allauth:rl:login_failed:ip:10.20.30.40", [1.0], 60)

    (file,) = tmp_path.glob("*.djcache")
    assert "10.20" not in file.name
    assert b"10.20" not in file.read_bytes()


def test_the_folder_is_looked_through_now_and_then_only(tmp_path, monkeypatch):
    looks = []
    monkeypatch.setattr(
        "django.core.cache.backends.filebased.FileBasedCache._cull", lambda _self: looks.append(1)
    )
    found = Limits(str(tmp_path), {})

    for number in range(5):
        found.set(f"allauth:{number}", 1)

    assert len(looks) == 1


@pytest.mark.django_db
def test_after_ten_wrong_passwords_from_one_address_nobody_there_is_asked_again(client):
    answers = [failing(client, number) for number in range(11)]

    assert answers[:10] == [200] * 10
    assert _is_refused(client)
    assert failing(client, 99, "10.0.0.2") == 200


def _is_refused(client) -> bool:
    form = {"login": "osoba-50@example.pl", "password": "zgaduję"}
    page = client.post(reverse("account_login"), form, REMOTE_ADDR="10.0.0.1").content.decode()
    return "Zbyt wiele" in page


@pytest.mark.django_db
def test_behind_a_proxy_people_are_told_apart_by_what_the_proxy_adds(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(11):
        failing(client, number, "127.0.0.1", **{"x-forwarded-for": f"6.6.6.{number}, 10.0.0.1"})

    forged = _page(client, "9.9.9.9, 10.0.0.1")
    another = _page(client, "10.0.0.2")

    assert "Zbyt wiele" in forged
    assert "Zbyt wiele" not in another


def _page(client: Client, forwarded: str) -> str:
    form = {"login": make.user().email, "password": "zgaduję"}
    answer = client.post(
        reverse("account_login"), form, REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": forwarded}
    )
    return answer.content.decode()


def test_the_product_shares_its_limits(settings):
    assert settings.CACHES["default"]["BACKEND"] == "spoiwo.config.caches.SharedLimits"
    assert Path(settings.CACHES["default"]["LOCATION"]) == settings.DATA_DIR / "limits"
