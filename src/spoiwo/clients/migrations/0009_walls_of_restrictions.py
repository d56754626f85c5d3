"""Second wall: hidden records are seen by the accounts named for them.

The ids of hidden records are worked out once per statement, because few records are hidden.
"""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

OUT_OF_SIGHT = (
    "(SELECT h.record_id FROM clients_hiddenrecord h WHERE NOT EXISTS"
    " (SELECT 1 FROM clients_hiddenrecordreader r WHERE r.hidden_id = h.record_id AND r.user_id = {user}"
    " AND (r.until IS NULL OR r.until > now())))"
)
OWN = "institution_id = {asking}"
SHARED_RECORD = (
    f"id NOT IN {OUT_OF_SIGHT} AND (institution_id = {{asking}} OR (spoiwo_knows({{asking}}, person_id)"
    " AND spoiwo_gives(institution_id, {asking}, 'identity')))"
)
SHARED_VERSION = (
    f"record_id NOT IN {OUT_OF_SIGHT} AND (institution_id = {{asking}}"
    " OR spoiwo_shares({asking}, institution_id, record_id, 'identity'))"
)
SHARED_FACT = (
    f"record_id NOT IN {OUT_OF_SIGHT} AND (institution_id = {{asking}}"
    " OR (tier < 4 AND spoiwo_shares({asking}, institution_id, record_id, category)))"
)
COMMON = f"institution_id = {{asking}} AND record_id NOT IN {OUT_OF_SIGHT}"
OF_OWN_RECORD = (
    "EXISTS (SELECT 1 FROM clients_hiddenrecord h"
    " WHERE h.record_id = hidden_id AND h.institution_id = {asking})"
)
OF_OWN_RESTRICTION = (
    "EXISTS (SELECT 1 FROM clients_restriction s WHERE s.id = restriction_id AND s.institution_id = {asking})"
)
JOBS = ["matching", "import", "export", "guarding"]
DERIVING = ["matching", "guarding"]


class Migration(migrations.Migration):
    dependencies = [("clients", "0008_restrictions"), ("access", "0007_walls_of_emergency_access")]
    operations = [
        guard_rows("clients_hiddenrecord", using="true", check=OWN, jobs=DERIVING),
        guard_rows("clients_hiddenrecordreader", using="true", check=OF_OWN_RECORD, jobs=DERIVING),
        guard_rows("clients_restriction", using=OWN, jobs=DERIVING),
        guard_rows("clients_restrictionreader", using=OF_OWN_RESTRICTION, jobs=DERIVING),
        guard_rows("clients_sourcerecord", using=SHARED_RECORD, check=OWN, jobs=JOBS),
        guard_rows("clients_recordversion", using=SHARED_VERSION, check=OWN, jobs=JOBS),
        guard_rows("clients_fact", using=SHARED_FACT, check=OWN, jobs=JOBS),
        guard_rows("clients_commonclient", using=COMMON, check=OWN, jobs=["matching", "guarding"]),
    ]
