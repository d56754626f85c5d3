"""Second wall: nobody but those named sees hidden people in projects; figures that name nobody count them."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

OWN = "institution_id = {asking}"
IN_SIGHT = (
    "(record_id IS NULL OR record_id NOT IN (SELECT spoiwo_hidden_records({user})))"
    " AND person_id NOT IN (SELECT spoiwo_hidden_people({asking}, {user}))"
)
SHARED = "record_id IS NOT NULL AND spoiwo_shares({asking}, institution_id, record_id, 'measures')"
OF_PARTICIPANT = "EXISTS (SELECT 1 FROM projects_participant p WHERE p.id = participant_id)"  # walled itself
JOBS = ["export"]


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_words_of_states"), ("clients", "0013_walls_of_hidden_people")]
    operations = [
        guard_rows(
            "projects_participant",
            using=f"({OWN} AND {IN_SIGHT}) OR ({SHARED})",
            check=OWN,
            jobs=JOBS,
        ),
        guard_rows(
            "projects_support", using=f"({OWN} AND {OF_PARTICIPANT}) OR ({SHARED})", check=OWN, jobs=JOBS
        ),
        guard_rows("projects_workresult", using=f"{OWN} AND {OF_PARTICIPANT}", check=OWN, jobs=JOBS),
    ]
