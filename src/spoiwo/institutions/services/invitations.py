"""Invitations: a one-time link with which somebody sets the first password of an account."""

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac

from spoiwo.audit import services as audit
from spoiwo.audit.types import PLATFORM, Action, Entry
from spoiwo.institutions.errors import InvitationSpent
from spoiwo.institutions.models import Membership, User
from spoiwo.toolkit.jobs import enqueue

DAYS_VALID = 7
MAIL_JOB = "institutions.mail_invitation"
_SALT = "spoiwo.institutions.invitation"


def token_for(user: User) -> str:
    """The signed token of a link that works until a password is set, at most DAYS_VALID days."""
    return signing.dumps([user.pk, _fingerprint(user)], salt=_SALT)


def invited_by(token: str) -> User:
    """Whose link this is. Raises InvitationSpent when it no longer works."""
    try:
        user_id, fingerprint = signing.loads(token, salt=_SALT, max_age=DAYS_VALID * 24 * 60 * 60)
    except signing.BadSignature:
        raise InvitationSpent from None
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or not constant_time_compare(fingerprint, _fingerprint(user)):
        raise InvitationSpent
    return user


@transaction.atomic
def accept_invitation(*, token: str, password: str) -> User:
    """Set the first password, whose strength the caller has checked; the link is spent. Raises InvitationSpent."""
    user = invited_by(token)
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.has_usable_password():  # two tabs at once
        raise InvitationSpent
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.append(
        Entry(
            institution_id=PLATFORM,
            action=Action.STAFF_CHANGED,
            actor_user_id=user.pk,
            object_ref=f"user:{user.pk}",
            categories=("password",),
        )
    )
    return user


def spend_links(user: User) -> None:
    """Make earlier links of an account without a password stop working."""
    user.set_unusable_password()
    user.save(update_fields=["password"])


def mail_later(membership: Membership) -> None:
    """Have the letter sent once the invitation stands."""
    membership_id = membership.pk
    transaction.on_commit(lambda: enqueue(MAIL_JOB, membership_id=membership_id))


def mail_invitation(*, membership_id: int) -> None:
    """Send the letter, in the language of the account. The link is made here, so that no queue ever holds it."""
    membership = Membership.objects.select_related("user", "institution").filter(pk=membership_id).first()
    if membership is None:
        return
    user = membership.user
    link = "" if user.has_usable_password() else settings.PUBLIC_URL + path_of_link(token_for(user))
    context = {
        "full_name": user.full_name,
        "institution": membership.institution.name,
        "link": link,
        "address": settings.PUBLIC_URL,
        "days": DAYS_VALID,
    }
    with translation.override(user.language):
        subject = " ".join(render_to_string("institutions/mail/invitation_subject.txt", context).split())
        send_mail(
            subject,
            render_to_string("institutions/mail/invitation.txt", context),
            None,
            [user.email],
        )


def letters_leave() -> bool:
    """Whether letters are sent at all; without a mail server (demonstrations) the link is handed over instead."""
    return not settings.EMAIL_BACKEND.endswith("console.EmailBackend")


def path_of_link(token: str) -> str:
    """The path of the page on which the password is set."""
    return reverse("institutions:accept_invitation", args=[token])


def _fingerprint(user: User) -> str:
    """Changes whenever the password does, also from one unusable password to another."""
    return salted_hmac(_SALT, user.password).hexdigest()[:32]
