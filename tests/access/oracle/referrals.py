"""Who may open the pages of referrals; those that a link opens are tested in tests/referrals."""

from tests.access.oracle.page import ADVISER, CASE, SECRETARY, Page, page, public

WORK = (CASE, ADVISER)

ORACLE: dict[str, Page] = {
    "referrals:list": page(*WORK),
    "referrals:export": page(*WORK, args=("csv",)),
    "referrals:files": page(CASE),
    "referrals:file": page(CASE, thing="file of referrals"),
    "referrals:refused": page(CASE, thing="file of referrals"),
    "referrals:offer_needs": page(SECRETARY),
    "referrals:new": page(CASE, thing="place of support"),
    "referrals:of_client": page(CASE, thing="client"),
    "referrals:of_plan": page(CASE, thing="plan_active"),
    "referrals:referral": page(*WORK, thing="referral"),
    "referrals:step": page(*WORK, thing="referral", method="post", data=(("step", "receive"),)),
    "referrals:paper": page(*WORK, thing="referral"),
    "referrals:filing": page(*WORK, thing="referral"),
    "referrals:package": page(*WORK, thing="referral"),
    "referrals:make_link": page(CASE, thing="referral sent", method="post"),
    "referrals:link": public(thing="link to a referral", everybodys=True),
    "referrals:link_step": public(
        thing="link to a referral", everybodys=True, method="post", data=(("step", "receive"),)
    ),
}
