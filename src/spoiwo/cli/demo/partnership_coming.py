"""What the demonstration partnership does these days: votes, meetings to come, a communiqué. All of it is invented."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from spoiwo.kernel.actor import Actor
from spoiwo.partnership import services
from spoiwo.partnership.services.voting import Vote
from spoiwo.partnership.types import (
    Attached,
    Channel,
    Deadline,
    ItemDetails,
    Language,
    MeetingDetails,
    MeetingKind,
    OutcomeDetails,
    OutcomeKind,
    Step,
    Visibility,
)
from spoiwo.toolkit.documents import Bullets, Document, docx_of

if TYPE_CHECKING:
    from spoiwo.partnership.models import Body, Communique, Meeting

MARK = "dane fikcyjne"
_POINTS = ("Otwarcie", "Realizacja wniosków", "Jedna rekomendacja na kolejny rok", "Sprawy różne")


def load_coming(
    council: "Body", forum: "Body", voters: tuple[Actor, ...], *, noon: datetime, by: Actor
) -> None:
    """A vote that was decided and one that is open, a council meeting with a file, a communiqué in two languages.

    voters: three members of the forum.
    """
    today = noon.date()
    _decided(forum, voters, today, noon, by)
    opened = _vote(
        forum, "Wspólny termin forum w każdym kwartale", today, today + timedelta(days=10), noon, by
    )
    services.vote(meeting_id=opened.pk, vote=Vote.FOR, at=noon, by=voters[0])
    _council(council, today, noon, by)
    communique = _told(council, today, noon, by)
    own = communique.deliveries.get(institution_id=voters[0].institution_id)
    services.acknowledge(delivery_id=own.pk, at=noon, by=voters[0])


def _vote(forum: "Body", title: str, first: date, last: date, noon: datetime, by: Actor) -> "Meeting":
    details = MeetingDetails(
        kind=MeetingKind.CIRCULATION, title=f"{title} ({MARK})", starts_on=first, ends_on=last
    )
    drafted = services.draft_meeting(body_id=forum.pk, details=details, at=noon, is_invented=True, by=by)
    return services.announce(meeting_id=drafted.pk, at=noon, by=by)


def _decided(forum: "Body", voters: tuple[Actor, ...], today: date, noon: datetime, by: Actor) -> None:
    first, last = today - timedelta(days=40), today - timedelta(days=30)
    meeting = _vote(forum, "Tematy forum na kolejne półrocze", first, last, noon, by)
    for one, vote in zip(voters, (Vote.FOR, Vote.FOR, Vote.ABSTAIN), strict=True):
        services.vote(meeting_id=meeting.pk, vote=vote, at=noon, by=one)
    services.hold(meeting_id=meeting.pk, at=noon, by=by)
    decided: dict[str, Any] = {"at": noon, "today": today, "by": by}
    made = services.propose_outcome(
        meeting_id=meeting.pk,
        details=OutcomeDetails(
            kind=OutcomeKind.DECISION,
            text=f"Forum omówi w półroczu: zatrudnienie wspierane, dojazdy, wspólne dyżury ({MARK}).",
            deadline=Deadline(latest=today + timedelta(days=12)),
            review_on=today + timedelta(days=150),
        ),
        at=noon,
        by=by,
    )
    services.take_step(outcome_id=made.pk, step=Step.ADOPT, **decided)
    services.assign(outcome_id=made.pk, owner_id=voters[1].institution_id, **decided)


def _council(council: "Body", today: date, noon: datetime, by: Actor) -> None:
    details = MeetingDetails(
        kind=MeetingKind.COUNCIL,
        title=f"Spotkanie Rady Programowej ({MARK})",
        starts_on=today + timedelta(days=21),
        starts_at=time(10),
        ends_at=time(13),
        place="sala konferencyjna",
        host_id=by.institution_id,
        aim="Realizacja wniosków i rekomendacja na kolejny rok.",
        visibility=Visibility.PUBLIC,
    )
    meeting = services.draft_meeting(body_id=council.pk, details=details, at=noon, is_invented=True, by=by)
    item = services.add_item(
        meeting_id=meeting.pk,
        details=ItemDetails(title="Jedna rekomendacja na kolejny rok", minutes=45),
        by=by,
    )
    services.add_file(
        meeting_id=meeting.pk, item_id=item.pk, file=_paper("program-spotkania.docx", "Program"), by=by
    )
    services.announce(meeting_id=meeting.pk, at=noon, by=by)


def _told(council: "Body", today: date, noon: datetime, by: Actor) -> "Communique":
    draft = services.draft_communique(
        body_id=council.pk,
        title=f"Zapraszamy do zgłaszania pomysłów ({MARK})",
        text="Do końca kwartału każda instytucja może zgłosić pomysł do sprawdzenia w praktyce.",
        year=today.year,
        by=by,
    )
    services.translate(
        communique_id=draft.pk,
        language=Language.ENGLISH,
        title="Send us your ideas (invented)",
        text="Until the end of the quarter every institution may submit an idea to be tried out.",
        by=by,
    )
    services.enclose(
        communique_id=draft.pk, file=_paper("jak-zglosic-pomysl.docx", "Jak zgłosić pomysł"), by=by
    )
    services.approve_communique(communique_id=draft.pk, at=noon, by=by)
    return services.send_communique(
        communique_id=draft.pk, channels=[Channel.IN_APP], at=noon, day=today, by=by
    )


def _paper(name: str, title: str) -> Attached:
    return Attached(name, docx_of(Document(title, (Bullets(_POINTS, numbered=True),), mark=MARK)))
