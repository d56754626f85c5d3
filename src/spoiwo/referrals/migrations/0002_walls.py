"""Second wall: a referral belongs to its two parties; files belong to whoever brought them in."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

PARTIES = "sender_id = {asking} OR receiver_id = {asking}"
CLOCK = "referrals"  # deadlines of all parties are watched by one job


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial")]
    operations = [
        guard_rows("referrals_referral", using=PARTIES, jobs=[CLOCK]),
        guard_rows("referrals_referralevent", using=PARTIES, jobs=[CLOCK]),
        guard_rows("referrals_checkanswer", using=PARTIES, jobs=[CLOCK]),
        guard_rows("referrals_referralfile", using="institution_id = {asking}"),
        guard_rows("referrals_refusedreferral", using="institution_id = {asking}"),
    ]
