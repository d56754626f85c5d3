"""What institutions of the demonstration share: messages, ideas, good practices, a template. All of it is invented."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model

from spoiwo.cli.demo import region_data as region
from spoiwo.cli.demo.partnership_coming import load_coming
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.partnership import services
from spoiwo.partnership.services import ideas, practices, talks
from spoiwo.partnership.services.ideas import Marks, TestPlan
from spoiwo.partnership.services.practices import PracticeDetails, PracticeState
from spoiwo.partnership.services.talks import Written
from spoiwo.partnership.types import MeetingDetails, MeetingKind, Purpose, Seat, SeatDetails
from spoiwo.toolkit.documents import Bullets, Document, Paragraph, docx_of

if TYPE_CHECKING:
    from spoiwo.partnership.models import Agreement, Body, Meeting

FIRST_VERSION, SECOND_VERSION = date(2024, 1, 1), date(2025, 6, 1)
_TITLE = "Umowa uczestnictwa w zajęciach CIS (wzór pokazowy)"
_POINTS = ("Strony", "Program zajęć", "Prawa i obowiązki uczestnika", "Świadczenie integracyjne")


def load_sharing(
    agreement: "Agreement", forum: "Body", council_meeting: "Meeting", by: Actor, today: date
) -> None:
    """Load what the institutions share and what comes next; the partnership itself is there already."""
    labour, welfare = (
        actor_at(region.PUP_GORZOW, Role.CASE_WORKER),
        actor_at(region.OPS_LUBISZYN, Role.CASE_WORKER),
    )
    centre = actor_at(region.OWES_GORZOW, Role.SUPPORT_ADVISER)
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
    for one in (labour, welfare, centre):
        services.give_seat(
            body_id=forum.pk,
            details=SeatDetails(institution_id=one.institution_id, seat=Seat.MEMBER, since=FIRST_VERSION),
            by=by,
        )
    _talks(agreement, forum, (labour, welfare, centre), noon)
    _ideas(agreement, council_meeting, (labour, welfare, centre), noon, by)
    _practices(agreement, forum, (labour, welfare), noon, by)
    _template(agreement, (labour, centre), by)
    load_coming(council_meeting.body, forum, (labour, welfare, centre), noon=noon, by=by)


def actor_at(code: str, role: Role) -> Actor:
    """The worker of this role at an institution of the region."""
    worker = region.worker_of(code, role)
    found = institutions.by_code(code)
    assert found is not None
    user = get_user_model().objects.get(email=worker.email)
    return Actor(user_id=user.pk, institution_id=found.pk, roles=frozenset({str(role)}))


def _talks(agreement: "Agreement", forum: "Body", people: tuple[Actor, ...], noon: datetime) -> None:
    labour, welfare, centre = people
    week = noon - timedelta(days=7)
    asked = talks.open_talk(
        agreement_id=agreement.pk,
        subject="Terminy szkoleń w przyszłym kwartale",
        to_ids=[welfare.institution_id, centre.institution_id],
        written=Written(
            text="Planujemy szkolenia dla wspólnych klientów. Prosimy o terminy, które Wam pasują."
        ),
        at=week,
        by=labour,
    )
    talks.write_in_talk(
        uuid=asked.uuid,
        written=Written(text="Nam pasują wtorki i czwartki do godziny 13, po odwozach autobusów."),
        at=week + timedelta(hours=3),
        by=welfare,
    )
    talks.read_talk(uuid=asked.uuid, at=week + timedelta(hours=4), by=labour)
    talks.open_talk_of_body(
        body_id=forum.pk,
        subject="Zmiana zasad refundacji stanowisk",
        written=Written(
            text="Od kolejnego miesiąca zmienia się wzór wniosku. Krótkie omówienie na najbliższym forum."
        ),
        at=noon - timedelta(days=2),
        by=labour,
    )


def _ideas(
    agreement: "Agreement", meeting: "Meeting", people: tuple[Actor, ...], noon: datetime, by: Actor
) -> None:
    labour, welfare, centre = people
    bus = ideas.submit_idea(
        agreement_id=agreement.pk,
        title="Wspólny dyżur PUP i OPS w gminie raz w miesiącu",
        problem="Dojazd do powiatu zajmuje klientom cały dzień.",
        proposal="Doradca klienta i pracownik socjalny przyjmują razem w gminie w jeden dzień miesiąca.",
        at=noon - timedelta(days=200),
        by=welfare,
    )
    ideas.screen_idea(uuid=bus.uuid, by=by)
    read = noon - timedelta(days=180)
    for judge, marks in ((labour, Marks(5, 4, 4, 4)), (centre, Marks(4, 4, 3, 5))):
        ideas.judge_idea(uuid=bus.uuid, marks=marks, has_conflict=False, comment="", at=read, by=judge)
    ideas.judge_idea(
        uuid=bus.uuid, marks=None, has_conflict=True, comment="To nasz pomysł.", at=noon, by=welfare
    )
    ideas.close_evaluation(uuid=bus.uuid, by=by)
    plan = TestPlan(
        hypothesis="Na dyżur przyjdzie więcej osób niż do powiatu.",
        place="Lubiszyn",
        measures="Liczba osób na dyżurze i liczba wspólnych planów w kwartale.",
        until=(noon + timedelta(days=60)).date(),
    )
    ideas.decide_to_test(uuid=bus.uuid, meeting_id=meeting.pk, plan=plan, by=by)
    ideas.submit_idea(
        agreement_id=agreement.pk,
        title="Jedna lista wolnych miejsc w CIS na tablicy w każdym urzędzie",
        problem="Pracownicy dzwonią po kolei do wszystkich centrów.",
        proposal="Centra potwierdzają miejsca co miesiąc, a urzędy drukują jedną listę.",
        at=noon - timedelta(days=9),
        by=centre,
    )


def _practices(
    agreement: "Agreement", forum: "Body", people: tuple[Actor, ...], noon: datetime, by: Actor
) -> None:
    labour, welfare = people
    told = PracticeDetails(
        title="Rozmowa we trójkę przed skierowaniem do CIS (dane fikcyjne)",
        problem="Osoby skierowane rezygnowały w pierwszych tygodniach zajęć.",
        solution="Doradca klienta, pracownik socjalny i kierownik centrum rozmawiają z osobą razem, zanim zacznie.",
        conditions="Jeden wspólny termin w tygodniu i sala bez interesantów.",
        result="W roku pokazowym zrezygnowały 2 osoby na 14, wcześniej 6 na 15.",
        evidence="Zestawienie uczestników zajęć, bez nazwisk.",
        contact="kierownik działu usług rynku pracy",
    )
    made = practices.submit_practice(agreement_id=agreement.pk, details=told, at=noon, by=labour)
    for state in (PracticeState.REVIEWED, PracticeState.PUBLISHED):
        practices.move_practice(uuid=made.uuid, state=state, today=noon.date(), by=by)
    practices.use_practice(uuid=made.uuid, since=noon.date(), by=welfare)
    shown = practices.offer_presentation(
        body_id=forum.pk, title="Rozmowa we trójkę: jak ją prowadzimy", practice=made.uuid, at=noon, by=labour
    )
    details = MeetingDetails(
        kind=MeetingKind.FORUM,
        title="Forum wymiany informacji (dane fikcyjne)",
        starts_on=(noon + timedelta(days=30)).date(),
        purposes=(Purpose.GOOD_PRACTICE,),
    )
    coming = services.draft_meeting(body_id=forum.pk, details=details, at=noon, by=by)
    practices.plan_presentation(presentation_id=shown.pk, meeting_id=coming.pk, by=by)
    services.announce(meeting_id=coming.pk, at=noon, by=by)


def _template(agreement: "Agreement", people: tuple[Actor, ...], by: Actor) -> None:
    labour, centre = people
    made = practices.add_template(
        agreement_id=agreement.pk,
        title=_TITLE,
        entity_kind="CIS",
        about="Ujednolicona umowa, uzgodniona między centrami. Treść pokazowa.",
        by=by,
    )
    for since, change, who in ((FIRST_VERSION, "", centre), (SECOND_VERSION, "Prostszy punkt 3.", labour)):
        practices.add_template_version(
            uuid=made.uuid,
            name=f"umowa-cis-{since.year}.docx",
            content=docx_of(
                Document(_TITLE, (Bullets(_POINTS, numbered=True), Paragraph(change)), mark="dane fikcyjne")
            ),
            change=change,
            valid_from=since,
            by=by,
        )
        practices.adopt_template(uuid=made.uuid, since=since, deviations="", by=who)
