"""Measures of the starting catalogue that tell of what is public anyway."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SOURCES = ("partnership register", "public statistics")


def open_what_is_public(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Measures that are there already; new ones come open."""
    measure = apps.get_model("monitoring", "Measure")
    measure.objects.filter(source__in=SOURCES).update(is_open=True)


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0009_open_measures")]
    operations = [migrations.RunPython(open_what_is_public, migrations.RunPython.noop)]
