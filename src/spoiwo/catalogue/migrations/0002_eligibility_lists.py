"""Eligibility lists that come with the product, as data in versions; examples awaiting a lawyer."""

import json
from pathlib import Path

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SHIPPED = Path(__file__).resolve().parent.parent / "data" / "eligibility.json"


def add(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    lists, items = apps.get_model("catalogue", "CheckList"), apps.get_model("catalogue", "CheckItem")
    for given in json.loads(SHIPPED.read_text(encoding="utf-8")):
        days = {"valid_from": given["valid_from"], "valid_to": given["valid_to"]}
        made, new = lists.objects.get_or_create(kind=given["kind"], version=given["version"], defaults=days)
        if new:
            items.objects.bulk_create(
                items(check_list=made, position=position, **item)
                for position, item in enumerate(given["items"])
            )


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    # Lists that referrals rest on cannot be taken away again; those left behind do no harm.
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
