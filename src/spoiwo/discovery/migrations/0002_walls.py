"""Second wall: a round is the matter of its two institutions, and what belongs to it follows the round."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

SIDES = "(left_institution_id = {asking} OR right_institution_id = {asking})"
OF_ROUND = "round_id IN (SELECT id FROM discovery_round)"  # of which the wall shows the own ones only


class Migration(migrations.Migration):
    dependencies = [("discovery", "0001_initial")]
    operations = [
        guard_rows("discovery_round", using=SIDES, jobs=["discovery"]),
        guard_rows("discovery_sending", using=OF_ROUND, jobs=["discovery"]),
        guard_rows("discovery_commonperson", using=OF_ROUND, jobs=["discovery"]),
    ]
