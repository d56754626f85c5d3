from datetime import date

import pytest

from spoiwo.audit.models import AuditRecord
from spoiwo.institutions import queries, services
from spoiwo.institutions.errors import BadDetails, InstitutionIsClosed, OutOfReach
from spoiwo.institutions.models import Institution
from spoiwo.institutions.types import COMMAND_LINE, Fault, Kind, KindPeriod, Role
from spoiwo.toolkit.conflicts import Conflict
from tests.makers import institutions as make
from tests.makers import territory

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 3)


def create(code="", **values):
    return services.create_institution(details=make.details(**values), code=code, today=DAY, by=COMMAND_LINE)


def edit(institution, seen_version=0, by=COMMAND_LINE, **values):
    return services.edit_institution(
        institution_id=institution.pk,
        details=make.details(**values),
        seen_version=seen_version,
        today=DAY,
        by=by,
    )


def actions(institution):
    records = AuditRecord.objects.filter(institution_id=institution.pk).order_by("seq")
    return list(records.values_list("action", "categories"))


def fault_of(call, **values):
    with pytest.raises(BadDetails) as refusal:
        call(**values)
    (problem,) = refusal.value.problems
    return problem.field, problem.fault


def test_a_new_institution_is_found_by_its_code_and_is_on_record():
    made = create(
        kinds=(KindPeriod(Kind.KIS, date(2020, 1, 1)), KindPeriod(Kind.PUP)), social_enterprise_from=None
    )

    found = Institution.objects.get(code="pup-zagan")
    assert found == made == queries.by_code("pup-zagan")
    assert found.confirmed_on == DAY
    assert queries.details_of(found).kinds == (KindPeriod(Kind.PUP), KindPeriod(Kind.KIS, date(2020, 1, 1)))
    assert actions(made) == [("institution_created", "")]


def test_the_code_may_be_given():
    assert create(code="pup-2").code == "pup-2"


def test_a_code_belongs_to_one_institution():
    create(code="pup")

    assert fault_of(create, code="pup") == ("code", Fault.CODE_TAKEN)


def test_a_bad_code_is_refused():
    assert fault_of(create, code="PUP") == ("code", Fault.CODE)


def test_a_regon_belongs_to_one_institution():
    create(regon="631257822")

    assert fault_of(create, regon="631257822") == ("regon", Fault.REGON_TAKEN)


def test_a_running_body_must_be_in_the_directory():
    assert fault_of(create, running_body_id=987654) == ("running_body_id", Fault.RUNNING_BODY)


def test_an_institution_does_not_run_itself():
    made = create()

    with pytest.raises(BadDetails) as refusal:
        edit(made, running_body_id=made.pk)

    assert refusal.value.problems[0].fault == Fault.RUNS_ITSELF


def test_the_body_that_runs_others_shows_them():
    body = create(
        code="fundacja", name="Fundacja Próbna", short_name="Fundacja", kinds=(KindPeriod(Kind.FOUNDATION),)
    )
    club = create(code="kis", running_body_id=body.pk, kinds=(KindPeriod(Kind.KIS),))

    assert queries.bodies_run_by(body) == [club]


@pytest.mark.parametrize(
    ("code", "is_known"),
    [
        pytest.param("0801073", True, id="a commune of the register"),
        pytest.param("0801999", False, id="no such commune in a county that is known"),
        pytest.param("1001011", True, id="the register holds only the voivodeship above it"),
        pytest.param("99", False, id="no such voivodeship"),
        pytest.param("9901011", False, id="within no voivodeship"),
    ],
)
def test_units_must_exist_as_far_as_the_register_can_tell(code, is_known):
    voivodeship = territory.unit("08", "LUBUSKIE")
    county = territory.unit("0801", "gorzowski", parent=voivodeship)
    territory.unit("0801073", "Witnica", parent=county)
    territory.unit("10", "ŁÓDZKIE")

    if is_known:
        assert create(teryt=code).teryt == code
    else:
        assert fault_of(create, teryt=code) == ("teryt", Fault.TERYT_UNKNOWN)


def test_only_whoever_runs_the_platform_adds_institutions():
    administrator = make.acting(make.member(make.institution(), Role.LOCAL_ADMIN))

    with pytest.raises(OutOfReach):
        services.create_institution(details=make.details(), today=DAY, by=administrator)


def test_the_own_administrator_changes_the_entry():
    made = create()
    administrator = make.acting(make.member(made, Role.LOCAL_ADMIN))

    saved = edit(made, seen_version=1, by=administrator, place="Szprotawa", nip="5252248481")

    assert (saved.version, saved.place, saved.changed_by_id) == (2, "Szprotawa", administrator.user_id)
    assert saved.search_key == "pup zagan szprotawa powiatowy urzad pracy w zaganiu"
    assert actions(made)[-1] == ("institution_changed", "nip,place")


def test_the_same_details_again_change_nothing():
    made = create(nip="5252248481")

    again = edit(made, seen_version=1, nip="525-22-48-481")

    assert again.version == 1
    assert [action for action, _ in actions(made)] == ["institution_created"]


def test_the_second_of_two_who_edit_sees_both_values_and_nothing_is_lost():
    made = create()
    first = make.acting(make.member(made, Role.LOCAL_ADMIN))
    edit(made, seen_version=1, by=first, place="Szprotawa")

    with pytest.raises(Conflict) as refusal:
        edit(made, seen_version=1, place="Iłowa")

    (difference,) = refusal.value.differences
    assert (difference.field, difference.yours, difference.saved) == ("place", "Iłowa", "Szprotawa")
    assert (refusal.value.version, refusal.value.saved_by_user_id) == (2, first.user_id)
    assert Institution.objects.get(pk=made.pk).place == "Szprotawa"


def test_the_second_may_decide_to_overwrite():
    made = create()
    edit(made, seen_version=1, place="Szprotawa")

    assert edit(made, seen_version=2, place="Iłowa").place == "Iłowa"


def test_kinds_come_go_and_keep_their_dates():
    made = create(kinds=(KindPeriod(Kind.KIS), KindPeriod(Kind.CIS)))

    edit(made, kinds=(KindPeriod(Kind.CIS, date(2020, 1, 1), date(2024, 1, 1)),))

    assert queries.details_of(made).kinds == (KindPeriod(Kind.CIS, date(2020, 1, 1), date(2024, 1, 1)),)


def test_a_kind_is_added_once():
    made = create()

    services.add_kind(institution_id=made.pk, kind=Kind.KIS, valid_from=DAY, today=DAY, by=COMMAND_LINE)
    services.add_kind(institution_id=made.pk, kind=Kind.KIS, today=DAY, by=COMMAND_LINE)

    assert queries.details_of(made).kinds == (KindPeriod(Kind.PUP), KindPeriod(Kind.KIS, DAY))
    assert [action for action, _ in actions(made)] == ["institution_created", "institution_changed"]


def test_a_refused_change_leaves_the_entry_as_it_was():
    made = create()
    create(code="inna", regon="631257822")

    with pytest.raises(BadDetails):
        edit(made, regon="631257822", place="Iłowa")

    assert Institution.objects.get(pk=made.pk).place == "Żagań"


def test_a_stranger_cannot_tell_whether_there_is_such_an_institution():
    made = create()
    stranger = make.acting(make.member(make.institution(), Role.LOCAL_ADMIN))
    colleague = make.acting(make.member(made, Role.CASE_WORKER))

    for actor in (stranger, colleague):
        with pytest.raises(OutOfReach):
            edit(made, by=actor, place="Iłowa")
    with pytest.raises(OutOfReach):
        services.edit_institution(
            institution_id=987654, details=make.details(), seen_version=0, today=DAY, by=COMMAND_LINE
        )


def test_a_closed_institution_leaves_the_directory_and_nobody_acts_for_it():
    made = create()
    worker = make.member(made, Role.CASE_WORKER)

    services.close_institution(institution_id=made.pk, closed_on=DAY, by=COMMAND_LINE)

    assert list(queries.directory()) == []
    assert Institution.objects.get(code="pup-zagan").closed_on == DAY
    assert queries.actor_for(worker.user, institution_id=made.pk, day=DAY) is None
    assert actions(made)[-1][0] == "institution_closed"


def test_an_institution_is_closed_once_and_by_whoever_runs_the_platform():
    made = create()
    administrator = make.acting(make.member(made, Role.LOCAL_ADMIN))

    with pytest.raises(OutOfReach):
        services.close_institution(institution_id=made.pk, closed_on=DAY, by=administrator)
    with pytest.raises(OutOfReach):
        services.close_institution(institution_id=987654, closed_on=DAY, by=COMMAND_LINE)
    services.close_institution(institution_id=made.pk, closed_on=DAY, by=COMMAND_LINE)
    with pytest.raises(InstitutionIsClosed):
        services.close_institution(institution_id=made.pk, closed_on=DAY, by=COMMAND_LINE)


def test_an_entry_of_the_log_has_room_for_the_names_of_all_fields():
    territory.unit("08", "LUBUSKIE")
    made = create()

    edit(
        made,
        by=make.OPERATOR,
        name="Inny Urząd",
        short_name="Inny",
        kinds=(KindPeriod(Kind.OPS),),
        running_body_id=create(code="gmina").pk,
        nip="5252248481",
        regon="631257822",
        krs="0000045146",
        street="Długa 1",
        postal_code="68-100",
        place="Iłowa",
        e_delivery="AE:PL-12345-67890-ABCDE-12",
        email="a@example.pl",
        phone="1",
        website="https://example.pl",
        social_enterprise_from=DAY,
        social_enterprise_to=DAY,
        teryt="08",
        area="08",
    )

    categories = actions(made)[-1][1]
    assert len(categories) <= 200
    assert categories.startswith("area,e_delivery,email,")
    assert categories.endswith("teryt,website")
