"""What institutions give each other on a day, and which purposes that allows."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from spoiwo.access import queries, rules, services
from spoiwo.access.errors import (
    AgreementIncomplete,
    ClauseOutsideParties,
    DocumentRefused,
    EndsBeforeStart,
    PurposeNotAllowed,
)
from spoiwo.access.models import LegalBasis, Purpose, Relation, SharingAgreement
from spoiwo.access.tasks import follow_dates
from spoiwo.access.types import (
    AgreementTerms,
    Category,
    ChosenPurpose,
    Clause,
    LinkRule,
    PurposeTerm,
    RelationKind,
    Standing,
)
from spoiwo.kernel.actor import Actor
from tests.makers import access as make
from tests.makers import institutions as people

DAY = date(2026, 3, 10)
TOMORROW = DAY + timedelta(days=1)
IN_REGISTER = RelationKind.INVOLVEMENT


def offices(count: int) -> list[int]:
    """Ids of open institutions."""
    return [people.institution().pk for _ in range(count)]


def reader(institution_id: int) -> Actor:
    """A case worker."""
    return Actor(user_id=1, institution_id=institution_id, roles=frozenset({"case_worker"}))


@pytest.mark.django_db
def test_a_grant_says_who_gives_what_under_which_agreement(django_assert_num_queries):
    left, right, third = offices(3)
    make.agreement(
        left, right, third, number="1/2026", stale_after_days=14,
        gives=[(None, None, Category.IDENTITY), (left, right, Category.STATUS)],
    )  # fmt: skip

    with django_assert_num_queries(2):
        grants = queries.grants_to(right, DAY)

    assert [(one.giver_id, sorted(one.categories)) for one in grants] == [
        (left, ["identity", "status"]),
        (third, ["identity"]),
    ]
    assert {one.agreement_number for one in grants} == {"1/2026"}
    assert {one.stale_after_days for one in grants} == {14}
    assert grants[0].purposes[0].legal_basis_code == "act-art-1:1"
    assert queries.grants_between(left, right, DAY) == grants[:1]
    assert queries.grants_between(right, left, DAY)[0].categories == {Category.IDENTITY}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "lapse",
    [
        pytest.param({"state": SharingAgreement.State.DRAFT}, id="draft"),
        pytest.param({"state": SharingAgreement.State.ENDED}, id="ended"),
        pytest.param({"valid_from": TOMORROW}, id="begins tomorrow"),
        pytest.param({"valid_to": DAY - timedelta(days=1)}, id="ended yesterday"),
        pytest.param({"purposes": ()}, id="without a purpose"),
    ],
)
def test_an_agreement_out_of_force_gives_nothing(lapse):
    left, right = offices(2)
    make.agreement(left, right, **lapse)

    assert queries.grants_to(right, DAY) == []
    assert queries.partners_of(right, DAY) == frozenset()
    assert queries.unattended_rules(left, right, DAY) == frozenset()


@pytest.mark.django_db
def test_a_purpose_ends_with_its_legal_basis():
    left, right = offices(2)
    make.legal_basis("old", valid_to=DAY)
    make.agreement(left, right, purposes=[("joint-support", "old")])

    assert len(queries.grants_to(right, DAY)) == 1
    assert queries.grants_to(right, TOMORROW) == []


@pytest.mark.django_db
def test_partners_are_those_with_identity_in_one_direction():
    left, right, third = offices(3)
    make.agreement(left, right, gives=[(left, right, Category.IDENTITY)])
    make.agreement(left, third, gives=[(None, None, Category.STATUS)], link_rules=())

    assert queries.partners_of(left, DAY) == {right}
    assert queries.partners_of(right, DAY) == {left}
    assert queries.unattended_rules(right, left, DAY) == {LinkRule.PESEL_ONE_FIELD}
    assert queries.unattended_rules(left, third, DAY) == frozenset()


@pytest.mark.django_db
def test_one_side_links_where_an_agreement_about_identity_says_so():
    left, right, third = offices(3)
    make.agreement(left, right, gives=[(left, right, Category.IDENTITY)], one_side_links=True)
    make.agreement(left, third)
    make.agreement(left, third, gives=[(None, None, Category.STATUS)], one_side_links=True)

    assert queries.one_side_links(left, right, DAY)
    assert queries.one_side_links(right, left, DAY)
    assert not queries.one_side_links(left, third, DAY)


@pytest.mark.django_db
def test_the_purpose_that_fits_the_relation_is_preselected():
    left, right = offices(2)
    make.agreement(
        left, right, number="1/2026", purposes=[("joint-support", "act-art-1"), ("joint-plan", "act-art-1")]
    )
    make.agreement(left, right, number="2/2026")

    offered = queries.purposes_for(reader(right), giver_ids={left}, kinds={IN_REGISTER}, day=DAY)
    elsewhere = queries.purposes_for(reader(right), giver_ids=set(), kinds={IN_REGISTER}, day=DAY)
    unrelated = queries.offered_purposes(queries.grants_to(right, DAY), {RelationKind.REFERRAL})

    assert [(one.code, one.preselected) for one in offered] == [
        ("joint-support", True),
        ("joint-plan", False),
    ]
    assert offered[0].agreements == ("1/2026", "2/2026")
    assert offered[0].giver_ids == {left}
    assert elsewhere == []
    assert not any(one.preselected for one in unrelated)


@pytest.mark.django_db
def test_a_stated_purpose_is_kept_for_the_person_the_office_and_the_day():
    left, right = offices(2)
    make.agreement(left, right, number="1/2026")
    grants, person = queries.grants_to(right, DAY), uuid4()
    session: dict[str, Any] = {}
    here: dict[str, Any] = {"actor": reader(right), "person": person}

    stated = services.remember_purpose(
        session, **here, purpose="joint-support", legal_basis="act-art-1:1", grants=grants, day=DAY
    )

    assert stated.agreement == "1/2026"
    assert queries.purpose_in_session(session, **here, grants=grants, day=DAY) == stated
    assert queries.grants_for(stated, grants) == grants
    others: list[dict[str, Any]] = [
        {"person": uuid4(), "actor": here["actor"], "grants": grants, "day": DAY},
        {**here, "actor": reader(left), "grants": grants, "day": DAY},
        {**here, "grants": grants, "day": TOMORROW},
        {**here, "grants": [], "day": DAY},
    ]
    for other in others:
        assert queries.purpose_in_session(session, **other) is None


@pytest.mark.django_db
def test_a_purpose_no_agreement_allows_cannot_be_stated():
    left, right = offices(2)
    make.agreement(left, right)
    grants = queries.grants_to(right, DAY)

    for purpose, basis in (("other", "act-art-1:1"), ("joint-support", "act-art-1:2")):
        with pytest.raises(PurposeNotAllowed):
            services.remember_purpose(
                {},
                actor=reader(right),
                person=uuid4(),
                purpose=purpose,
                legal_basis=basis,
                grants=grants,
                day=DAY,
            )


@pytest.mark.django_db
def test_a_forgotten_purpose_is_asked_again_and_old_ones_make_room():
    left, right = offices(2)
    make.agreement(left, right)
    grants, actor = queries.grants_to(right, DAY), reader(right)
    session: dict[str, Any] = {}
    everyone = [uuid4() for _ in range(201)]

    for person in everyone:
        services.remember_purpose(
            session, actor=actor, person=person, purpose="joint-support", legal_basis="act-art-1:1",
            grants=grants, day=DAY,
        )  # fmt: skip
    services.forget_purpose(session, actor=actor, person=everyone[-1])
    services.forget_purpose(session, actor=actor, person=everyone[0])

    known = [
        queries.purpose_in_session(session, actor=actor, person=one, grants=grants, day=DAY)
        for one in everyone
    ]
    assert [bool(one) for one in known] == [False, *[True] * 199, False]


@pytest.mark.django_db
def test_shipped_bases_are_added_once_and_never_overwrite_a_lawyer():
    first = services.load_shipped_bases()
    LegalBasis.objects.filter(code="social-assistance-105").update(
        is_example=False, article="art. 105 ust. 1"
    )

    again = services.load_shipped_bases()

    assert (first, again) == (LegalBasis.objects.count() + Purpose.objects.count(), 0)
    assert LegalBasis.objects.get(code="social-assistance-105").article == "art. 105 ust. 1"
    old, new = LegalBasis.objects.filter(code="labour-market").order_by("version")
    assert (old.valid_to, new.valid_from) == (date(2025, 5, 31), date(2025, 6, 1))


@pytest.mark.django_db
def test_relations_open_once_and_close_and_go_on():
    office = offices(1)[0]
    person, other = uuid4(), uuid4()
    pairs = [(person, office), (person, office), (other, office)]

    services.open_relations(pairs, kind=IN_REGISTER, since=DAY)
    services.open_relations(pairs, kind=IN_REGISTER, since=TOMORROW)
    services.close_relations([(person, office)], kind=IN_REGISTER, until=TOMORROW)
    services.close_relations([(other, office)], kind=IN_REGISTER, until=DAY - timedelta(days=5))
    closed = set(Relation.objects.values_list("person", "valid_from", "valid_to"))
    services.open_relations([(person, office)], kind=IN_REGISTER, since=TOMORROW)

    assert closed == {(person, DAY, TOMORROW)}
    assert set(Relation.objects.values_list("person", "valid_from", "valid_to")) == {(person, DAY, None)}
    assert queries.relation_kinds(person, institution_id=office, day=DAY) == {IN_REGISTER}
    assert queries.relation_kinds(other, institution_id=office, day=DAY) == frozenset()


@pytest.mark.django_db
def test_matching_looks_again_when_an_agreement_turns(monkeypatch, django_capture_on_commit_callbacks):
    left, right, third = offices(3)
    make.agreement(left, right, valid_from=date.today())
    make.agreement(left, third, valid_to=date.today() - timedelta(days=1))
    make.agreement(right, third)
    asked = []
    monkeypatch.setattr(
        "spoiwo.access.services.signing.enqueue", lambda name, **pair: asked.append((name, *pair.values()))
    )

    with django_capture_on_commit_callbacks(execute=True):
        follow_dates()

    assert set(asked) == {("matching.rematch", left, right), ("matching.rematch", left, third)}


def terms(**changed: object) -> AgreementTerms:
    """Complete terms between institutions 1 and 2."""
    values: dict[str, Any] = {
        "number": "1/2026", "title": "Próba", "valid_from": DAY, "valid_to": None, "stale_after_days": 30,
        "link_rules": frozenset(), "parties": frozenset({1, 2}),
        "clauses": frozenset({Clause(1, 0, Category.IDENTITY)}), "purposes": frozenset({PurposeTerm(1, 1)}),
        **changed,
    }  # fmt: skip
    return AgreementTerms(**values)


def test_terms_that_contradict_themselves_are_refused():
    rules.check_terms(terms(valid_to=DAY))

    with pytest.raises(EndsBeforeStart):
        rules.check_terms(terms(valid_to=DAY - timedelta(days=1)))
    with pytest.raises(ClauseOutsideParties, match="3"):
        rules.check_terms(terms(clauses=frozenset({Clause(0, 3, Category.STATUS)})))


def test_incomplete_terms_cannot_be_signed():
    rules.check_complete(terms())

    with pytest.raises(AgreementIncomplete) as refusal:
        rules.check_complete(terms(parties=frozenset({1}), clauses=frozenset(), purposes=frozenset()))
    assert refusal.value.missing == ("parties", "clauses", "purposes")


def test_a_signature_is_given_for_every_word():
    digests = {
        rules.digest_of(one)
        for one in (
            terms(), terms(title="Inny"), terms(valid_to=TOMORROW), terms(parties=frozenset({1, 2, 3})),
            terms(clauses=frozenset({Clause(0, 1, Category.IDENTITY)})), terms(purposes=frozenset({PurposeTerm(1, 2)})),
            terms(one_side_links=True),
        )
    }  # fmt: skip

    assert len(digests) == 7
    assert rules.digest_of(terms()) in digests


def test_what_one_gives_another():
    clauses = [Clause(0, 0, Category.IDENTITY), Clause(1, 2, Category.STATUS), Clause(2, 0, Category.CONTACT)]

    assert rules.gives(clauses, giver_id=1, receiver_id=2) == ["identity", "status"]
    assert rules.gives(clauses, giver_id=2, receiver_id=1) == ["contact", "identity"]
    assert rules.gives(clauses, giver_id=1, receiver_id=1) == []


def test_rows_of_the_direction_table():
    few = rules.clause_rows([1, 2], [Clause(9, 1, Category.STATUS)])
    many = rules.clause_rows([1, 2, 3], [], most=2)

    assert few == [(0, 0), (1, 0), (2, 0), (1, 2), (2, 1), (9, 1)]
    assert many == [(0, 0), (1, 0), (2, 0), (3, 0), (0, 1), (0, 2), (0, 3)]
    assert rules.pairs_touched([3, 1, 2]) == [(1, 2), (1, 3), (2, 3)]


@pytest.mark.parametrize(
    ("content", "reason"), [(b"", "empty"), (b"%PDF-" + b"x" * 9, "too_large"), (b"PK", "not_pdf")]
)
def test_documents_that_are_refused(content, reason):
    with pytest.raises(DocumentRefused) as refusal:
        rules.check_document(content, limit=10)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("signed", "ended", "first", "last", "standing"),
    [
        (False, False, DAY, None, Standing.DRAFT),
        (True, False, TOMORROW, None, Standing.COMING),
        (True, False, DAY, DAY, Standing.LAST_DAY),
        (True, False, DAY, TOMORROW, Standing.IN_FORCE),
        (True, False, DAY - timedelta(days=9), DAY - timedelta(days=1), Standing.OVER),
        (True, True, DAY, None, Standing.OVER),
    ],
)
def test_where_an_agreement_stands(signed, ended, first, last, standing):
    assert rules.standing(signed=signed, ended=ended, valid_from=first, valid_to=last, day=DAY) == standing


def test_the_end_of_a_replaced_version_is_never_before_its_start():
    assert rules.last_day_before(DAY, not_before=date(2026, 1, 1)) == DAY - timedelta(days=1)
    assert rules.last_day_before(DAY, not_before=TOMORROW) == TOMORROW


def test_a_purpose_of_another_day_is_not_good_any_more():
    stated = ChosenPurpose(purpose="p", legal_basis="b:1", agreement="1", stated_on=DAY)

    assert not rules.still_good(stated, [], DAY)
