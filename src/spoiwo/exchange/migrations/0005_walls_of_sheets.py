"""Second wall: sheets and their rejected rows belong to their institution."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

OWN = "institution_id = {asking}"


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_sheets_of_the_support_register")]
    operations = [
        guard_rows("exchange_sheetimport", using=OWN, jobs=["import"]),
        guard_rows("exchange_rejectedsheetrow", using=OWN, jobs=["import"]),
    ]
