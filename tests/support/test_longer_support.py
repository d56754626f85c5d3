"""Cases, partnership groups and paths: what can follow what."""

from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from spoiwo.portal.queries.home_support import support_tasks
from spoiwo.support.errors import (
    BadTemplate,
    KnownAlready,
    MembersMissing,
    NoSuchRow,
    PathEnded,
    StageNotReady,
    WrongRecipient,
    WrongStep,
)
from spoiwo.support.models import PathTemplate
from spoiwo.support.queries import work
from spoiwo.support.services import cases, events, partnerships, paths, registering, results
from spoiwo.support.types import (
    Applicant,
    EventKind,
    Involvement,
    MemberRole,
    PartnershipResultKind,
    PartnershipState,
    PromotionKind,
    RecipientKind,
    RecipientRef,
)
from spoiwo.toolkit.context import acting_for
from tests.makers import support as made

pytestmark = pytest.mark.django_db
DAY = made.DAY


def of_person(by):
    return RecipientRef(RecipientKind.PERSON, made.person(by).uuid)


def of_entity(by):
    return RecipientRef(RecipientKind.ENTITY, made.entity(by).uuid)


def test_the_day_of_an_adviser_begins_with_promises_and_applications():
    by = made.centre()
    happening = made.event(by)
    jan = Applicant(first_name="Jan", last_name="Wymyślony")
    with acting_for(by.institution_id):
        case = cases.open_case(recipient=of_person(by), goal="firma", opened_on=DAY, by=by)
        cases.promise(case.uuid, text="biznesplan", due_on=DAY, by=by)
        registering.apply(happening, jan, today=DAY)

        titles = [one.title for one in support_tasks(by, DAY)]

    assert titles == [
        "1 obietnica w sprawie ma termin",
        "1 zgłoszenie na wydarzenie czeka na odpowiedź",
    ]
    assert list(support_tasks(replace(by, roles=frozenset()), DAY)) == []


def group_of(by, social):
    """A partnership group with one social enterprise; to be called as the centre."""
    group = partnerships.open_partnership(
        name="G", area="catering", needs="sprzedaż", teryt="0801", opened_on=DAY, by=by
    )
    partnerships.add_member(group.uuid, entity=social.uuid, role=MemberRole.SOCIAL, joined_on=DAY, by=by)
    return group


def test_a_partnership_group_takes_known_entities_once():
    by = made.centre()
    social = made.entity(by)
    with acting_for(by.institution_id):
        group = group_of(by, social)
        with pytest.raises(KnownAlready):
            partnerships.add_member(
                group.uuid, entity=social.uuid, role=MemberRole.SOCIAL, joined_on=DAY, by=by
            )
        with pytest.raises(NoSuchRow):
            partnerships.add_member(group.uuid, entity=uuid4(), role=MemberRole.TUTOR, joined_on=DAY, by=by)
        with pytest.raises(NoSuchRow):
            partnerships.propose(group.uuid, entity=uuid4(), offers="", activity="", level=None, by=by)

        assert group.members.count() == 1


def test_companies_of_the_register_are_proposed_by_what_they_offered_elsewhere():
    by = made.centre()
    firm = {"is_social": False}
    caterer = made.entity(by, "Firma Obiady", teryt="0861011", **firm)
    printer, builder, member = (made.entity(by, name, **firm) for name in ("Druk", "Budowa", "Bank"))
    fair = made.event(by, kind=EventKind.FAIR)
    with acting_for(by.institution_id):
        elsewhere, group = (
            partnerships.open_partnership(
                name=name, area=area, needs="dostawy obiadów", teryt="0861", opened_on=DAY, by=by
            )
            for name, area in (("Inna", "druk ulotek"), ("Nasza", "obiady dla szkół"))
        )
        for entity, offers in ((caterer, "obiady i dostawy"), (builder, "remonty"), (member, "obiady")):
            partnerships.add_member(
                elsewhere.uuid,
                entity=entity.uuid,
                role=MemberRole.COMPANY,
                level=Involvement.COMMERCIAL,
                offers=offers,
                joined_on=DAY,
                by=by,
            )
        partnerships.add_member(group.uuid, entity=member.uuid, role=MemberRole.COMPANY, joined_on=DAY, by=by)
        events.add_exhibitors(fair.uuid, [printer.uuid], shows="druk menu i dostawy", by=by)

        assert partnerships.propose_known(group.uuid, by=by) == 2
        assert partnerships.propose_known(group.uuid, by=by) == 0  # proposed already

        proposed = list(group.matches.order_by("-score").values_list("entity", "score"))
    # the caterer meets both words of the needs and one of the area's two, sits in the county, level II
    assert proposed[0] == (caterer.pk, round(40 + 25 * 0.5 + 20 + 15 * 0.6))
    assert proposed[1] == (printer.pk, 20)  # one word of two of the needs, nothing else


def test_a_partnership_group_is_matched_once_both_sides_are_there():
    by = made.centre()
    company, other = made.entity(by, is_social=False), made.entity(by, is_social=False)
    with acting_for(by.institution_id):
        group = group_of(by, made.entity(by))
        with pytest.raises(MembersMissing):
            partnerships.move_partnership(group.uuid, state=PartnershipState.MATCHED, on=DAY, by=by)
        match = partnerships.propose(
            group.uuid,
            entity=company.uuid,
            offers="sprzedaż",
            activity="catering",
            level=Involvement.INVESTMENT,
            by=by,
        )
        declined = partnerships.propose(
            group.uuid, entity=other.uuid, offers="", activity="", level=None, by=by
        )
        partnerships.answer_match(declined.uuid, taken=False, on=DAY, by=by)
        partnerships.answer_match(match.uuid, taken=True, on=DAY, by=by)
        with pytest.raises(NoSuchRow):
            partnerships.answer_match(match.uuid, taken=True, on=DAY, by=by)
        with pytest.raises(WrongStep):
            partnerships.move_partnership(group.uuid, state=PartnershipState.WORKING, on=DAY, by=by)
        partnerships.move_partnership(group.uuid, state=PartnershipState.MATCHED, on=DAY, by=by)
        partnerships.move_partnership(group.uuid, state=PartnershipState.WORKING, on=DAY, by=by)
        members = list(group.members.order_by("pk").values_list("role", "level"))

    assert (match.score, declined.score) == (77, 0)  # 40 + 25 + 0 + 0.8 * 15
    assert members == [("social", ""), ("company", "3")]


def test_a_closed_group_takes_no_more_notes():
    by = made.centre()
    with acting_for(by.institution_id):
        group = partnerships.open_partnership(name="G", area="a", opened_on=DAY, by=by)
        partnerships.note_meeting(group.uuid, day=DAY, minutes=60, topic="t", by=by)
        goal = partnerships.set_goal(group.uuid, text="oferta", due_on=None, by=by)
        partnerships.reach_goal(goal.uuid, done_on=DAY, by=by)
        with pytest.raises(NoSuchRow):
            partnerships.reach_goal(goal.uuid, done_on=DAY, by=by)
        partnerships.note_result(
            group.uuid, kind=PartnershipResultKind.CONTRACT, text="u", day=DAY, value_pln=Decimal(5), by=by
        )
        partnerships.move_partnership(group.uuid, state=PartnershipState.CLOSED, on=DAY, by=by)
        with pytest.raises(WrongStep):
            partnerships.set_goal(group.uuid, text="x", due_on=None, by=by)
        with pytest.raises(NoSuchRow):
            partnerships.set_goal(uuid4(), text="x", due_on=None, by=by)


def template(code: str) -> int:
    return PathTemplate.objects.get(code=code, is_current=True).pk


def test_a_path_is_for_the_recipient_its_template_names():
    by = made.centre()
    people_only, government = template("incubation-people"), template("incubation-local-government")
    with acting_for(by.institution_id):
        with pytest.raises(WrongRecipient):
            paths.begin_path(template_id=government, recipient=of_person(by), opened_on=DAY, by=by)
        with pytest.raises(NoSuchRow):
            paths.begin_path(template_id=0, recipient=of_person(by), opened_on=DAY, by=by)
        path = paths.begin_path(template_id=people_only, recipient=of_person(by), opened_on=DAY, by=by)

        assert [one.stage.code for one in work.stages_of(path) if one.is_open] == ["recruitment"]


def passed(path, stage: str, by, **more) -> None:
    found = next(one for one in work.stages_of(path) if one.stage.code == stage)
    for check, _on in found.checks:
        paths.tick(path.uuid, stage=stage, check=check.code, done_on=DAY, by=by)
    paths.pass_stage(path.uuid, stage=stage, passed_on=DAY, by=by, **more)


def test_workers_are_prepared_beside_the_legal_set_up_and_both_come_before_founding():
    by = made.centre()
    founded = made.entity(by)
    with acting_for(by.institution_id):
        path = paths.begin_path(
            template_id=template("incubation-local-government"), recipient=of_entity(by), opened_on=DAY, by=by
        )
        with pytest.raises(StageNotReady):
            paths.pass_stage(path.uuid, stage="information", passed_on=DAY, by=by)
        for stage in ("information", "decision", "legal"):
            passed(path, stage, by)
        with pytest.raises(StageNotReady):
            passed(path, "founding", by, founded=founded.uuid)
        passed(path, "workers", by, plan_refs="IPW/1/2024")
        with pytest.raises(StageNotReady):
            paths.pass_stage(path.uuid, stage="founding", passed_on=DAY, by=by)
        ended = paths.pass_stage(path.uuid, stage="founding", passed_on=DAY, founded=founded.uuid, by=by)
        with pytest.raises(PathEnded):
            paths.leave_path(path.uuid, reason="x", on=DAY, by=by)

    assert (ended.state, ended.founded_id, ended.plan_refs) == ("finished", founded.pk, "IPW/1/2024")


def test_a_path_can_be_left_with_a_reason():
    by = made.centre()
    with acting_for(by.institution_id):
        path = paths.begin_path(
            template_id=template("incubation-people"), recipient=of_person(by), opened_on=DAY, by=by
        )
        for refused in (
            lambda: paths.tick(path.uuid, stage="recruitment", check="nie", done_on=DAY, by=by),
            lambda: paths.pass_stage(path.uuid, stage="nie", passed_on=DAY, by=by),
            lambda: paths.leave_path(uuid4(), reason="x", on=DAY, by=by),
        ):
            with pytest.raises(NoSuchRow):
                refused()
        left = paths.leave_path(path.uuid, reason="wyjazd", on=DAY, by=by)

    assert (left.state, left.exit_reason) == ("left", "wyjazd")


def test_a_new_version_of_a_template_leaves_paths_under_way_alone():
    by = made.centre()
    with acting_for(by.institution_id):
        path = paths.begin_path(
            template_id=template("incubation-people"), recipient=of_person(by), opened_on=DAY, by=by
        )
        plan = dict(path.template.plan)
        plan["stages"] = plan["stages"][:1]
        newer = paths.add_template(plan, by=by)
        other = paths.add_template({**plan, "code": "inny"}, by=by)
        with pytest.raises(BadTemplate):
            paths.add_template({"code": "x"}, by=by)
        path.refresh_from_db()

        assert (newer.version, other.version) == (2, 1)
        assert len(work.stages_of(path)) == 7


def test_a_promotion_names_entities_of_the_own_centre():
    by, stranger = made.centre(), made.centre()
    theirs = made.entity(stranger)

    with acting_for(by.institution_id), pytest.raises(NoSuchRow):
        results.note_promotion(
            kind=PromotionKind.CATALOGUE, title="K", day=DAY, entities=[theirs.uuid], by=by
        )


def test_kfs_totals_of_one_period_and_priority_replace_each_other():
    by = made.centre()
    values: dict[str, Any] = {
        "first_day": DAY,
        "last_day": DAY,
        "priority": "45+",
        "employers": 1,
        "people": 2,
    }
    with acting_for(by.institution_id):
        results.set_kfs_total(**values, amount_pln=Decimal(10), by=by)
        results.set_kfs_total(**values, amount_pln=Decimal(20), by=by)

        assert [one.amount_pln for one in work.kfs(by)] == [20]
