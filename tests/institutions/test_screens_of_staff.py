import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from spoiwo.audit.models import AuditRecord
from spoiwo.institutions.models import Membership, User
from spoiwo.institutions.types import Role
from tests.makers import institutions as make
from tests.makers import territory

pytestmark = pytest.mark.django_db
INVITATION = {
    "full_name": "Ewa Nowa",
    "email": "ewa@example.pl",
    "role_case_worker": "on",
    "number_case_worker": "UP/9/2024",
    "valid_from_case_worker": "1.01.2024",
}


@pytest.fixture
def office():
    voivodeship = territory.unit("08", "LUBUSKIE")
    county = territory.unit("0801", "gorzowski", parent=voivodeship)
    territory.unit("0801073", "Witnica", parent=county)
    return make.institution(area="0801")


@pytest.fixture
def administrator(client, office):
    client.force_login(make.member(office, Role.LOCAL_ADMIN).user)
    return client


def page(response):
    return response.content.decode()


def at(name, *args):
    return reverse(f"institutions:{name}", args=args)


@pytest.mark.parametrize("role", [Role.LOCAL_ADMIN, Role.SUPERVISOR, Role.IOD])
def test_the_list_is_for_those_who_answer_for_staff(client, office, role):
    make.member(office, Role.CASE_WORKER, account=make.user(full_name="Ewa Lis"))
    make.member(make.institution(), Role.CASE_WORKER, account=make.user(full_name="Obcy Człowiek"))
    client.force_login(make.member(office, role).user)

    shown = page(client.get(at("staff")))

    assert "Ewa Lis" in shown
    assert "Obcy Człowiek" not in shown
    assert ("Zaproś osobę" in shown) == (role == Role.LOCAL_ADMIN)


def test_the_list_is_closed_to_others(client, office):
    everything_else = set(Role) - {Role.LOCAL_ADMIN, Role.SUPERVISOR, Role.IOD}
    client.force_login(make.member(office, *everything_else).user)

    assert client.get(at("staff")).status_code == 403
    assert client.get(at("authorisations")).status_code == 403


def test_the_link_of_an_invitation_is_shown_once(administrator, office):
    assert "Witnica" in page(administrator.get(at("invite")))

    shown = administrator.post(at("invite"), {**INVITATION, "territories": "0801073"})

    assert "/instytucje/zaproszenie/" in page(shown)
    membership = Membership.objects.get(user__email="ewa@example.pl", institution=office)
    assert membership.territories == ["0801073"]
    assert "/instytucje/zaproszenie/" not in page(administrator.get(at("staff")))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"role_case_worker": ""}, "Zaznacz co najmniej jedną rolę."),
        ({"number_case_worker": ""}, "Wypełnij to pole."),
        ({"valid_from_case_worker": "jutro"}, "Wpisz datę"),
        ({"valid_to_case_worker": "1.01.2023"}, "Koniec jest przed początkiem."),
        ({"email": "ewa"}, "to nie adres e-mail"),
        ({"territories": "0899999"}, "0899999"),
    ],
)
def test_an_invitation_that_lacks_something_is_not_sent(administrator, values, sentence):
    answer = administrator.post(at("invite"), {**INVITATION, **values})

    assert answer.status_code == 422
    assert sentence in page(answer)
    assert not User.objects.filter(email="ewa@example.pl").exists()


def test_somebody_on_the_list_is_not_invited_again(administrator, office):
    make.member(office, account=make.user("ewa@example.pl"))

    answer = administrator.post(at("invite"), INVITATION)

    assert "jest już na liście pracowników" in page(answer)


def test_the_invited_person_sets_a_password_and_signs_in(administrator, client, office):
    shown = page(administrator.post(at("invite"), INVITATION))
    link = "/instytucje/zaproszenie/" + shown.split("/instytucje/zaproszenie/")[1].split('"')[0]
    client.logout()

    assert "Ewa Nowa" in page(client.get(link))
    weak = client.post(link, {"new_password1": "123", "new_password2": "123"})
    assert weak.status_code == 422
    strong = {"new_password1": make.PASSWORD, "new_password2": make.PASSWORD}
    assert client.post(link, strong).headers["Location"] == reverse("account_login")
    client.post(reverse("account_login"), {"login": "ewa@example.pl", "password": make.PASSWORD})
    assert client.session["_auth_user_id"] == str(User.objects.get(email="ewa@example.pl").pk)
    spent = client.get(link)
    assert spent.status_code == 410
    assert "Ten odnośnik już nie działa" in page(spent)
    assert AuditRecord.objects.filter(institution_id=office.pk, action="sign_in").count() == 2


def test_a_new_link_can_be_sent_until_there_is_a_password(administrator, office):
    administrator.post(at("invite"), INVITATION)
    invited = Membership.objects.get(user__email="ewa@example.pl")
    working = make.member(office, Role.CASE_WORKER)

    assert "Wyślij nowy odnośnik" in page(administrator.get(at("member", invited.pk)))
    assert "/instytucje/zaproszenie/" in page(administrator.post(at("invite_again", invited.pk)))
    assert administrator.post(at("invite_again", working.pk)).status_code == 404


def test_roles_are_given_and_ended(administrator, office):
    member = make.member(office, Role.CASE_WORKER)
    give = {"role": "iod", "number": "UP/3", "valid_from": "1.01.2024", "valid_to": ""}

    assert administrator.post(at("authorise", member.pk), {**give, "number": ""}).status_code == 422
    backwards = administrator.post(at("authorise", member.pk), {**give, "valid_to": "1.01.2023"})
    assert "Koniec jest przed początkiem." in page(backwards)
    assert administrator.post(at("authorise", member.pk), give).status_code == 302

    given = member.authorisations.get(role="iod")
    end = at("withdraw", member.pk, given.pk)
    assert "UP/3" in page(administrator.get(end))
    assert administrator.post(end, {"last_day": "1.01.2024"}).status_code == 422
    assert administrator.post(end, {"last_day": ""}).status_code == 422
    far = timezone.localdate().replace(year=timezone.localdate().year + 1, day=1)
    assert administrator.post(end, {"last_day": f"{far:%d.%m.%Y}"}).status_code == 302
    assert administrator.post(end, {"at_once": "1"}).status_code == 302
    given.refresh_from_db()
    assert given.withdrawn_at is not None
    assert administrator.get(end).status_code == 404
    assert administrator.get(at("withdraw", member.pk, 987654)).status_code == 404


def test_suspending_and_restoring(administrator, office):
    member = make.member(office, Role.CASE_WORKER)

    assert administrator.post(at("suspend", member.pk)).status_code == 302
    assert "Przywróć" in page(administrator.get(at("member", member.pk)))
    assert administrator.post(at("restore", member.pk)).status_code == 302
    assert Membership.objects.get(pk=member.pk).suspended_at is None


def test_what_the_rules_refuse_is_told_on_the_page(administrator, office):
    own = Membership.objects.get(institution=office)

    for name in ("suspend", "invite_again", "territories"):
        answer = administrator.post(at(name, own.pk))
        assert answer.status_code == 422
        assert "Nikt nie zmienia własnych uprawnień." in page(answer)
    give = {"role": "iod", "number": "UP/3", "valid_from": "1.01.2024"}
    assert administrator.post(at("authorise", own.pk), give).status_code == 422
    end = at("withdraw", own.pk, own.authorisations.get().pk)
    assert administrator.post(end, {"at_once": "1"}).status_code == 422


def test_the_area_of_somebody_is_chosen_and_a_second_change_is_noticed(administrator, office):
    member = make.member(office, Role.CASE_WORKER)
    address = at("territories", member.pk)

    assert administrator.post(address, {"territories": "0801073", "version": "1"}).status_code == 302
    assert "Witnica" in page(administrator.get(at("staff")))
    conflict = administrator.post(address, {"version": "1"})
    assert conflict.status_code == 409
    assert Membership.objects.get(pk=member.pk).territories == ["0801073"]
    assert administrator.post(address, {"territories": "9999", "version": "2"}).status_code == 422


def test_staff_of_others_are_not_found(administrator):
    stranger = make.member(make.institution(), Role.CASE_WORKER)

    for name in ("suspend", "restore", "invite_again", "territories", "authorise"):
        assert administrator.post(at(name, stranger.pk)).status_code == 404
    assert administrator.get(at("member", stranger.pk)).status_code == 404
    assert administrator.get(at("withdraw", stranger.pk, stranger.authorisations.get().pk)).status_code == 404


def test_the_register_of_authorisations_is_printed_and_taken_out_on_record(client, office):
    worker = make.member(office, account=make.user(full_name="Ewa Lis"))
    make.authorisation(worker, Role.CASE_WORKER, number="UP/1", valid_to=date(2024, 1, 1))
    make.authorisation(worker, Role.REGISTRAR, number="=UP/2", withdrawn_at=timezone.now())
    member = make.member(office, Role.IOD)
    make.authorisation(worker, Role.REVIEWER, number="UP/3", granted_by=member.user)
    client.force_login(member.user)

    shown = page(client.get(at("authorisations")))
    file = client.get(at("authorisations_file"))

    assert "UP/1" in shown
    assert "od 1 stycznia 2020 do 1 stycznia 2024" in shown
    rows = list(openpyxl.load_workbook(io.BytesIO(file.content)).worksheets[0].values)
    assert rows[0][0] == "Lp."
    assert [row[3] for row in rows[1:]] == ["UP/1", "'=UP/2", member.authorisations.get().number, "UP/3"]
    assert rows[4][9] == member.user.full_name
    record = AuditRecord.objects.get(institution_id=office.pk, action="export")
    assert (record.object_ref, record.count) == ("register:authorisations", 4)


def test_an_operator_of_no_institution_has_no_staff(client):
    client.force_login(make.user(is_operator=True))

    assert client.get(at("staff")).status_code == 403
    assert client.get(at("invite")).status_code == 403
