"""Who may open the pages of oversight."""

from tests.access.oracle.page import OVERSEERS, Page, page, public

ORACLE: dict[str, Page] = {
    "oversight:access_log": page(*OVERSEERS),
    "oversight:export": page(*OVERSEERS),
    "oversight:chain": page(*OVERSEERS),
    "oversight:people": page(*OVERSEERS),
    "oversight:person": page(*OVERSEERS, thing="client"),
    "oversight:person_print": page(*OVERSEERS, thing="client"),
    "oversight:sealed_copy": page(*OVERSEERS),
    "oversight:seals": public(),
    "oversight:seals_file": public(),
}
