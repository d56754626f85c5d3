"""Second wall: who is party to a plan is known to its parties, and to those who may see a party's record.

The function asks for own rows alone, which the first condition of the wall lets through; so the wall never has to ask
itself about a row.
"""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows, postgres_sql

IS_PARTY = """
CREATE FUNCTION spoiwo_plan_party(asking bigint, wanted bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM plans_planparty p WHERE p.plan_id = wanted AND p.institution_id = asking);
END
$$
"""
KNOWN = (
    "institution_id = {asking} OR EXISTS (SELECT 1 FROM clients_sourcerecord s WHERE s.id = record_id)"
    " OR spoiwo_plan_party({asking}, plan_id)"
)


class Migration(migrations.Migration):
    dependencies = [("plans", "0008_agreed_content_may_go")]
    operations = [
        postgres_sql(IS_PARTY, "DROP FUNCTION spoiwo_plan_party(bigint, bigint) CASCADE"),
        guard_rows("plans_planparty", using=KNOWN, jobs=["guarding"]),
    ]
