"""May this actor do that to this thing?"""

from spoiwo.enquiries.models import Confirmation, Enquiry
from spoiwo.enquiries.types import WORKERS, EnquiryState, PaperKind, PaperState
from spoiwo.kernel.actor import Actor


def works_with_people(actor: Actor | None) -> bool:
    """Those who ask, answer, issue and write: case workers."""
    return actor is not None and actor.has_any(*WORKERS)


def may_edit(actor: Actor, enquiry: Enquiry) -> bool:
    """Drafts belong to the institution that asks."""
    return enquiry.state == EnquiryState.DRAFT and enquiry.institution_id == actor.institution_id


def may_settle(actor: Actor, enquiry: Enquiry) -> bool:
    """The institution asked answers, refuses or says that it has no data."""
    return enquiry.state == EnquiryState.SENT and enquiry.asked_id == actor.institution_id


def may_sign(actor: Actor, paper: Confirmation) -> bool:
    """The issuer brings the signed file of a certificate that waits for one."""
    return (
        paper.kind == PaperKind.CITIZEN
        and paper.state == PaperState.UNSIGNED
        and paper.institution_id == actor.institution_id
    )


def may_withdraw(actor: Actor, paper: Confirmation) -> bool:
    """The issuer takes back what is not withdrawn yet."""
    return paper.state != PaperState.WITHDRAWN and paper.institution_id == actor.institution_id


def may_set_terms(actor: Actor) -> bool:
    """Terms of answers hold for all institutions alike: those who run the platform keep them."""
    return actor.is_operator
