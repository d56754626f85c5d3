"""The first password of somebody who was invited."""

from typing import Any

from django.contrib.auth.forms import SetPasswordForm


class FirstPasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    """A password typed twice; what is wrong with the password itself stands beside the password."""

    def validate_password_for_user(self, user: Any, *_field: str) -> None:
        """Django complains beside the repetition, which is not where anything has to be changed."""
        super().validate_password_for_user(user, "new_password1")
