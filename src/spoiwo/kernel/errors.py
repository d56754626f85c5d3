"""The root of everything the product can refuse."""


class DomainError(Exception):
    """A refusal with facts; contexts word it for people in their `messages` module."""
