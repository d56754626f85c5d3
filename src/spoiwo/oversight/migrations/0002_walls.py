"""Second wall: what overseers keep belongs to their institution."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

OWN = "institution_id = {asking}"


class Migration(migrations.Migration):
    dependencies = [("oversight", "0001_initial")]
    operations = [
        guard_rows("oversight_finding", using=OWN),
        guard_rows("oversight_incident", using=OWN),
        guard_rows("oversight_accessreview", using=OWN),
    ]
