"""Registers of partners to be matched, and what came of it."""

from collections.abc import Sequence

from django.db.models import F, QuerySet

from spoiwo.access.types import LinkRule
from spoiwo.audit.models import AuditRecord
from spoiwo.clients.models import CommonClient, IdentityDecision, SourceRecord
from spoiwo.institutions.models import Institution
from spoiwo.matching.models import Proposal
from tests.makers.access import agreement
from tests.makers.registers import office


def partners(link_rules: Sequence[LinkRule] = (LinkRule.PESEL_ONE_FIELD,)) -> tuple[Institution, Institution]:
    labour, welfare = office(), office()
    agreement(labour, welfare, link_rules=link_rules)
    return labour, welfare


def linked() -> set[frozenset[str]]:
    groups: dict[object, set[str]] = {}
    for person, local_id in SourceRecord.objects.values_list("person_id", "local_id"):
        groups.setdefault(person, set()).add(local_id)
    return {frozenset(group) for group in groups.values() if len(group) > 1}


def proposals() -> set[tuple[frozenset[str], str, str]]:
    """Those about records of two institutions."""
    return _told(Proposal.objects.exclude(left_institution=F("right_institution")))


def duplicates() -> set[tuple[frozenset[str], str, str]]:
    """Those about two records of one register."""
    return _told(Proposal.objects.filter(left_institution=F("right_institution")))


def _told(found: QuerySet[Proposal]) -> set[tuple[frozenset[str], str, str]]:
    rows = found.values_list("left_record__local_id", "right_record__local_id", "rule", "state")
    return {(frozenset(one[:2]), one[2], one[3]) for one in rows}


def everything() -> tuple[object, ...]:
    return (
        sorted(SourceRecord.objects.values_list("pk", "person_id")),
        sorted(
            Proposal.objects.values_list("left_record_id", "right_record_id", "rule", "state", "created_at"),
        ),
        sorted(CommonClient.objects.values_list("institution_id", "record_id", "other_id", "since", "rule")),
        IdentityDecision.objects.count(),
        AuditRecord.objects.count(),
    )
