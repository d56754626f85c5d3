"""How each party keeps a plan in its own files; the plan itself does not change by it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.plans.models import PlanParty
from spoiwo.plans.services.log import record_own
from spoiwo.plans.services.reaching import locked_plan
from spoiwo.toolkit.conflicts import Conflict, differences


@transaction.atomic
def file_plan(uuid: UUID, *, case_ref: str, jrwa: str, seen: int, at: datetime, by: Actor) -> None:
    """Write the own case reference and file class down. seen: the version that the caller saw.

    Raises NoSuchThing, and Conflict when somebody of the own institution was faster.
    """
    plan = locked_plan(uuid, by)
    party = PlanParty.objects.select_for_update(of=("self",)).get(plan=plan, institution_id=by.institution_id)
    entered = {"case_ref": case_ref, "jrwa": jrwa}
    if party.filing_version != seen:
        raise Conflict(
            differences(entered, {name: getattr(party, name) for name in entered}),
            version=party.filing_version,
            saved_by_user_id=party.filed_by_user_id,
            saved_at=party.filed_at,
        )
    party.case_ref, party.jrwa = case_ref, jrwa
    party.filing_version += 1
    party.filed_at, party.filed_by_user_id = at, by.user_id
    party.save(update_fields=["case_ref", "jrwa", "filing_version", "filed_at", "filed_by_user_id"])
    record_own(by, f"plan:{plan.uuid}")
