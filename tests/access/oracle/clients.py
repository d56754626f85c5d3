"""Who may open the pages of clients."""

from tests.access.oracle.page import OVERSEERS, READERS, Page, page

ORACLE: dict[str, Page] = {
    "clients:list": page(*READERS),
    "clients:export": page(*READERS, args=("csv",)),
    "clients:client": page(*READERS, thing="client"),
    "clients:purpose": page(*READERS, thing="common", method="post"),
    "clients:restrictions": page(*READERS, *OVERSEERS),
    "clients:restrict": page(*READERS, *OVERSEERS, thing="client"),
    "clients:restriction_readers": page(*OVERSEERS, thing="restriction"),
    "clients:restriction_lift": page(*OVERSEERS, thing="restriction"),
    "clients:emergency_ask": page(*READERS),
    "clients:emergency": page(*READERS, thing="emergency", empty=True),
    "clients:emergency_end": page(*READERS, thing="emergency", method="post", empty=True),
    "clients:number": page(*READERS, thing="client", method="post"),
}
