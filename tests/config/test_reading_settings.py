"""Settings come from the environment, then from the settings file, then from defaults; nonsense stops the start."""

import pytest
from cryptography.hazmat.primitives import serialization

from spoiwo.config.databases import from_url
from spoiwo.config.environment import BadSetting, Environment
from tests.makers import signing

KEY = "bWFzdGVyLWtleS1mb3ItdGVzdHMtb25seS0zMi1ieXQ="


def environment(tmp_path, **given: str) -> Environment:
    return Environment({"SPOIWO_DATA_DIR": str(tmp_path), **given})


def test_the_environment_beats_the_file_and_the_file_the_default(tmp_path):
    (tmp_path / "settings.env").write_text(
        "# a comment\n\nSPOIWO_PROFILE=production\nSPOIWO_UPLOAD_MB = 50 \nnonsense\n", encoding="utf-8"
    )

    found = environment(tmp_path, SPOIWO_UPLOAD_MB="7")

    assert found.number("SPOIWO_UPLOAD_MB") == 7
    assert found.text("SPOIWO_PROFILE") == "production"
    assert found.text("SPOIWO_LOG_LEVEL") == "INFO"


def test_a_misspelt_role_is_not_passed_over(tmp_path):
    found = environment(tmp_path, SPOIWO_SECOND_FACTOR_ROLES="case_worker, casework")

    with pytest.raises(BadSetting, match="casework"):
        found.choices("SPOIWO_SECOND_FACTOR_ROLES", "case_worker", "iod")
    assert environment(tmp_path, SPOIWO_SECOND_FACTOR_ROLES="iod").choices(
        "SPOIWO_SECOND_FACTOR_ROLES", "case_worker", "iod"
    ) == ["iod"]


def test_a_list_of_trusted_issuers_is_read_from_its_file(tmp_path):
    issuer = signing.party("Urząd Zmyślony", is_authority=True).certificate
    (tmp_path / "issuers.pem").write_bytes(issuer.public_bytes(serialization.Encoding.PEM))
    (tmp_path / "empty.pem").write_bytes(b"")
    name = "SPOIWO_TRUSTED_ISSUERS"

    assert environment(tmp_path).certificates(name) == ()
    assert environment(tmp_path, **{name: str(tmp_path / "issuers.pem")}).certificates(name) == (issuer,)
    for bad in ("empty.pem", "missing.pem"):
        with pytest.raises(BadSetting, match=name):
            environment(tmp_path, **{name: str(tmp_path / bad)}).certificates(name)


def test_a_missing_secret_stops_the_start_and_says_what_to_do(tmp_path):
    with pytest.raises(BadSetting, match=r"SPOIWO_SECRET_KEY.*spoiwo init"):
        environment(tmp_path).text("SPOIWO_SECRET_KEY")


@pytest.mark.parametrize(
    ("value", "meant"),
    [("yes", True), ("TRUE", True), ("1", True), ("no", False), ("False", False), ("0", False)],
)
def test_a_flag_is_yes_or_no(value, meant, tmp_path):
    assert environment(tmp_path, SPOIWO_ACCEPT_SQLITE=value).flag("SPOIWO_ACCEPT_SQLITE") is meant


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("SPOIWO_ACCEPT_SQLITE", "perhaps", "flag"),
        ("SPOIWO_UPLOAD_MB", "0", "number"),
        ("SPOIWO_UPLOAD_MB", "-3", "number"),
        ("SPOIWO_PROXIES", "-1", "count"),
        ("SPOIWO_PROXIES", "two", "count"),
        ("SPOIWO_MASTER_KEYS", "ż", "keys"),
        ("SPOIWO_MASTER_KEYS", "c2hvcnQ=", "keys"),
        ("SPOIWO_INDEX_KEY", ",", "keys"),
        ("SPOIWO_SEAL_OLD_PUBLIC_KEYS", "xyz", "public_keys"),
        ("SPOIWO_SEAL_OLD_PUBLIC_KEYS", "00ff", "public_keys"),
        ("SPOIWO_VIRUS_SCAN", "scan 'this", "command"),
    ],
)
def test_nonsense_is_named(name, value, read, tmp_path):
    with pytest.raises(BadSetting, match=name):
        getattr(environment(tmp_path, **{name: value}), read)(name)


@pytest.mark.parametrize(
    "address",
    ["spoiwo.example.pl", "ftp://spoiwo.example.pl", "https://", "https://host:port", "https://[::1"],
)
def test_an_address_without_scheme_host_or_with_a_port_that_is_none_is_refused(address, tmp_path):
    with pytest.raises(BadSetting, match="SPOIWO_PUBLIC_URL must be an address with https:// / http://"):
        environment(tmp_path, SPOIWO_PUBLIC_URL=address).address("SPOIWO_PUBLIC_URL", "https", "http")


def test_an_address_is_taken_apart_and_may_be_left_out(tmp_path):
    given = environment(tmp_path, SPOIWO_EMAIL_URL="smtps://konto:sekret@poczta.example.pl")

    assert given.address("SPOIWO_EMAIL_URL", "smtps").hostname == "poczta.example.pl"
    assert environment(tmp_path).address("SPOIWO_EMAIL_URL", "smtps").hostname is None


def test_what_belongs_together_is_given_together(tmp_path):
    both = ("SPOIWO_OIDC_CLIENT_ID", "SPOIWO_OIDC_ISSUER")
    alone = environment(tmp_path, SPOIWO_OIDC_ISSUER="https://logowanie.example.pl")

    with pytest.raises(BadSetting, match="so SPOIWO_OIDC_CLIENT_ID is needed"):
        alone.text_with(*both)
    assert environment(tmp_path).text_with(*both) == ""


def test_lists_of_keys_and_commands_are_read(tmp_path):
    given = environment(
        tmp_path, SPOIWO_SEAL_OLD_PUBLIC_KEYS=f"{'ab' * 32}, {'01' * 32}", SPOIWO_VIRUS_SCAN="clamdscan 'a b'"
    )

    assert given.public_keys("SPOIWO_SEAL_OLD_PUBLIC_KEYS") == ["ab" * 32, "01" * 32]
    assert given.command("SPOIWO_VIRUS_SCAN") == ["clamdscan", "a b"]


@pytest.mark.parametrize("content", [b"SPOIWO_LOG_LEVEL=\xff", None])
def test_a_settings_file_that_cannot_be_read_is_named(content, tmp_path):
    if content is None:
        (tmp_path / "settings.env").mkdir()
    else:
        (tmp_path / "settings.env").write_bytes(content)

    with pytest.raises(BadSetting, match=r"settings\.env cannot be read"):
        environment(tmp_path)


def test_refusals_speak_both_languages(tmp_path):
    with pytest.raises(BadSetting) as refused:
        environment(tmp_path).text("SPOIWO_SECRET_KEY")

    assert refused.value.text.polish == (
        "Brak ustawienia SPOIWO_SECRET_KEY. Uruchom `spoiwo init` albo podaj je w środowisku."
    )


@pytest.mark.parametrize(("value", "meant"), [("", 0), ("0", 0), ("2", 2)])
def test_proxies_are_counted_from_none(value, meant, tmp_path):
    assert environment(tmp_path, SPOIWO_PROXIES=value).count("SPOIWO_PROXIES") == meant


def test_a_choice_is_one_of_the_words(tmp_path):
    with pytest.raises(BadSetting, match="demo, production"):
        environment(tmp_path, SPOIWO_PROFILE="staging").choice("SPOIWO_PROFILE", "demo", "production")


def test_several_keys_keep_their_order(tmp_path):
    other = "aW5kZXgta2V5LWZvci10ZXN0cy1vbmx5LTMyLWJ5dGU="

    found = environment(tmp_path, SPOIWO_MASTER_KEYS=f"{KEY}, {other}").keys("SPOIWO_MASTER_KEYS")

    assert found == [b"master-key-for-tests-only-32-byt", b"index-key-for-tests-only-32-byte"]


def test_a_database_address_of_postgresql_is_taken_apart():
    found = from_url("postgres://app:p%40ss@db.example.pl:5433/spoiwo?sslmode=require")

    assert (found["USER"], found["PASSWORD"]) == ("app", "p@ss")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example.pl", "5433", "spoiwo")
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_a_socket_may_stand_behind_the_question_mark():
    found = from_url("postgres://app@/spoiwo?host=/run/postgresql&port=5433")

    assert (found["HOST"], found["PORT"], found["OPTIONS"]) == ("/run/postgresql", "5433", {})


def test_a_file_address_means_sqlite():
    assert from_url("sqlite:///srv/spoiwo.sqlite3")["NAME"] == "/srv/spoiwo.sqlite3"


@pytest.mark.parametrize("url", ["mysql://app@db/spoiwo", "postgres://app@db:port/spoiwo"])
def test_other_databases_and_ports_that_are_none_are_refused(url):
    with pytest.raises(BadSetting, match=r"form postgres://.* or sqlite:///"):
        from_url(url)
