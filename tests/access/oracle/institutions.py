"""Who may open the pages of institutions."""

from tests.access.oracle.page import ADMIN, OPERATOR, STAFF, Page, page, public

ORACLE: dict[str, Page] = {
    "institutions:directory": public(),
    "institutions:export_csv": public(),
    "institutions:export_xlsx": public(),
    "institutions:new": page(OPERATOR),
    "institutions:import": page(OPERATOR),
    "institutions:template_csv": page(OPERATOR),
    "institutions:template_xlsx": page(OPERATOR),
    "institutions:refused_csv": page(OPERATOR, empty=True),
    "institutions:refused_xlsx": page(OPERATOR, empty=True),
    "institutions:staff": page(*STAFF),
    "institutions:invite": page(ADMIN),
    "institutions:member": page(ADMIN, thing="member"),
    "institutions:authorise": page(ADMIN, thing="member", method="post"),
    "institutions:withdraw": page(ADMIN, thing="authorisation"),
    "institutions:suspend": page(ADMIN, thing="member", method="post"),
    "institutions:restore": page(ADMIN, thing="member", method="post"),
    "institutions:territories": page(ADMIN, thing="member", method="post"),
    "institutions:invite_again": page(ADMIN, thing="invited", method="post"),
    "institutions:authorisations": page(*STAFF),
    "institutions:authorisations_file": page(*STAFF),
    "institutions:end_post": page(ADMIN, thing="post"),  # posts that are not public are the office's own
    "institutions:accept_invitation": public(args=("zmyslony",)),
    "institutions:institution": public(thing="institution", everybodys=True),
    "institutions:edit": page(ADMIN, OPERATOR, thing="institution"),
    "institutions:modules": page(ADMIN, OPERATOR, thing="institution"),
    "institutions:close": page(OPERATOR, thing="institution"),
    "institutions:appoint": page(OPERATOR, thing="institution"),
    "institutions:add_post": page(ADMIN, OPERATOR, thing="institution"),
}
