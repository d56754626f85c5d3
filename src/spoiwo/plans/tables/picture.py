"""The plan as one picture: a lane for each party, the person's own tasks, and the plan itself."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from spoiwo.plans import messages
from spoiwo.plans.models import Action
from spoiwo.plans.queries.reading import OpenedPlan
from spoiwo.plans.tables.wording import party_name
from spoiwo.plans.types import OPEN_ACTIONS, ActionState
from spoiwo.toolkit.templatetags.spoiwo import pl_date
from spoiwo.toolkit.timeline import Stay, Timeline, draw_timeline

LABEL_LENGTH = 28


def picture(opened: OpenedPlan, *, reviews: list[date]) -> Timeline:
    """Who does what when; done actions are filled, reviews are points."""
    plan = opened.plan
    whole = Stay(
        label=str(plan.number),
        words=_("the plan, %(start)s to %(end)s")
        % {"start": pl_date(plan.starts_on), "end": pl_date(plan.ends_on)},
        starts_on=plan.starts_on,
        ends_on=plan.closed_on or plan.ends_on,
        solid=True,
    )
    points = [
        Stay(
            label=_("review"), words=_("review on %(day)s") % {"day": pl_date(day)}, starts_on=day, point=True
        )
        for day in reviews
    ]
    lanes = [(_("Plan"), "", [whole]), (_("Reviews"), "", points)]
    for owner in [*opened.badges, None]:
        stays = [_stay(one) for one in opened.actions if one.owner_id == owner]
        kind = opened.badges[owner].kind if owner in opened.badges else ""
        lanes.append((party_name(owner, opened.badges), kind, stays))
    shown = [lane for lane in lanes if lane[2]]
    return draw_timeline(
        shown, starts_on=plan.starts_on - timedelta(days=7), ends_on=plan.ends_on + timedelta(days=7)
    )


def summary(opened: OpenedPlan) -> str:
    """What the picture shows, in one sentence."""
    done = sum(one.state == ActionState.DONE for one in opened.actions)
    still = sum(one.state in OPEN_ACTIONS for one in opened.actions)
    return _("Actions of all parties over the time of the plan: %(done)s done, %(open)s still open.") % {
        "done": done,
        "open": still,
    }


def _stay(one: Action) -> Stay:
    text = one.text
    label = text if len(text) <= LABEL_LENGTH else f"{text[: LABEL_LENGTH - 1]}…"
    state = messages.ACTION_NAMES[one.state]
    days = f"{pl_date(one.starts_on)} – {pl_date(one.due_on)}"
    return Stay(
        label=label,
        words=f"{text}, {days}, {state}",
        starts_on=one.starts_on,
        ends_on=one.due_on,
        solid=one.state == ActionState.DONE,
    )
