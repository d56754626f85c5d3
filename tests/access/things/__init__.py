"""What the addresses of each context can name: one module a context, one function that adds its things to the world."""

from collections.abc import Callable
from typing import Any

from tests.access.things import (
    catalogue,
    discovery,
    districts,
    enquiries,
    guarding,
    monitoring,
    partnership,
    plans,
    projects,
    referrals,
    sheets,
    surveys,
)

ADDERS: tuple[Callable[[Any], None], ...] = (
    partnership.add_things,
    surveys.add,
    monitoring.add,
    guarding.add,
    sheets.add,
    discovery.add,
    enquiries.add,
    catalogue.add,
    referrals.add,
    plans.add,
    districts.add,
    projects.add,
)
