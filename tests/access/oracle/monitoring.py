"""Who may open the pages of indicator cards."""

from tests.access.oracle.page import ANALYST, DIRECTOR, OPERATOR, Page, page, public, signed_in

WRITE = (ANALYST, DIRECTOR)

ORACLE: dict[str, Page] = {
    "monitoring:list": signed_in(),
    "monitoring:new": page(*WRITE),
    "monitoring:card": signed_in(thing="card"),
    "monitoring:card_file": signed_in(thing="card_file"),
    "monitoring:analysis": signed_in(),
    "monitoring:analysis_file": signed_in(args=("csv",)),
    "monitoring:proof": signed_in(thing="publication"),
    "monitoring:figure": signed_in(thing="figure"),
    "monitoring:open": public(),
    "monitoring:open_card": public(thing="card", everybodys=True),
    "monitoring:open_csv": public(thing="card", everybodys=True),
    "monitoring:open_json": public(thing="card", everybodys=True),
    "monitoring:open_metadata": public(thing="card", everybodys=True),
    "monitoring:boundaries": page(OPERATOR),
    "monitoring:publish": page(*WRITE, thing="own_card", method="post"),
    "monitoring:version": page(*WRITE, thing="card_draft"),
    "monitoring:edit": page(*WRITE, thing="card_draft"),
    "monitoring:revise": page(*WRITE, thing="own_card", method="post"),
    "monitoring:step": page(*WRITE, thing="card_waiting", method="post", data=(("step", "take_back"),)),
}
