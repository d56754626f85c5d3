"""Second wall: what was said about a proposal is seen by its two sides only."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

SIDES = (
    "EXISTS (SELECT 1 FROM matching_proposal p WHERE p.id = proposal_id"
    " AND (p.left_institution_id = {asking} OR p.right_institution_id = {asking}))"
)


class Migration(migrations.Migration):
    dependencies = [("matching", "0003_answers_and_runs")]
    operations = [guard_rows("matching_opinion", using=SIDES, jobs=["matching", "export"])]
