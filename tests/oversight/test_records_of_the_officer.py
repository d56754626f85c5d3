"""Registers of the data protection officer and model documents: worked out, saved as files, filled in."""

import io
import zipfile

import docx
import pytest
from django.core.cache import cache
from django.utils import timezone

from spoiwo.access.types import Category, Kept, KeptUntil
from spoiwo.clients.services import retaining
from spoiwo.institutions.types import Role
from spoiwo.oversight import tables
from spoiwo.oversight.queries import records
from spoiwo.oversight.tables import document_names, model_document
from tests.makers.clients import signed_in, town, with_purpose
from tests.makers.guarding import overseer
from tests.makers.institutions import acting, member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_remembered():
    cache.clear()


def looked_at():
    """The town after its partner's worker has looked at the common client twice, and its own once."""
    there = town(gives=(Category.IDENTITY, Category.STATUS, Category.SENSITIVE))
    partner = with_purpose(signed_in(member(there.welfare, Role.CASE_WORKER)), there.theirs)
    for _twice in range(2):
        partner.get(f"/klienci/{there.theirs.uuid}/")
    with_purpose(signed_in(there.worker), there.own).get(f"/klienci/{there.own.uuid}/")
    return there


def text_of(content):
    paper = docx.Document(io.BytesIO(content))
    return "\n".join(
        [paper.sections[0].header.paragraphs[0].text, *(paragraph.text for paragraph in paper.paragraphs)]
    )


def test_disclosures_count_what_others_saw_and_nothing_of_the_own_work():
    there = looked_at()
    today = timezone.localdate()

    found = records.disclosures_of(acting(overseer(there.labour, Role.IOD)), first=today, last=today)

    views = [one for one in found if one.action == "view_client"]
    assert [(one.institution, one.purpose, one.times, one.people) for one in views] == [
        ("OPS Próbny", "joint-support", 2, 1)
    ]
    assert records.disclosures_of(acting(there.worker), first=today, last=today) == []


def test_activities_say_what_is_given_and_received_and_never_sensitive_data():
    there = looked_at()

    found = records.activities_of(acting(overseer(there.labour)), timezone.localdate())

    assert {(one.partner, one.given) for one in found} == {("OPS Próbny", True), ("OPS Próbny", False)}
    assert all(one.categories == {Category.IDENTITY, Category.STATUS} for one in found)


def test_the_register_of_processing_names_what_rests_on_no_agreement_too():
    table = tables.processing([], [])

    assert {len(row) for row in table.rows} == {len(table.header)}
    named = [row[0] for row in table.rows]
    assert len(named) == len(set(named)) == 5
    assert any("plany" in str(name).lower() for name in named)
    assert any("dziennik" in str(name).lower() for name in named)


def test_registers_on_screen_and_as_files():
    there = looked_at()
    officer = member(there.labour, Role.IOD)
    retaining.add_rule(
        kept=Kept.CLIENT,
        event=KeptUntil.NOT_IN_REGISTER,
        months=12,
        basis="JRWA 5311",
        by=acting(officer),
    )
    desk = signed_in(officer)

    page = desk.get("/nadzor/biurko/rejestry/").content.decode()
    files = {
        name: desk.get(f"/nadzor/biurko/rejestry/{name}.csv").content.decode("utf-8-sig")
        for name in ("czynnosci", "udostepnienia", "administratorzy", "porozumienia", "usuniecia")
    }

    assert "JRWA 5311" in page
    assert "JRWA 5311" in files["czynnosci"]
    assert "OPS Próbny" in files["udostepnienia"]
    assert there.labour.name in files["administratorzy"]
    assert "P/" in files["porozumienia"]
    assert len(files["usuniecia"].splitlines()) == 1  # the header alone
    empty = desk.get("/nadzor/biurko/rejestry/udostepnienia.csv?first=1.01.2020&last=2.01.2020")
    assert len(empty.content.decode("utf-8-sig").splitlines()) == 1
    with zipfile.ZipFile(io.BytesIO(desk.get("/nadzor/biurko/rejestry/czynnosci.xlsx").content)) as book:
        assert "xl/worksheets/sheet1.xml" in book.namelist()
    assert desk.get("/nadzor/biurko/rejestry/czynnosci.pdf").status_code == 404
    assert desk.get("/nadzor/biurko/rejestry/nieznany.csv").status_code == 404


@pytest.mark.parametrize("name", sorted(document_names()))
def test_every_model_document_is_filled_and_marked(name):
    there = looked_at()

    answer = signed_in(overseer(there.labour)).get(f"/nadzor/biurko/wzory/{name}.docx")

    words = text_of(answer.content)
    assert "wzór do sprawdzenia przez prawnika" in words
    assert there.labour.name in words
    assert "{" not in words


def test_an_authorisation_has_its_number_and_its_worker():
    there = looked_at()
    desk = signed_in(overseer(there.labour))
    held = there.worker.authorisations.get()

    words = text_of(desk.get(f"/nadzor/biurko/wzory/upowaznienie/{held.pk}.docx").content)

    assert f"nr {held.number}" in words
    assert there.worker.user.full_name in words
    assert desk.get("/nadzor/biurko/wzory/upowaznienie/999999.docx").status_code == 404
    assert desk.get("/nadzor/biurko/wzory/nieznany.docx").status_code == 404


def test_what_is_unknown_stays_for_people_to_write():
    paper = model_document("klauzula", {"instytucja": "Urząd Próbny"})

    assert "……" in repr(paper.blocks)
    assert "Urząd Próbny" in repr(paper.blocks)
