"""Who may open the pages of portal."""

from tests.access.oracle.page import READERS, Page, page, public, signed_in

ORACLE: dict[str, Page] = {
    "portal:home": signed_in(),
    "portal:work": page(*READERS),
    "portal:work_of": page(*READERS, thing="substitution", empty=True),
    "portal:search": signed_in(),
    "portal:accessibility": public(),
    "portal:privacy": public(),
    "portal:first_day": signed_in(),
    "portal:about": public(),
    "portal:help": public(),
    "portal:language": public(method="post"),
    "portal:healthz": public(),
    "portal:readyz": public(),
}
