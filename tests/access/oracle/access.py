"""Who may open the pages of access."""

from tests.access.oracle.page import DIRECTOR, DRAFTERS, OPERATOR, Page, page, signed_in

ORACLE: dict[str, Page] = {
    "access:agreements": signed_in(),
    "access:bases": signed_in(),
    "access:new": page(*DRAFTERS),
    "access:agreement": signed_in(thing="agreement"),
    "access:edit": page(*DRAFTERS, thing="draft"),
    "access:renew": page(*DRAFTERS, thing="active", method="post"),
    "access:discard": page(*DRAFTERS, thing="draft", method="post"),
    "access:sign": page(DIRECTOR, thing="draft", method="post"),
    "access:put_into_force": page(OPERATOR, thing="draft", method="post"),
    "access:end": page(*DRAFTERS, thing="active"),
    "access:document": signed_in(thing="document"),
    "access:attach": page(*DRAFTERS, thing="draft", method="post"),
}
