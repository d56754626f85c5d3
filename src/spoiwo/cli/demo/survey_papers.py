"""The questionnaires of the demonstration, our own wording: what a region asks social economy entities every year."""

from decimal import Decimal

from spoiwo.surveys.types import Choice, Content, Page, Question, QuestionKind, Words

K = QuestionKind
ZERO = Decimal(0)
KINDS = (
    ("social_cooperative", "Spółdzielnia socjalna", "Social co-operative"),
    ("foundation", "Fundacja", "Foundation"),
    ("association", "Stowarzyszenie", "Association"),
    ("social_company", "Spółka non profit", "Non-profit company"),
    ("cis", "Centrum integracji społecznej", "Social integration centre"),
    ("kis", "Klub integracji społecznej", "Social integration club"),
    ("zaz", "Zakład aktywności zawodowej", "Vocational activity establishment"),
    ("wtz", "Warsztat terapii zajęciowej", "Occupational therapy workshop"),
)
INCOME = (
    ("market", "Sprzedaż towarów i usług", "Sales of goods and services"),
    ("public", "Zlecenia publiczne", "Public contracts"),
    ("grants", "Dotacje", "Grants"),
    ("donations", "Darowizny", "Donations"),
)
SUPPORT = (
    ("advice", "Doradztwo", "Advice"),
    ("training", "Szkolenia", "Training"),
    ("money", "Dotacja na miejsce pracy", "Grant for a job"),
    ("none", "Żadne", "None"),
)
MARKS = (("good", "Dobrze", "Good"), ("fair", "Średnio", "Fair"), ("bad", "Źle", "Bad"))
TOPICS = (
    ("law", "Prawo", "Law"),
    ("families", "Praca z rodziną", "Work with families"),
    ("money", "Projekty", "Projects"),
)
READY = (("yes", "Tak", "Yes"), ("partly", "Częściowo", "Partly"), ("no", "Nie", "No"))
AREAS = (
    ("housing", "Mieszkanie", "Housing"),
    ("debts", "Długi", "Debts"),
    ("care", "Opieka nad bliskimi", "Care for relatives"),
    ("transport", "Dojazd", "Transport"),
)
SEXES = (("women", "Kobiety", "Women"), ("men", "Mężczyźni", "Men"))
STAGES = (
    ("started", "Rozpoczęli", "Started"),
    ("ended", "Zakończyli", "Ended"),
    ("independent", "Usamodzielnili się ekonomicznie", "Became independent"),
)


def _choices(rows: tuple[tuple[str, str, str], ...]) -> tuple[Choice, ...]:
    return tuple(Choice(code, Words(pl, en)) for code, pl, en in rows)


def _ask(code: str, kind: QuestionKind, pl: str, en: str, **more: object) -> Question:
    return Question(code=code, kind=kind, label=Words(pl, en), **more)  # type: ignore[arg-type]


def entities(edition: int) -> Content:
    """What is asked of social economy entities; the edition of 2025 asks for the income sources anew."""
    return Content(
        (
            _entities_about(edition),
            _entities_work(),
            _entities_reintegration(),
            _entities_money(edition),
        )
    )


def _entities_about(edition: int) -> Page:
    return Page(
        code="about",
        title=Words("Podmiot", "Entity"),
        questions=(
            _ask(
                "kind",
                K.SINGLE,
                "Czym jest podmiot?",
                "What is the entity?",
                choices=_choices(KINDS),
                required=True,
                from_register=True,
            ),
            _ask(
                "active",
                K.YES_NO,
                f"Czy podmiot działał przez cały rok {edition}?",
                f"Was it active all through {edition}?",
                required=True,
            ),
        ),
    )


def _entities_work() -> Page:
    return Page(
        code="work",
        title=Words("Zatrudnienie", "Employment"),
        questions=(
            _ask(
                "jobs",
                K.DECIMAL,
                "Ile etatów było 31 grudnia?",
                "How many full-time posts on 31 December?",
                unit="etat",
                minimum=ZERO,
                required=True,
                may_be_unknown=True,
                hint=Words("Przelicz umowy o pracę na pełne etaty.", "Count contracts as full-time posts."),
            ),
            _ask(
                "jobs_risk",
                K.INTEGER,
                "W tym: ile osób zagrożonych wykluczeniem społecznym?",
                "Among them, how many people at risk of exclusion?",
                unit="osoba",
                minimum=ZERO,
                may_be_unknown=True,
            ),
            _ask(
                "volunteers",
                K.INTEGER,
                "Ilu wolontariuszy pomagało w ciągu roku?",
                "How many volunteers helped during the year?",
                unit="osoba",
                minimum=ZERO,
                may_be_unknown=True,
            ),
        ),
    )


def _entities_reintegration() -> Page:
    return Page(
        code="reintegration",
        title=Words("Reintegracja", "Reintegration"),
        condition='kind in ("cis", "kis")',
        questions=(
            _ask(
                "participants",
                K.NUMBERS,
                "Ilu uczestników w ciągu roku?",
                "How many participants during the year?",
                unit="osoba",
                rows=_choices(STAGES),
                choices=_choices(SEXES),
                required=True,
            ),
        ),
    )


def _entities_money(edition: int) -> Page:
    return Page(
        code="money",
        title=Words("Przychody i wsparcie", "Income and support"),
        questions=(
            _ask(
                "income",
                K.DECIMAL,
                "Jakie były przychody w roku?",
                "What was the income of the year?",
                unit="zł",
                minimum=ZERO,
                may_be_unknown=True,
            ),
            _ask(
                "sources",
                K.MULTIPLE,
                "Z czego pochodziły przychody?",
                "Where did the income come from?",
                choices=_choices(INCOME if edition >= 2025 else INCOME[:3]),
            ),
            _ask(
                "owes",
                K.MULTIPLE,
                "Jakie wsparcie dał OWES?",
                "What support came from the OWES?",
                choices=_choices(SUPPORT),
            ),
            _ask(
                "outlook",
                K.MATRIX,
                "Jak oceniacie sytuację?",
                "How do you see your situation?",
                rows=_choices((("now", "Dziś", "Today"), ("next", "Za rok", "In a year"))),
                choices=_choices(MARKS),
            ),
            _ask("needs", K.LONG_TEXT, "Czego najbardziej brakuje?", "What is lacking most?"),
        ),
    )


def satisfaction() -> Content:
    """A short anonymous survey of those who work together in the partnership."""
    return Content(
        (
            Page(
                code="partnership",
                title=Words("Współpraca w partnerstwie", "Working in the partnership"),
                questions=(
                    _ask(
                        "works",
                        K.MATRIX,
                        "Jak działa współpraca?",
                        "How does it work?",
                        required=True,
                        choices=_choices(MARKS),
                        rows=_choices(
                            (
                                ("meetings", "Spotkania", "Meetings"),
                                ("news", "Obieg informacji", "Flow of information"),
                                ("clients", "Wspólna praca z klientem", "Joint work with clients"),
                            )
                        ),
                    ),
                    _ask("change", K.LONG_TEXT, "Co warto zmienić?", "What should change?"),
                ),
            ),
        )
    )


def needs() -> Content:
    """A short survey of institutions about training."""
    return Content(
        (
            Page(
                code="training",
                title=Words("Szkolenia w 2027 roku", "Training in 2027"),
                questions=(
                    _ask(
                        "topics",
                        K.MULTIPLE,
                        "Jakie tematy są potrzebne?",
                        "Which topics are needed?",
                        choices=_choices(TOPICS),
                        required=True,
                    ),
                    _ask(
                        "people",
                        K.INTEGER,
                        "Ile osób zgłosicie?",
                        "How many people will come?",
                        unit="osoba",
                        minimum=ZERO,
                        maximum=Decimal(200),
                        required=True,
                    ),
                    _ask("remote", K.YES_NO, "Czy mogą być zdalne?", "May it be remote?"),
                    _ask(
                        "why_not",
                        K.TEXT,
                        "Dlaczego nie zdalne?",
                        "Why not remote?",
                        condition='remote == "no"',
                        required=True,
                    ),
                ),
            ),
        )
    )


def diagnosis() -> Content:
    """A first talk with a person, shared for institutions that plan support together."""
    return Content((_diagnosis_work(), _diagnosis_obstacles()))


def _diagnosis_work() -> Page:
    return Page(
        code="work",
        title=Words("Praca", "Work"),
        questions=(
            _ask(
                "last_job",
                K.INTEGER,
                "Od ilu miesięcy bez pracy?",
                "Months without work",
                unit="miesiąc",
                minimum=ZERO,
                required=True,
            ),
            _ask(
                "skills",
                K.LONG_TEXT,
                "Co osoba umie i lubi robić?",
                "What can the person do and like?",
            ),
            _ask(
                "ready",
                K.SINGLE,
                "Czy jest gotowa podjąć pracę?",
                "Ready to take up work?",
                choices=_choices(READY),
                required=True,
            ),
        ),
    )


def _diagnosis_obstacles() -> Page:
    return Page(
        code="obstacles",
        title=Words("Przeszkody", "Obstacles"),
        questions=(
            _ask(
                "problems",
                K.MULTIPLE,
                "Co przeszkadza?",
                "What stands in the way?",
                choices=_choices(AREAS),
            ),
            _ask(
                "debt",
                K.DECIMAL,
                "Jaka jest kwota długów?",
                "How much debt?",
                unit="zł",
                minimum=ZERO,
                condition='"debts" in problems',
                may_be_unknown=True,
            ),
        ),
    )
