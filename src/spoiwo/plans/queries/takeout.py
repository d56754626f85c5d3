"""What an institution put into joint plans: its own side. What was agreed on together stands in the prints."""

from django.db.models import Exists, OuterRef

from spoiwo.kernel.actor import Actor
from spoiwo.plans.models import Action, Contact, NonCompliance, PlanParty
from spoiwo.toolkit.takeout import Takeout, same, takeout

_PLAN = {"plan": "plan__uuid", "number": "plan__number"}


def tables(actor: Actor) -> list[Takeout]:
    """Plans the institution is party to, actions it answers for, contacts and entries it wrote; nobody hidden."""
    parties = PlanParty.objects.visible_to(actor)
    own = {"institution_id": actor.institution_id}
    ours = Exists(parties.filter(plan_id=OuterRef("plan_id")))
    plan = {**_PLAN, "local_id": "record__local_id", "agreement": "agreement"}
    days = ("state", "starts_on", "ends_on", "begun_on", "closed_on")
    return [
        takeout(
            "plans",
            parties,
            {**plan, **{name: f"plan__{name}" for name in days}, **same("case_ref", "jrwa")},
        ),
        takeout(
            "plan_actions",
            Action.objects.owned_by(actor),
            {
                **_PLAN,
                **same("text", "area", "service", "starts_on", "due_on", "state", "closed_on", "result"),
                "responsible": "responsible__full_name",
            },
        ),
        takeout(
            "plan_contacts",
            Contact.objects.filter(ours, **own),
            {**_PLAN, **same("day", "kind", "note"), "by": "by__full_name"},
        ),
        takeout(
            "plan_non_compliance",
            NonCompliance.objects.filter(ours, **own),
            {**_PLAN, **same("day", "text", "evidence"), "by": "author__full_name"},
        ),
    ]
