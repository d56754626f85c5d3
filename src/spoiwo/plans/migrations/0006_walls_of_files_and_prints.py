"""Second wall: files of plans, what was refused of them, and own prints belong to whoever brought them in."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

OWN = "institution_id = {asking}"


class Migration(migrations.Migration):
    dependencies = [("plans", "0005_files_and_prints")]
    operations = [
        guard_rows("plans_planfile", using=OWN),
        guard_rows("plans_refusedplanline", using=OWN),
        guard_rows("plans_ownpaper", using=OWN),
    ]
