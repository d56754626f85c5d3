"""An institution's own prints: tried out before they are kept, used by its own workers only."""

import io

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from spoiwo.institutions.types import Role
from spoiwo.plans.errors import NoSuchThing
from spoiwo.plans.models import OwnPaper
from spoiwo.plans.rules import papers as rules
from spoiwo.plans.services import papers
from spoiwo.plans.tables.fields import to_begin_with
from spoiwo.plans.types import PrintForm
from spoiwo.toolkit.documents import docx_of
from spoiwo.toolkit.documents.templates import fill_docx, text_of_docx
from tests.makers import institutions
from tests.makers import plans as made
from tests.makers.plan_pages import address, browser, text

ADDRESS = "/plany/wzory-wydruku/"


def template(*lines):
    paper = docx.Document()
    for line in lines:
        paper.add_paragraph(line)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def keeper(couple):
    return institutions.acting(institutions.member(couple.town.labour, Role.LOCAL_ADMIN))


def sent(page, content, form="calosc"):
    return page.post(ADDRESS, {"form": form, "file": SimpleUploadedFile("nasz.docx", content)})


def test_the_template_to_begin_with_uses_every_field():
    shown = text_of_docx(fill_docx(docx_of(to_begin_with()), rules.SAMPLE))
    bare = text_of_docx(docx_of(to_begin_with()))

    assert rules.SAMPLE_CODE in shown
    assert all(f"{name.split('.')[-1].strip('[]')}" in bare for name in rules.names_of())
    assert "{{" not in shown


@pytest.mark.django_db
def test_a_plan_has_exactly_the_fields_that_templates_are_tried_out_with():
    couple = made.active()
    with made.as_actor(couple.labour):
        OwnPaper.objects.create(
            institution=couple.town.labour,
            form=PrintForm.WHOLE,
            name="x.docx",
            content=docx_of(to_begin_with()),
            kept_at=made.now(),
            kept_by_id=couple.labour.user_id,
        )

    answer = browser(couple.labour).get(address(couple, "druk/calosc.docx"))

    shown = text_of_docx(answer.content)
    assert str(couple.fresh().number) in shown
    assert "Szkolenie zawodowe" in shown
    assert "{{" not in shown


@pytest.mark.django_db
def test_an_own_print_is_kept_used_downloaded_and_dropped():
    couple = made.active()
    page, worker = browser(keeper(couple)), browser(couple.labour)
    print_address = address(couple, "druk/calosc.docx")

    answer = sent(page, template("Nasz druk {{ plan.numer }}, kod {{ plan.kod }}"))

    assert answer.status_code == 302
    assert "nasz.docx" in text(page.get(ADDRESS))
    assert f"Nasz druk {couple.fresh().number}" in text_of_docx(worker.get(print_address).content)
    theirs = browser(couple.welfare).get(print_address)
    assert "Nasz druk" not in text_of_docx(theirs.content)
    assert "Nasz druk" in text_of_docx(page.get(f"{ADDRESS}calosc/").content)
    assert "plan.kod" in text_of_docx(page.get(f"{ADDRESS}osoba/").content)
    assert page.get(f"{ADDRESS}inny/").status_code == 404
    page.post(f"{ADDRESS}calosc/usun/")
    assert not OwnPaper.objects.exists()
    assert "Nasz druk" not in text_of_docx(worker.get(print_address).content)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (template("{{ plan.numr }} {{ plan.kod }}"), "Nie ma pola „numr”"),
        (template("{{ plan.numer }}"), "Brakuje kodu treści"),
        (template("{% if %}"), "nie jest zapisane tak, jak trzeba"),
        (template("{{ plan.kod.upper() }}"), "mogą być tylko pola"),
        (b"%PDF-1.7", "To nie jest plik DOCX"),
    ],
)
def test_a_template_that_does_not_work_is_not_kept(content, words):
    page = browser(keeper(made.partners()))

    answer = sent(page, content)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not OwnPaper.objects.exists()


@pytest.mark.django_db
def test_only_the_local_administrator_decides_what_prints_look_like():
    couple = made.partners()

    with made.as_actor(couple.labour):
        with pytest.raises(NoSuchThing):
            papers.keep_paper(
                PrintForm.WHOLE, name="x", content=template("x"), at=made.now(), by=couple.labour
            )
        with pytest.raises(NoSuchThing):
            papers.drop_paper(PrintForm.WHOLE, by=couple.labour)
