"""Second wall: only the job of matching sees keys, pairs and what registers taught.

On SQLite the table of keys is its own index; a copy beside it would double twenty million rows.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from spoiwo.toolkit.walls import guard_rows

NOBODY = "false"
TABLES = ("storedkey", "keyedrecord", "foundpair", "learntregisters")
WITHOUT_ROWID = """CREATE TABLE matching_storedkey (
    key bigint NOT NULL, institution_id bigint NOT NULL, record_id bigint NOT NULL,
    PRIMARY KEY (key, institution_id, record_id)) WITHOUT ROWID"""


def without_copy(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the empty table anew."""
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TABLE matching_storedkey")
        editor.execute(WITHOUT_ROWID)


class Migration(migrations.Migration):
    dependencies = [("matching", "0005_what_matching_works_out")]
    operations = [
        *(guard_rows(f"matching_{table}", using=NOBODY, jobs=["matching"]) for table in TABLES),
        migrations.RunPython(without_copy, migrations.RunPython.noop),
    ]
