"""Second wall: own rows; rows of others only for people the institution knows and categories it is given."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

OWN = "institution_id = {asking}"
OWN_RECORD = "EXISTS (SELECT 1 FROM clients_sourcerecord s WHERE s.id = record_id AND s.institution_id = {asking})"
SHARED_RECORD = (
    "(institution_id = {asking} OR (spoiwo_knows({asking}, person_id)"
    " AND spoiwo_gives(institution_id, {asking}, 'identity')))"
)
SHARED_VERSION = (
    "(institution_id = {asking} OR (spoiwo_gives(institution_id, {asking}, 'identity') AND EXISTS"
    " (SELECT 1 FROM clients_sourcerecord s WHERE s.id = record_id AND spoiwo_knows({asking}, s.person_id))))"
)
SHARED_FACT = (
    "(institution_id = {asking} OR (tier < 4 AND spoiwo_gives(institution_id, {asking}, category) AND EXISTS"
    " (SELECT 1 FROM clients_sourcerecord s WHERE s.id = record_id AND spoiwo_knows({asking}, s.person_id))))"
)
JOBS = ["matching", "import", "export"]


class Migration(migrations.Migration):
    dependencies = [("clients", "0001_initial"), ("access", "0002_walls")]
    operations = [
        guard_rows("clients_sourcerecord", using=SHARED_RECORD, check=OWN, jobs=JOBS),
        guard_rows("clients_recordversion", using=SHARED_VERSION, check=OWN, jobs=JOBS),
        guard_rows("clients_fact", using=SHARED_FACT, check=OWN, jobs=JOBS),
        guard_rows("clients_commonclient", using=OWN, jobs=["matching"]),
        guard_rows("clients_identitymove", using=OWN_RECORD, jobs=["matching", "export"]),
    ]
