"""Who may open the pages of indicator cards."""

from tests.access.oracle.page import ANALYST, DIRECTOR, Page, page, signed_in

WRITE = (ANALYST, DIRECTOR)

ORACLE: dict[str, Page] = {
    "monitoring:list": signed_in(),
    "monitoring:new": page(*WRITE),
    "monitoring:card": signed_in(thing="card"),
    "monitoring:version": page(*WRITE, thing="card_draft"),
    "monitoring:edit": page(*WRITE, thing="card_draft"),
    "monitoring:revise": page(*WRITE, thing="own_card", method="post"),
    "monitoring:step": page(*WRITE, thing="card_waiting", method="post", data=(("step", "take_back"),)),
}
