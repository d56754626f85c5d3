"""Places of support and referrals of the demonstration: providers and people are invented, and say so."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from spoiwo.catalogue.queries import finding
from spoiwo.catalogue.services import corrections, needs, places
from spoiwo.catalogue.types import Funding, PlaceDetails, PlaceKind, TargetGroup, Wanted
from spoiwo.cli.demo import region_data as paper
from spoiwo.clients.queries import listing
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.referrals.services import sending, stepping
from spoiwo.referrals.types import Basis, NewReferral, Outcome, PacketField, Step, StepDetails
from spoiwo.toolkit.context import acting_for

INVENTED = "(dane fikcyjne)"
CIS = f"Centrum Integracji Społecznej {INVENTED}"
WITNICA, DESZCZNO, STRZELCE, ZARY = "0801073", "0801032", "0806043", "0811021"
FROM_CLIENT = 20  # the first common clients have plans
ANSWERS = {"benefit": "no", "pension": "no", "ops-opinion": "yes", "agrees": "yes"}
K, G = PlaceKind, TargetGroup
OTHERS = (  # kind, name, group, commune, counties served, places, taken
    (K.ZAZ, "Zakład Aktywności Zawodowej", G.DISABILITY, paper.GORZOW, ("0861", "0801"), 40, 37),
    (K.WTZ, "Warsztat Terapii Zajęciowej", G.DISABILITY, STRZELCE, ("0806",), 30, 30),
    (K.PSYCHOLOGIST, "Poradnia psychologiczna", G.MENTAL_HEALTH, paper.GORZOW, (), 12, 5),
    (K.TRAINING, "Kurs: opiekun osób starszych", G.WITHOUT_WORK, paper.GORZOW, (), 20, 8),
    (K.ADDICTION, "Terapia uzależnień, grupa popołudniowa", G.ADDICTION, ZARY, ("0811",), 15, 9),
    (K.DEBT_ADVICE, "Bezpłatne porady prawne i oddłużeniowe", G.EVERYBODY, WITNICA, ("0801",), None, 0),
    (K.CARE, "Klub dla dzieci rodziców w szkoleniu", G.CARERS, paper.GORZOW, ("0861",), 10, 10),
    (K.SOCIAL_ENTERPRISE, "Pralnia społeczna, miejsca pracy", G.LONG_TERM_UNEMPLOYED, WITNICA, (), 8, 6),
    (K.SUPPORTED_EMPLOYMENT, "Trener pracy", G.DISABILITY, paper.GORZOW, ("0861", "0801"), 6, 3),
)


@dataclass(frozen=True, slots=True)
class _Way:
    """How far a referral of the demonstration went: sent so many days ago, then these steps."""

    days_ago: int
    steps: tuple[tuple[Step, Outcome | None, str], ...] = ()


WAYS = (
    _Way(1),
    _Way(20, ((Step.RECEIVE, None, ""),)),
    _Way(9, ((Step.ASK, None, "Prosimy o informację, jakie osoba ma wykształcenie."),)),
    _Way(15, ((Step.ACCEPT, None, "Zapraszamy w poniedziałek o 8:00."),)),
    _Way(60, ((Step.ACCEPT, None, ""), (Step.START, None, ""))),
    _Way(200, ((Step.ACCEPT, None, ""), (Step.START, None, ""), (Step.COMPLETE, Outcome.EMPLOYED, ""))),
    _Way(8, ((Step.REJECT, Outcome.MISSING_PAPERS, "Brakuje opinii ośrodka pomocy społecznej."),)),
    _Way(12, ((Step.WAITLIST, None, ""),)),
)


def is_loaded() -> bool:
    """Whether the places are there."""
    return finding.places(Wanted(text=CIS), timezone.localdate()).exists()


@transaction.atomic
def load_places(today: date) -> int:
    """Write places and referrals down through the services of clicks; how many places."""
    if is_loaded():
        return 0
    centre, adviser = _worker(paper.CIS, Role.CASE_WORKER), _worker(paper.OWES_GORZOW, Role.SUPPORT_ADVISER)
    own = _own_places(centre, adviser, today)
    for kind, name, group, teryt, areas, total, taken in OTHERS:
        details = PlaceDetails(
            kind=kind,
            name=f"{name} {INVENTED}",
            groups=frozenset({group}),
            teryt=teryt,
            areas=frozenset(areas),
            places_total=total,
            taken_elsewhere=taken,
            funding=Funding.PROJECT,
            email=f"miejsca@{paper.DOMAIN}",
        )
        confirmed = today - timedelta(days=50 if kind is K.ADDICTION else len(name) % 20)
        places.add_place(details, institution_id=_id(paper.FOUNDATION), today=confirmed, by=adviser)
    _looked_for_in_vain(own, centre, today)
    _referrals(own, centre, today)
    return len(OTHERS) + 3


def _own_places(centre: Actor, adviser: Actor, today: date) -> UUID:
    """The centre's, the club's and the support centre's own places; answers the first."""
    made = places.add_place(
        PlaceDetails(
            kind=K.CIS,
            name=CIS,
            about="Zajęcia w warsztatach: kuchnia, pralnia, porządki. Świadczenie integracyjne.",
            groups=frozenset({G.LONG_TERM_UNEMPLOYED, G.HOMELESS, G.ADDICTION}),
            teryt=paper.GORZOW,
            areas=frozenset({"0861", "0801"}),
            conditions="Opinia ośrodka pomocy społecznej; przyjęcie po podpisaniu IPZS.",
            places_total=25,
            taken_elsewhere=19,
            email=f"cis@{paper.DOMAIN}",
        ),
        today=today,
        by=centre,
    )
    club = _worker(paper.OPS_DESZCZNO, Role.CASE_WORKER)
    for by, kind, name, teryt in (
        (club, K.KIS, "Klub Integracji Społecznej", DESZCZNO),
        (adviser, K.OWES, "Doradztwo dla zakładających spółdzielnię socjalną", paper.GORZOW),
    ):
        details = PlaceDetails(
            kind=kind, name=f"{name} {INVENTED}", teryt=teryt, groups=frozenset({G.WITHOUT_WORK})
        )
        places.add_place(details, today=today - timedelta(days=27), by=by)
    return made.uuid


def _looked_for_in_vain(place: UUID, centre: Actor, today: date) -> None:
    worker = _worker(paper.PUP_GORZOW, Role.CASE_WORKER)
    for kind, area in ((K.ZAZ, "0801"), (K.ZAZ, "0801"), (K.CARE, "0861"), (K.CARE, "0861"), (K.WTZ, "0803")):
        needs.note_need(
            kind=kind, area=area, today=today, by=worker, group=G.DISABILITY if kind is K.ZAZ else None
        )
    corrections.suggest_correction(
        place, field="phone", proposal="95 000 00 00", reason="numer z ulotki", at=timezone.now(), by=worker
    )


def _referrals(place: UUID, centre: Actor, today: date) -> None:
    worker = _worker(paper.PUP_GORZOW, Role.CASE_WORKER)
    with acting_for(worker.institution_id):
        rows = listing.export_rows(listing.list_scope(worker, day=today), listing.ListFilter())
    for way, row in zip(WAYS, rows[FROM_CLIENT:], strict=False):
        on = today - timedelta(days=way.days_ago)
        new = NewReferral(
            place=place,
            client=row.uuid,
            reason="Powrót do pracy po długim bezrobociu; nauka zawodu w warsztacie (dane fikcyjne).",
            chosen=frozenset({PacketField.BIRTH_DATE, PacketField.PHONE, PacketField.ADDRESS}),
            basis=Basis.CONSENT,
            consent_on=on,
            case_ref=f"CAZ.5311.{way.days_ago}.{on.year}",
            answers=ANSWERS,
        )
        with acting_for(worker.institution_id):
            sent = sending.send_referral(new, at=_noon(on), by=worker)
        for late, (step, outcome, note) in enumerate(way.steps, start=1):
            details = StepDetails(step=step, outcome=outcome, note=note, answers={"ipzs": "yes"})
            with acting_for(centre.institution_id):
                stepping.take_step(
                    sent.uuid, details, at=_noon(min(on + timedelta(days=7 * late), today)), by=centre
                )


def refer_for_action(record: UUID, action: UUID, *, by: Actor, today: date) -> None:
    """A referral for an action of a plan, from sent to acknowledged, so that the plan shows what proves it."""
    centre, since = _worker(paper.CIS, Role.CASE_WORKER), today - timedelta(days=35)
    place = finding.places(Wanted(text=CIS), today)[0]
    new = NewReferral(
        place=place.uuid,
        client=record,
        reason="Nauka zawodu w warsztacie, jak w planie (dane fikcyjne).",
        basis=Basis.CONSENT,
        consent_on=since,
        answers=ANSWERS,
        action=action,
    )
    with acting_for(by.institution_id):
        sent = sending.send_referral(new, at=_noon(since), by=by)
    for days, (step, outcome, actor) in enumerate(
        (
            (Step.ACCEPT, None, centre),
            (Step.START, None, centre),
            (Step.COMPLETE, Outcome.TRAINED, centre),
            (Step.ACKNOWLEDGE, None, by),
        )
    ):
        note = "Miejsce umówione we wspólnym planie (pokaz)." if step is Step.ACCEPT else ""
        details = StepDetails(step=step, outcome=outcome, note=note, answers={"ipzs": "yes"})
        with acting_for(actor.institution_id):
            stepping.take_step(sent.uuid, details, at=_noon(since + timedelta(days=10 * days)), by=actor)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(11), tzinfo=UTC)


def _worker(code: str, role: Role) -> Actor:
    email = paper.worker_of(code, role).email
    return Actor(
        user_id=get_user_model().objects.get(email=email).pk,
        institution_id=_id(code),
        roles=frozenset({str(role)}),
    )


def _id(code: str) -> int:
    found = institutions.by_code(code)
    assert found is not None, code
    return found.pk
