"""When somebody's record is erased, plans forget too.

What the erasing institution itself told of the person (diagnoses, notes about contacts, scans, lists, lines of files
that were not taken) goes at once. The plan is a document of all its parties: what they agreed on stays readable for
those who still have the person, and goes when the last of them erases her. Numbers, days, states and fingerprints stay.
"""

from collections.abc import Collection

from django.db.models import QuerySet

from spoiwo.clients.services.erasing import Erased, on_erased
from spoiwo.plans.models import (
    Action,
    Contact,
    Diagnosis,
    Evidence,
    JointPlan,
    NonCompliance,
    PlanEvent,
    PlanParty,
    PlanVersion,
    RefusedPlanLine,
    Remark,
    Review,
    SelectedClient,
    Signature,
)
from spoiwo.plans.types import EventKind
from spoiwo.toolkit.among import among


@on_erased
def forget(erased: Erased) -> None:
    """Take texts away, in the transaction of the erasure."""
    plans = list(PlanParty.objects.filter(among("record", erased.records)).values_list("plan", flat=True))
    RefusedPlanLine.objects.filter(institution=erased.institution_id).delete()  # any may be about them
    SelectedClient.objects.filter(among("record", erased.records)).delete()
    Signature.objects.filter(among("scan_record", erased.records)).update(scan=b"")
    _forget_own_words(plans, erased.institution_id)
    _empty(_of_nobody(plans))


def _forget_own_words(plans: Collection[int], institution_id: int) -> None:
    """What one party alone told of the person, and wrote into the journal about it."""
    own = {"plan__in": plans, "institution": institution_id}
    Diagnosis.objects.filter(**own).update(lines=[])
    Contact.objects.filter(**own).update(note="")
    PlanEvent.objects.filter(**own, kind=EventKind.CONTACT).update(text="")


def _of_nobody(plans: Collection[int]) -> list[int]:
    """Of these plans the ones whose parties have all erased the person."""
    held: QuerySet[PlanParty] = PlanParty.objects.filter(among("plan", plans), record__erased_at__isnull=True)
    return sorted(set(plans) - set(held.values_list("plan", flat=True)))


def _empty(plans: Collection[int]) -> None:
    """No word of these plans stays."""
    of_plans = among("plan", plans)
    PlanVersion.objects.filter(of_plans).update(content="", marks={})
    Action.objects.filter(of_plans).update(text="", service="", evidence_wanted="", project="", result="")
    Evidence.objects.filter(of_plans).update(text="", ref="")
    Review.objects.filter(of_plans).update(conclusions="", agenda={})
    NonCompliance.objects.filter(of_plans).update(text="", evidence="")
    Remark.objects.filter(of_plans).update(text="")
    PlanEvent.objects.filter(of_plans).update(text="")
    JointPlan.objects.filter(among("pk", plans)).update(reason="", former_number="")
