from datetime import date

import pytest
from django.utils import timezone

from spoiwo.audit.models import AuditRecord
from spoiwo.institutions import queries, services
from spoiwo.institutions.errors import (
    AddressTaken,
    AuthorisationEnded,
    BadDetails,
    InstitutionIsClosed,
    LastAdministrator,
    OutOfReach,
    OwnRoles,
)
from spoiwo.institutions.models import Authorisation, Membership
from spoiwo.institutions.services import authorising
from spoiwo.institutions.types import COMMAND_LINE, Fault, Role
from tests.makers import institutions as make

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 3)
YESTERDAY = date(2024, 6, 2)
TOMORROW = date(2024, 6, 4)


def administrator(office):
    return make.acting(make.member(office, Role.LOCAL_ADMIN))


def give(office, account, *roles, by=COMMAND_LINE, **values):
    return services.authorise(
        user_id=account.pk,
        institution_id=office.pk,
        authorisations=[make.new_authorisation(role) for role in roles],
        by=by,
        **values,
    )


def withdraw(authorisation, by, last_day=None):
    return services.withdraw_authorisation(
        authorisation_id=authorisation.pk, last_day=last_day, today=DAY, by=by
    )


def roles_on(day, membership):
    actor = queries.actor_for(membership.user, institution_id=membership.institution_id, day=day)
    return actor.roles if actor else frozenset()


def actions(office):
    records = AuditRecord.objects.filter(institution_id=office.pk).order_by("seq")
    return list(records.values_list("action", "categories"))


def test_an_account_is_made_with_its_address_in_small_letters_and_is_on_record():
    user = services.create_user(
        email="Anna@Example.pl",
        full_name="Anna Próbna",
        password=make.PASSWORD,
        is_operator=True,
        by=COMMAND_LINE,
    )

    assert (user.email, user.is_operator) == ("anna@example.pl", True)
    assert user.check_password(make.PASSWORD)
    assert AuditRecord.objects.get(institution_id=0).object_ref == f"user:{user.pk}"


def test_an_account_without_a_password_opens_nothing():
    user = services.create_user(email="anna@example.pl", full_name="Anna Próbna", by=COMMAND_LINE)

    assert not user.has_usable_password()


def test_an_address_belongs_to_one_account_in_any_letter_case():
    make.user("anna@example.pl")

    with pytest.raises(AddressTaken):
        services.create_user(email="ANNA@example.pl", full_name="Anna Inna", by=COMMAND_LINE)


def test_only_whoever_runs_the_platform_makes_accounts_out_of_nothing():
    with pytest.raises(OutOfReach):
        services.create_user(email="anna@example.pl", full_name="Anna", by=administrator(make.institution()))


def test_somebody_authorised_acts_for_the_institution_in_the_part_named():
    office, account = make.institution(), make.user()

    membership = give(office, account, Role.CASE_WORKER, Role.REGISTRAR, territories=["0801022"])

    actor = queries.actor_for(account, institution_id=office.pk, day=DAY)
    assert actor.roles == {"case_worker", "registrar"}
    assert actor.territories == {"0801022"}
    assert membership.version == 2
    assert actions(office) == [("role_granted", "case_worker"), ("role_granted", "registrar")]


def test_the_same_authorisation_again_changes_nothing():
    office, account = make.institution(), make.user()
    give(office, account, Role.CASE_WORKER)

    membership = give(office, account, Role.CASE_WORKER)

    assert membership.authorisations.count() == 1
    assert len(actions(office)) == 1


def test_a_role_holds_from_its_first_day_to_its_last():
    member = make.member(make.institution())
    make.authorisation(member, Role.CASE_WORKER, valid_from=DAY, valid_to=DAY)

    assert roles_on(YESTERDAY, member) == frozenset()
    assert roles_on(DAY, member) == {"case_worker"}
    assert roles_on(TOMORROW, member) == frozenset()


def test_nobody_is_authorised_at_a_closed_institution():
    office = make.institution(closed_on=DAY)

    with pytest.raises(InstitutionIsClosed):
        give(office, make.user(), Role.CASE_WORKER)


def test_there_must_be_such_an_account_and_such_an_institution():
    with pytest.raises(OutOfReach):
        services.authorise(
            user_id=987654,
            institution_id=make.institution().pk,
            authorisations=[make.new_authorisation()],
            by=COMMAND_LINE,
        )
    with pytest.raises(OutOfReach):
        services.authorise(
            user_id=make.user().pk,
            institution_id=987654,
            authorisations=[make.new_authorisation()],
            by=COMMAND_LINE,
        )


def test_an_administrator_authorises_at_the_own_institution_only():
    office, account = make.institution(), make.user()
    own = administrator(office)

    give(office, account, Role.IOD, by=own)

    assert Authorisation.objects.get(role=Role.IOD).granted_by_id == own.user_id
    with pytest.raises(OutOfReach):
        give(make.institution(), account, Role.IOD, by=own)


def test_other_roles_authorise_nobody():
    office = make.institution()
    everybody_else = make.acting(make.member(office, *(role for role in Role if role != Role.LOCAL_ADMIN)))

    with pytest.raises(OutOfReach):
        give(office, make.user(), Role.CASE_WORKER, by=everybody_else)


def test_whoever_runs_the_platform_appoints_administrators_and_nobody_else():
    office, account = make.institution(), make.user()
    operator = make.acting(make.member(make.institution(), account=make.user(is_operator=True)))

    give(office, account, Role.LOCAL_ADMIN, by=operator)

    with pytest.raises(OutOfReach):
        give(office, account, Role.CASE_WORKER, by=operator)
    with pytest.raises(OutOfReach):
        give(office, account, Role.LOCAL_ADMIN, Role.CASE_WORKER, by=operator)


def test_nobody_changes_their_own_roles():
    office = make.institution()
    member = make.member(office, Role.LOCAL_ADMIN)
    make.member(office, Role.LOCAL_ADMIN)
    own = make.acting(member)

    with pytest.raises(OwnRoles):
        give(office, member.user, Role.CASE_WORKER, by=own)
    with pytest.raises(OwnRoles):
        withdraw(member.authorisations.get(), own)


def test_withdrawing_ends_access_on_the_next_request_even_on_the_first_day():
    office = make.institution()
    own, member = administrator(office), make.member(office)
    authorisation = make.authorisation(member, Role.CASE_WORKER, valid_from=DAY)

    withdraw(authorisation, own)

    assert roles_on(DAY, member) == frozenset()
    kept = Authorisation.objects.get(pk=authorisation.pk)
    assert (kept.valid_from, kept.valid_to) == (DAY, DAY)
    assert kept.withdrawn_at is not None
    assert actions(office) == [("role_ended", "case_worker")]


def test_an_authorisation_withdrawn_while_somebody_else_names_its_last_day_stays_withdrawn(monkeypatch):
    office = make.institution()
    own, member = administrator(office), make.member(office, Role.CASE_WORKER)
    authorisation = member.authorisations.get()
    wait_for_the_institution = authorising.open_institution

    def lock(institution_id):
        Authorisation.objects.filter(pk=authorisation.pk).update(withdrawn_at=timezone.now(), valid_to=DAY)
        return wait_for_the_institution(institution_id)

    monkeypatch.setattr(authorising, "open_institution", lock)

    with pytest.raises(AuthorisationEnded):
        withdraw(authorisation, own, last_day=TOMORROW)


def test_an_authorisation_that_has_not_begun_can_be_withdrawn():
    office = make.institution()
    own, member = administrator(office), make.member(office)
    later = make.authorisation(member, Role.CASE_WORKER, valid_from=TOMORROW)

    assert withdraw(later, own).valid_to == TOMORROW
    assert roles_on(TOMORROW, member) == frozenset()


def test_an_authorisation_may_end_after_a_last_day():
    office = make.institution()
    own, member = administrator(office), make.member(office, Role.CASE_WORKER)

    withdraw(member.authorisations.get(), own, last_day=DAY)

    assert roles_on(DAY, member) == {"case_worker"}
    assert roles_on(TOMORROW, member) == frozenset()


def test_a_last_day_is_not_in_the_past():
    office = make.institution()
    own, member = administrator(office), make.member(office, Role.CASE_WORKER)

    with pytest.raises(BadDetails) as refusal:
        withdraw(member.authorisations.get(), own, last_day=YESTERDAY)

    assert refusal.value.problems[0].fault == Fault.ENDS_BEFORE_START


def test_what_has_ended_does_not_end_again():
    office = make.institution()
    own, member = administrator(office), make.member(office)
    past = make.authorisation(member, Role.CASE_WORKER, valid_to=YESTERDAY)
    withdrawn = make.authorisation(member, Role.CASE_WORKER)
    withdraw(withdrawn, own)

    for authorisation in (past, withdrawn):
        with pytest.raises(AuthorisationEnded):
            withdraw(authorisation, own)


def test_a_stranger_cannot_tell_that_an_authorisation_exists():
    member = make.member(make.institution(), Role.CASE_WORKER)
    stranger = administrator(make.institution())
    supervisor = make.acting(make.member(member.institution, Role.SUPERVISOR))

    for actor in (stranger, supervisor, COMMAND_LINE):
        with pytest.raises(OutOfReach):
            withdraw(member.authorisations.get(), actor)


@pytest.mark.parametrize("last_day", [None, DAY], ids=["at once", "after today"])
def test_an_institution_keeps_an_administrator(last_day):
    office = make.institution()
    leaving = make.member(office, Role.LOCAL_ADMIN)
    supervisor_too = make.member(office, Role.LOCAL_ADMIN)
    own = make.acting(supervisor_too)
    Authorisation.objects.filter(membership=supervisor_too).update(valid_to=DAY if last_day else YESTERDAY)

    with pytest.raises(LastAdministrator):
        withdraw(leaving.authorisations.get(), own, last_day=last_day)


def test_a_second_administrator_may_leave():
    office = make.institution()
    leaving = make.member(office, Role.LOCAL_ADMIN)

    withdraw(leaving.authorisations.get(), administrator(office))

    assert roles_on(DAY, leaving) == frozenset()


def test_somebody_suspended_does_not_count_as_an_administrator():
    office = make.institution()
    leaving, own = make.member(office, Role.LOCAL_ADMIN), administrator(office)
    Membership.objects.filter(user_id=own.user_id).update(suspended_at="2024-01-01T00:00Z")

    with pytest.raises(LastAdministrator):
        withdraw(leaving.authorisations.get(), own)


def test_an_account_at_several_institutions_acts_for_the_chosen_one():
    account = make.user()
    first, second = make.institution(name="Ala"), make.institution(name="Żuk")
    make.member(first, Role.CASE_WORKER, account=account)
    make.member(second, Role.IOD, account=account)
    make.member(make.institution(name="Bez roli"), account=account)

    assert queries.actor_for(account, institution_id=second.pk, day=DAY).roles == {"iod"}
    assert queries.actor_for(account, institution_id=None, day=DAY).institution_id == first.pk
    assert queries.workplaces_of(account, DAY) == [first, second]


def test_an_operator_without_an_institution_opens_no_personal_data():
    actor = queries.actor_for(make.user(is_operator=True), institution_id=None, day=DAY)

    assert actor is not None
    assert (actor.institution_id, actor.roles, actor.is_operator) == (0, frozenset(), True)
    assert queries.institution_of(actor) is None


def test_the_register_keeps_every_authorisation_for_those_who_may_read_it():
    office = make.institution()
    own, member = administrator(office), make.member(office, Role.CASE_WORKER)
    withdraw(member.authorisations.get(), own)

    iod = make.acting(make.member(office, Role.IOD))

    assert {one.role for one in queries.register_of_authorisations(iod)} == {
        "local_admin",
        "case_worker",
        "iod",
    }
    assert [one.role for one in queries.register_of_authorisations(make.acting(member))] == ["case_worker"]
    assert queries.register_of_authorisations(administrator(make.institution()))[0].role == "local_admin"
    assert [one.role for one in queries.authorisations_of(member.user)] == ["case_worker"]
