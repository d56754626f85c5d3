"""Background work of the context, and what follows from a sign-in."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from spoiwo.institutions import services
from spoiwo.institutions.models import User
from spoiwo.institutions.services.invitations import MAIL_JOB
from spoiwo.institutions.types import SESSION_USED_AT
from spoiwo.toolkit.jobs import job


@job(MAIL_JOB)
def mail_invitation(*, membership_id: int) -> None:
    """Send the letter of an invitation."""
    services.mail_invitation(membership_id=membership_id)


@receiver(user_logged_in)
def put_sign_in_on_record(*, request: HttpRequest, user: User, **_kwargs: Any) -> None:
    """However somebody signed in; without the entry in the log there is no sign-in."""
    services.record_sign_in(user_id=user.pk)
    request.session[SESSION_USED_AT] = timezone.now().timestamp()
