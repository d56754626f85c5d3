"""Whoever does what in whatever order: what the partnership promises of its conclusions and communiqués holds."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from spoiwo.institutions.types import Role
from spoiwo.partnership import queries, services
from spoiwo.partnership.errors import PartnershipError
from spoiwo.partnership.models import Outcome, OutcomeEvent, OutgoingMail
from spoiwo.partnership.querysets import OPEN_OUTCOMES, TAKEN_PLACE
from spoiwo.partnership.types import (
    AccessionState,
    ActionKind,
    Channel,
    Deadline,
    DeliveryState,
    ItemKind,
    MeetingState,
    OutcomeState,
    Seat,
    Step,
    Target,
)
from tests.makers import institutions as people
from tests.makers import partnership as make
from tests.makers.partnership import DAY, NOON

pytestmark = pytest.mark.django_db
CALM = settings(deadline=None, derandomize=True, max_examples=15, suppress_health_check=list(HealthCheck))
WHO = ("secretary", "owner", "second", "chair", "stranger")
USUAL = ("adopt", "assign", "accept", "start", "claim", "evidence", "verify")  # each by whom it is up to
BY = {"adopt": "secretary", "assign": "secretary", "verify": "secretary"}
OWNED = (S := OutcomeState).ASSIGNED, S.ACCEPTED, S.IN_PROGRESS, S.CLAIMED, S.VERIFIED


class Council:
    """A council of two offices with a meeting that took place, one to come, and conclusions of each kind."""

    def __init__(self) -> None:
        self.offices = [people.institution(email=f"urzad{n}@example.pl") for n in range(2)]
        self.partnership = make.agreement(*self.offices)
        self.body = make.body(self.partnership)
        make.seat(self.body, self.offices[1], Seat.CHAIR)
        self.actors = {
            "secretary": make.secretary(self.partnership),
            "owner": make.worker(self.offices[0], user_id=1),
            "second": make.worker(self.offices[0], user_id=2),
            "chair": make.worker(self.offices[1], Role.DIRECTOR, user_id=3),
            "stranger": make.worker(people.institution(), Role.SECRETARY, user_id=4),
        }
        self.held = make.meeting(self.body, held=True)
        self.coming = make.meeting(self.body, starts_on=DAY + timedelta(days=40))
        self.outcomes = [
            make.outcome(self.held, deadline=Deadline(latest=DAY + timedelta(days=10))),
            make.outcome(self.held, action_kind=ActionKind.LETTER),
            make.outcome(self.coming),
        ]
        self.today = DAY

    def do(self, deed: str, who: str, number: int) -> None:
        """One deed; what is refused changes nothing."""
        try:
            with transaction.atomic():
                getattr(self, deed, self.step)(deed, self.actors[who], self.outcomes[number])
        except PartnershipError:
            pass

    def step(self, deed, by, outcome):
        services.take_step(
            outcome_id=outcome.pk, step=Step(deed), reason="powód", at=NOON, today=self.today, by=by
        )

    def assign(self, _deed, by, outcome):
        office = self.offices[outcome.pk % 2]
        services.assign(outcome_id=outcome.pk, owner_id=office.pk, at=NOON, today=self.today, by=by)
        assert queries.is_signatory(self.partnership, office.pk, self.today)

    def evidence(self, _deed, by, outcome):
        services.add_evidence(outcome_id=outcome.pk, label="lista obecności", at=NOON, by=by)

    def deadline(self, _deed, by, outcome):
        latest = self.today + timedelta(days=outcome.pk % 20)
        for reason in ("", "choroba"):
            try:
                services.move_deadline(
                    outcome_id=outcome.pk, deadline=Deadline(latest=latest), reason=reason, at=NOON,
                    today=self.today, by=by,
                )  # fmt: skip
            except PartnershipError:
                continue
            assert reason

    def hold(self, _deed, by, _outcome):
        services.hold(meeting_id=self.coming.pk, at=NOON, by=by)

    def another(self, _deed, by, _outcome):
        starts_on = self.today + timedelta(days=60)
        services.draft_meeting(
            body_id=self.body.pk, details=make.details(starts_on=starts_on), at=NOON, by=by
        )

    def withdraw(self, _deed, by, _outcome):
        services.set_accession(
            agreement_id=self.partnership.pk, institution_id=self.offices[0].pk,
            state=AccessionState.WITHDRAWN, on=self.today, by=by,
        )  # fmt: skip

    def days_pass(self, _deed, _by, _outcome):
        for _day in range(4):
            self.today += timedelta(days=1)
            for _twice in range(2):
                services.queue_digests(today=self.today, at=NOON)

    def check(self) -> None:
        """The promises (a) to (g)."""
        for one in Outcome.objects.filter(body=self.body):
            events = list(OutcomeEvent.objects.filter(outcome=one).order_by("pk"))
            if one.state not in (S.PROPOSED, S.REJECTED):
                assert one.meeting.state in TAKEN_PLACE  # (a)
            if one.state in OWNED:
                assert one.owner_id or one.owner_body_id  # (b), with what `assign` asserts
            if one.state == S.VERIFIED:  # (c)
                verified = [event for event in events if event.what == "verify"][-1]
                assert one.evidence.exists()
                assert verified.user_id != one.claimed_by_user_id
                assert verified.institution_id != one.owner_id
                assert one.action_kind != ActionKind.LETTER  # nobody sent a letter here
            moved = [event for event in events if event.what == "deadline"]  # (d)
            assert all(event.reason for event in moved)
            first = DAY + timedelta(days=10) if one.pk == self.outcomes[0].pk else None
            assert (one.due_to == first) or moved
            is_late = one.state in OPEN_OUTCOMES and one.due_to is not None and one.due_to < self.today
            assert Outcome.objects.overdue(self.today).filter(pk=one.pk).exists() is is_late  # (g)
        self._check_agendas()
        letters = OutgoingMail.objects.filter(about__startswith="digest:").values_list("about", "to")
        assert len(letters) == len(set(letters))  # (f): one letter a day, however often the job runs
        told = [(one.outcome_id, one.due_to, one.step) for one in self._reminders()]
        assert len(told) == len(set(told))

    def _check_agendas(self) -> None:  # (e)
        for meeting in self.body.meetings.filter(state__in=(MeetingState.DRAFT, MeetingState.ANNOUNCED)):
            waiting = Outcome.objects.unfinished().exclude(state=S.PROPOSED).exclude(meeting=meeting)
            due = set(waiting.filter(body=self.body, meeting__starts_on__lte=meeting.starts_on))
            assert due <= set(queries.follow_up_of(meeting, self.actors["secretary"]))
            assert not due or meeting.items.filter(kind=ItemKind.FOLLOW_UP).exists()

    def _reminders(self):
        return [told for one in Outcome.objects.filter(body=self.body) for told in one.reminders.all()]


DEEDS = (
    *(str(step) for step in Step if step is not Step.SUPERSEDE),
    "evidence", "deadline", "hold", "another", "withdraw", "days_pass",
)  # fmt: skip


def test_conclusions_keep_all_promises():
    council = Council()

    @CALM
    @given(
        along=some.lists(some.integers(0, len(USUAL)), min_size=3, max_size=3),
        deeds=some.lists(
            some.tuples(some.sampled_from(DEEDS), some.sampled_from(WHO), some.integers(0, 2)), max_size=10
        ),
    )
    def walk(along, deeds):
        with transaction.atomic():
            council.today = DAY
            for number, far in enumerate(along):
                for deed in USUAL[:far]:
                    owner = ("owner", "chair")[council.outcomes[number].pk % 2]
                    council.do(deed, BY.get(deed, owner), number)
            for deed, who, number in deeds:
                council.do(deed, who, number)
            council.check()
            transaction.set_rollback(True)

    walk()


class Sending:
    """A communiqué on its way to two offices; `proven` is what a clerk with a pencil would tick off."""

    def __init__(self, channels) -> None:
        offices = [people.institution(email=f"urzad{n}@example.pl") for n in range(2)]
        partnership = make.agreement(*offices)
        self.secretary = make.secretary(partnership)
        self.communique = make.communique(make.body(partnership), approved=True)
        self.more = [Target(office.pk, channel) for office in offices for channel in channels]
        self.proven: dict[int, bool] = {}
        self._send()

    def _send(self) -> None:
        services.send_communique(
            communique_id=self.communique.pk, channels=[], more=self.more, at=NOON, day=DAY, by=self.secretary
        )

    def do(self, deed: str, number: int) -> None:
        rows = list(self.communique.deliveries.order_by("-edition", "pk"))
        newest = [one for one in rows if one.edition == rows[0].edition]
        getattr(self, deed)(newest[number % len(newest)])

    def acknowledge(self, delivery):
        services.acknowledge(delivery_id=delivery.pk, at=NOON, by=make.worker(delivery.institution))
        self.proven[delivery.pk] = True

    def evidence(self, delivery):
        services.keep_evidence(
            delivery_id=delivery.pk, name="zpo.pdf", content=b"%PDF", at=NOON, by=self.secretary
        )
        self.proven[delivery.pk] = True

    def page(self, delivery):
        self._note(delivery, f"<p>{delivery.communique.title}</p>", names_it=True)

    def silent_page(self, delivery):
        self._note(delivery, "<p>Aktualności</p>", names_it=False)

    def _note(self, delivery, html, *, names_it):
        url = "https://example.pl/k"
        services.note_page(delivery_id=delivery.pk, url=url, html=html, at=NOON, by=self.secretary)
        self.proven[delivery.pk] = names_it

    def correct(self, _delivery):
        self.communique.refresh_from_db()
        services.edit_communique(
            communique_id=self.communique.pk,
            title="Sprostowanie",
            text="Inaczej.",
            version=self.communique.version,
            by=self.secretary,
        )
        services.approve_communique(communique_id=self.communique.pk, at=NOON, by=self.secretary)
        self._send()
        self.communique.refresh_from_db()

    def check(self) -> None:
        rows = list(self.communique.deliveries.all())
        assert len({(one.edition, one.institution_id, one.channel) for one in rows}) == len(rows)
        reached = {one.pk for one in rows if one.state in (DeliveryState.ACKNOWLEDGED, DeliveryState.PROVEN)}
        assert reached == {pk for pk, is_proven in self.proven.items() if is_proven}
        last = [one for one in rows if one.edition == self.communique.edition]
        whole = queries.reach_of(queries.matrix_of(self.communique))
        assert len(last) == len(self.more)  # a correction goes to everybody again
        assert whole.reached == len({one.institution_id for one in last if one.pk in reached})


def test_a_communique_reaches_whom_something_proves_it_reached():
    sending = Sending(list(Channel))

    @CALM
    @given(
        deeds=some.lists(
            some.tuples(
                some.sampled_from(("acknowledge", "evidence", "page", "silent_page", "correct")),
                some.integers(0, 9),
            ),
            max_size=8,
        )
    )
    def walk(deeds):
        with transaction.atomic():
            sending.proven.clear()
            for deed, number in deeds:
                sending.do(deed, number)
            sending.check()
            transaction.set_rollback(True)
        sending.communique.refresh_from_db()

    walk()
