"""Second wall: answers and frames belong to the institution that asks; an institution asked reaches its own."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

HOLDER = "holder_id = {asking}"
BOTH = "holder_id = {asking} OR respondent_id = {asking}"
ANSWERING = "answering"  # a respondent with a link, who signs in nowhere
EXPORT = "export"


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]
    operations = [
        guard_rows("surveys_frameunit", using=BOTH, jobs=[ANSWERING, EXPORT]),
        guard_rows("surveys_answer", using=BOTH, jobs=[ANSWERING, EXPORT]),
        guard_rows("surveys_verificationquery", using=BOTH, jobs=[ANSWERING, EXPORT]),
        guard_rows("surveys_letter", using=HOLDER, jobs=[ANSWERING, EXPORT]),
        guard_rows("surveys_resultsexport", using="institution_id = {asking}", jobs=[EXPORT]),
    ]
