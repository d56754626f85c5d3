"""Second wall: files and history of a case are seen where the case is seen."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

OWN = "institution_id = {asking}"
OF_CASE = "EXISTS (SELECT 1 FROM support_supportcase c WHERE c.id = case_id)"  # walled itself
JOBS = ["support", "matching", "import", "export"]


class Migration(migrations.Migration):
    dependencies = [("support", "0008_documents_and_history_of_cases")]
    operations = [
        guard_rows(f"support_{table}", using=f"{OWN} AND {OF_CASE}", check=OWN, jobs=JOBS)
        for table in ("casemove", "casedocument")
    ]
