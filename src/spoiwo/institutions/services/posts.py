"""Posts: who does what at an institution, apart from accounts."""

from datetime import date

from django.db import transaction

from spoiwo.audit import services as audit
from spoiwo.audit.types import Action, Entry
from spoiwo.institutions import policies, rules
from spoiwo.institutions.errors import OutOfReach
from spoiwo.institutions.models import Institution, Post
from spoiwo.institutions.types import NewPost
from spoiwo.kernel.actor import Actor


@transaction.atomic
def add_post(*, institution_id: int, post: NewPost, by: Actor) -> Post:
    """Name somebody in a function. Raises OutOfReach, BadDetails."""
    checked = rules.checked_post(post)
    may = policies.may_edit_institution(by, institution_id)
    if not may or not Institution.objects.filter(pk=institution_id).exists():
        raise OutOfReach
    made = Post.objects.create(
        institution_id=institution_id,
        holder_name=checked.holder_name,
        function=checked.function,
        email=checked.email,
        phone=checked.phone,
        is_public=checked.is_public,
        valid_from=checked.valid_from,
    )
    _record(made, by)
    return made


@transaction.atomic
def end_post(*, post_id: int, last_day: date, by: Actor) -> Post:
    """Say on which day somebody was last in the function. Raises OutOfReach, BadDetails (before the first day)."""
    post = Post.objects.visible_to(by).filter(pk=post_id).first()
    if post is None or not policies.may_edit_institution(by, post.institution_id):
        raise OutOfReach
    rules.check_last_day(last_day, not_before=post.valid_from)
    post.valid_to = last_day
    post.save(update_fields=["valid_to"])
    _record(post, by)
    return post


def _record(post: Post, by: Actor) -> None:
    audit.append(
        Entry(
            institution_id=post.institution_id,
            action=Action.POST_CHANGED,
            actor_user_id=by.user_id,
            institution_acting_id=by.institution_id,
            object_ref=f"post:{post.pk}",
        )
    )
