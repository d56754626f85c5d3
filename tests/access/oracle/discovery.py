"""Who may open the pages of discovery."""

from tests.access.oracle.page import DIRECTOR, KEEPERS, REGISTRAR, Page, page, public

ORACLE: dict[str, Page] = {
    "discovery:list": page(*KEEPERS, DIRECTOR),
    "discovery:connector": page(*KEEPERS, DIRECTOR),
    "discovery:disconnect": page(REGISTRAR, empty=True),
    "discovery:ask": public(method="post"),
    "discovery:round": page(*KEEPERS, DIRECTOR, thing="discovery round"),
    "discovery:send": page(REGISTRAR, thing="discovery round", method="post"),
    "discovery:reply": page(REGISTRAR, thing="discovery round"),
    "discovery:give": page(REGISTRAR, thing="discovery round", method="post"),
    "discovery:received": page(REGISTRAR, thing="discovery round"),
    "discovery:withdraw": page(REGISTRAR, thing="discovery pair", method="post"),
    "discovery:end": page(REGISTRAR, thing="discovery round"),
}
