"""Templates of prints that an institution keeps for itself."""

from datetime import datetime

from django.db import transaction

from spoiwo.kernel.actor import Actor
from spoiwo.plans.errors import NoSuchThing, UnusablePaper
from spoiwo.plans.models import OwnPaper
from spoiwo.plans.policies import keeps_papers
from spoiwo.plans.rules import papers as rules
from spoiwo.plans.services.log import record_own
from spoiwo.plans.types import PrintForm
from spoiwo.toolkit.documents.templates import BadTemplate, fill_docx, text_of_docx


@transaction.atomic
def keep_paper(form: PrintForm, *, name: str, content: bytes, at: datetime, by: Actor) -> OwnPaper:
    """Use a template for a form of print from now on; it is tried out first.

    Raises NoSuchThing for those who may not, UnusablePaper.
    """
    if not keeps_papers(by):
        raise NoSuchThing(form)
    try:
        tried = text_of_docx(fill_docx(content, rules.SAMPLE))
    except BadTemplate as error:
        raise UnusablePaper(error.problem, error.detail) from error
    if rules.SAMPLE_CODE not in tried:
        raise UnusablePaper("no_code")
    made, _new = OwnPaper.objects.update_or_create(
        institution_id=by.institution_id,
        form=form,
        defaults={"name": name[-200:], "content": content, "kept_at": at, "kept_by_id": by.user_id},
    )
    record_own(by, f"plan-paper:{form}")
    return made


@transaction.atomic
def drop_paper(form: PrintForm, *, by: Actor) -> None:
    """Go back to the shipped print. Raises NoSuchThing."""
    if not keeps_papers(by):
        raise NoSuchThing(form)
    OwnPaper.objects.open_to(by).filter(form=form).delete()
    record_own(by, f"plan-paper:{form}")


def filled(form: PrintForm, fields: rules.Fields, *, by: Actor) -> bytes | None:
    """The institution's own print with the fields filled in; None when it uses the shipped one."""
    own = OwnPaper.objects.open_to(by).filter(form=form).first()
    return fill_docx(bytes(own.content), fields) if own else None
