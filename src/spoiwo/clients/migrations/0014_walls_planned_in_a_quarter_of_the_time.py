"""Second wall: what is hidden from an account is worked out by a function once per statement.

Most of what the wall cost a lookup was planning it: a subquery with two tables, and one more per named job, for every
table of a query. An array is compared row by row, which is cheap as long as few records are hidden. The function names
its tables with their schema, so it needs no search path of its own, which would be set and put back at every call.
"""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows, postgres_sql

OUT_OF_SIGHT = """
CREATE FUNCTION spoiwo_out_of_sight() RETURNS bigint[]
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN ARRAY(SELECT h.record_id FROM public.clients_hiddenrecord h
                WHERE h.record_id NOT IN (SELECT r.hidden_id FROM public.clients_hiddenrecordreader r
                                           WHERE r.user_id = nullif(current_setting('spoiwo.user', true), '')::bigint
                                             AND (r.until IS NULL OR r.until > now())));
END
$$
"""
HIDDEN = "ALL ((SELECT spoiwo_out_of_sight())::bigint[])"
ASKING = "nullif(current_setting('spoiwo.institution', true), '')::bigint"  # beside a function, which is dearer by far
OWN = "institution_id = {asking}"
SHARED_RECORD = (
    f"id <> {HIDDEN} AND (institution_id = {{asking}} OR (spoiwo_knows({ASKING}, person_id)"
    f" AND spoiwo_gives(institution_id, {ASKING}, 'identity')))"
)
SHARED_VERSION = (
    f"record_id <> {HIDDEN} AND (institution_id = {{asking}}"
    f" OR spoiwo_shares({ASKING}, institution_id, record_id, 'identity'))"
)
SHARED_FACT = (
    f"record_id <> {HIDDEN} AND (institution_id = {{asking}}"
    f" OR (tier < 4 AND spoiwo_shares({ASKING}, institution_id, record_id, category)))"
)
COMMON = f"institution_id = {{asking}} AND record_id <> {HIDDEN}"
JOBS = ["matching", "import", "export", "guarding"]


class Migration(migrations.Migration):
    dependencies = [("clients", "0013_walls_of_hidden_people")]
    operations = [
        postgres_sql(OUT_OF_SIGHT, "DROP FUNCTION spoiwo_out_of_sight() CASCADE"),
        guard_rows("clients_sourcerecord", using=SHARED_RECORD, check=OWN, jobs=JOBS),
        guard_rows("clients_recordversion", using=SHARED_VERSION, check=OWN, jobs=JOBS),
        guard_rows("clients_fact", using=SHARED_FACT, check=OWN, jobs=JOBS),
        guard_rows("clients_commonclient", using=COMMON, check=OWN, jobs=["matching", "guarding"]),
    ]
