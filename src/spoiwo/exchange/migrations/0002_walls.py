"""Second wall: files, mappings and rejected rows belong to their institution."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

OWN = "institution_id = {asking}"


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]
    operations = [
        guard_rows("exchange_columnmapping", using=OWN, jobs=["import"]),
        guard_rows("exchange_registerimport", using=OWN, jobs=["import"]),
        guard_rows("exchange_rejectedrow", using=OWN, jobs=["import"]),
        guard_rows("exchange_openexport", using=OWN, jobs=["export"]),
    ]
