"""The animator programme and the partnership groups of the demonstration; everybody is invented."""

from datetime import date, time, timedelta

from django.contrib.auth import get_user_model

from spoiwo.cli.demo import region_data as paper
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.support.queries import listing, work
from spoiwo.support.services import events, partnerships, paths, people, registering, results
from spoiwo.support.types import (
    EntityDetails,
    EventDetails,
    EventKind,
    Involvement,
    MemberRole,
    PartnershipState,
    PersonDetails,
    RecipientKind,
    RecipientRef,
    SessionDetails,
)
from spoiwo.toolkit.context import acting_for

PROGRAMME = "Szkolenia animatorów i tutorów ekonomii społecznej (pokaz)"
FIRST = date(2013, 9, 3)
GROUPS, SESSIONS, REQUIRED, GUESTS = 15, 5, 4, 4
DISTRICTS = ("0802", "0804", "0808", "0809", "0810", "0811", "0812", "0862", "0806", "0807")  # 10 counties
AREAS = ("catering", "sprzątanie", "opieka", "rękodzieło", "ogrodnictwo")
LEVELS = tuple(Involvement)


def load_programmes(today: date) -> None:
    """The programme and the groups, at the centre of the southern subregion when somebody works in its register."""
    office = institutions.by_code(paper.OWES_GORZOW)
    worker = next(
        (
            one
            for one in paper.staff()
            if (one.institution, one.role) == (paper.OWES_GORZOW, Role.SUPPORT_ADVISER)
        ),
        None,
    )
    user = get_user_model().objects.filter(email=worker.email).first() if worker else None
    if office is None or user is None:
        return
    by = Actor(user_id=user.pk, institution_id=office.pk, roles=frozenset({str(Role.SUPPORT_ADVISER)}))
    with acting_for(office.pk):
        if any(one.name == PROGRAMME for one in listing.cycles(by)):
            return
        _cycles(today, by)
        _groups(by)
        _paths(today, by)


def _cycles(today: date, by: Actor) -> None:
    cycle = results.add_cycle(name=PROGRAMME, sessions_planned=SESSIONS, required_sessions=REQUIRED, by=by)
    planned = [
        EventDetails(
            kind=EventKind.CYCLE,
            title=f"Cykl spotkań animatorów nr {place + 1} (pokaz)",
            sessions=tuple(
                SessionDetails(
                    day=FIRST + timedelta(days=14 * number + 3 * place), minutes=300, starts_at=time(10)
                )
                for number in range(SESSIONS)
            ),
            teryt=county,
            cycle=cycle.uuid,
            is_public=False,
        )
        for place, county in enumerate(DISTRICTS)
    ]
    made = events.plan_events(planned, announce=True, by=by)
    guests = people.add_people(
        [
            PersonDetails(first_name="Uczestnik", last_name=f"Cyklu {number}", supported_from=FIRST)
            for number in range(1, len(DISTRICTS) * GUESTS + 1)
        ],
        by=by,
    )
    for place, event in enumerate(made):
        invited = guests[place * GUESTS : (place + 1) * GUESTS]
        rows = registering.register_many(event.uuid, [(one.uuid, None) for one in invited], by=by)
        sessions = list(event.sessions.order_by("day"))
        presence = {
            (session.uuid, row.uuid): session.minutes if number < SESSIONS - seat else 0
            for seat, row in enumerate(rows)  # the first comes always, the fourth twice
            for number, session in enumerate(sessions)
        }
        events.take_attendance(event.uuid, presence, by=by)
        events.report_event(event.uuid, today=today, by=by)


def _groups(by: Actor) -> None:
    social = people.add_entities(
        [
            EntityDetails(name=f"Przedsiębiorstwo społeczne pokazowe nr {n}", is_social=True)
            for n in range(1, GROUPS + 1)
        ],
        by=by,
    )
    companies = people.add_entities(
        [
            EntityDetails(name=f"Firma pokazowa nr {n}", is_social=False, kind="BUSINESS")
            for n in range(1, GROUPS + 1)
        ],
        by=by,
    )
    for place in range(GROUPS):
        day = FIRST + timedelta(days=10 * place)
        area = AREAS[place % len(AREAS)]
        group = partnerships.open_partnership(
            name=f"Grupa partnerska nr {place + 1} (pokaz)",
            area=area,
            needs=f"{area}, sprzedaż i marketing",
            opened_on=day,
            teryt=DISTRICTS[place % len(DISTRICTS)],
            by=by,
        )
        partnerships.add_member(
            group.uuid, entity=social[place].uuid, role=MemberRole.SOCIAL, joined_on=day, by=by
        )
        match = partnerships.propose(
            group.uuid,
            entity=companies[place].uuid,
            offers=f"{area} i sprzedaż",
            activity=area,
            level=LEVELS[place % len(LEVELS)],
            by=by,
        )
        partnerships.answer_match(match.uuid, taken=True, on=day, by=by)
        partnerships.move_partnership(group.uuid, state=PartnershipState.MATCHED, on=day, by=by)
        partnerships.note_meeting(group.uuid, day=day, minutes=120, topic="Poznajemy się", by=by)


def _paths(today: date, by: Actor) -> None:
    """A group and a local government on their tracks, begun lately."""
    begun = today - timedelta(days=40)
    group = people.add_group(name="Grupa „Zielony warsztat” (pokaz)", founded_on=begun, by=by)
    government = people.add_entity(
        EntityDetails(name="Gmina Pokazowa", is_social=False, kind="JST", teryt="0801"), by=by
    )
    recipients = {
        RecipientKind.GROUP: RecipientRef(RecipientKind.GROUP, group.uuid),
        RecipientKind.ENTITY: RecipientRef(RecipientKind.ENTITY, government.uuid),
    }
    for template_id, plan in work.templates():
        if plan.recipient not in recipients:
            continue
        path = paths.begin_path(
            template_id=template_id, recipient=recipients[plan.recipient], opened_on=begun, by=by
        )
        first = plan.stages[0]
        for check in first.checks:
            paths.tick(path.uuid, stage=first.code, check=check.code, done_on=begun, by=by)
        paths.pass_stage(path.uuid, stage=first.code, passed_on=begun, by=by)
