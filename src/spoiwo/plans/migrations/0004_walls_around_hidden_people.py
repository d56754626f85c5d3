"""Second wall: what is kept about hidden people beside their plans, which the records themselves close already."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

HIDDEN = "(SELECT spoiwo_hidden_records({user}))"
OF_PLAN = "spoiwo_plan_open({asking}, plan_id)"
OWNED = (
    "owner_id = {asking} AND EXISTS (SELECT 1 FROM plans_planparty p WHERE p.plan_id = plans_action.plan_id"
    " AND p.institution_id = {asking} AND p.record_id NOT IN (SELECT spoiwo_hidden_records({user})))"
)
OWN = "institution_id = {asking}"


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_shipped"), ("clients", "0013_walls_of_hidden_people")]
    operations = [
        guard_rows("plans_action", using=f"({OWNED}) OR {OF_PLAN}", check=OF_PLAN),
        guard_rows("plans_selectedclient", using=f"{OWN} AND record_id NOT IN {HIDDEN}", check=OWN),
    ]
