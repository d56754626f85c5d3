"""The demonstration partnership on paper: what the minutes of 2015 and the report of 2016 say, without anybody's name.

Topics, conclusions, addressees and deadlines are in the words of those texts. What they do not say is plainly
unknown (days) or invented (institutions "przykładowa"); nothing is guessed.
"""

from dataclasses import dataclass
from datetime import date

from spoiwo.cli.demo import region_data as region
from spoiwo.partnership.types import ActionKind, Figure, ItemDetails, MeetingKind, Presenter

CODE = "partnerstwo-lokalne"
TITLE = "Partnerstwo lokalne na rzecz ekonomii społecznej"
FOUNDED = date(2010, 1, 1)  # the sources name the year only
SIGNATORIES = 69
CHAIR = "lwsh-zary"
SCOPE = (
    "promocja i wsparcie rozwoju ekonomii społecznej\n"
    "wspieranie działań na rzecz rozwoju ekonomii społecznej skierowanych do osób zagrożonych wykluczeniem społecznym"
)
PURPOSE = (
    "Wspólne promowanie idei ekonomii społecznej oraz lobbowanie działań informacyjno-edukacyjnych "
    "na rzecz ekonomii społecznej."
)
DUE = "marzec/kwiecień br."
UNKNOWN = "data nieznana"
SHARED_TOPIC = "Źródło podaje tematy czterech spotkań łącznie; przypisanie do posiedzenia jest umowne."


@dataclass(frozen=True, slots=True)
class Said:
    """A conclusion with the actions under it: (text, by what, addressee's code, addressee in words)."""

    text: str
    actions: tuple[tuple[str, ActionKind, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting of the council that a source tells of in full."""

    title: str
    day: date
    host: str
    aim: str
    items: tuple[ItemDetails, ...]
    conclusions: tuple[Said, ...]
    due: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """Meetings of which the report gives the number only."""

    kind: MeetingKind
    body: str
    title: str
    topics: tuple[str, ...]
    host: str = ""


FEBRUARY = Sitting(
    title="Spotkanie Rady Programowej, 6 lutego 2015 r.",
    day=date(2015, 2, 6),
    host=region.WUP,
    aim="Ustalenia dotyczące trzech spraw; także wymiana doświadczeń z obszaru ekonomii społecznej.",
    items=(
        ItemDetails(
            title="Uruchomienie w województwie inkubatora innowacji społecznych",
            presenters=(Presenter(function="przewodnictwo Rady Programowej"),),
            note="Inkubator powinien skupiać ludzi, którzy mają pomysły na nowe rozwiązania problemów w obszarze "
            "m.in. zatrudnienia i integracji społecznej.",
        ),
        ItemDetails(
            title="Wsparcie pracowników OPS w realizacji projektów systemowych w nowym okresie finansowania",
            note="Propozycje: projekty w partnerstwie z innymi OPS, zmiana formuły z działań grupowych na "
            "indywidualne doradztwo, pokazywanie korzyści z dotychczas zrealizowanych działań.",
        ),
        ItemDetails(
            title="Współpraca i podział zadań pomiędzy Radą Programową a nowo powołanym Prekomitetem Rozwoju "
            "Ekonomii Społecznej",
            presenters=(Presenter(function="przewodnictwo Rady Programowej"),),
        ),
    ),
    conclusions=(
        Said(
            "Uruchomienie w województwie inkubatora innowacji społecznych.",
            (
                (
                    "Wystąpienie z zapytaniem do OWES subregion zielonogórski w sprawie zorganizowania w ramach "
                    "projektu OWES wizyty studyjnej do Gdyni.",
                    ActionKind.LETTER,
                    "owes-zielonogorski",
                    "",
                ),
                (
                    "Zorganizowanie spotkania z dyrekcją WUP w Zielonej Górze w sprawie rozważenia możliwości "
                    "dofinansowania ze środków WUP wizyty studyjnej.",
                    ActionKind.MEETING,
                    region.WUP,
                    "",
                ),
            ),
        ),
        Said(
            "Wsparcie pracowników OPS w realizacji projektów systemowych w nowym okresie finansowania.",
            (
                (
                    "Zorganizowanie spotkania członków Rady i przedstawiciela Departamentu EFS z Przewodniczącym "
                    "Stowarzyszenia Prezydentów, Burmistrzów i Wójtów.",
                    ActionKind.MEETING,
                    "",
                    "Stowarzyszenie Prezydentów, Burmistrzów i Wójtów, przewodniczący",
                ),
            ),
        ),
        Said(
            "Współpraca i podział zadań pomiędzy Radą Programową a nowo powołanym Prekomitetem Rozwoju Ekonomii "
            "Społecznej.",
            (
                (
                    "Zorganizowanie spotkania członków Rady i Dyrektora WUP z dyrektorem ROPS.",
                    ActionKind.MEETING,
                    region.ROPS,
                    "",
                ),
            ),
        ),
    ),
    due=DUE,
)

_MINUTES = "sprawozdanie ze spotkania Rady, 28 września 2015"
SEPTEMBER = Sitting(
    title="Spotkanie Rady Programowej, 28 września 2015 r.",
    day=date(2015, 9, 28),
    host=region.PUP_GORZOW,
    aim="Omówienie różnorodnych działań na rzecz rynku pracy w ramach ekonomii społecznej; wypracowanie rekomendacji "
    "dotyczących współpracy pomiędzy powiatowymi urzędami pracy i ośrodkami pomocy społecznej.",
    items=(
        ItemDetails(
            title="Działania realizowane na rzecz osób bezrobotnych",
            presenters=(Presenter(function="dyrektor Powiatowego Urzędu Pracy w Gorzowie Wielkopolskim"),),
            figures=(
                Figure(
                    label="stopa bezrobocia w powiecie grodzkim",
                    value="9,3",
                    unit="%",
                    source=_MINUTES,
                    is_doubtful=True,
                    note="Gorzów jest powiatem grodzkim; w tym samym zdaniu podano 5 % w Gorzowie.",
                ),
                Figure(
                    label="stopa bezrobocia w Gorzowie Wlkp.",
                    value="5",
                    unit="%",
                    source=_MINUTES,
                    is_doubtful=True,
                ),
                Figure(label="pracodawcy korzystający z KFS", value="29", source=_MINUTES),
                Figure(
                    label="osoby objęte wsparciem z KFS",
                    value="89",
                    source=_MINUTES,
                    is_doubtful=True,
                    note="Źródło mówi o bezrobotnych; KFS kształci pracowników.",
                ),
                Figure(label="kwota z KFS", value="179", unit="tys. zł", source=_MINUTES),
            ),
        ),
        ItemDetails(
            title="Projekt „Możemy Pracować”",
            presenters=(
                Presenter(function="koordynacja projektu, Fundacja Kobiet w Gorzowie Wielkopolskim"),
            ),
            figures=(
                Figure(
                    label="osoby niepełnosprawne w projekcie", value="30", period="2013–2015", source=_MINUTES
                ),
                Figure(label="uczestnicy płatnych staży", value="21", source=_MINUTES),
            ),
        ),
        ItemDetails(
            title="Społeczna odpowiedzialność biznesu: cztery poziomy zaangażowania społecznego firm",
            presenters=(Presenter(function="Łużycka Wyższa Szkoła Humanistyczna w Żarach"),),
        ),
        ItemDetails(
            title="Najważniejsze działania OWES w Gorzowie Wielkopolskim w latach 2013–2015",
            presenters=(Presenter(function="Ośrodek Wsparcia Ekonomii Społecznej w Gorzowie Wielkopolskim"),),
            figures=(
                Figure(label="udzielone porady", value="672", period="2013–2015", source=_MINUTES),
                Figure(label="doradztwo", value="1811", unit="godz.", period="2013–2015", source=_MINUTES),
            ),
        ),
        ItemDetails(
            title="Konsolidacja działań PUP i OPS na rzecz wspólnych klientów",
            presenters=(Presenter(function="OPS Lubiszyn"),),
        ),
        ItemDetails(
            title="Działania w ramach KIS służące integracji społeczno-zawodowej",
            presenters=(Presenter(function="OPS w Deszcznie"),),
        ),
        ItemDetails(
            title="Innowacyjne przykłady współpracy na rzecz wspólnych klientów PUP i OPS w Polsce",
            presenters=(Presenter(function="Sekretariat Partnerstwa"),),
        ),
        ItemDetails(
            title="Powiatowa ścieżka reintegracji społecznej i zawodowej osób niepełnosprawnych",
            presenters=(Presenter(function="lider projektu, Łużycka Wyższa Szkoła Humanistyczna w Żarach"),),
        ),
        ItemDetails(title="Dyskusja oraz wypracowanie wniosków dotyczących współpracy PUP i OPS"),
    ),
    conclusions=(
        Said(
            "Należy podjąć bardziej skuteczną współpracę PUP i OPS na rzecz wspólnych klientów.",
            (
                ("Uczestnictwo członków Rady w konwentach PUP, PCPR, OPS.", ActionKind.PARTICIPATION, "", ""),
                ("Wypracowanie wspólnych metod i procedur współpracy.", ActionKind.PROCEDURE, "", ""),
                ("Połączenie projektów pozakonkursowych.", ActionKind.NONE, "", ""),
                (
                    "Rozeznanie możliwości korzystania przez obie instytucje ze wspólnej bazy danych o klientach "
                    "w ramach programu informatycznego (SEPI).",
                    ActionKind.NONE,
                    "",
                    "",
                ),
            ),
        ),
    ),
)
SITTINGS = (FEBRUARY, SEPTEMBER)

COUNCIL_TOPICS = (
    "Wypracowanie wniosków i rekomendacji na rzecz wsparcia ekonomii społecznej",
    "Utworzenie forum wzajemnej wymiany informacji pomiędzy pracownikami PUP, OPS i PCPR",
    "Perspektywy finansowania ekonomii społecznej w ramach RPO Lubuskie 2020",
    "Dobre praktyki z ekonomii społecznej",
)
COMMITTEE_TOPICS = (
    "Harmonogram działań Komitetu w obszarze ekonomii społecznej",
    "Zadania dotyczące koordynacji i monitorowania sektora ekonomii społecznej",
    "Zakres prac grupy roboczej ds. współpracy z JST i biznesu",
)
COUNTED = (
    *(
        Counted(MeetingKind.COUNCIL, "RP", f"Spotkanie Rady Programowej w 2016 r. ({number} z 4)", (topic,))
        for number, topic in enumerate(COUNCIL_TOPICS, start=1)
    ),
    *(
        Counted(
            MeetingKind.COMMITTEE,
            "RKRES",
            f"Spotkanie robocze Regionalnego Komitetu w 2016 r. ({number} z 6)",
            (COMMITTEE_TOPICS[(number - 1) // 2],),
            region.ROPS,
        )
        for number in range(1, 7)
    ),
    *(
        Counted(
            MeetingKind.SUPPORT_CENTRE,
            "RP",
            f"Spotkanie z kadrą OWES w 2016 r. ({number} z 3)",
            ("Informacje z działań podejmowanych przez Radę i OWES na rzecz ekonomii społecznej",),
        )
        for number in range(1, 4)
    ),
    *(
        Counted(
            MeetingKind.INFORMATION,
            "SP",
            f"Spotkanie informacyjne w 2016 r. ({number} z 24)",
            ("Popularyzowanie partnerstwa i tematyki ekonomii społecznej w regionie",),
            f"przykladowa-{number}",
        )
        for number in range(1, 25)
    ),
)
RECOMMENDATIONS = (
    (
        "Zorganizowanie szkolenia pt. „Arteterapia sposobem na stres” dla pracowników instytucji rynku pracy, "
        "integracji społecznej i podmiotów ekonomii społecznej.",
        ActionKind.TRAINING,
        "Szkolenie „Arteterapia sposobem na stres”",
        MeetingKind.TRAINING,
    ),
    (
        "Utworzenie forum wzajemnej wymiany informacji i doświadczeń pracowników PUP, OPS i PCPR.",
        ActionKind.FORUM,
        "Forum wzajemnej wymiany informacji i doświadczeń pracowników PUP, OPS i PCPR",
        None,
    ),
)
COMMUNIQUES = tuple(f"Komunikat z działań Rady Programowej ({number} z 4)" for number in range(1, 5))
EFFECTS = (
    "- Są kwestie, które nawet jeśli nie zostały ujęte w formie rekomendacji i wniosków pisemnych, stanowią temat "
    "do dyskusji i wymiany doświadczeń podczas spotkań sygnatariuszy partnerstwa.\n"
    "- W ramach partnerstwa promowane są wszelkiego rodzaju przedsięwzięcia, pokazywane są dobrze funkcjonujące "
    "podmioty ekonomii społecznej, prowadzona jest działalność informacyjno-edukacyjna dla sygnatariuszy.\n"
    "- Działania partnerskie przyczyniły się do poprawy współdziałania w zakresie ekonomii społecznej wśród "
    "sygnatariuszy partnerstwa."
)
NARRATIVE = (
    "Dane pokazowe według sprawozdania partnerstwa; dni i gospodarze, których źródło nie podaje, są nieznani."
)
