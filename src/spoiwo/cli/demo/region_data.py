"""The demonstration region on paper: real institutions, invented staff, a demonstration agreement.

The institutions are those that the partnership's minutes and reports of 2015 and 2016 name; what those do not
say (numbers, addresses, telephones) is left empty. All people are invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from spoiwo.access.types import Category
from spoiwo.institutions.types import Kind, Role

PASSWORD = "pokaz-spoiwo-2026"  # noqa: S105 - printed at every start of the demonstration
DOMAIN = "demo.spoiwo.example"
OPERATOR = ("operator", "Platforma Pokazowa")

PUP_GORZOW = "pup-gorzow"
OPS_LUBISZYN = "gops-lubiszyn"
OPS_DESZCZNO = "gops-deszczno"
PUP_ZAGAN = "pup-zagan"
OWES_GORZOW = "owes-gorzow"
FUNDACJA_KOBIET = "fundacja-kobiet"
LWSH_ZARY = "lwsh-zary"
WUP = "wup-zielona-gora"
ROPS = "rops-zielona-gora"
CIS = "cis-pokazowe"
FOUNDATION = "fundacja-pokazowa"


@dataclass(frozen=True, slots=True)
class Entry:
    """An institution of the directory. teryt: where it sits; area: the unit it serves."""

    code: str
    name: str
    short_name: str
    kinds: tuple[Kind, ...]
    place: str
    teryt: str = ""
    area: str = ""


GORZOW, ZIELONA_GORA = "0861011", "0862011"
INSTITUTIONS = (
    Entry(
        PUP_GORZOW,
        "Powiatowy Urząd Pracy w Gorzowie Wielkopolskim",
        "PUP Gorzów",
        (Kind.PUP,),
        "Gorzów Wielkopolski",
        GORZOW,
        "0861",
    ),
    Entry(PUP_ZAGAN, "Powiatowy Urząd Pracy w Żaganiu", "PUP Żagań", (Kind.PUP,), "Żagań", "0810021", "0810"),
    Entry(
        "pup-strzelce",
        "Powiatowy Urząd Pracy w Strzelcach Krajeńskich",
        "PUP Strzelce Krajeńskie",
        (Kind.PUP,),
        "Strzelce Krajeńskie",
        "0806043",
        "0806",
    ),
    Entry(
        WUP,
        "Wojewódzki Urząd Pracy w Zielonej Górze",
        "WUP Zielona Góra",
        (Kind.WUP,),
        "Zielona Góra",
        ZIELONA_GORA,
        "08",
    ),
    Entry(
        ROPS,
        "Regionalny Ośrodek Polityki Społecznej w Zielonej Górze",
        "ROPS Zielona Góra",
        (Kind.ROPS,),
        "Zielona Góra",
        ZIELONA_GORA,
        "08",
    ),
    Entry(
        OPS_LUBISZYN,
        "Gminny Ośrodek Pomocy Społecznej w Lubiszynie",
        "GOPS Lubiszyn",
        (Kind.OPS,),
        "Lubiszyn",
        "0801052",
        "0801052",
    ),
    Entry(
        OPS_DESZCZNO,
        "Gminny Ośrodek Pomocy Społecznej w Deszcznie",
        "GOPS Deszczno",
        (Kind.OPS, Kind.KIS),
        "Deszczno",
        "0801032",
        "0801032",
    ),
    Entry(
        "pcpr-gorzow",
        "Powiatowe Centrum Pomocy Rodzinie w Gorzowie Wielkopolskim",
        "PCPR Gorzów",
        (Kind.PCPR,),
        "Gorzów Wielkopolski",
        GORZOW,
        "0801",
    ),
    Entry(
        "gcpr-gorzow",
        "Gorzowskie Centrum Pomocy Rodzinie",
        "GCPR",
        (Kind.PCPR,),
        "Gorzów Wielkopolski",
        GORZOW,
        "0861",
    ),
    Entry(
        OWES_GORZOW,
        "Ośrodek Wsparcia Ekonomii Społecznej w Gorzowie Wielkopolskim",
        "OWES Gorzów",
        (Kind.OWES,),
        "Gorzów Wielkopolski",
        GORZOW,
    ),
    Entry(
        "owes-zielonogorski",
        "Ośrodek Wsparcia Ekonomii Społecznej, subregion zielonogórski",
        "OWES zielonogórski",
        (Kind.OWES,),
        "",
    ),
    Entry(
        "kw-ohp-gorzow",
        "Komenda Wojewódzka OHP w Gorzowie Wielkopolskim",
        "KW OHP Gorzów",
        (Kind.OHP,),
        "Gorzów Wielkopolski",
        GORZOW,
        "08",
    ),
    Entry(
        FUNDACJA_KOBIET,
        "Fundacja Kobiet w Gorzowie Wielkopolskim",
        "Fundacja Kobiet",
        (Kind.FOUNDATION,),
        "Gorzów Wielkopolski",
        GORZOW,
    ),
    Entry(
        "fundacja-animacji-kobiet",
        "Fundacja Animacji Kobiet w Gorzowie Wielkopolskim",
        "Fundacja Animacji Kobiet",
        (Kind.FOUNDATION,),
        "Gorzów Wielkopolski",
        GORZOW,
    ),
    Entry(
        "wzdz-gorzow",
        "Wojewódzki Zakład Doskonalenia Zawodowego w Gorzowie Wielkopolskim",
        "WZDZ Gorzów",
        (Kind.OTHER,),
        "Gorzów Wielkopolski",
        GORZOW,
    ),
    Entry(
        LWSH_ZARY,
        "Łużycka Wyższa Szkoła Humanistyczna w Żarach",
        "ŁWSH Żary",
        (Kind.SCHOOL,),
        "Żary",
        "0811021",
    ),
    Entry(
        "stowarzyszenie-na-rzecz-osob",
        "Stowarzyszenie na rzecz Osób z Upośledzeniem Umysłowym w Gorzowie Wielkopolskim",
        "Stowarzyszenie na rzecz Osób z UU",
        (Kind.ASSOCIATION,),
        "Gorzów Wielkopolski",
        GORZOW,
    ),
)


# Those who give services in the demonstration are invented, and sign no agreement of the partnership.
PROVIDERS = (
    Entry(
        CIS,
        "Centrum Integracji Społecznej w Gorzowie Wielkopolskim (placówka zmyślona)",
        "CIS Pokazowe",
        (Kind.CIS,),
        "Gorzów Wielkopolski",
        GORZOW,
    ),
    Entry(
        FOUNDATION,
        "Fundacja Pokazowa w Gorzowie Wielkopolskim (placówka zmyślona)",
        "Fundacja Pokazowa",
        (Kind.FOUNDATION,),
        "Gorzów Wielkopolski",
        GORZOW,
    ),
)


@dataclass(frozen=True, slots=True)
class Worker:
    """An invented member of staff; the address tells role and office, so that it can be guessed in a demonstration."""

    email: str
    name: str
    institution: str
    role: Role


_MAILBOX = {
    Role.CASE_WORKER: "pracownik",
    Role.REGISTRAR: "rejestr",
    Role.REVIEWER: "tozsamosc",
    Role.SUPERVISOR: "nadzor",
    Role.DIRECTOR: "dyrekcja",
    Role.LOCAL_ADMIN: "administrator",
    Role.IOD: "iod",
}
_OFFICES = {
    PUP_GORZOW: (
        "pup",
        (
            "Maria Wilczek",
            "Adam Sokół",
            "Ewa Brzoza",
            "Jan Lipiec",
            "Anna Dębska",
            "Piotr Kalina",
            "Zofia Jawor",
        ),
    ),
    OPS_LUBISZYN: (
        "lubiszyn",
        (
            "Alicja Wrzos",
            "Tomasz Klon",
            "Julia Malwa",
            "Marek Głóg",
            "Irena Leszczyna",
            "Paweł Cis",
            "Hanna Tarnina",
        ),
    ),
    OPS_DESZCZNO: (
        "deszczno",
        (
            "Beata Rdest",
            "Łukasz Modrzew",
            "Ola Szałwia",
            "Karol Jesion",
            "Wanda Kosaciec",
            "Filip Buk",
            "Nina Jodła",
        ),
    ),
}


def staff() -> Iterator[Worker]:
    """One worker per role at each office with a register, and one at an office that no agreement covers."""
    for code, (place, names) in _OFFICES.items():
        for (role, mailbox), name in zip(_MAILBOX.items(), names, strict=True):
            yield Worker(f"{mailbox}.{place}@{DOMAIN}", name, code, role)
    yield Worker(f"pracownik.zagan@{DOMAIN}", "Róża Perz", PUP_ZAGAN, Role.CASE_WORKER)
    yield Worker(f"pracownik.cis@{DOMAIN}", "Jagoda Turzyca", CIS, Role.CASE_WORKER)
    yield Worker(f"doradca.owes@{DOMAIN}", "Dorota Berberys", OWES_GORZOW, Role.SUPPORT_ADVISER)
    yield Worker(f"projekty.fundacja@{DOMAIN}", "Danuta Melisa", FUNDACJA_KOBIET, Role.SUPPORT_ADVISER)
    yield Worker(f"projekty.lwsh@{DOMAIN}", "Ireneusz Dzięgiel", LWSH_ZARY, Role.SUPPORT_ADVISER)
    yield Worker(f"nadzor.owes@{DOMAIN}", "Leon Grab", OWES_GORZOW, Role.SUPERVISOR)
    yield Worker(f"sekretariat.wup@{DOMAIN}", "Iga Trzmielina", WUP, Role.SECRETARY)
    yield Worker(f"dyrekcja.wup@{DOMAIN}", "Jacek Wiąz", WUP, Role.DIRECTOR)
    yield Worker(f"analityk.rops@{DOMAIN}", "Helena Olsza", ROPS, Role.ANALYST)
    yield Worker(f"dyrekcja.rops@{DOMAIN}", "Marta Wierzba", ROPS, Role.DIRECTOR)
    yield Worker(f"nadzor.rops@{DOMAIN}", "Igor Sumak", ROPS, Role.SUPERVISOR)


def worker_of(institution: str, role: Role) -> Worker:
    """The worker of this role there."""
    return next(one for one in staff() if one.institution == institution and one.role == role)


AGREEMENT = "DEMO/1/2026"
AGREEMENT_TITLE = "Porozumienie pokazowe o wymianie danych o wspólnych klientach"
AGREEMENT_FROM = date(2026, 1, 2)
STALE_AFTER_DAYS = 30
SHARED = tuple(category for category in Category if category is not Category.SENSITIVE)
PURPOSES = (  # purpose, legal basis with version; the first is pre-selected for people in the own register
    ("joint-support", "labour-market", 2),
    ("benefit-decision", "social-assistance-105", 1),
    ("joint-plan", "social-assistance-100", 1),
)
