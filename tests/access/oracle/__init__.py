"""Who may open what: one table a context, written by hand and never derived from the code."""

from tests.access.oracle import (
    access,
    calendars,
    catalogue,
    clients,
    discovery,
    exchange,
    institutions,
    matching,
    monitoring,
    oversight,
    partnership,
    plans,
    portal,
    referrals,
    support,
    surveys,
)
from tests.access.oracle.page import Page

ORACLE: dict[str, Page] = {
    **access.ORACLE,
    **calendars.ORACLE,
    **catalogue.ORACLE,
    **clients.ORACLE,
    **discovery.ORACLE,
    **exchange.ORACLE,
    **institutions.ORACLE,
    **matching.ORACLE,
    **monitoring.ORACLE,
    **oversight.ORACLE,
    **partnership.ORACLE,
    **plans.ORACLE,
    **portal.ORACLE,
    **referrals.ORACLE,
    **support.ORACLE,
    **surveys.ORACLE,
}
