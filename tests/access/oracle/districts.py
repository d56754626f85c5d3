"""Who may open the pages of service districts."""

from tests.access.oracle.page import DIRECTOR, READERS, REGISTRAR, SUPERVISOR, Page, page

KEEP = (REGISTRAR, SUPERVISOR)
WORK = (*READERS, *KEEP)
SEE = (*WORK, DIRECTOR)

ORACLE: dict[str, Page] = {
    "districts:list": page(*SEE),
    "districts:add": page(*KEEP),
    "districts:find": page(*SEE),
    "districts:coverage": page(*SEE),
    "districts:compare": page(*KEEP, method="post"),
    "districts:differences": page(*SEE, thing="office with districts"),
    "districts:workload": page(*SEE),
    "districts:workload_file": page(*SEE, args=("csv",)),
    "districts:hand_overs": page(*SEE),
    "districts:hand": page(*WORK, thing="hand over"),
    "districts:take": page(*WORK, thing="hand over", method="post"),
    "districts:import": page(*KEEP),
    "districts:example": page(*KEEP),
    "districts:refused": page(*KEEP, thing="district file"),
    "districts:substitutes": page(*READERS),
    "districts:withdraw": page(*READERS, thing="substitution", method="post", empty=True),
    "districts:of_client": page(*READERS, thing="client"),
    "districts:end_range": page(*KEEP, thing="district range"),
    "districts:district": page(*SEE, thing="district"),
    "districts:change": page(*KEEP, thing="district"),
    "districts:accept": page(*KEEP, thing="district", method="post"),
    "districts:add_range": page(*KEEP, thing="district"),
    "districts:name_worker": page(*KEEP, thing="district"),
}
