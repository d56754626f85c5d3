"""Who may open the pages of oversight."""

from tests.access.oracle.page import OVERSEERS, Page, page

ORACLE: dict[str, Page] = {
    "oversight:access_log": page(*OVERSEERS),
    "oversight:export": page(*OVERSEERS),
    "oversight:chain": page(*OVERSEERS),
}
