"""May this actor do that with referrals?"""

from spoiwo.referrals.rules.roles import imports, sends, side_of, works_with_referrals

__all__ = ["imports", "sends", "side_of", "works_with_referrals"]
