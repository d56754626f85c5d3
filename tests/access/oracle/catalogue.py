"""Who may open the pages of the catalogue of places."""

from tests.access.oracle.page import ADMIN, ADVISER, ANY_ROLE, CASE, DIRECTOR, SECRETARY, Page, page, public

KEEP = (CASE, ADVISER, DIRECTOR, ADMIN, SECRETARY)
# support centres and the secretariat write down places of bodies that have nobody to do it
FOR_OTHERS = frozenset(
    (office, role) for office in ("left", "right", "stranger") for role in (ADVISER, SECRETARY)
)
NEED = (("kind", "ZAZ"), ("area", "0801"))

ORACLE: dict[str, Page] = {
    "catalogue:list": page(*ANY_ROLE),
    "catalogue:export": page(*ANY_ROLE, args=("csv",)),
    "catalogue:place": page(*ANY_ROLE, thing="place of support"),
    "catalogue:own": page(*KEEP),
    "catalogue:add": page(*KEEP),
    "catalogue:confirm": page(*KEEP, method="post"),
    "catalogue:change": page(*KEEP, thing="own place of support"),
    "catalogue:taken": page(*KEEP, thing="own place of support"),
    "catalogue:withdraw": page(*KEEP, thing="own place of support"),
    "catalogue:suggest": page(*ANY_ROLE, thing="place of support"),
    "catalogue:corrections": page(*ANY_ROLE),
    "catalogue:decide": page(*KEEP, thing="correction", method="post", data=(("accept", "1"),)),
    "catalogue:missing": page(*ANY_ROLE),
    "catalogue:suggest_place": page(*ANY_ROLE),
    "catalogue:take_up": page(*KEEP, thing="missing place", also=FOR_OTHERS),
    "catalogue:turn_down": page(*KEEP, thing="missing place", method="post", also=FOR_OTHERS),
    "catalogue:infrastructure": page(*ANY_ROLE),
    "catalogue:picture": page(*ANY_ROLE, args=("csv",)),
    "catalogue:needs": page(*ANY_ROLE),
    "catalogue:need": page(CASE, ADVISER, method="post", data=NEED),
    "catalogue:eligibility": page(*ANY_ROLE),
    "catalogue:public": public(),
    "catalogue:public_place": public(thing="place of support", everybodys=True),
}
