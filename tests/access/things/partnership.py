"""A partnership that left keeps, left and right signed, and stranger knows nothing of."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from spoiwo.calendars import services as calendars
from spoiwo.calendars.types import EntryDetails
from spoiwo.institutions.types import Role
from spoiwo.partnership import queries, services
from spoiwo.partnership.rules.practices import PracticeState
from spoiwo.partnership.services import ideas, practices, talks
from spoiwo.partnership.services.practices import PracticeDetails
from spoiwo.partnership.services.talks import Written
from spoiwo.partnership.types import Attached, Channel, LetterDetails, MeetingKind, Seat, Visibility
from tests.makers import partnership as make

ABSENT_ID = 999_999


def add_things(world: Any) -> None:
    """Everything the addresses of the partnership and of calendars can name."""
    left, right, _stranger = world.offices.values()
    kept = make.agreement(left, right, secretariat=left)
    council = make.body(kept)
    make.seat(council, right, Seat.CHAIR)
    _register(world, kept, council)
    _meetings(world, council)
    _outcomes(world, council, right)
    _communiques(world, council, right)
    _letters(world, council, right)
    _reports(world, kept)
    _shared(world, kept, council, right)
    _calendars(world)


def both(world: Any, kind: str, label: str, *args: Any, of: str, absent: tuple[Any, ...]) -> None:
    """A thing, and one that does not exist."""
    world.add(kind, label, *args, of=of)
    world.absent(kind, *absent)


def _register(world: Any, kept: Any, council: Any) -> None:
    by = make.secretary(kept)
    both(world, "partnership", "of left and right", kept.pk, of="left right", absent=(ABSENT_ID,))
    both(
        world,
        "period_file",
        "of left and right",
        kept.pk,
        "docx",
        of="left right",
        absent=(ABSENT_ID, "docx"),
    )
    both(world, "partnership_kept", "of left", kept.pk, of="left", absent=(ABSENT_ID,))
    both(world, "body", "of left and right", council.pk, of="left right", absent=(ABSENT_ID,))
    both(world, "body_kept", "of left", council.pk, of="left", absent=(ABSENT_ID,))
    mandate = council.mandates.get()
    both(world, "mandate", "of left", mandate.pk, of="left", absent=(ABSENT_ID,))
    topic = services.open_topic(body_id=council.pk, title="Pytanie", on=make.DAY, by=by)
    both(world, "topic", "of left", topic.pk, of="left", absent=(ABSENT_ID,))


def _meetings(world: Any, council: Any) -> None:
    by = make.secretary(council.agreement)
    coming = make.meeting(council, announced=True, starts_on=timezone.localdate() + timedelta(days=9))
    reviewed = make.meeting(council, held=True)
    services.write_minutes(meeting_id=reviewed.pk, seen=0, text="Obradowano.", at=make.NOON, by=by)
    reviewed = services.open_review(meeting_id=reviewed.pk, until=timezone.localdate(), by=by)
    right = world.offices["right"]
    amendment = services.propose_amendment(
        meeting_id=reviewed.pk,
        passage="",
        proposal="Dopisać",
        at=make.NOON,
        today=timezone.localdate(),
        by=make.worker(right),
    )
    absent = (uuid4(),)
    both(world, "meeting", "coming", coming.uuid, of="left right", absent=absent)
    both(world, "meeting_seen", "coming", coming.uuid, of="left right", absent=absent)
    both(world, "meeting_kept", "coming", coming.uuid, of="left", absent=absent)
    both(world, "meeting_attended", "reviewed", reviewed.uuid, of="right", absent=absent)
    both(world, "meeting_chaired", "reviewed", reviewed.uuid, of="right", absent=absent)
    both(world, "meeting_again", "coming", coming.uuid, "podobne", of="left", absent=(*absent, "podobne"))
    both(world, "meeting_moved", "coming", coming.uuid, "odwolanie", of="left", absent=(*absent, "odwolanie"))
    both(world, "sheet", "coming", coming.uuid, "docx", of="left", absent=(*absent, "docx"))
    published = _published(council)
    both(world, "minutes", "published", published.uuid, "docx", of="left right", absent=(*absent, "docx"))
    item = queries.agenda_of(coming, by)[0]
    both(world, "item", "of left", item.pk, of="left", absent=(ABSENT_ID,))
    both(world, "item_moved", "of left", item.pk, "wyzej", of="left", absent=(ABSENT_ID, "wyzej"))
    _voting_and_files(world, council, coming)
    guest = queries.attendance_of(reviewed)[0]
    both(world, "guest", "of left", guest.pk, of="left", absent=(ABSENT_ID,))
    both(world, "amendment", "of left", amendment.pk, of="left", absent=(ABSENT_ID,))
    key = services.link_key(queries.attendance_of(coming)[0])
    both(world, "rsvp", "of right", key, of="right", absent=("zly-klucz",))


def _voting_and_files(world: Any, council: Any, coming: Any) -> None:
    absent = (uuid4(),)
    voting = make.meeting(council, announced=True, kind=MeetingKind.CIRCULATION, visibility=Visibility.PUBLIC)
    both(world, "meeting_voting", "voting", voting.uuid, of="left right", absent=absent)
    both(world, "meeting_public", "voting", voting.uuid, of="left right", absent=absent)
    file = services.add_file(
        meeting_id=coming.pk, file=Attached("plan.pdf", b"%PDF"), by=make.secretary(council.agreement)
    )
    both(world, "meeting_file", "of left and right", file.pk, of="left right", absent=(ABSENT_ID,))
    both(world, "meeting_file_kept", "of left", file.pk, of="left", absent=(ABSENT_ID,))


def _published(council: Any) -> Any:
    by = make.secretary(council.agreement)
    chair = make.worker(council.mandates.get().institution, Role.DIRECTOR)
    row = make.meeting(council, held=True)
    services.write_minutes(meeting_id=row.pk, seen=0, text="Przyjęto.", at=make.NOON, by=by)
    services.open_review(meeting_id=row.pk, until=timezone.localdate(), by=by)
    services.approve_minutes(meeting_id=row.pk, seen=1, at=make.NOON, by=chair)
    return services.publish_minutes(meeting_id=row.pk, at=make.NOON, by=by)


def _outcomes(world: Any, council: Any, right: Any) -> None:
    held = make.meeting(council, held=True)
    assigned, free = make.outcome(held, owner=right), make.outcome(held, adopted=True)
    own = make.outcome(held, owner=world.offices["left"])
    absent = (uuid4(),)
    both(world, "outcome", "assigned", assigned.uuid, of="left right", absent=absent)
    both(world, "outcome_kept", "free", free.uuid, of="left", absent=absent)
    both(
        world,
        "outcome_accepting",
        "assigned",
        assigned.uuid,
        "accept",
        of="right",
        absent=(*absent, "accept"),
    )
    both(world, "outcome_expiring", "free", free.uuid, "expire", of="left", absent=(*absent, "expire"))
    both(world, "outcome_owned", "own", own.uuid, of="left", absent=absent)
    shown = services.add_evidence(
        outcome_id=own.pk,
        label="lista",
        file=Attached("lista.pdf", b"%PDF"),
        at=make.NOON,
        by=make.worker(world.offices["left"]),
    )
    both(
        world,
        "outcome_evidence",
        "own",
        own.uuid,
        shown.pk,
        of="left right",
        absent=(own.uuid, ABSENT_ID),
    )


def _communiques(world: Any, council: Any, right: Any) -> None:
    by = make.secretary(council.agreement)
    draft, approved = make.communique(council), make.communique(council, approved=True)
    with_file = make.communique(council)
    digest = services.enclose(
        communique_id=with_file.pk, file=Attached("plan.pdf", b"%PDF-1.7"), by=by
    ).sha256
    services.approve_communique(communique_id=with_file.pk, at=make.NOON, by=by)
    sent = services.send_communique(
        communique_id=with_file.pk,
        channels=[Channel.IN_APP, Channel.PAPER, Channel.EMAIL],
        at=make.NOON,
        day=timezone.localdate(),
        by=by,
    )
    absent = (uuid4(),)
    both(world, "communique", "sent", sent.uuid, of="left right", absent=absent)
    both(world, "communique_kept", "approved", approved.uuid, of="left", absent=absent)
    both(world, "communique_draft", "draft", draft.uuid, of="", absent=absent)
    both(world, "communique_language", "approved", approved.uuid, "en", of="left", absent=(*absent, "en"))
    both(world, "enclosure", "sent", sent.uuid, digest, of="left right", absent=(sent.uuid, "0"))
    both(world, "enclosure_kept", "sent", sent.uuid, digest, of="left", absent=(sent.uuid, "0"))
    both(world, "enclosure_public", "sent", sent.uuid, digest, of="", absent=(sent.uuid, "0"))
    both(world, "communique_public", "sent", sent.uuid, of="", absent=absent)
    own = sent.deliveries.get(institution=right, channel=Channel.IN_APP)
    paper = sent.deliveries.get(institution=right, channel=Channel.PAPER)
    services.keep_evidence(delivery_id=paper.pk, name="zpo.pdf", content=b"%PDF", at=make.NOON, by=by)
    both(world, "delivery_own", "of right", own.uuid, of="right", absent=absent)
    both(world, "delivery_kept", "of left", paper.uuid, of="left", absent=absent)
    both(world, "delivery_mailed", "of left", paper.uuid, of="left", absent=absent)


def _letters(world: Any, council: Any, right: Any) -> None:
    by = make.secretary(council.agreement)
    details = LetterDetails(to_id=right.pk, subject="Zapytanie", text="Prosimy o stanowisko.")
    draft = services.draft_letter(body_id=council.pk, details=details, by=by)
    sent = services.draft_letter(body_id=council.pk, details=details, by=by)
    sent = services.send_letter(letter_id=sent.pk, number="1/2026", on=make.DAY, by=by)
    absent = (uuid4(),)
    both(world, "letter", "sent", sent.uuid, of="left right", absent=absent)
    both(world, "letter_kept", "draft", draft.uuid, of="left", absent=absent)
    both(world, "letter_to_right", "sent", sent.uuid, of="right", absent=absent)


def _reports(world: Any, kept: Any) -> None:
    by = make.secretary(kept)
    begun = services.begin_report(agreement_id=kept.pk, year=2025, by=by)
    services.approve_report(report_id=begun.pk, at=make.NOON, by=by)
    services.publish_report(report_id=begun.pk, by=by)
    both(world, "report", "2026", kept.pk, 2026, of="left right", absent=(ABSENT_ID, 2026))
    both(world, "report_kept", "2026", kept.pk, 2026, of="left", absent=(ABSENT_ID, 2026))
    rows = ("signatories",)
    both(world, "report_rows", "2026", kept.pk, 2026, *rows, of="left right", absent=(ABSENT_ID, 2026, *rows))
    both(
        world, "report_settled", "2026", kept.pk, 2026, "zatwierdzenie", of="left",
        absent=(ABSENT_ID, 2026, "zatwierdzenie"),
    )  # fmt: skip
    both(
        world, "report_file", "2026", kept.pk, 2026, "docx", of="left right", absent=(ABSENT_ID, 2026, "docx")
    )
    both(world, "report_public", "2025", kept.pk, 2025, of="", absent=(ABSENT_ID, 2025))


def _shared(world: Any, kept: Any, council: Any, right: Any) -> None:
    by, worker = make.secretary(kept), make.worker(right)
    absent, today = (uuid4(),), timezone.localdate()
    written = Written(text="Prosimy o opinię.", file=Attached("opinia.pdf", b"%PDF"))
    talk = talks.open_talk(
        agreement_id=kept.pk, subject="Opinia", to_ids=[right.pk], written=written, at=make.NOON, by=by
    )
    both(world, "talk", "of left and right", talk.uuid, of="left right", absent=absent)
    both(world, "talk_file", "of left and right", talk.messages.get().uuid, of="left right", absent=absent)
    idea = ideas.submit_idea(
        agreement_id=kept.pk, title="Pomysł", problem="Brak", proposal="Zróbmy", at=make.NOON, by=worker
    )
    both(world, "idea", "of right", idea.uuid, of="left right", absent=absent)
    both(world, "idea_kept", "of right", idea.uuid, of="left", absent=absent)
    both(
        world, "idea_step", "of right", idea.uuid, "przejecie", of="left right", absent=(*absent, "przejecie")
    )
    details = PracticeDetails(title="Praktyka", problem="Brak", solution="Tak", result="Działa")
    practice = practices.submit_practice(agreement_id=kept.pk, details=details, at=make.NOON, by=worker)
    for state in (PracticeState.REVIEWED, PracticeState.PUBLISHED):
        practices.move_practice(uuid=practice.uuid, state=state, today=today, by=by)
    both(world, "practice", "of right", practice.uuid, of="left right", absent=absent)
    both(world, "practice_public", "of right", practice.uuid, of="", absent=absent)
    both(world, "practice_kept", "of right", practice.uuid, of="left", absent=absent)
    both(
        world, "practice_step", "used", practice.uuid, "uzywamy", of="left right", absent=(*absent, "uzywamy")
    )
    shown = practices.offer_presentation(
        body_id=council.pk, title="Pokaz", practice=None, at=make.NOON, by=worker
    )
    both(world, "presentation", "of right", shown.pk, of="left", absent=(ABSENT_ID,))
    template = practices.add_template(agreement_id=kept.pk, title="Wzór", entity_kind="", about="", by=by)
    practices.add_template_version(
        uuid=template.uuid, name="wzor.docx", content=b"PK", change="", valid_from=make.DAY, by=by
    )
    both(world, "template", "of left", template.uuid, of="left right", absent=absent)
    both(world, "template_kept", "of left", template.uuid, of="left", absent=absent)
    both(world, "template_file", "of left", template.uuid, 1, of="left right", absent=(*absent, 1))


def _calendars(world: Any) -> None:
    now = timezone.now()
    for name, office in world.offices.items():
        by = make.worker(office)
        entry = calendars.plan_entry(
            EntryDetails(source="", title=f"Dyżur {name}", starts_at=now, ends_at=now), at=now, by=by
        )
        world.add("calendar_entry", name, entry.pk, of=name)
    world.absent("calendar_entry", ABSENT_ID)
    world.add("calendar_feed", "of somebody else", ABSENT_ID - 1, of="left")
    world.absent("calendar_feed", ABSENT_ID)
    world.add("calendar_key", "unknown", "nieznany", of="")
    world.absent("calendar_key", "nieznany-inny")
