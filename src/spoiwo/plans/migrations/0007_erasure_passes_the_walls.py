"""The job that erases people reaches what plans hold about them, at every party."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

HIDDEN = "(SELECT spoiwo_hidden_records({user}))"
OF_PLAN = "spoiwo_plan_open({asking}, plan_id)"
OWN = "institution_id = {asking}"
OWNED = (
    "owner_id = {asking} AND EXISTS (SELECT 1 FROM plans_planparty p WHERE p.plan_id = plans_action.plan_id"
    " AND p.institution_id = {asking} AND p.record_id NOT IN (SELECT spoiwo_hidden_records({user})))"
)
BEING_MADE = (
    "(institution_id = {asking} AND NOT EXISTS (SELECT 1 FROM plans_planparty p WHERE p.plan_id = plans_jointplan.id))"
)
TABLES = (
    *("planversion", "signature", "evidence", "review", "contact", "noncompliance", "remark"),
    *("employmentcheck", "diagnosis", "planevent"),
)
JOBS = ["guarding"]


class Migration(migrations.Migration):
    dependencies = [("plans", "0006_walls_of_files_and_prints")]
    operations = [
        guard_rows(
            "plans_jointplan", using=f"{BEING_MADE} OR spoiwo_plan_open({{asking}}, id)", jobs=JOBS
        ),
        guard_rows("plans_action", using=f"({OWNED}) OR {OF_PLAN}", check=OF_PLAN, jobs=JOBS),
        *(guard_rows(f"plans_{table}", using=OF_PLAN, jobs=JOBS) for table in TABLES),
        guard_rows(
            "plans_selectedclient", using=f"{OWN} AND record_id NOT IN {HIDDEN}", check=OWN, jobs=JOBS
        ),
    ]
