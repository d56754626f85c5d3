"""What any text that people type must not hold."""

import re

EMAIL_LENGTH = 254
_EMAIL = re.compile(r"[^@\s,;<>()]+@[^@\s,;<>().]+(\.[^@\s,;<>().]+)+")


def is_email(text: str) -> bool:
    """Whether a text looks like an e-mail address; whether it exists, only a letter can tell."""
    return bool(_EMAIL.fullmatch(text)) and len(text) <= EMAIL_LENGTH


def has_controls(text: str) -> bool:
    """Whether there are characters that cannot be shown, such as NUL."""
    return any(ord(character) < 32 or ord(character) == 127 for character in text)
