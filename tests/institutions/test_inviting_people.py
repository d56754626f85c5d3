from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail, signing
from django.urls import reverse

from spoiwo.audit.models import AuditRecord
from spoiwo.institutions import queries, services
from spoiwo.institutions.errors import AlreadyWorksThere, InvitationSpent, OutOfReach, OwnRoles
from spoiwo.institutions.models import Membership, User
from spoiwo.institutions.types import Role, Standing
from tests.makers import institutions as make

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 3)
ANNA = "anna@example.pl"


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    """What happens after the commit happens when the block ends."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def invite(office, by=None, email=ANNA, **values):
    return services.invite_person(
        email=email,
        full_name="Anna Próbna",
        institution_id=office.pk,
        authorisations=[make.new_authorisation(Role.CASE_WORKER)],
        by=by or make.acting(make.member(office, Role.LOCAL_ADMIN)),
        **values,
    )


def test_somebody_invited_gets_a_letter_with_a_link_and_may_act_once_a_password_is_set(committing):
    office = make.institution(name="Ośrodek „Próba” & Spółka")

    with committing():
        invited = invite(office, territories=["0801022"])

    (letter,) = mail.outbox
    assert letter.to == [ANNA]
    assert letter.subject == "Zaproszenie do Spoiwa: Ośrodek „Próba” & Spółka"
    assert reverse("institutions:accept_invitation", args=["x"]).removesuffix("x/") in letter.body
    user = User.objects.get(email=ANNA)
    assert not user.has_usable_password()
    services.accept_invitation(token=invited.token, password=make.PASSWORD)
    assert User.objects.get(email=ANNA).check_password(make.PASSWORD)
    assert queries.actor_for(user, institution_id=None, day=DAY).territories == {"0801022"}


def test_an_invitation_is_on_record_without_a_name(committing):
    office = make.institution()

    with committing():
        invite(office)

    records = AuditRecord.objects.filter(institution_id=office.pk).order_by("seq")
    membership = Membership.objects.get(user__email=ANNA)
    assert [(record.action, record.object_ref) for record in records] == [
        ("role_granted", f"membership:{membership.pk}"),
        ("staff_invited", f"membership:{membership.pk}"),
    ]


def test_the_letter_speaks_the_language_of_the_account(committing):
    with committing():
        invite(make.institution(name="Centre"), language="en")

    assert mail.outbox[0].subject == "Invitation to Spoiwo: Centre"


def test_somebody_with_an_account_signs_in_as_before_under_the_name_known(committing):
    make.user(ANNA, full_name="Anna Znana")

    with committing():
        invited = invite(make.institution())

    assert invited.token == ""
    assert User.objects.get(email=ANNA).full_name == "Anna Znana"
    assert "/zaproszenie/" not in mail.outbox[0].body


def test_only_its_owner_gets_the_link_of_an_account_that_another_institution_invited(committing):
    first = invite(make.institution())

    with committing():
        second = invite(make.institution())

    assert second.token == ""
    assert "/zaproszenie/" in mail.outbox[0].body
    with pytest.raises(InvitationSpent):
        services.invited_by(first.token)


def test_only_its_owner_gets_the_link_of_an_account_that_signs_in_through_the_office():
    make.member(make.institution(), Role.DIRECTOR, account=make.user(ANNA, password=None))

    assert invite(make.institution()).token == ""


def test_only_its_owner_gets_a_new_link_of_an_account_that_works_elsewhere_too(committing):
    office = make.institution()
    own = make.acting(make.member(office, Role.LOCAL_ADMIN))
    invited = invite(office, by=own)
    invite(make.institution())

    with committing():
        renewed = services.renew_invitation(membership_id=invited.membership_id, by=own)

    assert renewed.token == ""
    assert "/zaproszenie/" in mail.outbox[0].body


def test_only_its_owner_gets_a_new_link_of_an_account_that_runs_the_platform():
    office = make.institution()
    operator = make.member(office, Role.CASE_WORKER, account=make.user(ANNA, password=None, is_operator=True))

    renewed = services.renew_invitation(
        membership_id=operator.pk, by=make.acting(make.member(office, Role.LOCAL_ADMIN))
    )

    assert renewed.token == ""


def test_a_link_works_once():
    token = invite(make.institution()).token
    services.accept_invitation(token=token, password=make.PASSWORD)

    with pytest.raises(InvitationSpent):
        services.invited_by(token)
    with pytest.raises(InvitationSpent):
        services.accept_invitation(token=token, password="inne-dlugie-haslo-8")


def test_two_tabs_set_one_password(monkeypatch):
    token = invite(make.institution()).token
    first_tab = services.invited_by(token)
    User.objects.get(pk=first_tab.pk)
    monkeypatch.setattr("spoiwo.institutions.services.invitations.invited_by", lambda _token: first_tab)
    services.accept_invitation(token=token, password=make.PASSWORD)

    with pytest.raises(InvitationSpent):
        services.accept_invitation(token=token, password="inne-dlugie-haslo-8")


@pytest.mark.parametrize(("days", "works"), [(6, True), (8, False)])
def test_a_link_works_for_seven_days(days, works):
    with time_machine.travel("2024-06-03T10:00Z", tick=False) as clock:
        token = invite(make.institution()).token
        clock.shift(timedelta(days=days))

        if works:
            assert services.invited_by(token).email == ANNA
        else:
            with pytest.raises(InvitationSpent):
                services.invited_by(token)


@pytest.mark.parametrize(
    "token",
    [
        pytest.param("", id="empty"),
        pytest.param("x", id="no signature"),
        pytest.param(signing.dumps([1, "x"], salt="spoiwo.institutions.invitation"), id="of nobody"),
    ],
)
def test_a_link_that_was_never_issued_does_not_work(token):
    with pytest.raises(InvitationSpent):
        services.invited_by(token)


def test_a_link_of_an_account_that_is_switched_off_does_not_work():
    token = invite(make.institution()).token
    User.objects.filter(email=ANNA).update(is_active=False)

    with pytest.raises(InvitationSpent):
        services.invited_by(token)


def test_a_new_link_replaces_the_old_one(committing):
    office = make.institution()
    own = make.acting(make.member(office, Role.LOCAL_ADMIN))
    first = invite(office, by=own)

    with committing():
        second = services.renew_invitation(membership_id=first.membership_id, by=own)

    with pytest.raises(InvitationSpent):
        services.invited_by(first.token)
    assert services.invited_by(second.token).email == ANNA
    assert len(mail.outbox) == 1


def test_somebody_with_a_password_needs_no_new_link():
    office = make.institution()
    own, member = make.acting(make.member(office, Role.LOCAL_ADMIN)), make.member(office, Role.CASE_WORKER)

    with pytest.raises(OutOfReach):
        services.renew_invitation(membership_id=member.pk, by=own)


def test_nobody_is_invited_twice_to_one_institution():
    office = make.institution()
    own = make.acting(make.member(office, Role.LOCAL_ADMIN))
    invite(office, by=own)

    with pytest.raises(AlreadyWorksThere):
        invite(office, by=own, email="ANNA@example.pl")


def test_nobody_invites_themselves():
    office = make.institution()
    member = make.member(office, Role.LOCAL_ADMIN)

    with pytest.raises(OwnRoles):
        invite(office, by=make.acting(member), email=member.user.email)


def test_only_the_own_administrators_invite():
    office = make.institution()
    stranger = make.acting(make.member(make.institution(), Role.LOCAL_ADMIN))
    worker = make.acting(make.member(office, Role.CASE_WORKER))

    for actor in (stranger, worker):
        with pytest.raises(OutOfReach):
            invite(office, by=actor)
    assert not User.objects.filter(email=ANNA).exists()


def test_a_letter_is_not_sent_for_somebody_who_is_gone():
    services.mail_invitation(membership_id=987654)

    assert mail.outbox == []


def test_the_list_of_staff_tells_who_has_not_signed_in_yet():
    office = make.institution()
    own = make.acting(make.member(office, Role.LOCAL_ADMIN))

    invited = invite(office, by=own)

    assert queries.colleague(own, invited.membership_id, DAY).standing == Standing.INVITED
