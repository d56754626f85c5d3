"""The support centres of the demonstration: rows that add up to the figures of the partnership's minutes of 2015.

Everybody and every entity here is invented. The sums are those that the support centre in Gorzów gave for 2013 to
2015: 672 pieces of advice and 1811 hours for 423 recipients, 30 of them entities; 57 trainings and 4 study visits
for 440 people; 70 social economy entities and 70 others; and what animation and promotion reached.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from itertools import islice
from uuid import UUID

from django.contrib.auth import get_user_model

from spoiwo.cli.demo import region_data as paper
from spoiwo.cli.demo.region_partnerships import load_programmes
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.support.queries import listing
from spoiwo.support.services import certificates, deliveries, events, people, registering, results
from spoiwo.support.types import (
    AnimationKind,
    DeliveryDetails,
    DeliveryKind,
    EntityDetails,
    EventDetails,
    EventKind,
    LabourStatus,
    PersonDetails,
    PromotionKind,
    RecipientKind,
    RecipientRef,
    SessionDetails,
)
from spoiwo.territory import queries as territory
from spoiwo.toolkit.context import acting_for

PROJECT = "Ośrodek Wsparcia Ekonomii Społecznej w Gorzowie Wielkopolskim 2013–2015 (dane pokazowe)"
FIRST, LAST = date(2013, 1, 1), date(2015, 12, 31)
COUNTIES = ("0801", "0803", "0805", "0806", "0807")
SEATS = ("Gorzów Wielkopolski", "Międzyrzecz", "Słubice", "Strzelce Krajeńskie", "Sulęcin")
ADVISED, ADVISED_ENTITIES, SPECIALIST = 393, 30, 28
ADVICES, LONGER = 672, 131  # 541 of 150 minutes and 131 of 210 make 1811 hours
STAFF_OF_ENTITIES = 99
TRAINED, TRAINED_AND_ADVISED = 440, 20
TRAININGS, VISITS, SEATS_AT_TRAINING = 57, 4, 12
UNEMPLOYED_ADVISED, UNEMPLOYED_TRAINED = 140, 100
SOCIAL, OTHER, EXHIBITORS, CATALOGUE, SPOTS = 70, 70, 39, 60, 5
TOPICS = (
    "statut",
    "biznesplan",
    "rejestracja w KRS",
    "zlecanie zadań publicznych",
    "księgowość",
    "marketing",
)
TRAINING_TITLES = (
    "ABC spółdzielni socjalnej",
    "Biznesplan krok po kroku",
    "Zamówienia społeczne",
    "Prawo pracy w PES",
)
GIVEN = "Ala Beata Celina Dorota Ewa Filip Gustaw Halina Igor Jan Kinga Leon Marta Nina Olaf Piotr Roman Sara".split()  # noqa: SIM905
FAMILY = (  # noqa: SIM905
    "Agrest Borówka Czeremcha Dereń Estragon Fiołek Głóg Hyzop Irys Jemioła Kosaciec Lebioda Macierzanka Nasturcja"
    " Oset Pigwa Rumian Szałwia Tymian Wierzba Zawilec Żywokost"
).split()


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who takes part."""

    advised: list[UUID]
    trained: list[UUID]
    staff: list[UUID]
    social: list[UUID]
    other: list[UUID]


def is_loaded() -> bool:
    """Whether the support centre's rows are there."""
    by = adviser_of(paper.OWES_GORZOW)
    if by is None:
        return False
    with acting_for(by.institution_id):
        return any(one.name == PROJECT for one in listing.projects(by))


def load_support(today: date) -> int:
    """Write everything down through the services advisers use; how many pieces of advice."""
    by = adviser_of(paper.OWES_GORZOW)
    if by is None or is_loaded():
        return 0
    with acting_for(by.institution_id):
        project = results.add_project(
            name=PROJECT, number="DEMO/2013", starts_on=FIRST, ends_on=LAST, by=by
        ).uuid
        cast = _cast(by)
        _advice(cast, project, today, by)
        _trainings(cast, project, today, by)
        _animation(by)
        _promotion(cast, project, by)
        _now(cast, today, by)
    load_programmes(today)
    _kfs()
    return ADVICES


def adviser_of(code: str) -> Actor | None:
    """Whoever works in the support register of the institution, None when nobody does."""
    office = institutions.by_code(code)
    worker = next(
        (one for one in paper.staff() if one.institution == code and one.role is Role.SUPPORT_ADVISER), None
    )
    if office is None or worker is None:
        return None
    user = get_user_model().objects.filter(email=worker.email).first()
    if user is None:
        return None
    return Actor(user_id=user.pk, institution_id=office.pk, roles=frozenset({str(Role.SUPPORT_ADVISER)}))


def invented_people(count: int, *, first: date, unemployed: int = 0, start: int = 0) -> list[PersonDetails]:
    """People with names of trees and herbs; the first so many of them unemployed."""
    found = []
    for place in range(start, start + count):
        round_, herb = divmod(place, len(FAMILY))
        found.append(
            PersonDetails(
                first_name=GIVEN[round_ % len(GIVEN)],
                last_name=f"{FAMILY[herb]}{'' if round_ < len(GIVEN) else '-Pokazowa'}",
                teryt=COUNTIES[place % len(COUNTIES)],
                labour_status=LabourStatus.UNEMPLOYED
                if place - start < unemployed
                else LabourStatus.EMPLOYED,
                supported_from=first,
            )
        )
    return found


def _cast(by: Actor) -> _Cast:
    new_trained = TRAINED - TRAINED_AND_ADVISED
    everybody = people.add_people(
        [
            *invented_people(ADVISED, first=FIRST, unemployed=UNEMPLOYED_ADVISED),
            *invented_people(new_trained, first=FIRST, unemployed=UNEMPLOYED_TRAINED, start=ADVISED),
            *invented_people(STAFF_OF_ENTITIES, first=FIRST, start=ADVISED + new_trained),
        ],
        by=by,
    )
    advised = [one.uuid for one in everybody[:ADVISED]]
    trained = [one.uuid for one in everybody[ADVISED : ADVISED + new_trained]]
    named = [(f"Podmiot pokazowy nr {number}", True) for number in range(1, SOCIAL + 1)]
    named += [(f"Instytucja pokazowa nr {number}", False) for number in range(1, OTHER + 1)]
    entities = people.add_entities(
        [
            EntityDetails(name=name, is_social=social, teryt=COUNTIES[place % len(COUNTIES)])
            for place, (name, social) in enumerate(named)
        ],
        by=by,
    )
    uuids = [one.uuid for one in entities]
    return _Cast(
        advised,
        advised[-TRAINED_AND_ADVISED:] + trained,
        [one.uuid for one in everybody[ADVISED + new_trained :]],
        uuids[:SOCIAL],
        uuids[SOCIAL:],
    )


def _advice(cast: _Cast, project: UUID, today: date, by: Actor) -> None:
    recipients = [RecipientRef(RecipientKind.PERSON, uuid) for uuid in cast.advised]
    recipients += [RecipientRef(RecipientKind.ENTITY, uuid) for uuid in cast.social[:ADVISED_ENTITIES]]
    specialist = set(cast.social[:SPECIALIST])
    rows = []
    for place in range(ADVICES):
        recipient = recipients[place % len(recipients)]
        minutes = 210 if place < LONGER else 150
        present = _staff_of(cast, recipient) if recipient.kind is RecipientKind.ENTITY else []
        rows.append(
            DeliveryDetails(
                kind=DeliveryKind.SPECIALIST if recipient.uuid in specialist else DeliveryKind.GENERAL,
                day=FIRST + timedelta(days=6 + place * 3 // 2),
                minutes=minutes,
                recipient=recipient,
                topic=TOPICS[place % len(TOPICS)],
                place=SEATS[place % len(SEATS)],
                teryt=COUNTIES[place % len(COUNTIES)],
                project=project,
                participants=dict.fromkeys(present, minutes),
            )
        )
    deliveries.record_deliveries(rows, today=today, by=by)


def _staff_of(cast: _Cast, recipient: RecipientRef) -> list[UUID]:
    """Three or four workers of an advised entity; together all of them."""
    return cast.staff[cast.social.index(recipient.uuid) :: ADVISED_ENTITIES]


def _trainings(cast: _Cast, project: UUID, today: date, by: Actor) -> None:
    planned = list(_planned_trainings(project))
    made = events.plan_events(planned, announce=True, by=by)
    represented = iter([*cast.social[ADVISED_ENTITIES:], *cast.other])
    represents = dict(zip(cast.trained, represented, strict=False))
    for place, event in enumerate(made):
        first = place * SEATS_AT_TRAINING
        guests = [cast.trained[(first + seat) % TRAINED] for seat in range(SEATS_AT_TRAINING)]
        rows = registering.register_many(event.uuid, [(one, represents.get(one)) for one in guests], by=by)
        sessions = list(event.sessions.all())
        presence = {(session.uuid, row.uuid): session.minutes for session in sessions for row in rows}
        events.take_attendance(event.uuid, presence, by=by)
        events.report_event(event.uuid, today=today, by=by)
    certificates.issue_certificates(made[-1].uuid, today=today, by=by)
    _meetings_in_counties(project, today, by)


def _planned_trainings(project: UUID) -> Iterator[EventDetails]:
    for place in range(TRAININGS + VISITS):
        visit = place >= TRAININGS
        day = FIRST + timedelta(days=20 + place * 17)
        title = f"Wizyta studyjna nr {place - TRAININGS + 1}" if visit else TRAINING_TITLES[place % 4]
        yield EventDetails(
            kind=EventKind.STUDY_VISIT if visit else EventKind.TRAINING,
            title=f"{title} (pokaz)",
            sessions=tuple(
                SessionDetails(day=day + timedelta(days=add), minutes=360, starts_at=time(9))
                for add in (0, 1)
            ),
            place=SEATS[place % len(SEATS)],
            teryt=COUNTIES[place % len(COUNTIES)],
            project=project,
            is_public=False,
        )


def _meetings_in_counties(project: UUID, today: date, by: Actor) -> None:
    """A conference and a seminar in each county; guests by head count."""
    planned = [
        EventDetails(
            kind=kind,
            title=f"{title}, {seat} (pokaz)",
            sessions=(SessionDetails(day=FIRST + timedelta(days=70 + 90 * place + later), minutes=300),),
            place=seat,
            teryt=county,
            project=project,
            anonymous_headcount=guests,
            is_public=False,
        )
        for place, (county, seat) in enumerate(zip(COUNTIES, SEATS, strict=True))
        for kind, title, guests, later in (
            (EventKind.CONFERENCE, "Ekonomia społeczna blisko nas", 60, 0),
            (EventKind.SEMINAR, "Jak założyć i prowadzić podmiot ekonomii społecznej", 25, 30),
        )
    ]
    for event in events.plan_events(planned, announce=True, by=by):
        events.report_event(event.uuid, today=today, by=by)


def _animation(by: Actor) -> None:
    for place, (county, seat) in enumerate(zip(COUNTIES, SEATS, strict=True)):
        day = FIRST + timedelta(days=200 + 100 * place)
        for kind, name in (
            (AnimationKind.PARTNERSHIP, "Partnerstwo lokalne na rzecz ekonomii społecznej"),
            (AnimationKind.TEAM, "Zespół interdyscyplinarny ds. przedsiębiorczości społecznej"),
        ):
            results.note_animation(kind=kind, name=f"{name}, {seat}", day=day, teryt=county, by=by)
        for commune in territory.communes_of(county, LAST):
            results.note_animation(
                kind=AnimationKind.LOCAL_GOVERNMENT,
                name=f"Współpraca z gminą {commune.name}",
                day=day,
                teryt=commune.code,
                by=by,
            )
    results.note_animation(
        kind=AnimationKind.CLUSTER, name="Klaster CIS/KIS (pokaz)", day=date(2014, 11, 20), by=by
    )


def _promotion(cast: _Cast, project: UUID, by: Actor) -> None:
    for number, day in enumerate((date(2013, 11, 15), date(2015, 6, 10)), start=1):
        results.note_promotion(
            kind=PromotionKind.CATALOGUE,
            title=f"Katalog produktów i usług, edycja {number} (pokaz)",
            day=day,
            entities=cast.social[:CATALOGUE],
            by=by,
        )
    for entity in islice(cast.social, SPOTS):
        results.note_promotion(
            kind=PromotionKind.TV_SPOT,
            title="Spot reklamowy (pokaz)",
            day=date(2015, 3, 2),
            entities=[entity],
            by=by,
        )
    results.note_promotion(
        kind=PromotionKind.PROGRAMME,
        title="Program telewizyjny (pokaz)",
        day=date(2015, 4, 12),
        minutes=20,
        by=by,
    )
    fair = events.plan_event(
        EventDetails(
            kind=EventKind.FAIR,
            title="Targi Aktywności Społecznej (pokaz)",
            sessions=(SessionDetails(day=date(2014, 5, 24), minutes=360, starts_at=time(10)),),
            place=SEATS[0],
            teryt="0861",
            project=project,
            is_public=False,
        ),
        announce=True,
        by=by,
    )
    events.add_exhibitors(fair.uuid, cast.social[:EXHIBITORS], by=by)
    events.report_event(fair.uuid, today=LAST, by=by)


def _now(cast: _Cast, today: date, by: Actor) -> None:
    """Something of these days, so that the lists are not of long ago only."""
    rows = [
        DeliveryDetails(
            kind=DeliveryKind.GENERAL,
            day=today - timedelta(days=place),
            minutes=60,
            recipient=RecipientRef(RecipientKind.PERSON, uuid),
            topic=TOPICS[place % len(TOPICS)],
            teryt=COUNTIES[0],
        )
        for place, uuid in enumerate(cast.advised[:6])
    ]
    deliveries.record_deliveries(rows, today=today, by=by)
    day = today + timedelta(days=21)
    events.plan_event(
        EventDetails(
            kind=EventKind.TRAINING,
            title="Pierwsze kroki spółdzielni socjalnej",
            sessions=(SessionDetails(day=day, minutes=240, starts_at=time(9), title="Statut i członkowie"),),
            place="Gorzów Wielkopolski",
            teryt="0861",
            capacity=15,
        ),
        announce=True,
        by=by,
    )


def _kfs() -> None:
    """Totals of the labour office, by its registrar; the source calls the people unemployed."""
    office = institutions.by_code(paper.PUP_GORZOW)
    worker = paper.worker_of(paper.PUP_GORZOW, Role.REGISTRAR)
    user = get_user_model().objects.filter(email=worker.email).first()
    if office is None or user is None:
        return
    by = Actor(user_id=user.pk, institution_id=office.pk, roles=frozenset({str(Role.REGISTRAR)}))
    with acting_for(office.pk):
        results.set_kfs_total(
            first_day=date(2015, 1, 1),
            last_day=date(2015, 9, 28),
            priority="osoby w wieku 45+",
            employers=29,
            people=89,
            amount_pln=Decimal(179_000),
            wording="bezrobotnych",
            by=by,
        )
