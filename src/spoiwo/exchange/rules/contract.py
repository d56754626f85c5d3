"""The file contract: the standard columns of register extracts and facts files.

One table: reading, the mapping screen, the help page and docs/reference/register-extract.md follow it.
"""

from collections.abc import Mapping
from types import MappingProxyType

from spoiwo.clients.types import RegisterKind
from spoiwo.exchange.types import Column, Content

_DATE_EN = "Date as YYYY-MM-DD or DD.MM.YYYY."
_DATE_PL = "Data w postaci RRRR-MM-DD albo DD.MM.RRRR."

REGISTER_COLUMNS = (
    Column(
        name="local_id", length=60, mandatory=True, example="PUP-0000123",
        label_en="Number in the register", label_pl="Numer w rejestrze",
        english="The office's own number of the person, the same in every extract.",
        polish="Własny numer osoby w urzędzie, taki sam w każdym wyciągu.",
        synonyms=(
            "nr ewidencyjny", "numer ewidencyjny", "nr ewid", "id klienta", "id osoby", "identyfikator", "id",
            "nr klienta", "numer klienta", "nr w rejestrze", "numer w rejestrze", "id bezrobotnego", "nr osoby",
            "numer osoby", "identyfikator klienta", "identyfikator osoby", "nr rejestracyjny",
        ),
    ),
    Column(
        name="household_id", length=60, example="R-0045",
        label_en="Household number", label_pl="Numer rodziny",
        english="The same for people of one household.",
        polish="Taki sam dla osób z jednego gospodarstwa domowego.",
        synonyms=("nr rodziny", "numer rodziny", "id rodziny", "nr srodowiska", "numer srodowiska", "id gospodarstwa"),
    ),
    Column(
        name="pesel", content=Content.PESEL, length=20, example="44051401359",
        label_en="PESEL number", label_pl="Numer PESEL",
        english="Eleven digits. A number that looks wrong is taken and marked.",
        polish="Jedenaście cyfr. Numer, który wygląda na błędny, jest przyjmowany i oznaczany.",
        synonyms=("nr pesel", "numer pesel", "pesel klienta"),
    ),
    Column(
        name="document_kind", content=Content.DOCUMENT_KIND, example="ID",
        label_en="Kind of document", label_pl="Rodzaj dokumentu",
        english="ID, PASSPORT, RESIDENCE or OTHER.",
        polish="ID (dowód osobisty), PASSPORT (paszport), RESIDENCE (karta pobytu) albo OTHER (inny).",
        synonyms=("typ dokumentu", "dokument", "rodzaj dok", "rodzaj dokumentu tozsamosci"),
    ),
    Column(
        name="document_no", length=40, example="ABC123456",
        label_en="Document number", label_pl="Numer dokumentu",
        english="Series and number of the identity document.",
        polish="Seria i numer dokumentu tożsamości.",
        synonyms=("nr dokumentu", "seria i numer dokumentu", "seria i nr dokumentu", "dowod osobisty", "nr dowodu"),
    ),
    Column(
        name="first_name", length=80, mandatory=True, example="Jan",
        label_en="First name", label_pl="Imię",
        english="First name.", polish="Pierwsze imię.",
        synonyms=("imie", "imie pierwsze", "pierwsze imie", "imie 1", "imie1", "imiona"),
    ),
    Column(
        name="second_name", length=80, example="Józef",
        label_en="Second name", label_pl="Drugie imię",
        english="Second name.", polish="Drugie imię.",
        synonyms=("drugie imie", "imie drugie", "imie 2", "imie2"),
    ),
    Column(
        name="last_name", length=120, mandatory=True, example="Kowalski",
        label_en="Last name", label_pl="Nazwisko",
        english="Last name as it is now.", polish="Obecne nazwisko.",
        synonyms=("nazwisko",),
    ),
    Column(
        name="family_name", length=120, example="Nowak",
        label_en="Family name", label_pl="Nazwisko rodowe",
        english="Name at birth or before marriage.", polish="Nazwisko rodowe albo panieńskie.",
        synonyms=("nazwisko rodowe", "nazwisko panienskie", "nazwisko panienskie lub rodowe", "nazwisko poprzednie"),
    ),
    Column(
        name="birth_date", content=Content.PAST_DATE, example="1944-05-14",
        label_en="Date of birth", label_pl="Data urodzenia",
        english=_DATE_EN, polish=_DATE_PL,
        synonyms=("data urodzenia", "data ur", "data urodzenia dd mm rrrr", "ur", "dataur"),
    ),
    Column(
        name="sex", content=Content.SEX, example="M",
        label_en="Sex", label_pl="Płeć",
        english="K (woman) or M (man).", polish="K (kobieta) albo M (mężczyzna).",
        synonyms=("plec", "k m"),
    ),
    Column(
        name="citizenship", content=Content.COUNTRY, example="PL",
        label_en="Citizenship", label_pl="Obywatelstwo",
        english="Two letters of the country (ISO 3166), for example PL.",
        polish="Dwie litery kraju (ISO 3166), na przykład PL.",
        synonyms=("obywatelstwo", "kraj obywatelstwa"),
    ),
    Column(
        name="teryt", content=Content.TERYT, length=7, example="0801052",
        label_en="Commune (TERYT)", label_pl="Gmina (TERYT)",
        english="Seven digits of the commune where the person lives.",
        polish="Siedem cyfr gminy, w której osoba mieszka.",
        synonyms=("kod teryt", "kod teryt gminy", "gmina teryt", "teryt gminy", "kod gminy"),
    ),
    Column(
        name="place", length=80, example="Lubiszyn",
        label_en="Place", label_pl="Miejscowość",
        english="Town or village.", polish="Miasto albo wieś.",
        synonyms=("miejscowosc", "miasto", "poczta lub miejscowosc", "miejsce zamieszkania"),
    ),
    Column(
        name="postal_code", content=Content.POSTAL_CODE, length=10, example="66-433",
        label_en="Postal code", label_pl="Kod pocztowy",
        english="Postal code.", polish="Kod pocztowy.",
        synonyms=("kod pocztowy", "kod"),
    ),
    Column(
        name="street", length=120, example="Polna",
        label_en="Street", label_pl="Ulica",
        english="Street, without the number of the house.", polish="Ulica, bez numeru domu.",
        synonyms=("ulica", "nazwa ulicy"),
    ),
    Column(
        name="house", length=20, example="12A",
        label_en="House number", label_pl="Numer domu",
        english="Number of the house.", polish="Numer domu.",
        synonyms=("nr domu", "numer domu", "nr budynku", "numer budynku", "dom"),
    ),
    Column(
        name="flat", length=20, example="3",
        label_en="Flat number", label_pl="Numer mieszkania",
        english="Number of the flat.", polish="Numer mieszkania.",
        synonyms=("nr mieszkania", "numer mieszkania", "nr lokalu", "numer lokalu", "lokal"),
    ),
    Column(
        name="phone", length=40, example="600 000 000",
        label_en="Telephone", label_pl="Telefon",
        english="Telephone number.", polish="Numer telefonu.",
        synonyms=("telefon", "tel", "nr telefonu", "numer telefonu", "telefon komorkowy"),
    ),
    Column(
        name="email", length=120, example="osoba@example.pl",
        label_en="E-mail", label_pl="Adres e-mail",
        english="E-mail address.", polish="Adres poczty elektronicznej.",
        synonyms=("e mail", "adres e mail", "adres email", "mail"),
    ),
    Column(
        name="status", content=Content.STATUS, example="unemployed_with_benefit",
        label_en="Status", label_pl="Status",
        english="One of the status codes below.", polish="Jeden z kodów statusu podanych niżej.",
        synonyms=(
            "status", "kod statusu", "forma pomocy", "status osoby", "status klienta", "rodzaj zasilku",
            "rodzaj swiadczenia",
        ),
    ),
    Column(
        name="status_from", content=Content.DATE, example="2026-01-15",
        label_en="Status from", label_pl="Status od",
        english=_DATE_EN, polish=_DATE_PL,
        synonyms=("status od", "od", "data rejestracji", "data od", "data przyznania"),
    ),
    Column(
        name="status_to", content=Content.DATE, example="2026-07-14",
        label_en="Status to", label_pl="Status do",
        english=_DATE_EN, polish=_DATE_PL,
        synonyms=("status do", "do", "data do", "prawo do zasilku do", "data wyrejestrowania"),
    ),
    Column(
        name="case_ref", length=80, example="PS.8121.15.2026",
        label_en="Case reference", label_pl="Znak sprawy",
        english="Reference of the case file.", polish="Znak albo numer sprawy.",
        synonyms=(
            "znak sprawy", "nr akt", "numer akt", "nr sprawy", "numer sprawy", "nr teczki", "numer teczki", "teczka",
        ),
    ),
    Column(
        name="worker", length=120, example="Doradca 3",
        label_en="Responsible worker", label_pl="Osoba prowadząca",
        english="Who works with the person.", polish="Kto pracuje z osobą.",
        synonyms=("pracownik", "pracownik socjalny", "doradca klienta", "doradca", "prowadzacy", "osoba prowadzaca"),
    ),
    Column(
        name="updated_at", content=Content.DATE, example="2026-11-02",
        label_en="Updated on", label_pl="Data aktualizacji",
        english="When the office last changed the record. " + _DATE_EN,
        polish="Kiedy urząd ostatnio zmienił dane. " + _DATE_PL,
        synonyms=("data aktualizacji", "data ostatniej zmiany", "stan na dzien", "data zmiany", "aktualizacja"),
    ),
)  # fmt: skip

FACT_COLUMNS = (
    Column(
        name="local_id", length=60, mandatory=True, example="PUP-0000123",
        label_en="Number in the register", label_pl="Numer w rejestrze",
        english="The number under which the person stands in the register extract.",
        polish="Numer, pod którym osoba jest w wyciągu z rejestru.",
        synonyms=REGISTER_COLUMNS[0].synonyms,
    ),
    Column(
        name="category", content=Content.CATEGORY, example="benefits",
        label_en="Category", label_pl="Kategoria",
        english="One of the categories below; empty: the category of the kind.",
        polish="Jedna z kategorii podanych niżej; puste: kategoria wynikająca z rodzaju.",
        synonyms=("kategoria",),
    ),
    Column(
        name="kind", content=Content.FACT_KIND, mandatory=True, example="permanent_allowance",
        label_en="Kind", label_pl="Rodzaj",
        english="One of the kinds below.", polish="Jeden z rodzajów podanych niżej.",
        synonyms=("rodzaj", "rodzaj faktu", "typ"),
    ),
    Column(
        name="value", length=200, example="1000,00",
        label_en="Value", label_pl="Wartość",
        english="A figure or a word.", polish="Liczba albo słowo.",
        synonyms=("wartosc", "kwota", "tresc"),
    ),
    Column(
        name="unit", length=20, example="PLN",
        label_en="Unit", label_pl="Jednostka",
        english="Unit of the value.", polish="Jednostka wartości.",
        synonyms=("jednostka", "jm"),
    ),
    Column(
        name="from", content=Content.DATE, example="2026-02-01",
        label_en="From", label_pl="Od",
        english=_DATE_EN, polish=_DATE_PL, synonyms=("od", "data od", "od dnia"),
    ),
    Column(
        name="to", content=Content.DATE, example="2026-12-31",
        label_en="To", label_pl="Do",
        english=_DATE_EN, polish=_DATE_PL, synonyms=("do", "data do", "do dnia"),
    ),
    Column(
        name="note", length=300, example="decyzja stała",
        label_en="Note", label_pl="Uwagi",
        english="A short note.", polish="Krótka uwaga.",
        synonyms=("uwagi", "uwaga", "notatka", "opis"),
    ),
)  # fmt: skip

COLUMNS: Mapping[RegisterKind, tuple[Column, ...]] = MappingProxyType(
    {RegisterKind.REGISTER: REGISTER_COLUMNS, RegisterKind.FACTS: FACT_COLUMNS}
)
_BY_NAME = {kind: {found.name: found for found in columns} for kind, columns in COLUMNS.items()}


def column(kind: RegisterKind, name: str) -> Column:
    """The standard column of this name. Raises KeyError."""
    return _BY_NAME[kind][name]


def names(kind: RegisterKind) -> tuple[str, ...]:
    """Names of the standard columns in their order."""
    return tuple(found.name for found in COLUMNS[kind])


def mandatory(kind: RegisterKind) -> tuple[str, ...]:
    """Names of the columns without which no row can be read."""
    return tuple(found.name for found in COLUMNS[kind] if found.mandatory)
