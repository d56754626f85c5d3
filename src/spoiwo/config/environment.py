"""The settings an installation may give, read once, typed, with safe refusals.

Values come from the process environment; what is missing there comes from `settings.env` in the data
folder, which `spoiwo init` writes with fresh secrets on first start. docs/reference/settings.md lists them.
"""

import base64
import binascii
import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

from spoiwo.cli.errors import Unusable

SECRETS_FILE = "settings.env"


class BadSetting(Unusable):
    """A setting is missing or unusable; the sentence names it and the remedy."""


@dataclass(frozen=True, slots=True)
class Variable:
    """One setting: name, default (None: required), what it does."""

    name: str
    default: str | None
    english: str
    polish: str


VARIABLES = (
    Variable(
        "SPOIWO_DATA_DIR",
        "var",
        "Folder for database, files and secrets.",
        "Folder na bazę, pliki i sekrety.",
    ),
    Variable(
        "SPOIWO_PROFILE",
        "demo",
        "demo (invented people, several institutions on SQLite) or production.",
        "demo (osoby zmyślone, wiele instytucji na SQLite) albo production.",
    ),
    Variable("SPOIWO_SECRET_KEY", None, "Signs sessions and links.", "Podpisuje sesje i odnośniki."),
    Variable(
        "SPOIWO_MASTER_KEYS",
        None,
        "Wrap the data keys of people; base64 of 32 bytes, several separated by commas, newest first.",
        "Chronią klucze danych osób; base64 z 32 bajtów, kilka po przecinku, najnowszy pierwszy.",
    ),
    Variable(
        "SPOIWO_INDEX_KEY",
        None,
        "Key of the blind index of identifiers; base64 of 32 bytes.",
        "Klucz ślepego indeksu identyfikatorów; base64 z 32 bajtów.",
    ),
    Variable(
        "SPOIWO_SEAL_KEY",
        None,
        "Ed25519 key that seals the audit log; base64 of 32 bytes. Its public half is shown to everybody.",
        "Klucz Ed25519, który pieczętuje dziennik; base64 z 32 bajtów. Jego część publiczna jest jawna.",
    ),
    Variable(
        "SPOIWO_SEAL_OLD_PUBLIC_KEYS",
        "",
        "Public halves of former seal keys, hexadecimal, separated by commas.",
        "Części publiczne dawnych kluczy pieczęci, szesnastkowo, po przecinku.",
    ),
    Variable(
        "SPOIWO_DATABASE_URL",
        "",
        "Database of the application role, e.g. postgres://spoiwo_app@/spoiwo; empty: SQLite in the data folder.",
        "Baza roli aplikacji, np. postgres://spoiwo_app@/spoiwo; puste: SQLite w folderze danych.",
    ),
    Variable(
        "SPOIWO_OWNER_DATABASE_URL",
        "",
        "PostgreSQL role that owns the tables; used only to migrate, back up and restore.",
        "Rola PostgreSQL, która jest właścicielem tabel; tylko do migracji, kopii i odtwarzania.",
    ),
    Variable(
        "SPOIWO_PUBLIC_URL",
        "http://127.0.0.1:8000",
        "Address under which people reach the platform.",
        "Adres, pod którym ludzie otwierają platformę.",
    ),
    Variable(
        "SPOIWO_ALLOWED_HOSTS",
        "",
        "More host names, comma-separated.",
        "Dodatkowe nazwy hostów, po przecinku.",
    ),
    Variable(
        "SPOIWO_PROXIES",
        "0",
        "How many proxies of yours stand in front, each adding to X-Forwarded-For; limits of sign-in need to know.",
        "Ile Waszych serwerów pośredniczących dopisuje adres w X-Forwarded-For; od tego zależą limity logowania.",
    ),
    Variable(
        "SPOIWO_ACCEPT_SQLITE",
        "no",
        "yes: several institutions in production on SQLite, without row-level security.",
        "yes: wiele instytucji produkcyjnie na SQLite, bez zabezpieczeń na poziomie wierszy.",
    ),
    Variable(
        "SPOIWO_SECOND_FACTOR_ROLES",
        "",
        "Role codes, or operator, that must use a second factor, comma-separated.",
        "Kody ról albo operator, które muszą używać drugiego składnika, po przecinku.",
    ),
    Variable(
        "SPOIWO_SESSION_MINUTES",
        "60",
        "Idle minutes after which people sign in again.",
        "Minuty bezczynności, po których trzeba się zalogować ponownie.",
    ),
    Variable(
        "SPOIWO_EMAIL_URL",
        "",
        "smtp+tls://user:password@host:port (STARTTLS), smtps:// (TLS) or smtp:// (in the clear, own network only);"
        " empty, in demo only: mail is printed.",
        "smtp+tls://konto:hasło@host:port (STARTTLS), smtps:// (TLS) albo smtp:// (bez szyfrowania, tylko we własnej"
        " sieci); puste, tylko w demo: poczta na ekran.",
    ),
    Variable("SPOIWO_EMAIL_FROM", "spoiwo@localhost", "Sender of mail.", "Nadawca poczty."),
    Variable(
        "SPOIWO_OIDC_ISSUER",
        "",
        "OpenID Connect server for sign-in; empty: off.",
        "Serwer OpenID Connect; puste: wyłączone.",
    ),
    Variable(
        "SPOIWO_OIDC_CLIENT_ID", "", "Client id at that server.", "Identyfikator klienta w tym serwerze."
    ),
    Variable(
        "SPOIWO_OIDC_CLIENT_SECRET", "", "Client secret at that server.", "Sekret klienta w tym serwerze."
    ),
    Variable(
        "SPOIWO_OIDC_NAME", "OpenID Connect", "Label of the sign-in button.", "Napis na przycisku logowania."
    ),
    Variable(
        "SPOIWO_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR.", "DEBUG, INFO, WARNING albo ERROR."
    ),
    Variable(
        "SPOIWO_UPLOAD_MB",
        "200",
        "Largest file that may be uploaded, in megabytes.",
        "Największy przesyłany plik, w megabajtach.",
    ),
    Variable(
        "SPOIWO_VIRUS_SCAN",
        "",
        "Command that reads an uploaded file from its input and ends with 0 when it is clean, e.g."
        " clamdscan --no-summary -; empty: off.",
        "Polecenie, które czyta przesłany plik z wejścia i kończy się kodem 0, gdy plik jest czysty, np."
        " clamdscan --no-summary -; puste: wyłączone.",
    ),
    Variable(
        "SPOIWO_TRUSTED_ISSUERS",
        "",
        "PEM file with certificates of issuers whose signatures on certificates for citizens are trusted, e.g. those"
        " of the national trusted list; empty: the issuer is not checked, and pages say so.",
        "Plik PEM z certyfikatami wystawców, których podpisom na zaświadczeniach ufacie, np. z krajowej listy"
        " zaufania; puste: wystawca nie jest sprawdzany i strony to mówią.",
    ),
    Variable(
        "SPOIWO_REVOCATION_LISTS",
        "",
        "Folder with lists of revoked certificates (*.crl, DER or PEM) that these issuers publish, fetched anew every"
        " day; empty: revocation is not checked, and pages say so.",
        "Folder z listami unieważnionych certyfikatów (*.crl, DER albo PEM), które ci wystawcy ogłaszają, pobieranymi"
        " codziennie na nowo; puste: unieważnienie nie jest sprawdzane i strony to mówią.",
    ),
    Variable(
        "SPOIWO_RUN_BY",
        "",
        "Name of the body that runs the installation, for the accessibility statement.",
        "Nazwa podmiotu, który prowadzi instalację, do deklaracji dostępności.",
    ),
    Variable(
        "SPOIWO_CONTACT_NAME",
        "",
        "Who there answers for accessibility: a person or a unit.",
        "Kto w nim odpowiada za dostępność: osoba albo komórka.",
    ),
    Variable("SPOIWO_CONTACT_EMAIL", "", "E-mail address of that contact.", "Adres e-mail do tego kontaktu."),
    Variable("SPOIWO_CONTACT_PHONE", "", "Telephone of that contact.", "Telefon do tego kontaktu."),
    Variable(
        "SPOIWO_BUILDING_URL",
        "",
        "Page that says how accessible the seat of that body is.",
        "Strona o dostępności architektonicznej siedziby tego podmiotu.",
    ),
)


class Environment:
    """Reads the variables above; anything else in the environment is left alone."""

    def __init__(self, variables: Mapping[str, str] | None = None):
        self._given = dict(os.environ if variables is None else variables)
        self._defaults = {variable.name: variable.default for variable in VARIABLES}
        self.data_dir = Path(self.text("SPOIWO_DATA_DIR")).resolve()
        self._stored = read_stored(self.data_dir / SECRETS_FILE)

    def text(self, name: str) -> str:
        """The value, or its default. Raises BadSetting when it is required and missing."""
        value = self._given.get(name) or getattr(self, "_stored", {}).get(name) or self._defaults[name]
        if value is None:
            raise BadSetting(
                f"{name} is not set. Run `spoiwo init`, or set it in the environment.",
                f"Brak ustawienia {name}. Uruchom `spoiwo init` albo podaj je w środowisku.",
            )
        return value

    def text_with(self, name: str, other: str) -> str:
        """The value, which may not be missing when the other setting is given. Raises BadSetting."""
        value = self.text(name)
        if self.text(other) and not value:
            raise BadSetting(
                f"{other} is set, so {name} is needed too.",
                f"Podano {other}, więc potrzebne jest też {name}.",
            )
        return value

    def address(self, name: str, *schemes: str) -> SplitResult:
        """An address with one of the schemes and a host; all parts are empty when none is given. Raises BadSetting."""
        value = self.text(name)
        try:
            parts = urlsplit(value)
            fits = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
        except ValueError:  # a port that is no number, a bracket left open
            fits = False
        if value and not fits:
            begins = " / ".join(f"{scheme}://" for scheme in schemes)
            raise BadSetting(
                f"{name} must be an address with {begins} and a host.",
                f"{name} musi być adresem z {begins} i nazwą serwera.",
            )
        return urlsplit(value)

    def command(self, name: str) -> list[str]:
        """A command with its arguments, none when it is empty. Raises BadSetting."""
        try:
            return shlex.split(self.text(name))
        except ValueError as error:
            raise BadSetting(
                f"{name}: a quotation mark is left open.", f"{name}: niedomknięty cudzysłów."
            ) from error

    def public_keys(self, name: str) -> list[str]:
        """Public keys of 32 bytes in hexadecimal, separated by commas. Raises BadSetting."""
        keys = self.items(name)
        if any(not _is_public_key(key) for key in keys):
            raise BadSetting(
                f"{name} must hold keys of 64 hexadecimal digits, separated by commas.",
                f"{name} musi zawierać klucze z 64 cyfr szesnastkowych, oddzielone przecinkami.",
            )
        return keys

    def certificates(self, name: str) -> tuple[Any, ...]:
        """Certificates in the PEM file named, none when there is no name. Raises BadSetting."""
        path = self.text(name)
        if not path:
            return ()
        from cryptography import x509  # wanted only where a list is kept

        try:
            return tuple(x509.load_pem_x509_certificates(Path(path).read_bytes()))
        except (OSError, ValueError) as error:
            raise BadSetting(
                f"{name}: {path} holds no certificates in PEM form.",
                f"{name}: {path} nie zawiera certyfikatów w postaci PEM.",
            ) from error

    def flag(self, name: str) -> bool:
        """yes/no, true/false, 1/0."""
        value = self.text(name).lower()
        if value not in {"yes", "true", "1", "no", "false", "0", ""}:
            raise BadSetting(
                f"{name} must be yes or no, not {value!r}.", f"{name} może być yes albo no, nie {value!r}."
            )
        return value in {"yes", "true", "1"}

    def number(self, name: str) -> int:
        """A whole number above zero."""
        value = self.text(name)
        if not value.isdigit() or int(value) == 0:
            raise BadSetting(
                f"{name} must be a whole number above zero, not {value!r}.",
                f"{name} musi być liczbą całkowitą większą od zera, nie {value!r}.",
            )
        return int(value)

    def count(self, name: str) -> int:
        """A whole number, zero included."""
        value = self.text(name)
        if not value.isdigit():
            raise BadSetting(
                f"{name} must be a whole number, not {value!r}.",
                f"{name} musi być liczbą całkowitą, nie {value!r}.",
            )
        return int(value)

    def items(self, name: str) -> list[str]:
        """Values separated by commas."""
        return [item.strip() for item in self.text(name).split(",") if item.strip()]

    def choice(self, name: str, *allowed: str) -> str:
        """One of the allowed words."""
        value = self.text(name)
        if value not in allowed:
            known = ", ".join(allowed)
            raise BadSetting(
                f"{name} must be one of {known}, not {value!r}.",
                f"{name} musi być jednym z: {known}, nie {value!r}.",
            )
        return value

    def choices(self, name: str, *allowed: str) -> list[str]:
        """Some of the allowed words, separated by commas; a misspelt one must not be passed over."""
        given = self.items(name)
        unknown = [word for word in given if word not in allowed]
        if unknown:
            known, strange = ", ".join(allowed), ", ".join(unknown)
            raise BadSetting(f"{name} knows {known}, not {strange}.", f"{name} zna: {known}; nie: {strange}.")
        return given

    def keys(self, name: str) -> list[bytes]:
        """Keys of 32 bytes in base64, at least one. Raises BadSetting."""
        found = [_key(name, item) for item in self.items(name)]
        if not found:
            raise BadSetting(f"{name} holds no key.", f"{name} nie zawiera żadnego klucza.")
        return found


def _key(name: str, text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadSetting(f"{name} is not base64.", f"{name} nie jest zapisane w base64.") from error
    if len(key) != 32:
        raise BadSetting(
            f"{name} must be 32 bytes in base64, not {len(key)}.",
            f"{name} musi mieć 32 bajty w base64, nie {len(key)}.",
        )
    return key


def _is_public_key(text: str) -> bool:
    try:
        return len(bytes.fromhex(text)) == 32
    except ValueError:
        return False


def read_stored(path: Path) -> dict[str, str]:
    """The NAME=value lines of a settings file; empty when there is none. Raises BadSetting when it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise BadSetting(
            f"{path} cannot be read. Check its owner, and that it is text in UTF-8.",
            f"Nie można odczytać {path}. Sprawdź właściciela pliku i czy jest to tekst w UTF-8.",
        ) from error
    lines = (line.strip() for line in text.splitlines())
    pairs = (line.split("=", 1) for line in lines if line and not line.startswith("#") and "=" in line)
    return {name.strip(): value.strip() for name, value in pairs}
