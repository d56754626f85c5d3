"""Who may write about whom, and what is refused before anything is written."""

from uuid import uuid4

import pytest
from django.utils import timezone

from spoiwo.enquiries import errors
from spoiwo.enquiries.models import Conversation, Message
from spoiwo.enquiries.queries import listing, opened, waiting_for
from spoiwo.enquiries.services import talking
from spoiwo.institutions.types import Role
from spoiwo.toolkit.context import acting_for
from tests.enquiries.test_screens import with_own_client
from tests.makers import enquiries as made
from tests.makers import institutions

pytestmark = pytest.mark.django_db


def write(there, client, text="Dzień dobry", **fields):
    values = {"to": there.labour.pk, "now": timezone.now(), "day": timezone.localdate(), **fields}
    with acting_for(there.welfare.pk):
        return talking.write(client=client, text=text, by=there.asking, **values)


def test_both_sides_add_to_one_conversation_whichever_began_it():
    there = made.offices()
    own = with_own_client(there)
    talk = write(there, own.uuid)

    with acting_for(there.labour.pk):
        same = talking.write(
            client=there.record.uuid,
            to=there.welfare.pk,
            text="Witam",
            now=timezone.now(),
            day=timezone.localdate(),
            by=there.asked,
        )

    assert same == talk
    said = [opened.text_of(message, talk) for message in listing.messages_of(there.asking, talk)]
    assert said == ["Dzień dobry", "Witam"]
    assert str(talk) == str(talk.uuid)
    assert "Witam" not in str(list(Message.objects.values()))


def test_nothing_is_written_that_may_not_be():
    there = made.offices()
    own = with_own_client(there)
    stranger = institutions.institution()

    with pytest.raises(errors.EmptyMessage):
        write(there, own.uuid, text=" \n")
    with pytest.raises(errors.NotCommonClient):
        write(there, own.uuid, to=stranger.pk)
    with pytest.raises(errors.NoSuchThing):
        write(there, uuid4())
    assert not Message.objects.exists()


def test_a_stranger_finds_no_conversation():
    there = made.offices()
    talk = write(there, with_own_client(there).uuid)
    stranger = institutions.acting(institutions.member(institutions.institution(), Role.CASE_WORKER))

    with acting_for(stranger.institution_id):
        with pytest.raises(errors.NoSuchThing):
            talking.note_read(talk.uuid, now=timezone.now(), request_id="", by=stranger)
        with pytest.raises(errors.NoSuchThing):
            talking.reply(talk.uuid, text="x", now=timezone.now(), day=timezone.localdate(), by=stranger)
    assert listing.conversation(stranger, talk.uuid) is None


def test_everybody_reads_for_themselves():
    there = made.offices()
    talk = write(there, with_own_client(there).uuid)
    colleague = institutions.acting(institutions.member(there.labour, Role.CASE_WORKER))

    with acting_for(there.labour.pk):
        for _ in range(2):
            talking.note_read(talk.uuid, now=timezone.now(), request_id="", by=there.asked)

    assert waiting_for(there.asked).messages == 0
    assert waiting_for(colleague).messages == 1
    assert Conversation.objects.count() == 1
