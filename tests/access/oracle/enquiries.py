"""Who may open the pages of enquiries, confirmations and messages."""

from tests.access.oracle.page import CASE, OPERATOR, Page, page, public, signed_in


def deed(thing: str, *data: tuple[str, str]) -> Page:
    """Something case workers do to a thing of their own office."""
    return page(CASE, thing=thing, method="post", data=data)


ORACLE: dict[str, Page] = {
    "enquiries:list": page(CASE),
    "enquiries:export": page(CASE, args=("csv",)),
    "enquiries:new": page(CASE),
    "enquiries:from_list": page(CASE),
    "enquiries:enquiry": page(CASE, thing="enquiry"),
    "enquiries:change": page(CASE, thing="draft enquiry"),
    "enquiries:send": deed("draft enquiry"),
    "enquiries:discard": deed("draft enquiry"),
    "enquiries:answer": deed("received enquiry"),
    "enquiries:refuse": page(CASE, thing="received enquiry"),
    "enquiries:no_data": deed("received enquiry"),
    "enquiries:enquiry_paper": page(CASE, thing="sent enquiry"),
    "enquiries:enquiry_package": page(CASE, thing="sent enquiry"),
    "enquiries:terms": signed_in(),
    "enquiries:term": page(OPERATOR, thing="legal basis"),
    "enquiries:drop_term": page(OPERATOR, thing="legal basis", method="post"),
    "enquiries:verify": page(CASE),
    "enquiries:verifications": page(CASE),
    "enquiries:papers": page(CASE),
    "enquiries:paper": page(CASE, thing="confirmation"),
    "enquiries:file": page(CASE, thing="confirmation with a file"),
    "enquiries:package": page(CASE, thing="confirmation with a file"),
    "enquiries:signed": page(CASE, thing="signed certificate"),
    "enquiries:sign": page(CASE, thing="certificate to sign"),
    "enquiries:withdraw": page(CASE, thing="certificate to sign"),
    "enquiries:certificate": page(CASE, thing="client"),
    "enquiries:talks": page(CASE),
    "enquiries:talk": page(CASE, thing="conversation"),
    "enquiries:talk_paper": page(CASE, thing="conversation"),
    "enquiries:talk_package": page(CASE, thing="conversation"),
    "enquiries:of_client": page(CASE, thing="client"),
    "enquiries:check": public(thing="checked document", everybodys=True),
}
