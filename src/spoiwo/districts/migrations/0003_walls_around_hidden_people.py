"""Second wall: who serves a hidden person is seen by those named."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

OWN = "institution_id = {asking}"
IN_SIGHT = f"{OWN} AND record_id NOT IN (SELECT spoiwo_hidden_records({{user}}))"


class Migration(migrations.Migration):
    dependencies = [("districts", "0002_walls"), ("clients", "0013_walls_of_hidden_people")]
    operations = [
        guard_rows(f"districts_{table}", using=IN_SIGHT, check=OWN, jobs=["export"])
        for table in ("assignment", "handover")
    ]
