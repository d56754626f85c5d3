"""Second wall: what was exchanged about a hidden person is seen by those named, at either party.

Whoever checks a document on its public page, or asks whose it is, does so as a job: nothing personal is shown.
"""

from django.db import migrations

from spoiwo.toolkit.walls import guard_rows

OWN = "institution_id = {asking}"
HIDDEN = "(SELECT spoiwo_hidden_records({user}))"


def in_sight(record: str) -> str:
    """Whether a row's record is none, or none that is hidden."""
    return f"({record} IS NULL OR {record} NOT IN {HIDDEN})"


SENT = f"{OWN} AND {in_sight('record_id')}"
REACHED = f"asked_id = {{asking}} AND state <> 'draft' AND {in_sight('found_id')}"
ENQUIRY = f"({SENT}) OR ({REACHED})"
ASKED = "(institution_id = {asking} OR (asked_id = {asking} AND state <> 'draft'))"
OF_ENQUIRY = "(enquiry_id IS NULL OR EXISTS (SELECT 1 FROM enquiries_enquiry e WHERE e.id = enquiry_id))"
PAPER = f"({OWN} AND record_id NOT IN {HIDDEN}) OR (recipient_id = {{asking}} AND {OF_ENQUIRY})"
BEGUN = f"({OWN} AND record_id NOT IN {HIDDEN})"
TALK = f"{BEGUN} OR (other_id = {{asking}} AND {in_sight('other_record_id')})"
SIDES = "(institution_id = {asking} OR other_id = {asking})"
OF_TALK = "EXISTS (SELECT 1 FROM enquiries_conversation c WHERE c.id = conversation_id)"
MESSAGE = f"(institution_id = {{asking}} OR reader_id = {{asking}}) AND {OF_TALK}"
JOBS = ["enquiries", "guarding"]


class Migration(migrations.Migration):
    dependencies = [
        ("enquiries", "0004_erasure_passes_the_walls"),
        ("clients", "0013_walls_of_hidden_people"),
    ]
    operations = [
        guard_rows("enquiries_enquiry", using=ENQUIRY, check=ASKED, jobs=JOBS),
        guard_rows("enquiries_confirmation", using=PAPER, check=OWN, jobs=JOBS),
        guard_rows("enquiries_conversation", using=TALK, check=SIDES, jobs=JOBS),
        guard_rows("enquiries_message", using=MESSAGE, check=OWN, jobs=JOBS),
    ]
