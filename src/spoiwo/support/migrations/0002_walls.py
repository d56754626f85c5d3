"""Second wall: what names people or tells of their support belongs to its support centre."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

TABLES = (
    "participant",
    "personmove",
    "group",
    "groupmember",
    "delivery",
    "deliveryparticipant",
    "registration",
    "attendance",
    "certificate",
    "supportcase",
    "casestep",
    "deminimis",
    "path",
    "pathstage",
    "pathcheck",
    "closedperiod",
    "correction",
)
OWN = "institution_id = {asking}"
JOBS = ["support", "matching", "import", "export"]


class Migration(migrations.Migration):
    dependencies = [("support", "0001_initial")]
    operations = [guard_rows(f"support_{table}", using=OWN, jobs=JOBS) for table in TABLES]
