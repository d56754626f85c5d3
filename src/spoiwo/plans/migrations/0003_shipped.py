"""Templates and intervals of reviews that come with the product; intervals are examples awaiting a lawyer."""

import json
from pathlib import Path

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

DATA = Path(__file__).resolve().parent.parent / "data"


def add(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Write the rows."""
    for row in json.loads((DATA / "templates.json").read_text("utf-8")):
        names = {name: row.pop(name) for name in ("code", "name", "name_en")}
        apps.get_model("plans", "PlanTemplate").objects.get_or_create(
            code=names["code"], institution=None, defaults={**names, "content": row}
        )
    for row in json.loads((DATA / "review_intervals.json").read_text("utf-8")):
        apps.get_model("plans", "ReviewInterval").objects.get_or_create(
            paper=row["paper"], valid_from=row["valid_from"], defaults=row
        )


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_walls")]
    operations = [
        # Going back leaves the rows, which the tables take with them.
        migrations.RunPython(add, migrations.RunPython.noop),
    ]
