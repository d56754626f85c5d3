"""Second wall: identity decisions and pairs kept apart are seen by the institutions of their records."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

OWN_PAIR = (
    "EXISTS (SELECT 1 FROM clients_sourcerecord s"
    " WHERE s.id IN (left_record_id, right_record_id) AND s.institution_id = {asking})"
)
JOBS = ["matching", "export"]


class Migration(migrations.Migration):
    dependencies = [("clients", "0003_pairs_of_decisions")]
    operations = [
        guard_rows("clients_identitydecision", using=OWN_PAIR, jobs=JOBS),
        guard_rows("clients_neversame", using=OWN_PAIR, jobs=JOBS),
    ]
