"""The columns that sheets of the support register may hold, and what centres write in coded ones."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from spoiwo.exchange.types import Column, Content, SheetKind
from spoiwo.support.types import DeliveryKind, EventKind, LabourStatus, Mode, RecipientKind

YES, NO = "yes", "no"
_DATE = ("Date as YYYY-MM-DD or DD.MM.YYYY.", "Data w postaci RRRR-MM-DD albo DD.MM.RRRR.")


def _column(name: str, labels: tuple[str, str], texts: tuple[str, str], example: str, **more: Any) -> Column:
    """labels, texts: English, Polish."""
    return Column(
        name=name,
        label_en=labels[0],
        label_pl=labels[1],
        english=texts[0],
        polish=texts[1],
        example=example,
        **more,
    )


_MINUTES = _column(
    "minutes",
    ("Minutes", "Minuty"),
    ("How many minutes; this or hours.", "Ile minut; to albo godziny."),
    "90",
    content=Content.NUMBER,
    synonyms=("liczba minut", "czas w minutach", "czas min", "minut"),
)
_HOURS = _column(
    "hours",
    ("Hours", "Godziny"),
    ("How many hours, as 1,5 or 1:30.", "Ile godzin, jako 1,5 albo 1:30."),
    "1,5",
    content=Content.DURATION,
    synonyms=("liczba godzin", "czas", "czas trwania", "czas w godzinach", "godz", "ilosc godzin"),
)
_NUMBER = _column(
    "number",
    ("NIP or REGON", "NIP albo REGON"),
    ("Of an entity.", "Podmiotu."),
    "5250007738",
    length=20,
    synonyms=("nip", "regon", "nip podmiotu", "nip regon"),
)
_SOCIAL = _column(
    "is_social",
    ("Social economy entity", "Podmiot ekonomii społecznej"),
    ("yes or no; yes when empty.", "tak albo nie; puste znaczy tak."),
    "tak",
    content=Content.YES_NO,
    synonyms=("pes", "czy pes", "podmiot es"),
)
_PROJECT = _column(
    "project",
    ("Project", "Projekt"),
    (
        "Name or contract number of a project of the register.",
        "Nazwa albo numer umowy projektu z rejestru.",
    ),
    "OWES 2021",
    length=250,
    synonyms=("nazwa projektu", "numer projektu", "nr projektu"),
)
_PLACE = _column(
    "place",
    ("Place", "Miejsce"),
    ("Where it was given.", "Gdzie udzielono."),
    "Gorzów",
    length=120,
    synonyms=("miejscowosc", "miejsce udzielenia"),
)
_TERYT = _column(
    "teryt",
    ("Commune or county (TERYT)", "Gmina albo powiat (TERYT)"),
    ("Seven digits of a commune or four of a county.", "Siedem cyfr gminy albo cztery powiatu."),
    "0801052",
    content=Content.TERYT,
    length=7,
    synonyms=("kod teryt", "kod gminy", "gmina teryt", "powiat teryt"),
)
_HEADCOUNT = _column(
    "anonymous_headcount",
    ("People without names", "Osoby bez nazwiska"),
    ("How many more were there.", "Ile osób było poza tym."),
    "12",
    content=Content.NUMBER,
    synonyms=("liczba osob", "ilosc osob", "liczba uczestnikow"),
)
PERSON_COLUMNS = (
    _column(
        "first_last",
        ("First and last name", "Imię i nazwisko"),
        ("The first name, then the last.", "Najpierw imię, potem nazwisko."),
        "Ewa Próbna",
        length=200,
        synonyms=("imie nazwisko", "imiona i nazwisko", "osoba", "uczestnik"),
    ),
    _column(
        "last_first",
        ("Last and first name", "Nazwisko i imię"),
        ("The last name, then the first.", "Najpierw nazwisko, potem imię."),
        "Próbna Ewa",
        length=200,
        synonyms=("nazwisko imie", "nazwisko oraz imie"),
    ),
    _column(
        "first_name",
        ("First name", "Imię"),
        ("First name.", "Imię."),
        "Ewa",
        length=80,
        synonyms=("imie", "imiona"),
    ),
    _column(
        "last_name",
        ("Last name", "Nazwisko"),
        ("Last name.", "Nazwisko."),
        "Próbna",
        length=120,
        synonyms=("nazwisko",),
    ),
    _column(
        "pesel",
        ("PESEL number", "Numer PESEL"),
        ("Eleven digits.", "Jedenaście cyfr."),
        "44051401359",
        content=Content.PESEL,
        length=20,
        synonyms=("nr pesel", "numer pesel"),
    ),
    _column(
        "birth_date",
        ("Date of birth", "Data urodzenia"),
        _DATE,
        "1944-05-14",
        content=Content.DATE,
        synonyms=("data ur", "ur"),
    ),
    _column(
        "labour_status",
        ("On the labour market", "Na rynku pracy"),
        (
            "unemployed, inactive, employed, student or unknown.",
            "bezrobotny, bierny, pracujący, uczący się albo nieznany.",
        ),
        "bezrobotny",
        content=Content.LABOUR,
        synonyms=("status na rynku pracy", "status zawodowy", "status osoby", "sytuacja zawodowa"),
    ),
)
SUPPORT_COLUMNS = (
    _column(
        "day",
        ("Day", "Dzień"),
        _DATE,
        "2021-03-15",
        content=Content.DATE,
        mandatory=True,
        synonyms=("data", "data porady", "data udzielenia", "data uslugi", "data wsparcia", "termin"),
    ),
    _MINUTES,
    _HOURS,
    _column(
        "recipient",
        ("Kind of recipient", "Rodzaj odbiorcy"),
        (
            "person, entity or group; told from the other columns when empty.",
            "osoba, podmiot albo grupa; gdy puste, poznajemy po innych kolumnach.",
        ),
        "osoba",
        content=Content.RECIPIENT,
        synonyms=("typ odbiorcy", "odbiorca typ", "typ klienta"),
    ),
    _column(
        "name",
        ("Name", "Nazwa"),
        (
            "Of an entity or a group; with a kind of recipient also of a person.",
            "Podmiotu albo grupy; przy podanym rodzaju odbiorcy także osoby.",
        ),
        "Spółdzielnia Przykład",
        length=250,
        synonyms=(
            "odbiorca",
            "klient",
            "nazwa podmiotu",
            "podmiot",
            "beneficjent",
            "komu",
            "kto",
        ),
    ),
    *PERSON_COLUMNS,
    _NUMBER,
    _SOCIAL,
    _column(
        "kind",
        ("Kind of support", "Rodzaj wsparcia"),
        (
            "general, specialist, animation, tutoring, mediation, psychological, career or other.",
            "porada ogólna, porada specjalistyczna, animacja, tutoring, mediacja, psychologiczne, zawodowe albo inne.",
        ),
        "porada ogólna",
        content=Content.DELIVERY,
        synonyms=("rodzaj porady", "rodzaj uslugi", "typ porady", "typ wsparcia", "forma wsparcia", "usluga"),
    ),
    _column(
        "mode",
        ("How", "Jak"),
        ("office, visit, online, phone or email.", "w ośrodku, u odbiorcy, online, telefon albo e-mail."),
        "telefon",
        content=Content.MODE,
        synonyms=("sposob", "forma kontaktu", "tryb", "forma"),
    ),
    _column(
        "topic",
        ("Topic", "Temat"),
        ("What it was about.", "Czego dotyczyło."),
        "statut",
        length=300,
        synonyms=("zakres", "zakres porady", "tematyka", "przedmiot", "opis"),
    ),
    _column(
        "adviser",
        ("Who gave it", "Kto udzielił"),
        (
            "Somebody who works at the centre; empty: whoever brings the sheet in.",
            "Osoba pracująca w ośrodku; puste: kto wczytuje arkusz.",
        ),
        "Anna Doradcza",
        content=Content.STAFF,
        synonyms=("doradca", "ekspert", "pracownik", "specjalista", "animator"),
    ),
    _PROJECT,
    _PLACE,
    _TERYT,
    _HEADCOUNT,
)
KFS_COLUMNS = (
    _column(
        "first_day", ("First day", "Pierwszy dzień"), _DATE, "2015-01-01", content=Content.DATE, mandatory=True,
        synonyms=("od", "data od", "okres od", "poczatek"),
    ),
    _column(
        "last_day", ("Last day", "Ostatni dzień"), _DATE, "2015-12-31", content=Content.DATE, mandatory=True,
        synonyms=("do", "data do", "okres do", "koniec"),
    ),
    _column(
        "priority", ("Priority", "Priorytet"), ("Priority of the year.", "Priorytet wydatkowania roku."), "45+",
        length=200, mandatory=True, synonyms=("priorytet wydatkowania", "nazwa priorytetu"),
    ),
    _column(
        "employers", ("Employers", "Pracodawcy"), ("How many.", "Ilu."), "29", content=Content.NUMBER, mandatory=True,
        synonyms=("liczba pracodawcow", "ilosc pracodawcow", "podmioty", "pracodawcow"),
    ),
    _column(
        "people", ("People", "Osoby"), ("How many were trained.", "Ile osób przeszkolono."), "89",
        content=Content.NUMBER, mandatory=True,
        synonyms=("liczba osob", "liczba uczestnikow", "uczestnicy", "przeszkoleni", "liczba pracownikow"),
    ),
    _column(
        "amount_pln", ("Amount, zlotys", "Kwota, zł"), ("Money granted.", "Kwota przyznana."), "179 000,00",
        content=Content.MONEY, mandatory=True, synonyms=("kwota", "srodki", "wydatki", "kwota pln", "wartosc"),
    ),
    _column(
        "wording", ("Whom the source calls the people", "Jak źródło nazywa osoby"),
        ("Kept beside the figure.", "Zapisujemy obok liczby."), "pracownicy", length=120, synonyms=("uwagi",),
    ),
)  # fmt: skip
EVENT_COLUMNS = (
    _column(
        "title", ("Title", "Tytuł"), ("Of the event.", "Wydarzenia."), "Statut spółdzielni", length=180, mandatory=True,
        synonyms=("nazwa szkolenia", "temat szkolenia", "szkolenie", "nazwa wydarzenia", "wydarzenie", "temat"),
    ),
    _column(
        "kind", ("Kind of event", "Rodzaj wydarzenia"),
        (
            "training, study_visit, seminar, conference, fair, information, cycle or networking; training when empty.",
            "szkolenie, wizyta studyjna, seminarium, konferencja, targi, spotkanie informacyjne, cykl spotkań albo "
            "spotkanie sieciujące; puste znaczy szkolenie.",
        ),
        "szkolenie", content=Content.EVENT, synonyms=("typ wydarzenia", "forma", "rodzaj szkolenia", "rodzaj"),
    ),
    _column(
        "day", ("Day", "Dzień"), _DATE, "2021-03-15", content=Content.DATE, mandatory=True,
        synonyms=("data", "data szkolenia", "data wydarzenia", "termin", "data od", "data rozpoczecia"),
    ),
    _column(
        "last_day", ("Last day", "Ostatni dzień"),
        ("When one row stands for several days.", "Gdy jeden wiersz obejmuje kilka dni."), "2021-03-16",
        content=Content.DATE, synonyms=("data do", "data zakonczenia"),
    ),
    _column(
        "edition", ("Edition", "Edycja"),
        (
            "Joins days of one event: rows of one title and edition are one event, each day a session.",
            "Łączy dni jednego wydarzenia: ten sam tytuł i edycja to jedno wydarzenie, każdy dzień to zajęcia.",
        ),
        "I", length=60, synonyms=("grupa szkoleniowa", "nr edycji", "numer edycji", "nr szkolenia", "nr grupy"),
    ),
    _MINUTES,
    _HOURS,
    _column(
        "lasted", ("How long it lasted", "Jak długo trwało"),
        (
            "Hours of that day or row, as 1,5 or 1:30, when some were there for less.",
            "Godziny tego dnia albo wiersza, jako 1,5 albo 1:30, gdy ktoś był krócej.",
        ),
        "6", content=Content.DURATION, synonyms=("czas szkolenia", "wymiar", "wymiar godzin", "godziny szkolenia"),
    ),
    *PERSON_COLUMNS,
    _column(
        "name", ("Entity represented", "Reprezentowany podmiot"), ("Its name.", "Jego nazwa."),
        "Spółdzielnia Przykład", length=250,
        synonyms=("podmiot", "nazwa podmiotu", "instytucja", "organizacja", "nazwa instytucji", "reprezentuje"),
    ),
    _NUMBER,
    _SOCIAL,
    _PROJECT,
    _PLACE,
    _TERYT,
    _HEADCOUNT,
)  # fmt: skip
COLUMNS: Mapping[SheetKind, tuple[Column, ...]] = MappingProxyType(
    {SheetKind.SUPPORT: SUPPORT_COLUMNS, SheetKind.EVENTS: EVENT_COLUMNS, SheetKind.KFS: KFS_COLUMNS}
)
WORDS: Mapping[Content, Mapping[str, tuple[str, ...]]] = {
    Content.RECIPIENT: {
        RecipientKind.PERSON: ("osoba", "osoba fizyczna", "osoba indywidualna", "o"),
        RecipientKind.ENTITY: ("podmiot", "pes", "ngo", "organizacja", "instytucja", "jst", "firma", "p"),
        RecipientKind.GROUP: ("grupa", "grupa inicjatywna", "g"),
    },
    Content.DELIVERY: {
        DeliveryKind.GENERAL: ("porada ogolna", "doradztwo ogolne", "ogolne", "ogolna", "porada", "doradztwo"),
        DeliveryKind.SPECIALIST: (
            "porada specjalistyczna", "doradztwo specjalistyczne", "specjalistyczne", "specjalistyczna", "prawne",
            "ksiegowe", "marketingowe", "biznesowe", "finansowe",
        ),
        DeliveryKind.ANIMATION: ("animacja", "animacyjne"),
        DeliveryKind.TUTORING: ("tutoring", "opieka tutora"),
        DeliveryKind.MEDIATION: ("mediacja", "mediacje"),
        DeliveryKind.PSYCHOLOGICAL: ("psychologiczne", "wsparcie psychologiczne", "psycholog"),
        DeliveryKind.CAREER: ("zawodowe", "doradztwo zawodowe", "doradca zawodowy"),
        DeliveryKind.OTHER: ("inne", "inna", "inny"),
    },
    Content.MODE: {
        Mode.OFFICE: ("w osrodku", "osrodek", "biuro", "w biurze", "stacjonarnie"),
        Mode.VISIT: ("u odbiorcy", "wyjazd", "wizyta", "w terenie", "u klienta"),
        Mode.ONLINE: ("online", "on-line", "zdalnie", "internet"),
        Mode.PHONE: ("telefon", "telefonicznie", "telefoniczna"),
        Mode.EMAIL: ("e-mail", "mail", "mailowo", "e-mailowo", "poczta"),
    },
    Content.LABOUR: {
        LabourStatus.UNEMPLOYED: ("bezrobotny", "bezrobotna", "osoba bezrobotna"),
        LabourStatus.INACTIVE: ("bierny", "bierna", "bierny zawodowo", "bierna zawodowo", "nieaktywny"),
        LabourStatus.EMPLOYED: ("pracujacy", "pracujaca", "zatrudniony", "zatrudniona"),
        LabourStatus.STUDENT: ("uczacy sie", "uczaca sie", "uczen", "student"),
        LabourStatus.UNKNOWN: ("nieznany", "brak danych", "nie pytano"),
    },
    Content.EVENT: {
        EventKind.TRAINING: ("szkolenie", "warsztaty", "warsztat", "kurs"),
        EventKind.STUDY_VISIT: ("wizyta studyjna", "wizyta"),
        EventKind.SEMINAR: ("seminarium",),
        EventKind.CONFERENCE: ("konferencja",),
        EventKind.FAIR: ("targi", "kiermasz"),
        EventKind.INFORMATION: ("spotkanie informacyjne", "informacyjne", "dzien otwarty"),
        EventKind.CYCLE: ("cykl spotkan", "spotkanie animacyjne"),
        EventKind.NETWORKING: ("spotkanie sieciujace", "sieciujace", "networking"),
    },
    Content.YES_NO: {YES: ("tak", "t", "pes", "1"), NO: ("nie", "n", "0")},
}  # fmt: skip
