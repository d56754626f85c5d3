"""Who may open the pages of exchange."""

from tests.access.oracle.page import ADVISER, IOD, KEEPERS, REGISTRAR, Page, page, signed_in

ORACLE: dict[str, Page] = {
    "exchange:list": page(*KEEPERS),
    "exchange:upload": page(REGISTRAR),
    "exchange:contract": signed_in(),
    "exchange:forget_mapping": page(REGISTRAR, thing="mapping", method="post"),
    "exchange:ask_export": page(REGISTRAR, IOD, method="post"),
    "exchange:fetch_export": page(REGISTRAR, IOD, thing="export"),
    "exchange:sheets": page(ADVISER, REGISTRAR),
    "exchange:sheet_template": page(ADVISER, REGISTRAR, args=("kfs",)),
    "exchange:forget_sheet_mapping": page(ADVISER, REGISTRAR, thing="support sheet mapping", method="post"),
    "exchange:sheet": page(ADVISER, REGISTRAR, thing="support sheet"),
    "exchange:sheet_progress": page(ADVISER, REGISTRAR, thing="support sheet"),
    "exchange:sheet_columns": page(ADVISER, REGISTRAR, thing="support sheet"),
    "exchange:sheet_step": page(ADVISER, REGISTRAR, thing="support sheet", method="post"),
    "exchange:sheet_rejected": page(ADVISER, REGISTRAR, thing="support sheet"),
    "exchange:import": page(*KEEPERS, thing="import"),
    "exchange:progress": page(*KEEPERS, thing="import"),
    "exchange:columns": page(REGISTRAR, thing="import"),
    "exchange:take_in": page(REGISTRAR, thing="import", method="post"),
    "exchange:stop": page(REGISTRAR, thing="import", method="post"),
    "exchange:restore": page(REGISTRAR, thing="import", method="post"),
    "exchange:rejected": page(REGISTRAR, thing="import", empty=True),
}
