"""Second wall: who is hidden is known to the own institution; other contexts ask two functions.

Each function is asked once per statement, because few records are hidden.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from spoiwo.toolkit.walls import guard_rows, postgres_sql

RECORDS = """
CREATE FUNCTION spoiwo_hidden_records(account bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT h.record_id FROM clients_hiddenrecord h
   WHERE NOT EXISTS (SELECT 1 FROM clients_hiddenrecordreader r
                      WHERE r.hidden_id = h.record_id AND r.user_id = account
                        AND (r.until IS NULL OR r.until > now()))
$$
"""
PEOPLE = """
CREATE FUNCTION spoiwo_hidden_people(asking bigint, account bigint) RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT p.person FROM clients_hiddenperson p
   WHERE p.institution_id = asking AND p.hidden_id IN (SELECT spoiwo_hidden_records(account))
$$
"""
FILL = (
    "INSERT INTO clients_hiddenperson (hidden_id, institution_id, person)"
    " SELECT h.record_id, h.institution_id, s.person_id"
    " FROM clients_hiddenrecord h JOIN clients_sourcerecord s ON s.id = h.record_id"
)


def fill(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Write down whose the records are that are hidden already."""
    on_postgresql = editor.connection.vendor == "postgresql"
    if on_postgresql:
        editor.execute("SELECT set_config('spoiwo.job', 'guarding', true)")
    editor.execute(FILL)
    if on_postgresql:
        editor.execute("SELECT set_config('spoiwo.job', '', true)")


class Migration(migrations.Migration):
    dependencies = [("clients", "0012_hidden_people")]
    operations = [
        guard_rows("clients_hiddenperson", using="institution_id = {asking}", jobs=["matching", "guarding"]),
        migrations.RunPython(fill, migrations.RunPython.noop),
        postgres_sql(RECORDS, "DROP FUNCTION spoiwo_hidden_records(bigint) CASCADE"),
        postgres_sql(PEOPLE, "DROP FUNCTION spoiwo_hidden_people(bigint, bigint) CASCADE"),
    ]
