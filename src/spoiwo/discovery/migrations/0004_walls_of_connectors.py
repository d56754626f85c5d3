"""Second wall: the program of an office is the matter of that office; who asks by a key is found by the job."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows


class Migration(migrations.Migration):
    dependencies = [("discovery", "0003_connectors")]
    operations = [guard_rows("discovery_connector", using="institution_id = {asking}", jobs=["discovery"])]
