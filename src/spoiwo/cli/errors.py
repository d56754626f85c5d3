"""What the command line refuses."""

from spoiwo.cli.types import Text
from spoiwo.kernel.errors import DomainError


class Refused(DomainError):
    """The command may not, or cannot, be done as things stand (exit code 1)."""

    def __init__(self, english: str, polish: str):
        super().__init__(english)
        self.text = Text(english, polish)


class Unusable(Refused):
    """The input cannot be used: a missing file, a name nobody knows (exit code 2)."""
