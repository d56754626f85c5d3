"""What waits for somebody today, who sees a plan, and what closes when an agreement ends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from spoiwo.access.models import SharingAgreement
from spoiwo.access.services import end_agreement
from spoiwo.audit.models import AuditRecord
from spoiwo.institutions.types import Role
from spoiwo.plans.errors import HasItsWorker, NotYours
from spoiwo.plans.models import (
    Action,
    JointPlan,
    Review,
)
from spoiwo.plans.queries import acting, leaving
from spoiwo.plans.services import agreeing, running
from tests.makers import institutions
from tests.makers import plans as made
from tests.makers.plan_pages import browser, text

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=400)


def test_the_days_page_names_what_is_due_and_the_done_action_goes():
    pair = made.active()
    row = made.own_action(pair)
    Action.objects.filter(pk=row.pk).update(due_on=made.today(), responsible_id=pair.labour.user_id)
    Review.objects.filter(plan=pair.plan).update(due_on=made.today())

    with made.as_actor(pair.labour):
        found = acting.today_of(pair.labour, day=made.today())
    with made.as_actor(pair.welfare):
        elsewhere = acting.today_of(pair.welfare, day=made.today())
        shared = acting.open_actions(pair.welfare, record=pair.town.theirs.uuid).count()

    assert [one.action.pk for one in found.actions if one.action] == [row.pk]
    assert [one.name.last_name for one in found.reviews if one.name] == ["Nowak"]
    assert found.more == 0
    assert elsewhere.actions == elsewhere.reviews == ()
    assert shared == 7
    made.finish(pair, row)
    with made.as_actor(pair.labour):
        assert acting.today_of(pair.labour, day=made.today()).actions == ()


def test_what_waits_for_a_signature_is_told_to_who_has_not_signed():
    pair = made.proposed()
    fingerprint = made.under_way(pair).fingerprint
    with made.as_actor(pair.labour):
        agreeing.sign(pair.uuid, fingerprint=fingerprint, at=made.now(), day=made.today(), by=pair.labour)
        assert acting.today_of(pair.labour, day=made.today()).to_sign == ()
    with made.as_actor(pair.welfare):
        (waiting,) = acting.today_of(pair.welfare, day=made.today()).to_sign
    assert waiting.plan.pk == pair.fresh().pk


def test_the_end_of_the_agreement_closes_the_plan_and_lists_what_to_hand_over():
    pair = made.active()
    director = institutions.acting(institutions.member(pair.town.labour, Role.DIRECTOR))
    agreement, number = pair.fresh().agreement, pair.fresh().number
    with made.as_actor(director):
        from_before = JointPlan.objects.visible_to(pair.labour).count()
        found = director
        end_agreement(
            agreement_id=_agreement_id(agreement),
            last_day=made.today() - timedelta(days=1),
            day=made.today(),
            by=found,
        )

    assert from_before == 1
    for by in (pair.labour, pair.welfare):
        with made.as_actor(by):
            assert JointPlan.objects.visible_to(by).count() == 0
            assert acting.open_actions(by).count() == 0
            (left,) = acting.hand_overs(by, day=made.today())
            assert {one.owner_id for one in left.actions} == {by.institution_id}
            assert left.number == number


def left_by_somebody_who_has_gone(pair):
    """An open action whose worker's authorisation has been withdrawn, and a colleague who is still there."""
    gone = institutions.member(
        pair.town.labour, Role.CASE_WORKER, account=institutions.user(full_name="Ewa Mak")
    )
    colleague = institutions.acting(institutions.member(pair.town.labour, Role.CASE_WORKER))
    row = made.own_action(pair)
    Action.objects.filter(pk=row.pk).update(responsible_id=gone.user_id)
    return gone, colleague, row


def test_what_somebody_who_has_gone_left_is_listed_and_taken_over():
    pair = made.active()
    gone, colleague, row = left_by_somebody_who_has_gone(pair)
    with made.as_actor(colleague):
        assert leaving.left_actions(colleague, day=made.today()) == []
        with pytest.raises(HasItsWorker):
            running.take_over_action(row.uuid, at=made.now(), day=made.today(), by=colleague)

        gone.authorisations.update(withdrawn_at=made.now())
        (left,) = leaving.left_actions(colleague, day=made.today())
        assert (left.waiting.action, left.by) == (row, "Ewa Mak")
        running.take_over_action(row.uuid, at=made.now(), day=made.today(), by=colleague)

        assert leaving.left_actions(colleague, day=made.today()) == []
        assert row in acting.my_actions(colleague, until=row.due_on)
    with made.as_actor(pair.welfare):
        assert leaving.left_actions(pair.welfare, day=made.today()) == []
        with pytest.raises(NotYours):
            running.take_over_action(row.uuid, at=made.now(), day=made.today(), by=pair.welfare)


@pytest.mark.parametrize(
    "change",
    [{"suspended_at": timezone.now()}, {"user__is_active": False}],
    ids=["suspended", "closed account"],
)
def test_whoever_cannot_sign_in_has_left_their_work(change):
    pair = made.active()
    gone, colleague, _row = left_by_somebody_who_has_gone(pair)
    for name, value in change.items():
        target = gone.user if name.startswith("user__") else gone
        setattr(target, name.removeprefix("user__"), value)
        target.save()

    with made.as_actor(colleague):
        assert len(leaving.left_actions(colleague, day=made.today())) == 1


def test_work_that_was_left_is_taken_over_from_the_page_of_the_day():
    pair = made.active()
    gone, colleague, row = left_by_somebody_who_has_gone(pair)
    gone.authorisations.update(withdrawn_at=made.now())
    page, take_over = browser(colleague), f"/plany/dzialanie/{row.uuid}/przejmij/"
    for where in ("/", "/plany/do-przekazania/"):
        shown = text(page.get(where))
        assert take_over in shown
        assert "Ewa Mak" in shown
    assert "Przejmij" in text(page.get("/plany/"))

    done = page.post(take_over, {"next": "/"}, follow=True)
    again = page.post(take_over, follow=True)

    assert f"Przejęto: {row.text}." in text(done)
    assert take_over not in text(done)
    assert "odpowiada ktoś, kto tu pracuje" in text(again)
    row.refresh_from_db()
    assert row.responsible_id == colleague.user_id
    assert "Działanie przejęte" in text(page.get(f"/plany/{pair.uuid}/dziennik/"))


def _agreement_id(number: str) -> int:
    return SharingAgreement.objects.get(number=number).pk


def test_whoever_has_no_role_or_no_relation_sees_nothing_and_hands_nothing_over():
    pair = made.active()
    supervisor = institutions.acting(institutions.member(pair.town.labour, Role.SUPERVISOR))

    with made.as_actor(supervisor):
        assert JointPlan.objects.visible_to(supervisor).count() == 0
        assert acting.hand_overs(supervisor, day=made.today()) == []
        assert Action.objects.owned_by(supervisor).count() == 0


def test_everything_done_is_in_the_chains_of_both_parties():
    pair = made.active()

    refs = AuditRecord.objects.filter(object_ref=f"plan:{pair.uuid}").values_list("institution_id", "outcome")

    told = {kind for _pk, kind in refs}
    assert {(party, kind) for party in (pair.town.labour.pk, pair.town.welfare.pk) for kind in told} == set(
        refs
    )
    assert {"started", "proposed", "signed", "agreed", "begun"} <= told
