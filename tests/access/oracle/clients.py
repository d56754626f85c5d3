"""Who may open the pages of clients."""

from tests.access.oracle.page import READERS, Page, page

ORACLE: dict[str, Page] = {
    "clients:list": page(*READERS),
    "clients:export": page(*READERS, args=("csv",)),
    "clients:client": page(*READERS, thing="client"),
    "clients:purpose": page(*READERS, thing="common", method="post"),
    "clients:number": page(*READERS, thing="client", method="post"),
}
