"""What an institution put in about itself: people in functions, and the register of authorisations."""

from spoiwo.institutions.models import Authorisation, Post
from spoiwo.kernel.actor import Actor
from spoiwo.toolkit.takeout import Takeout, same, takeout


def tables(actor: Actor) -> list[Takeout]:
    """Posts and authorisations; passwords and keys of sign-in are no institution's."""
    own = {"institution_id": actor.institution_id}
    return [
        takeout(
            "posts",
            Post.objects.filter(**own),
            same("holder_name", "function", "email", "phone", "is_public", "valid_from", "valid_to"),
        ),
        takeout(
            "authorisations",
            Authorisation.objects.filter(membership__institution_id=actor.institution_id),
            {
                "name": "membership__user__full_name",
                "email": "membership__user__email",
                **same("role", "number", "valid_from", "valid_to"),
                "area": "membership__territories",
            },
        ),
    ]
