"""Who may open the pages of portal."""

from tests.access.oracle.page import Page, public, signed_in

ORACLE: dict[str, Page] = {
    "portal:home": signed_in(),
    "portal:search": signed_in(),
    "portal:accessibility": public(),
    "portal:privacy": public(),
    "portal:help": public(),
    "portal:language": public(method="post"),
    "portal:healthz": public(),
    "portal:readyz": public(),
}
