"""Loading the demonstration partnership through the services that its secretariat's own clicks use."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from spoiwo.cli.demo import partnership_papers as paper
from spoiwo.cli.demo import region_data as region
from spoiwo.cli.demo.partnership_sharing import load_sharing
from spoiwo.institutions import queries as institutions
from spoiwo.institutions import services as directory
from spoiwo.institutions.types import COMMAND_LINE, InstitutionDetails, Kind, KindPeriod, Role
from spoiwo.kernel.actor import Actor
from spoiwo.partnership import queries, services
from spoiwo.partnership.types import (
    AccessionState,
    ActionKind,
    BodyDetails,
    BodyKind,
    Channel,
    Deadline,
    ItemDetails,
    MeetingDetails,
    MeetingKind,
    OutcomeDetails,
    OutcomeKind,
    Purpose,
    Seat,
    SeatDetails,
    Step,
    Visibility,
)

if TYPE_CHECKING:
    from spoiwo.partnership.models import Agreement, Body, Meeting, Outcome

YEAR = 2016
Bodies = dict[str, Any]


def is_loaded() -> bool:
    """Whether the partnership is there."""
    return queries.agreement_by_code(paper.CODE) is not None


def load_partnership(today: date) -> int:
    """Load the partnership unless it is there; answers how many meetings were entered."""
    if is_loaded():
        return 0
    with transaction.atomic():
        agreement = _agreement()
        by = _secretary()
        bodies = _bodies(agreement, by)
        for sitting in paper.SITTINGS:
            _sitting(bodies["RP"], sitting, by, today)
        _overlap(bodies, by)
        _year(bodies, by, today)
        _report(agreement, by)
        load_sharing(agreement, bodies["F"], bodies["RP"].meetings.held().first(), by, today)
    return sum(body.meetings.count() for body in bodies.values())


def _agreement() -> "Agreement":
    agreement = services.found_agreement(
        code=paper.CODE,
        title=paper.TITLE,
        secretariat_id=_id(region.WUP),
        scope=paper.SCOPE,
        purpose=paper.PURPOSE,
        signed_on=paper.FOUNDED,
        day_known=False,
        by=COMMAND_LINE,
    )
    agreement.is_demonstration = True
    agreement.save(update_fields=["is_demonstration"])
    codes = [entry.code for entry in region.INSTITUTIONS]
    codes += [_invented(number) for number in range(1, paper.SIGNATORIES - len(codes) + 1)]
    for code in codes:
        services.set_accession(
            agreement_id=agreement.pk,
            institution_id=_id(code),
            state=AccessionState.SIGNED,
            on=paper.FOUNDED,
            day_known=False,
            by=_secretary(),
        )
    return agreement


def _invented(number: int) -> str:
    """An institution that no source names, plainly so; answers its code."""
    code = f"przykladowa-{number}"
    if institutions.by_code(code) is None:
        details = InstitutionDetails(
            name=f"Instytucja przykładowa {number}",
            short_name=f"Przykładowa {number}",
            kinds=(KindPeriod(Kind.OTHER),),
        )
        directory.create_institution(details=details, code=code, today=timezone.localdate(), by=COMMAND_LINE)
    return code


def _wanted_bodies() -> tuple[BodyDetails, ...]:
    return (
        BodyDetails(
            name="Rada Programowa",
            kind=BodyKind.COUNCIL,
            prefix="RP",
            mandate="Koordynuje działalność partnerstwa; forum wymiany doświadczeń i proponowania nowych rozwiązań.",
            founding_act="Ustanowiona oddolnie przez sygnatariuszy w 2010 r.",
        ),
        BodyDetails(
            name="Sekretariat Partnerstwa", kind=BodyKind.SECRETARIAT, prefix="SP", host_id=_id(region.WUP)
        ),
        BodyDetails(name="Zebranie sygnatariuszy", kind=BodyKind.SIGNATORIES, prefix="ZS"),
        BodyDetails(
            name="Forum wymiany informacji PUP, OPS i PCPR",
            kind=BodyKind.FORUM,
            prefix="F",
            mandate="Możliwości wsparcia wspólnych klientów i dobre praktyki współpracy.",
        ),
        BodyDetails(
            name="Regionalny Komitet Rozwoju Ekonomii Społecznej",
            kind=BodyKind.EXTERNAL,
            prefix="RKRES",
            is_external=True,
            host_id=_id(region.ROPS),
        ),
        BodyDetails(
            name="Prekomitet Rozwoju Ekonomii Społecznej",
            kind=BodyKind.EXTERNAL,
            prefix="PRES",
            is_external=True,
            host_id=_id(region.ROPS),
        ),
    )


def _bodies(agreement: "Agreement", by: Actor) -> Bodies:
    bodies = {
        one.prefix: services.create_body(agreement_id=agreement.pk, details=one, by=by)
        for one in _wanted_bodies()
    }
    chair = SeatDetails(
        institution_id=_id(paper.CHAIR),
        seat=Seat.CHAIR,
        since=paper.FOUNDED,
        function="przewodnictwo Rady Programowej",
    )
    services.give_seat(body_id=bodies["RP"].pk, details=chair, by=by)
    for purpose, label in (
        (
            Purpose.SUPPORT_INFORMATION,
            "Informacje o możliwościach wsparcia wspólnych klientów, co najmniej 3 razy w roku",
        ),
        (Purpose.GOOD_PRACTICE, "Dobre praktyki skutecznej współpracy, co najmniej 3 razy w roku"),
    ):
        services.set_cadence(
            body_id=bodies["F"].pk, label=label, at_least=3, since=date(YEAR, 1, 1), purpose=purpose, by=by
        )
    return bodies


def _sitting(council: "Body", said: paper.Sitting, by: Actor, today: date) -> None:
    details = MeetingDetails(
        kind=MeetingKind.COUNCIL,
        title=said.title,
        starts_on=said.day,
        host_id=_id(said.host),
        aim=said.aim,
        visibility=Visibility.PUBLIC,
    )
    meeting = services.draft_meeting(body_id=council.pk, details=details, at=timezone.now(), by=by)
    for item in said.items:
        services.add_item(meeting_id=meeting.pk, details=item, by=by)
    services.hold(meeting_id=meeting.pk, at=timezone.now(), by=by)
    for conclusion in said.conclusions:
        parent = _adopted(
            meeting,
            OutcomeDetails(kind=OutcomeKind.CONCLUSION, text=conclusion.text),
            by,
            today,
            due=said.due,
        )
        for text, kind, addressee, label in conclusion.actions:
            _adopted(
                meeting,
                OutcomeDetails(
                    kind=OutcomeKind.ACTION,
                    text=text,
                    action_kind=kind,
                    parent_id=parent.pk,
                    addressee_id=_id(addressee) if addressee else None,
                    addressee_label=label,
                    deadline=Deadline(wording=said.due),
                ),
                by,
                today,
            )


def _adopted(
    meeting: "Meeting", details: OutcomeDetails, by: Actor, today: date, *, due: str = ""
) -> "Outcome":
    if due:
        details = OutcomeDetails(kind=details.kind, text=details.text, deadline=Deadline(wording=due))
    made = services.propose_outcome(meeting_id=meeting.pk, details=details, at=timezone.now(), by=by)
    return services.take_step(outcome_id=made.pk, step=Step.ADOPT, at=timezone.now(), today=today, by=by)


def _overlap(bodies: Bodies, by: Actor) -> None:
    services.divide_tasks(
        body_id=bodies["RP"].pk,
        other_id=bodies["PRES"].pk,
        text="Propozycja podziału zadań i kompetencji między Radą a nowo powołanym Prekomitetem do wypracowania "
        "na spotkaniu z dyrektorem ROPS.",
        decided_on=paper.FEBRUARY.day,
        is_overlap=True,
        by=by,
    )


def _year(bodies: Bodies, by: Actor, today: date) -> None:
    councils = []
    for one in paper.COUNTED:
        meeting = _counted(bodies[one.body], one, by)
        if one.kind is MeetingKind.COUNCIL:
            councils.append(meeting)
    _signatories(bodies["ZS"], by)
    for text, kind, title, meeting_kind in paper.RECOMMENDATIONS:
        held = None
        if meeting_kind is not None:
            held = _counted(bodies["SP"], paper.Counted(meeting_kind, "SP", title, ()), by)
        _recommendation(councils[0], (text, kind, title), held, by, today)
    for title in paper.COMMUNIQUES:
        _communique(bodies["RP"], title, by)


def _counted(body: "Body", one: paper.Counted, by: Actor) -> "Meeting":
    details = MeetingDetails(
        kind=one.kind,
        title=one.title,
        starts_on=date(YEAR, 1, 1),
        day_known=False,
        host_id=_id(one.host) if one.host else None,
        aim=paper.SHARED_TOPIC if one.kind is MeetingKind.COUNCIL else "",
    )
    meeting = services.draft_meeting(
        body_id=body.pk,
        details=details,
        at=timezone.now(),
        is_invented=one.host.startswith("przykladowa"),
        by=by,
    )
    meeting.items.all().delete()  # nothing is known of what was carried over then
    for topic in one.topics:
        services.add_item(meeting_id=meeting.pk, details=ItemDetails(title=topic), by=by)
    return services.hold(meeting_id=meeting.pk, at=timezone.now(), by=by)


def _signatories(body: "Body", by: Actor) -> None:
    details = MeetingDetails(
        kind=MeetingKind.SIGNATORIES,
        title="Spotkanie sygnatariuszy partnerstwa, 18 listopada 2016 r.",
        starts_on=date(YEAR, 11, 18),
        aim="Podsumowanie dotychczasowych działań partnerskich podejmowanych przez Radę Programową.",
        visibility=Visibility.PUBLIC,
    )
    meeting = services.draft_meeting(body_id=body.pk, details=details, at=timezone.now(), by=by)
    for title in (
        "Podsumowanie działań podejmowanych przez Radę Programową",
        "Działania różnych instytucji służące wsparciu sektora ekonomii społecznej w regionie",
        "Wymiana doświadczeń w działaniach na rzecz ekonomii społecznej",
    ):
        services.add_item(meeting_id=meeting.pk, details=ItemDetails(title=title), by=by)
    services.hold(meeting_id=meeting.pk, at=timezone.now(), by=by)


def _recommendation(
    meeting: "Meeting", said: tuple[str, ActionKind, str], held: "Meeting | None", by: Actor, today: date
) -> None:
    """Adopted by the council, carried out in its name by the regional office, verified by the secretary."""
    text, kind, title = said
    director = _actor(Role.DIRECTOR)
    made = _adopted(
        meeting, OutcomeDetails(kind=OutcomeKind.RECOMMENDATION, text=text, action_kind=kind), by, today
    )
    at = timezone.now()
    services.assign(outcome_id=made.pk, owner_body_id=made.body_id, at=at, today=today, by=by)
    services.implement(
        outcome_id=made.pk, kind=kind, title=title, meeting_id=held.pk if held else None, at=at, by=by
    )
    for step, actor in ((Step.ACCEPT, director), (Step.CLAIM, director), (Step.VERIFY, by)):
        services.take_step(outcome_id=made.pk, step=step, at=at, today=today, by=actor)


def _communique(body: "Body", title: str, by: Actor) -> None:
    draft = services.draft_communique(
        body_id=body.pk,
        title=title,
        text="Treści komunikatu źródło nie podaje. Zamieszczono go na stronie internetowej WUP i sygnatariuszy.",
        year=YEAR,
        by=by,
    )
    services.approve_communique(communique_id=draft.pk, at=timezone.now(), by=by)
    services.send_communique(
        communique_id=draft.pk,
        channels=[Channel.PARTNER_WEB],
        at=timezone.now(),
        day=date(YEAR, 1, 1),
        day_known=False,
        by=by,
    )


def _report(agreement: "Agreement", by: Actor) -> None:
    begun = services.begin_report(agreement_id=agreement.pk, year=YEAR, by=by)
    services.write_report(report_id=begun.pk, narrative=paper.NARRATIVE, effects=paper.EFFECTS, by=by)
    services.approve_report(report_id=begun.pk, at=timezone.now(), by=by)
    services.publish_report(report_id=begun.pk, by=by)


def _secretary() -> Actor:
    return _actor(Role.SECRETARY)


def _actor(role: Role) -> Actor:
    email = region.worker_of(region.WUP, role).email
    return Actor(
        user_id=get_user_model().objects.get(email=email).pk,
        institution_id=_id(region.WUP),
        roles=frozenset({str(role)}),
    )


def _id(code: str) -> int:
    found = institutions.by_code(code)
    assert found is not None, code
    return found.pk
