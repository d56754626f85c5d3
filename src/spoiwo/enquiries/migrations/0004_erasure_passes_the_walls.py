"""The job that erases people reaches what was exchanged about them, on both sides."""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

OWN = "institution_id = {asking}"
ENQUIRY = "(institution_id = {asking} OR (asked_id = {asking} AND state <> 'draft'))"
PAPER = "(institution_id = {asking} OR recipient_id = {asking})"
TALK = "(institution_id = {asking} OR other_id = {asking})"
MESSAGE = "(institution_id = {asking} OR reader_id = {asking})"
JOBS = ["enquiries", "guarding"]


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0003_terms_of_answers")]
    operations = [
        guard_rows("enquiries_enquiry", using=ENQUIRY, jobs=JOBS),
        guard_rows("enquiries_confirmation", using=PAPER, check=OWN, jobs=JOBS),
        guard_rows("enquiries_conversation", using=TALK, jobs=JOBS),
        guard_rows("enquiries_message", using=MESSAGE, check=OWN, jobs=JOBS),
    ]
