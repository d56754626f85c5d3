"""Second wall: a function asks about one record, so that no plan reads all records to show one.

As a subquery the condition was at times hashed over every record (5.9 s at 200,000); a call costs 0.1 ms.
Extracts and the state of registers get their walls.
"""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows, postgres_sql

SHARES = """
CREATE FUNCTION spoiwo_shares(asking bigint, owner bigint, record bigint, category text) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN spoiwo_gives(owner, asking, category)
     AND EXISTS (SELECT 1 FROM clients_sourcerecord s WHERE s.id = record AND spoiwo_knows(asking, s.person_id));
END
$$
"""
OWN = "institution_id = {asking}"
SHARED_RECORD = (
    "institution_id = {asking} OR (spoiwo_knows({asking}, person_id)"
    " AND spoiwo_gives(institution_id, {asking}, 'identity'))"
)
SHARED_VERSION = "institution_id = {asking} OR spoiwo_shares({asking}, institution_id, record_id, 'identity')"
SHARED_FACT = (
    "institution_id = {asking} OR (tier < 4 AND spoiwo_shares({asking}, institution_id, record_id, category))"
)
JOBS = ["matching", "import", "export"]


class Migration(migrations.Migration):
    dependencies = [("clients", "0004_walls_of_decisions"), ("access", "0005_walls_rest_on_a_basis")]
    operations = [
        postgres_sql(SHARES, "DROP FUNCTION spoiwo_shares(bigint, bigint, bigint, text) CASCADE"),
        guard_rows("clients_sourcerecord", using=SHARED_RECORD, check=OWN, jobs=JOBS),
        guard_rows("clients_recordversion", using=SHARED_VERSION, check=OWN, jobs=JOBS),
        guard_rows("clients_fact", using=SHARED_FACT, check=OWN, jobs=JOBS),
        guard_rows("clients_extract", using=OWN, jobs=JOBS),
        # Every institution reads which generation of another is in force; only the own one is changed.
        guard_rows("clients_registerstate", using="true", check=OWN, jobs=JOBS),
    ]
