"""Second wall: referrals of hidden people are seen by those named, at either party."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

PARTIES = "(sender_id = {asking} OR receiver_id = {asking})"
IN_SIGHT = (
    "(sender_id <> {asking} OR record_id IS NULL OR record_id NOT IN (SELECT spoiwo_hidden_records({user})))"
    " AND person_id NOT IN (SELECT spoiwo_hidden_people({asking}, {user}))"
)
OF_REFERRAL = "EXISTS (SELECT 1 FROM referrals_referral r WHERE r.id = referral_id)"  # walled itself
CLOCK = "referrals"


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_action_of_a_plan"), ("clients", "0013_walls_of_hidden_people")]
    operations = [
        guard_rows("referrals_referral", using=f"{PARTIES} AND {IN_SIGHT}", check=PARTIES, jobs=[CLOCK]),
        *(
            guard_rows(
                f"referrals_{table}", using=f"{PARTIES} AND {OF_REFERRAL}", check=PARTIES, jobs=[CLOCK]
            )
            for table in ("referralevent", "checkanswer")
        ),
    ]
