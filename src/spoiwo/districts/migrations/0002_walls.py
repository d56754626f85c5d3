"""Second wall: who serves which client belongs to the institution; districts themselves name no client."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

OWN = "institution_id = {asking}"


class Migration(migrations.Migration):
    dependencies = [("districts", "0001_initial")]
    operations = [
        guard_rows(f"districts_{table}", using=OWN, jobs=["export"]) for table in ("assignment", "handover")
    ]
