"""Second wall: rules of retention, holds and erasures belong to their institution."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

OWN = "institution_id = {asking}"


class Migration(migrations.Migration):
    dependencies = [("clients", "0010_retention")]
    operations = [
        guard_rows("clients_retentionrule", using=OWN),
        guard_rows("clients_legalhold", using=OWN, jobs=["guarding"]),
        guard_rows("clients_erasure", using=OWN, jobs=["guarding", "import"]),
    ]
