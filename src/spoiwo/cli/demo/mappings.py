"""The two offices' own layouts: headers, codes, dates; to write their extracts and to read them."""

from collections.abc import Mapping
from dataclasses import dataclass

from spoiwo.cli.demo import codes


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeMapping:
    """How one office's program writes an extract.

    columns: standard column -> the office's header, in the office's order; standard columns that
             the office does not keep are absent.
    values:  standard column -> the office's code -> the standard code.
    ignored: headers in the file that stand for no standard column.
    date_format: as strptime reads it, for every column with a date.
    """

    name: str
    encoding: str
    delimiter: str
    date_format: str
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    ignored: tuple[str, ...]


DATE_COLUMNS = ("birth_date", "status_from", "status_to", "updated_at")

PUP_MAPPING = OfficeMapping(
    name="PUP: zestawienie klientów",
    encoding="cp1250",
    delimiter=";",
    date_format="%d.%m.%Y",
    ignored=("Lp.",),
    columns={
        "local_id": "Nr ewidencyjny",
        "pesel": "PESEL",
        "last_name": "Nazwisko",
        "first_name": "Imię",
        "second_name": "Drugie imię",
        "family_name": "Nazwisko rodowe",
        "birth_date": "Data urodzenia (DD.MM.RRRR)",
        "sex": "Płeć",
        "citizenship": "Obywatelstwo",
        "document_kind": "Rodzaj dokumentu",
        "document_no": "Seria i numer dokumentu",
        "place": "Miejscowość",
        "postal_code": "Kod pocztowy",
        "street": "Ulica",
        "house": "Nr budynku",
        "flat": "Nr lokalu",
        "teryt": "Kod TERYT gminy",
        "phone": "Telefon",
        "email": "Adres e-mail",
        "status": "Kod statusu",
        "status_from": "Data rejestracji",
        "status_to": "Prawo do zasiłku do",
        "case_ref": "Nr akt",
        "worker": "Doradca klienta",
        "updated_at": "Data ostatniej zmiany",
    },
    values={
        "sex": {"Kobieta": "K", "Mężczyzna": "M"},
        "citizenship": {
            "polskie": "PL",
            "ukraińskie": "UA",
            "białoruskie": "BY",
            "gruzińskie": "GE",
            "wietnamskie": "VN",
        },
        "document_kind": {"DO": "ID", "PA": "PASSPORT", "KP": "RESIDENCE", "IN": "OTHER"},
        "status": {
            "BZP": codes.WITH_BENEFIT,
            "BBZ": codes.WITHOUT_BENEFIT,
            "POP": codes.JOBSEEKER,
            "WYR": codes.NO_LONGER_SERVED,
        },
    },
)

OPS_MAPPING = OfficeMapping(
    name="OPS: lista świadczeniobiorców",
    encoding="utf-8",
    delimiter=",",
    date_format="%Y-%m-%d",
    ignored=("Rejon opiekuńczy",),
    columns={
        "local_id": "ID klienta",
        "household_id": "Nr rodziny",
        "first_name": "Imię",
        "last_name": "Nazwisko",
        "second_name": "Imię 2",
        "family_name": "Nazwisko panieńskie lub rodowe",
        "pesel": "Nr PESEL",
        "birth_date": "Data ur.",
        "sex": "K/M",
        "citizenship": "Kraj obywatelstwa",
        "document_kind": "Dokument",
        "document_no": "Nr dokumentu",
        "street": "Ulica",
        "house": "Nr domu",
        "flat": "Nr mieszkania",
        "postal_code": "Kod",
        "place": "Poczta lub miejscowość",
        "teryt": "Gmina (TERYT)",
        "phone": "Tel.",
        "status": "Forma pomocy",
        "status_from": "Od",
        "status_to": "Do",
        "case_ref": "Znak sprawy",
        "worker": "Pracownik socjalny",
        "updated_at": "Stan na dzień",
    },
    values={
        "citizenship": {"Polska": "PL", "Ukraina": "UA", "Białoruś": "BY", "Gruzja": "GE", "Wietnam": "VN"},
        "document_kind": {
            "dowód osobisty": "ID",
            "paszport": "PASSPORT",
            "karta pobytu": "RESIDENCE",
            "inny": "OTHER",
        },
        "status": {
            "zasiłek stały": codes.LONG_TERM_BENEFIT,
            "zasiłek okresowy": codes.TEMPORARY_BENEFIT,
            "asystent rodziny": codes.FAMILY_ASSISTANT,
            "bierny zawodowo": codes.INACTIVE,
            "członek rodziny": codes.OTHER,
            "pomoc zakończona": codes.NO_LONGER_SERVED,
        },
    },
)
