"""Second wall: a proposal is seen by its two sides only."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

SIDES = "(left_institution_id = {asking} OR right_institution_id = {asking})"


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_initial")]
    operations = [guard_rows("matching_proposal", using=SIDES, jobs=["matching", "export"])]
