"""Second wall: rows about hidden people are seen by those named; only what counts without naming reads them all.

Who of the support register is hidden is asked once per statement, because few people are. The function has to look
past the wall that rests on it, so it asks as figures do; it answers ids alone.
"""

from django.db import migrations

from spoiwo.toolkit.walls import JOB, guard_rows, postgres_sql

HIDDEN = """
CREATE FUNCTION spoiwo_hidden_participants(asking bigint, account bigint) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE ROWS 10 SET search_path = public, pg_temp AS $$
DECLARE
  job text := coalesce(current_setting('spoiwo.job', true), '');
BEGIN
  PERFORM set_config('spoiwo.job', 'figures', true);
  RETURN QUERY SELECT p.id FROM support_participant p
   WHERE p.record_id = ANY (ARRAY(SELECT spoiwo_hidden_records(account)))
      OR p.person_id = ANY (ARRAY(SELECT spoiwo_hidden_people(asking, account)));
  PERFORM set_config('spoiwo.job', job, true);
END
$$
"""
OWN = "institution_id = {asking}"
COUNTED = f"{JOB} = 'figures'"
IN_SIGHT = (
    "(record_id IS NULL OR record_id NOT IN (SELECT spoiwo_hidden_records({user})))"
    " AND person_id NOT IN (SELECT spoiwo_hidden_people({asking}, {user}))"
)
ABOUT_NOBODY_HIDDEN = (
    "participant_id IS NULL OR participant_id NOT IN (SELECT spoiwo_hidden_participants({asking}, {user}))"
)
TABLES = (
    *("personmove", "groupmember", "delivery", "deliveryparticipant", "registration", "attendance"),
    *("path", "supportcase"),
)
JOBS = ["support", "matching", "import", "export"]


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0009_walls_around_case_files"),
        ("clients", "0013_walls_of_hidden_people"),
    ]
    operations = [
        postgres_sql(HIDDEN, "DROP FUNCTION spoiwo_hidden_participants(bigint, bigint) CASCADE"),
        guard_rows(
            "support_participant",
            using=f"{OWN} AND ({COUNTED} OR ({IN_SIGHT}))",
            check=OWN,
            jobs=JOBS,
        ),
        *(
            guard_rows(
                f"support_{table}",
                using=f"{OWN} AND ({COUNTED} OR {ABOUT_NOBODY_HIDDEN})",
                check=OWN,
                jobs=JOBS,
            )
            for table in TABLES
        ),
    ]
