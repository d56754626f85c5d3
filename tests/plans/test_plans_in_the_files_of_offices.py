"""Each party keeps a joint plan under a reference of its own, and takes it into its EZD as a package."""

import io
import json
import zipfile

import pytest

from spoiwo.plans.errors import NoSuchThing
from spoiwo.plans.models import PlanParty
from spoiwo.plans.services.filing import file_plan
from spoiwo.toolkit.conflicts import Conflict
from tests.makers import plans as made
from tests.makers.plan_pages import browser
from tests.pages import seen

pytestmark = pytest.mark.django_db


def written(pair: made.Partners, by, case_ref: str, *, seen: int = 0) -> None:
    with made.as_actor(by):
        file_plan(pair.uuid, case_ref=case_ref, jrwa="5120", seen=seen, at=made.now(), by=by)


def packed(answer) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_each_party_has_its_own_reference_and_does_not_see_the_other():
    pair = made.active()
    page = f"/plany/{pair.uuid}/"

    browser(pair.labour).post(f"{page}akta/", {"case_ref": "PUP.1.2026", "jrwa": "6110", "version": "0"})
    written(pair, pair.welfare, "OPS.7.2026")

    assert "PUP.1.2026 (JRWA 6110)" in seen(browser(pair.labour).get(page))
    assert "PUP.1.2026" not in seen(browser(pair.welfare).get(page))
    assert set(PlanParty.objects.values_list("case_ref", "jrwa")) == {
        ("PUP.1.2026", "6110"),
        ("OPS.7.2026", "5120"),
    }


def test_two_workers_of_one_office_meet_in_a_conflict():
    pair = made.active()
    form = browser(pair.labour).get(f"/plany/{pair.uuid}/akta/").context["form"]
    written(pair, pair.labour, "PUP.1.2026")

    late = browser(pair.labour).post(
        f"/plany/{pair.uuid}/akta/",
        {"case_ref": "PUP.2.2026", "jrwa": "5120", "version": form["version"].value()},
    )

    assert late.status_code == 409
    assert "PUP.1.2026" in seen(late)
    assert "PUP.2.2026" in seen(late)
    with pytest.raises(Conflict):
        written(pair, pair.labour, "PUP.3.2026")
    written(pair, pair.labour, "PUP.3.2026", seen=1)
    assert PlanParty.objects.get(institution_id=pair.labour.institution_id).case_ref == "PUP.3.2026"


def test_nobody_else_files_the_plan():
    pair = made.active()
    stranger = made.partners().labour

    with pytest.raises(NoSuchThing):
        written(pair, stranger, "X")


def test_the_package_holds_the_plan_its_signed_paper_and_the_metadata():
    pair = made.active()
    written(pair, pair.labour, "PUP.1.2026")

    own = packed(browser(pair.labour).get(f"/plany/{pair.uuid}/paczka.zip"))
    theirs = packed(browser(pair.welfare).get(f"/plany/{pair.uuid}/paczka.zip"))

    told = json.loads(own.read("metadane.json"))
    assert (told["znak_sprawy"], told["klasa_jrwa"]) == ("PUP.1.2026", "5120")
    assert told["identyfikator"].startswith(pair.fresh().number)
    assert told["odbiorca"] == pair.town.welfare.short_name
    plan, scan = (one["nazwa"] for one in told["pliki"])
    assert own.read(plan).startswith(b"%PDF")
    assert own.read(scan) == made.SCAN
    assert json.loads(theirs.read("metadane.json"))["znak_sprawy"] == ""


def test_a_draft_goes_into_the_files_too():
    pair = made.started()

    own = packed(browser(pair.labour).get(f"/plany/{pair.uuid}/paczka.zip"))

    assert [one for one in own.namelist() if one.endswith(".pdf")] == [f"plan-{pair.fresh().pk}-1.pdf"]
