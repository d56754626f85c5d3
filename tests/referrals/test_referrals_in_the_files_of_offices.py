"""Both sides of a referral keep it under a reference of their own, and take it into their EZD as a package."""

import io
import json
import zipfile
from uuid import uuid4

import pytest
from django.test import Client

from spoiwo.institutions.models import User
from spoiwo.kernel.actor import Actor
from spoiwo.referrals.errors import NoSuchReferral
from spoiwo.referrals.services.filing import file_referral
from spoiwo.toolkit.conflicts import Conflict
from spoiwo.toolkit.context import acting_for
from tests.makers import referrals as made

pytestmark = pytest.mark.django_db
EMPTY = ("", "")


def browser(by: Actor) -> Client:
    browser = Client()
    browser.force_login(User.objects.get(pk=by.user_id))
    return browser


def metadata_of(answer) -> dict[str, str]:
    told: dict[str, str] = json.loads(zipfile.ZipFile(io.BytesIO(answer.content)).read("metadane.json"))
    return told


def test_each_side_files_the_referral_and_packs_it_with_its_own_reference():
    parties = made.pair()
    sent = made.sent(parties)
    page = f"/skierowania/{sent.uuid}/"
    entered = {"case_ref": "PUP.1.2026", "jrwa": "6110", "seen_case_ref": sent.case_ref, "seen_jrwa": ""}

    browser(parties.worker).post(f"{page}akta/", entered)
    browser(parties.centre).post(f"{page}akta/", {"case_ref": "KIS.3", "jrwa": "", "seen_case_ref": ""})

    ours = metadata_of(browser(parties.worker).get(f"{page}paczka.zip"))
    theirs = metadata_of(browser(parties.centre).get(f"{page}paczka.zip"))
    assert (ours["znak_sprawy"], ours["klasa_jrwa"], ours["identyfikator"]) == (
        "PUP.1.2026",
        "6110",
        sent.number,
    )
    assert theirs["znak_sprawy"] == "KIS.3"
    sent.refresh_from_db()
    assert "pup 1 2026" in sent.search_key


def test_whoever_was_slower_sees_both_references_and_may_insist():
    parties = made.pair()
    sent = made.sent(parties)
    page = f"/skierowania/{sent.uuid}/akta/"
    entered = {"case_ref": "PUP.2", "seen_case_ref": sent.case_ref}
    with acting_for(parties.worker.institution_id):
        file_referral(sent.uuid, ("PUP.1", ""), seen=(sent.case_ref, ""), by=parties.worker)
        file_referral(
            sent.uuid, ("PUP.1", ""), seen=EMPTY, by=parties.worker
        )  # the same again is no conflict
        with pytest.raises(Conflict):
            file_referral(sent.uuid, ("PUP.3", ""), seen=(sent.case_ref, ""), by=parties.worker)

    late = browser(parties.worker).post(page, entered)
    browser(parties.worker).post(page, {**entered, "overwrite": "1"})

    assert late.status_code == 422
    assert "PUP.1" in late.content.decode()
    sent.refresh_from_db()
    assert sent.case_ref == "PUP.2"


def test_what_is_not_there_is_not_filed():
    parties = made.pair()

    with pytest.raises(NoSuchReferral):
        file_referral(uuid4(), EMPTY, seen=EMPTY, by=parties.worker)
    assert browser(parties.worker).get(f"/skierowania/{uuid4()}/akta/").status_code == 404
