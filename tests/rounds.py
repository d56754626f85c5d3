"""How long the long runs are: `make soak` runs them in full, every other run a part of them."""

import os
from collections.abc import Sequence
from typing import TypeVar

from django.conf import settings

Case = TypeVar("Case")
FULLY = os.environ.get("SOAK") == "full"


def rounds(full: int) -> int:
    """How many rounds to run of those that a full soak takes: a tenth, at least one. The rounds are seeded."""
    return full if FULLY else max(1, full // 10)


def shared_out(cases: Sequence[Case]) -> list[Case]:
    """The cases to try on this database: the two databases try every other one each, a soak tries all on both."""
    on_postgres = bool(settings.SPOIWO_SCOPE_ROLE)
    return list(cases if FULLY else cases[on_postgres::2])
