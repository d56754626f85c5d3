"""Who may open the pages of matching."""

from tests.access.oracle.page import CASE, DIRECTOR, REGISTRAR, REVIEWER, SUPERVISOR, Page, page

ORACLE: dict[str, Page] = {
    "matching:list": page(REVIEWER),
    "matching:decisions": page(REVIEWER),
    "matching:undo": page(
        REVIEWER, thing="decision", method="post"
    ),  # and whoever parted a client, for that alone
    "matching:split": page(CASE, REVIEWER, thing="common"),
    "matching:import_summary": page(DIRECTOR, REGISTRAR, REVIEWER, SUPERVISOR, args=(1,)),
    "matching:import_group": page(REVIEWER, SUPERVISOR, args=(1, "new")),
    "matching:shared_counts": page(DIRECTOR, thing="draft"),
    "matching:proposal": page(REVIEWER, thing="proposal"),
    "matching:answer": page(REVIEWER, thing="proposal", method="post", data=(("answer", "later"),)),
    "matching:take_back": page(REVIEWER, thing="proposal", method="post"),
}
