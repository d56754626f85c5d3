"""Who may open the pages of exchange."""

from tests.access.oracle.page import IOD, KEEPERS, REGISTRAR, Page, page, signed_in

ORACLE: dict[str, Page] = {
    "exchange:list": page(*KEEPERS),
    "exchange:upload": page(REGISTRAR),
    "exchange:contract": signed_in(),
    "exchange:forget_mapping": page(REGISTRAR, thing="mapping", method="post"),
    "exchange:ask_export": page(REGISTRAR, IOD, method="post"),
    "exchange:fetch_export": page(REGISTRAR, IOD, thing="export"),
    "exchange:import": page(*KEEPERS, thing="import"),
    "exchange:progress": page(*KEEPERS, thing="import"),
    "exchange:columns": page(REGISTRAR, thing="import"),
    "exchange:take_in": page(REGISTRAR, thing="import", method="post"),
    "exchange:stop": page(REGISTRAR, thing="import", method="post"),
    "exchange:restore": page(REGISTRAR, thing="import", method="post"),
    "exchange:rejected": page(REGISTRAR, thing="import", empty=True),
}
