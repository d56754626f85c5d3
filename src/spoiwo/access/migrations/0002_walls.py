"""Second wall: relations belong to their institution; one function says what is shared with whom today."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows, postgres_sql

GIVES = """
CREATE FUNCTION spoiwo_gives(giver bigint, receiver bigint, wanted text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1
      FROM access_sharingagreement a
      JOIN access_agreementclause c ON c.agreement_id = a.id
     WHERE a.state = 'active'
       AND (now() AT TIME ZONE 'Europe/Warsaw')::date BETWEEN a.valid_from AND coalesce(a.valid_to, 'infinity')
       AND c.category = wanted
       AND (c.giver_id = giver OR c.giver_id IS NULL)
       AND (c.receiver_id = receiver OR c.receiver_id IS NULL)
       AND EXISTS (SELECT 1 FROM access_agreementparty p WHERE p.agreement_id = a.id AND p.institution_id = giver)
       AND EXISTS (SELECT 1 FROM access_agreementparty p WHERE p.agreement_id = a.id AND p.institution_id = receiver)
  )
$$
"""
KNOWS = """
CREATE FUNCTION spoiwo_knows(asking bigint, whom uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT 1 FROM access_relation r
     WHERE r.institution_id = asking AND r.person = whom
       AND (now() AT TIME ZONE 'Europe/Warsaw')::date BETWEEN r.valid_from AND coalesce(r.valid_to, 'infinity')
  )
$$
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial")]
    operations = [
        guard_rows("access_relation", using="institution_id = {asking}", jobs=["matching", "import", "export"]),
        postgres_sql(GIVES, "DROP FUNCTION spoiwo_gives(bigint, bigint, text)"),
        postgres_sql(KNOWS, "DROP FUNCTION spoiwo_knows(bigint, uuid)"),
    ]
