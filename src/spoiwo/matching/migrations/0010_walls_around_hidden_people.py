"""Second wall: a proposal about a hidden record, of whichever side, is seen by those named for it."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

SIDES = "(left_institution_id = {asking} OR right_institution_id = {asking})"
HIDDEN = "(SELECT spoiwo_hidden_records({user}))"
OF_PROPOSAL = "EXISTS (SELECT 1 FROM matching_proposal p WHERE p.id = proposal_id)"  # walled itself
JOBS = ["matching", "export"]


class Migration(migrations.Migration):
    dependencies = [("matching", "0009_walls_of_counts"), ("clients", "0013_walls_of_hidden_people")]
    operations = [
        guard_rows(
            "matching_proposal",
            using=f"{SIDES} AND left_record_id NOT IN {HIDDEN} AND right_record_id NOT IN {HIDDEN}",
            check=SIDES,
            jobs=JOBS,
        ),
        guard_rows("matching_opinion", using=OF_PROPOSAL, jobs=JOBS),
    ]
