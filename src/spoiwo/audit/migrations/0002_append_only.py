"""The database itself refuses to change the log; PostgreSQL shows a chain to its own institution."""

from django.db import migrations

from spoiwo.toolkit.walls import append_only, guard_rows


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        append_only("audit_auditrecord"),
        guard_rows("audit_auditrecord", using="institution_id = {asking}", check="true", jobs=["audit"]),
    ]
