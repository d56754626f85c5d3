from datetime import date

import pytest
from allauth.mfa.models import Authenticator

from spoiwo.audit.models import AuditRecord
from spoiwo.institutions import queries, services
from spoiwo.institutions.errors import (
    BadDetails,
    InstitutionIsClosed,
    LastAdministrator,
    OutOfReach,
    OwnRoles,
)
from spoiwo.institutions.models import Membership
from spoiwo.institutions.types import Role, Standing
from spoiwo.toolkit.conflicts import Conflict
from tests.makers import institutions as make

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 3)


@pytest.fixture
def office():
    return make.institution()


@pytest.fixture
def own(office):
    return make.acting(make.member(office, Role.LOCAL_ADMIN))


def suspend(member, by):
    return services.suspend_member(membership_id=member.pk, today=DAY, by=by)


def restore(member, by):
    return services.restore_member(membership_id=member.pk, by=by)


def acts(member):
    return queries.actor_for(member.user, institution_id=member.institution_id, day=DAY) is not None


def actions(office):
    return list(
        AuditRecord.objects.filter(institution_id=office.pk).order_by("seq").values_list("action", flat=True)
    )


def test_suspending_closes_the_institution_on_the_next_request_and_can_be_undone(office, own):
    member = make.member(office, Role.CASE_WORKER)

    suspend(member, own)

    assert not acts(member)
    restore(member, own)
    assert acts(member)
    assert actions(office) == ["staff_suspended", "staff_restored"]


def test_doing_it_again_changes_nothing(office, own):
    member = make.member(office, Role.CASE_WORKER)
    restore(member, own)
    suspend(member, own)
    first = Membership.objects.get(pk=member.pk).suspended_at

    suspend(member, own)

    assert Membership.objects.get(pk=member.pk).suspended_at == first
    assert actions(office) == ["staff_suspended"]


def test_suspension_here_leaves_other_institutions_open(office, own):
    member = make.member(office, Role.CASE_WORKER)
    elsewhere = make.member(make.institution(), Role.CASE_WORKER, account=member.user)

    suspend(member, own)

    assert acts(elsewhere)


def test_nobody_suspends_themselves(office, own):
    make.member(office, Role.LOCAL_ADMIN)

    with pytest.raises(OwnRoles):
        suspend(Membership.objects.get(user_id=own.user_id), own)


def test_the_last_administrator_is_not_suspended(office, own):
    other = make.member(office, Role.LOCAL_ADMIN)
    Membership.objects.filter(user_id=own.user_id).update(suspended_at="2024-01-01T00:00Z")

    with pytest.raises(LastAdministrator):
        suspend(other, own)


def test_at_a_closed_institution_nothing_changes(office, own):
    member, gone = make.member(office), make.member(office, suspended_at="2024-01-01T00:00Z")
    office.closed_on = DAY
    office.save()

    with pytest.raises(InstitutionIsClosed):
        suspend(member, own)
    with pytest.raises(InstitutionIsClosed):
        restore(gone, own)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.IOD, Role.CASE_WORKER])
def test_who_may_read_the_list_may_not_change_it(office, role):
    reader = make.acting(make.member(office, role))

    with pytest.raises(OutOfReach):
        suspend(make.member(office, Role.CASE_WORKER), reader)


def test_staff_of_others_are_out_of_reach(own):
    stranger = make.member(make.institution(), Role.CASE_WORKER)

    for change in (suspend, restore):
        with pytest.raises(OutOfReach):
            change(stranger, own)
    assert queries.colleague(own, stranger.pk, DAY) is None


def test_where_somebody_works_is_kept_tidy_and_on_record(office, own):
    member = make.member(office, Role.CASE_WORKER)

    services.set_territories(membership_id=member.pk, territories=["0861", "0801022"], seen_version=1, by=own)
    services.set_territories(membership_id=member.pk, territories=["0801022", "0861"], seen_version=1, by=own)

    saved = Membership.objects.get(pk=member.pk)
    assert (saved.territories, saved.version) == (["0801022", "0861"], 2)
    assert actions(office) == ["staff_changed"]


def test_two_who_change_where_somebody_works_are_told(office, own):
    member = make.member(office, Role.CASE_WORKER)
    services.set_territories(membership_id=member.pk, territories=["0861"], seen_version=1, by=own)

    with pytest.raises(Conflict):
        services.set_territories(membership_id=member.pk, territories=["0801"], seen_version=1, by=own)
    services.set_territories(membership_id=member.pk, territories=["0801"], seen_version=0, by=own)

    assert Membership.objects.get(pk=member.pk).territories == ["0801"]


def test_where_somebody_works_is_a_unit(office, own):
    with pytest.raises(BadDetails):
        services.set_territories(
            membership_id=make.member(office).pk, territories=["Witnica"], seen_version=0, by=own
        )


def test_the_list_of_staff_sorts_surnames_the_polish_way(office):
    for name in ("Jan Żak", "Anna Łuk", "Ewa Lis", "Adam Zięba"):
        make.member(office, Role.CASE_WORKER, account=make.user(full_name=name))
    supervisor = make.acting(make.member(office, Role.SUPERVISOR, account=make.user(full_name="Zofia Abc")))

    names = [one.full_name for one in queries.colleagues_of(supervisor, DAY)]

    assert names == ["Zofia Abc", "Ewa Lis", "Anna Łuk", "Adam Zięba", "Jan Żak"]


def test_the_list_of_staff_tells_standing_roles_and_second_step(office, own):
    working = make.member(office, Role.CASE_WORKER)
    make.authorisation(working, Role.REGISTRAR, valid_to=date(2024, 6, 2))
    Authenticator.objects.create(user=working.user, type=Authenticator.Type.TOTP, data={})
    suspended = make.member(office, suspended_at="2024-01-01T00:00Z")
    switched_off = make.member(office, account=make.user(is_active=False))
    Authenticator.objects.create(user=suspended.user, type=Authenticator.Type.RECOVERY_CODES, data={})

    rows = {one.membership_id: one for one in queries.colleagues_of(own, DAY)}

    assert [(one.role, one.is_over) for one in rows[working.pk].roles] == [
        (Role.CASE_WORKER, False),
        (Role.REGISTRAR, True),
    ]
    assert rows[working.pk].standing == Standing.ACTIVE
    assert rows[working.pk].has_second_factor
    assert rows[suspended.pk].standing == rows[switched_off.pk].standing == Standing.SUSPENDED
    assert not rows[suspended.pk].has_second_factor


def test_others_see_themselves_only(office, own):
    member = make.member(office, Role.CASE_WORKER)

    assert [one.membership_id for one in queries.colleagues_of(make.acting(member), DAY)] == [member.pk]
    assert own.institution_id == office.pk


def test_a_sign_in_is_on_record_wherever_it_opens_something(office):
    account = make.user()
    here = make.member(office, Role.CASE_WORKER, account=account)
    there = make.member(make.institution(), Role.IOD, account=account)
    closed_to_them = make.member(make.institution(), account=account, suspended_at="2024-01-01T00:00Z")

    services.record_sign_in(user_id=account.pk)

    assert actions(here.institution) == actions(there.institution) == ["sign_in"]
    assert actions(closed_to_them.institution) == []
    assert Membership.objects.get(pk=here.pk).last_used_at is not None
    assert Membership.objects.get(pk=closed_to_them.pk).last_used_at is None


def test_a_sign_in_that_opens_nothing_is_in_the_platforms_chain():
    services.record_sign_in(user_id=make.user(is_operator=True).pk)

    assert AuditRecord.objects.get().institution_id == 0
