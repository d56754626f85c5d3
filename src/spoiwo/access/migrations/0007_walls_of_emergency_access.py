"""Second wall: emergency access belongs to its institution, and opens people to one account while it lasts."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows, postgres_sql

KNOWS = """
CREATE OR REPLACE FUNCTION spoiwo_knows(asking bigint, whom uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM access_relation r
     WHERE r.institution_id = asking AND r.person = whom
       AND (now() AT TIME ZONE 'Europe/Warsaw')::date BETWEEN r.valid_from AND coalesce(r.valid_to, 'infinity')
  ) OR EXISTS (
    SELECT 1 FROM access_emergencyperson p JOIN access_emergencyaccess e ON e.id = p.emergency_id
     WHERE p.person = whom AND p.institution_id = asking
       AND e.user_id = nullif(current_setting('spoiwo.user', true), '')::bigint
       AND now() < e.ends_at
  );
END
$$
"""
OWN = "institution_id = {asking}"


class Migration(migrations.Migration):
    dependencies = [("access", "0006_emergency_access")]
    operations = [
        guard_rows("access_emergencyaccess", using=OWN),
        guard_rows("access_emergencyperson", using=OWN),
        guard_rows("access_relation", using=OWN, jobs=["matching", "import", "export", "guarding"]),
        # Going back leaves the function in place; 0002 drops it.
        postgres_sql(KNOWS, "SELECT 1"),
    ]
