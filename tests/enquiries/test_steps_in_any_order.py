"""Whatever the two sides try, in whatever order: an enquiry goes its ways only, and both chains stay whole."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spoiwo.audit.models import AuditRecord
from spoiwo.audit.queries import verify as check_chains
from spoiwo.enquiries.errors import EnquiriesError
from spoiwo.enquiries.models import Confirmation, Enquiry
from spoiwo.enquiries.queries import listing
from spoiwo.enquiries.services import answering, asking
from spoiwo.enquiries.types import SETTLED, EnquiryState, Filing, Refusal
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.context import acting_for
from tests.makers import enquiries as made

pytestmark = pytest.mark.django_db
WAYS = {
    EnquiryState.DRAFT: {EnquiryState.SENT},
    EnquiryState.SENT: {EnquiryState.ANSWERED, EnquiryState.REFUSED, EnquiryState.NO_DATA},
}
Step = Callable[[made.Offices, Enquiry], object]


def now():
    return timezone.now()


def send(there: made.Offices, one: Enquiry) -> object:
    return asking.send_enquiry(one.uuid, now=now(), day=timezone.localdate(), by=there.asking)


def send_as_the_other_side(there: made.Offices, one: Enquiry) -> object:
    return asking.send_enquiry(one.uuid, now=now(), day=timezone.localdate(), by=there.asked)


def change(there: made.Offices, one: Enquiry) -> object:
    return asking.change_enquiry(one.uuid, made.terms(there), version=1, now=now(), by=there.asking)


def answer(there: made.Offices, one: Enquiry) -> object:
    given_lines = made.offer(there, one)
    return answering.answer_enquiry(
        one.uuid, given_lines, now=now(), day=timezone.localdate(), by=there.asked
    )


def answer_oneself(there: made.Offices, one: Enquiry) -> object:
    given_lines = made.offer(there, one)
    return answering.answer_enquiry(
        one.uuid, given_lines, now=now(), day=timezone.localdate(), by=there.asking
    )


def refuse(there: made.Offices, one: Enquiry) -> object:
    return answering.refuse_enquiry(
        one.uuid, reason=Refusal.NO_BASIS, note="", filing=Filing(), now=now(), by=there.asked
    )


def say_no_data(there: made.Offices, one: Enquiry) -> object:
    return answering.say_no_data(one.uuid, filing=Filing(), now=now(), by=there.asked)


STEPS: dict[Step, str] = {
    send: "welfare",
    send_as_the_other_side: "labour",
    change: "welfare",
    answer: "labour",
    answer_oneself: "welfare",
    refuse: "labour",
    say_no_data: "labour",
}


@settings(max_examples=7, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(list(STEPS)), min_size=2, max_size=5))
def test_an_enquiry_goes_its_ways_only(steps: list[Step]):
    there = made.offices(agreed=False)
    one = made.drafted(there)
    for step in steps:
        before = Enquiry.objects.get(pk=one.pk)
        office = getattr(there, STEPS[step])
        try:
            with acting_for(office.pk):
                step(there, before)
        except (EnquiriesError, Conflict):
            assert Enquiry.objects.get(pk=one.pk).state == before.state
            continue
        after = Enquiry.objects.get(pk=one.pk)
        if after.state != before.state:
            assert after.state in WAYS[EnquiryState(before.state)]
        assert (after.settled_at is not None) == (after.state in SETTLED)
        assert (listing.enquiry(there.asked, one.uuid) is None) == (after.state == EnquiryState.DRAFT)
    end = Enquiry.objects.get(pk=one.pk)
    answered = end.state == EnquiryState.ANSWERED
    assert Confirmation.objects.filter(enquiry=end).count() == int(answered)
    assert check_chains().holds
    sent = AuditRecord.objects.filter(object_ref=f"enquiry:{one.uuid}", outcome="sent")
    assert {row.institution_id for row in sent} == (
        set() if end.state == EnquiryState.DRAFT else {there.welfare.pk, there.labour.pk}
    )
