"""Observations are never changed: a correction is a new revision."""

from django.db import migrations

from spoiwo.toolkit.walls import append_only


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_initial")]
    operations = [append_only("monitoring_observation")]
