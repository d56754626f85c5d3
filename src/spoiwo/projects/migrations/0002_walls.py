"""Second wall: people in projects are known to their institution, and to those who know them and are given it."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

OWN = "institution_id = {asking}"
SHARED = (
    "institution_id = {asking}"
    " OR (record_id IS NOT NULL AND spoiwo_shares({asking}, institution_id, record_id, 'measures'))"
)
JOBS = ["export"]


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_initial"), ("clients", "0005_walls_by_function")]
    operations = [
        guard_rows("projects_participant", using=SHARED, check=OWN, jobs=JOBS),
        guard_rows("projects_support", using=SHARED, check=OWN, jobs=JOBS),
        guard_rows("projects_workresult", using=OWN, jobs=JOBS),
    ]
