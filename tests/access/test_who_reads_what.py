"""Whatever an agreement, a relation and a role say on a day: another institution's data open exactly when all agree."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from spoiwo.access import queries as access
from spoiwo.access.models import AgreementClause, LegalBasis, Relation, SharingAgreement
from spoiwo.access.types import Category
from spoiwo.clients.models import Fact, RecordVersion, Restriction
from spoiwo.clients.types import FactKind
from spoiwo.institutions.models import Authorisation, Membership
from spoiwo.institutions.queries import acting
from spoiwo.institutions.types import Role
from spoiwo.toolkit.context import acting_for
from tests.makers import institutions
from tests.makers.clients import bring_in_facts, fact, signed_in, town, with_purpose
from tests.makers.guarding import hidden

pytestmark = pytest.mark.django_db
QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SHARED = (Category.IDENTITY, Category.MEASURES)
PERIODS = st.sampled_from([(-9, None), (-9, 0), (0, None), (-9, -1), (1, None)])  # days from today


def holds(period):
    """Whether today lies in the period."""
    first, last = period
    return first <= 0 and (last is None or last >= 0)


def days(period):
    """The same as fields of a row."""
    today, (first, last) = timezone.localdate(), period
    end = None if last is None else today + timedelta(days=last)
    return {"valid_from": today + timedelta(days=first), "valid_to": end}


@dataclass(frozen=True)
class Terms:
    """Everything that decides, as drawn."""

    state: str
    agreement: tuple[int, int | None]
    basis: tuple[int, int | None]
    relation: tuple[int, int | None]
    given: frozenset[Category]
    hides: bool
    role: Role

    @property
    def allows(self) -> bool:
        """What the law of the platform says, but for category and role."""
        in_force = self.state == "active" and all(map(holds, (self.agreement, self.basis, self.relation)))
        return in_force and not self.hides


TERMS = st.builds(
    Terms,
    state=st.sampled_from(["active", "active", "active", "draft", "ended"]),
    agreement=PERIODS,
    basis=PERIODS,
    relation=PERIODS,
    given=st.sets(st.sampled_from(SHARED)).map(frozenset),
    hides=st.booleans(),
    role=st.sampled_from([Role.CASE_WORKER, Role.REVIEWER, Role.DIRECTOR, Role.REGISTRAR]),
)


def settle(there, terms: Terms) -> None:
    """The town as the terms have it."""
    SharingAgreement.objects.update(state=terms.state, **days(terms.agreement))
    AgreementClause.objects.exclude(category__in=terms.given).delete()
    LegalBasis.objects.update(**days(terms.basis))
    Relation.objects.filter(institution=there.labour).update(**days(terms.relation))
    if terms.hides:
        hidden(there.theirs)
    assert Restriction.objects.exists() is terms.hides


NOTHING_WITHOUT_IDENTITY = Terms(
    state="active",
    agreement=(-9, None),
    basis=(-9, None),
    relation=(-9, None),
    given=frozenset({Category.MEASURES}),
    hides=False,
    role=Role.CASE_WORKER,
)


@QUICK
@given(TERMS)
@example(NOTHING_WITHOUT_IDENTITY)
def test_another_office_is_read_exactly_when_everything_allows_it(terms):
    with transaction.atomic():
        there = town(gives=SHARED)
        bring_in_facts(there.welfare, fact("W1", FactKind.TRAINING), fact("W1", FactKind.DISABILITY))
        actor = institutions.acting(institutions.member(there.labour, terms.role))
        settle(there, terms)
        today = timezone.localdate()

        with acting_for(actor.institution_id, user_id=actor.user_id):
            grants = access.grants_to(actor.institution_id, today)
            versions = RecordVersion.objects.shared_with(actor, grants, today).filter(record=there.theirs)
            facts = Fact.objects.open_to(actor, grants, today).filter(record=there.theirs)
            seen = {"who": versions.count(), "what": sorted(facts.values_list("kind", flat=True))}
            passed = {
                "who": RecordVersion.objects.filter(record=there.theirs).count(),
                "what": sorted(Fact.objects.filter(record=there.theirs).values_list("kind", flat=True)),
            }
        transaction.set_rollback(True)

    may_read = terms.allows and terms.role in {Role.CASE_WORKER, Role.REVIEWER}
    who = Category.IDENTITY in terms.given  # without it nothing is given at all
    what = who and Category.MEASURES in terms.given
    assert seen == {"who": int(may_read and who), "what": ["training"] * (may_read and what)}
    if connection.vendor == "postgresql":
        assert passed == {"who": int(terms.allows and who), "what": ["training"] * (terms.allows and what)}


@QUICK
@given(PERIODS, st.booleans(), st.booleans())
def test_an_expired_authorisation_opens_nothing_on_the_next_request(period, withdrawn, suspended):
    with transaction.atomic():
        there = town()
        browser = with_purpose(signed_in(there.worker), there.own)
        page = f"/klienci/{there.own.uuid}/"
        assert browser.get(page).status_code == 200
        ended = timezone.now() if withdrawn else None
        Authorisation.objects.filter(membership=there.worker).update(withdrawn_at=ended, **days(period))
        Membership.objects.filter(pk=there.worker.pk).update(
            suspended_at=timezone.now() if suspended else None
        )

        actor = acting.actor_for(there.worker.user, institution_id=None, day=timezone.localdate())
        answer = browser.get(page)
        transaction.set_rollback(True)

    stands = holds(period) and not withdrawn and not suspended
    assert (actor is not None) is stands
    assert (answer.status_code == 200) is stands
    assert stands or "Nowak" not in answer.content.decode()
