"""Second wall: what is written down about hidden people is seen by those named; figures count them all the same.

Rows that reports count (who was there, when, how long) name nobody and stay with their centre.
"""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

OWN = "institution_id = {asking}"
ABOUT = (
    "EXISTS (SELECT 1 FROM support_participant p WHERE p.id = participant_id"
    " AND (p.record_id IN (SELECT spoiwo_hidden_records({user}))"
    " OR p.person_id IN (SELECT spoiwo_hidden_people({asking}, {user}))))"
)
OF_CASE = "EXISTS (SELECT 1 FROM support_supportcase c WHERE c.id = case_id)"  # walled itself
JOBS = ["support", "matching", "import", "export"]


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0004_opinions_about_events"),
        ("clients", "0013_walls_of_hidden_people"),
    ]
    operations = [
        guard_rows("support_supportcase", using=f"{OWN} AND NOT {ABOUT}", check=OWN, jobs=JOBS),
        *(
            guard_rows(f"support_{table}", using=f"{OWN} AND {OF_CASE}", check=OWN, jobs=JOBS)
            for table in ("casestep", "deminimis")
        ),
    ]
