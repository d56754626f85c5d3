"""The two incubation tracks, as data that a centre may replace."""

import json
from pathlib import Path

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "paths.json"


def add(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    template = apps.get_model("support", "PathTemplate")
    for plan in json.loads(SHIPPED.read_text(encoding="utf-8")):
        template.objects.get_or_create(code=plan["code"], version=1, defaults={"plan": plan})


class Migration(migrations.Migration):
    dependencies = [("support", "0002_walls")]
    # Templates that paths rest on cannot be taken away again; those left behind do no harm.
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
