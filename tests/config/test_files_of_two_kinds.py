"""A file that is a document and a page at once comes back as a file to be saved, whoever sent it and wherever."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponseBase
from django.urls import reverse

from spoiwo.access import services as access
from spoiwo.enquiries.queries import opened
from spoiwo.institutions.types import Role
from spoiwo.partnership import services
from spoiwo.partnership.types import Attached
from spoiwo.plans.services import agreeing
from tests.access.test_signing import drafted
from tests.makers import enquiries as made
from tests.makers import institutions, signing
from tests.makers import partnership as partnerships
from tests.makers import plans as plan_makers
from tests.makers.clients import signed_in

pytestmark = pytest.mark.django_db
PAGE = b"<html><body onload='alert(1)'><script>alert(1)</script></body></html>"
KINDS = {"application/pdf", "application/octet-stream", "image/jpeg", "image/png"}


def is_only_saved(answer: HttpResponseBase) -> bool:
    """Whether a browser saves the answer, whatever it looks like, and runs nothing of it."""
    told = answer.headers
    answer.close()
    return (
        answer.status_code == 200
        and told["Content-Disposition"].startswith("attachment")
        and told["Content-Type"] in KINDS
        and told["X-Content-Type-Options"] == "nosniff"
        and "unsafe-inline" not in told["Content-Security-Policy"]
    )


def test_the_document_of_an_agreement():
    left, right = institutions.institution(), institutions.institution()
    director = institutions.member(left, Role.DIRECTOR)
    draft = drafted(left.pk, right.pk)
    access.attach_document(
        agreement_id=draft.pk,
        name="umowa.html",
        content=b"%PDF-1.7\n" + PAGE,
        by=institutions.acting(director),
    )

    answer = signed_in(director).get(reverse("access:document", args=[draft.pk]))

    assert is_only_saved(answer)


@pytest.mark.parametrize("start", [b"%PDF-1.7\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"])
def test_the_paper_that_a_person_signed(start):
    pair = plan_makers.proposed()
    with plan_makers.as_actor(pair.labour):
        agreeing.sign_on_paper(
            pair.uuid,
            fingerprint=plan_makers.under_way(pair).fingerprint,
            signed_on=plan_makers.today(),
            scan=start + PAGE,
            at=plan_makers.now(),
            day=plan_makers.today(),
            by=pair.labour,
        )

    answer = signed_in(pair.town.worker).get(reverse("plans:scan", args=[pair.uuid, 1]))

    assert is_only_saved(answer)


def test_the_signed_file_of_a_certificate():
    there = made.offices()
    paper = made.certificate(there)
    browser = signed_in(there.officer)
    browser.get(f"/potwierdzenia/{paper.uuid}/dokument.pdf")
    paper.refresh_from_db()
    page = signing.xades(opened.pdf_of(paper), way="around").replace(
        b"<Pismo>", b'<Pismo xmlns:h="http://www.w3.org/1999/xhtml">', 1
    )
    browser.post(f"/potwierdzenia/{paper.uuid}/podpis/", {"file": SimpleUploadedFile("x.xml", page)})

    answer = browser.get(f"/potwierdzenia/{paper.uuid}/podpisany/")

    assert is_only_saved(answer)


def test_a_file_of_a_meeting():
    office = institutions.institution()
    partnership = partnerships.agreement(office)
    meeting = partnerships.meeting(partnerships.body(partnership), announced=True)
    file = services.add_file(
        meeting_id=meeting.pk,
        file=Attached("porządek.pdf", b"%PDF-1.7\n" + PAGE),
        by=partnerships.secretary(partnership),
    )
    secretary = institutions.member(office, Role.SECRETARY)

    answer = signed_in(secretary).get(reverse("partnership:meeting_file", args=[file.pk]))

    assert is_only_saved(answer)
