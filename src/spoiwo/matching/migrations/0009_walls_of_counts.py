"""Second wall: how many clients two institutions share is seen by the two only."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

SIDES = "(left_institution_id = {asking} OR right_institution_id = {asking})"


class Migration(migrations.Migration):
    dependencies = [("matching", "0008_counts_before_signing")]
    operations = [guard_rows("matching_sharedcount", using=SIDES, jobs=["matching"])]
