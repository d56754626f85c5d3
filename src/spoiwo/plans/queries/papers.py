"""Templates of prints that an institution keeps for itself."""

from spoiwo.kernel.actor import Actor
from spoiwo.plans.models import OwnPaper
from spoiwo.plans.types import PrintForm


def own_papers(actor: Actor) -> dict[PrintForm, OwnPaper]:
    """Form of print -> the template the institution uses for it."""
    rows = OwnPaper.objects.open_to(actor).select_related("kept_by")
    return {PrintForm(row.form): row for row in rows}
