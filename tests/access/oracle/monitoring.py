"""Who may open the pages of indicator cards."""

from tests.access.oracle.page import ANALYST, ANY_ROLE, DIRECTOR, OPERATOR, Page, page, public, signed_in

WRITE = (ANALYST, DIRECTOR)
NO_EDITION = ("01a21f7c-fe54-7115-9c97-b9b8cd2c0ca5",)


def edition(**more: object) -> Page:
    """An edition of the own institution; nobody has one before a survey was closed."""
    return page(*WRITE, empty=True, args=more.pop("args", NO_EDITION), **more)


def own_plan() -> Page:
    """A change of the own institution's programme."""
    return page(*WRITE, thing="own_plan", method="post")


ORACLE: dict[str, Page] = {
    "monitoring:list": signed_in(),
    "monitoring:new": page(*WRITE),
    "monitoring:ready": page(*WRITE, method="post"),
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
    "monitoring:editions": page(*WRITE),
    "monitoring:edition": edition(),
    "monitoring:take_edition": edition(method="post"),
    "monitoring:stop_source": edition(method="post", args=(*NO_EDITION, 1)),
    "monitoring:publish_all": page(*WRITE, method="post"),
    "monitoring:publishing": page(*WRITE, empty=True, args=(999_999,)),
    "monitoring:plans": signed_in(),
    "monitoring:new_plan": page(*WRITE),
    "monitoring:plan": signed_in(thing="plan"),
    "monitoring:report": signed_in(thing="plan_year"),
    "monitoring:report_file": signed_in(thing="plan_paper"),
    "monitoring:change_plan": page(*WRITE, thing="own_plan"),
    "monitoring:add_objective": own_plan(),
    "monitoring:watch": own_plan(),
    "monitoring:add_collection": own_plan(),
    "monitoring:delivered": page(*ANY_ROLE, thing="collection", method="post"),
    "monitoring:boards": page(*ANY_ROLE),
    "monitoring:board": page(*ANY_ROLE, thing="board"),
    "monitoring:add_tile": page(*ANY_ROLE, thing="board", method="post"),
    "monitoring:change_board": page(*ANY_ROLE, method="post", empty=True, args=(999_999,)),
    "monitoring:compare": page(*ANY_ROLE),
    "monitoring:boundaries": page(OPERATOR),
    "monitoring:communes": page(OPERATOR),
    "monitoring:measures": signed_in(),
    "monitoring:new_measure": page(*WRITE),
    "monitoring:measure": signed_in(thing="measure"),
    "monitoring:change_measure": page(*WRITE, thing="own_measure"),
    "monitoring:retire_measure": page(*WRITE, thing="own_measure", method="post"),
    "monitoring:bring_in": page(*WRITE),
    "monitoring:publish": page(*WRITE, thing="own_card", method="post"),
    "monitoring:version": page(*WRITE, thing="card_draft"),
    "monitoring:edit": page(*WRITE, thing="card_draft"),
    "monitoring:revise": page(*WRITE, thing="own_card", method="post"),
    "monitoring:step": page(*WRITE, thing="card_waiting", method="post", data=(("step", "take_back"),)),
}
