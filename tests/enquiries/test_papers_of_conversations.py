"""Conversations on paper and in packages."""

import io
import json
import zipfile

import pytest

from spoiwo.enquiries import tables
from spoiwo.enquiries.models import Conversation
from spoiwo.institutions.types import Role
from spoiwo.toolkit import documents
from tests.enquiries.test_screens import went_to, with_own_client
from tests.makers import enquiries as made
from tests.makers import institutions
from tests.makers.clients import signed_in

pytestmark = pytest.mark.django_db


def test_a_conversation_is_kept_on_paper_and_in_a_package():
    there = made.offices()
    own = with_own_client(there)
    browser = signed_in(there.asker)
    begun = browser.post(
        f"/wiadomosci/klient/{own.uuid}/", {"to": there.labour.pk, "text": "Dzień dobry\n\nCo dalej?"}
    )
    page = went_to(begun)

    paper, packed = browser.get(f"{page}rozmowa.pdf"), browser.get(f"{page}paczka.zip")

    assert paper.content.startswith(b"%PDF-")
    assert "no-store" in paper.headers["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(packed.content)) as archive:
        assert sorted(archive.namelist()) == ["metadane.json", "metadane.xml", "rozmowa.pdf"]
        told = json.loads(archive.read("metadane.json"))
    assert "korespondencja" in str(told)
    row = Conversation.objects.get()
    said = [
        {"text": "Dzień dobry\n\nCo dalej?", "at": row.last_at, "author": "Anna", "office": there.welfare}
    ]
    drawn = documents.html_of(tables.talk_document(row, "Anna Nowak", said))
    assert "Co dalej?" in drawn
    assert "OPS Próbny" in drawn
    stranger = signed_in(institutions.member(institutions.institution(), Role.CASE_WORKER))
    assert stranger.get(f"{page}rozmowa.pdf").status_code == 404
