"""All cards of an institution are published by a job, one after the other."""

from pathlib import Path

import pytest

from spoiwo.monitoring.errors import CardRefused
from spoiwo.monitoring.models import Publication, PublishingRun
from spoiwo.monitoring.services import publishing, runs
from tests.makers import institutions
from tests.makers.monitoring import NOON, analyst, approved, measure, office, reported
from tests.monitoring.test_screens_of_figures import browser, published, text

pytestmark = pytest.mark.django_db
CODES = ("one", "two", "three")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path


def with_cards(*codes: str):
    """An office whose cards have something new to publish."""
    here = office()
    measure()
    reported(here, 10.0, 20.0, 30.0)
    for code in codes:
        approved(here, code=code)
    reported(here, 11.0, 21.0, 31.0)
    return here


def ask(here) -> PublishingRun:
    return runs.ask_to_publish_all(at=NOON, by=analyst(here))


def ended(run: PublishingRun) -> PublishingRun:
    run.refresh_from_db()
    assert run.finished_at is not None
    return run


def test_every_card_is_published_once():
    here = with_cards(*CODES)

    run = ask(here)
    runs.go_on(run.pk)
    runs.go_on(run.pk)

    run = ended(run)
    assert (run.total, run.done, run.published, run.refused) == (3, 3, 3, [])
    assert Publication.objects.filter(number=2).count() == 3


def test_asking_twice_is_one_run_and_after_its_end_another(django_capture_on_commit_callbacks):
    here = with_cards("one")

    with django_capture_on_commit_callbacks() as enqueued:
        first, second = ask(here), ask(here)
    runs.go_on(first.pk)
    third = ask(here)
    runs.go_on(third.pk)

    assert first == second
    assert len(enqueued) == 2, "a run whose worker was stopped is gone on with"
    assert third != first
    assert ended(third).published == 0, "nothing is new"


def test_a_run_that_broke_off_goes_on_where_it_was(monkeypatch):
    here = with_cards(*CODES)
    run = ask(here)
    real, calls = publishing.publish_again, []

    def breaks_off(**given):
        calls.append(given["indicator_id"])
        if len(calls) == 2:
            raise RuntimeError
        return real(**given)

    monkeypatch.setattr(runs, "publish_again", breaks_off)
    with pytest.raises(RuntimeError):
        runs.go_on(run.pk)
    runs.go_on(run.pk)

    run = ended(run)
    assert (run.done, run.published) == (3, 3)
    assert len(calls) == 4, "what was done is not done again"


def test_a_card_that_is_refused_is_named_and_the_others_go_out(monkeypatch):
    here = with_cards(*CODES)
    run = ask(here)
    real = publishing.publish_again

    def refuses_the_second(*, indicator_id, **given):
        made = real(indicator_id=indicator_id, **given)
        if made.version.indicator.code == "two":
            raise CardRefused("entangled")
        return made

    monkeypatch.setattr(runs, "publish_again", refuses_the_second)
    runs.go_on(run.pk)

    run = ended(run)
    assert (run.done, run.published, run.refused) == (3, 2, ["two"])
    assert Publication.objects.filter(number=2).count() == 2, "nothing half done is left of it"


def test_cards_of_others_and_drafts_are_left_alone():
    with_cards("one")
    other = institutions.institution()

    run = ask(other)
    runs.go_on(run.pk)

    assert (ended(run).total, run.done) == (0, 0)
    assert not Publication.objects.filter(number=2).exists()


def test_nobody_else_sees_a_run():
    here = with_cards("one")
    run = ask(here)

    assert list(PublishingRun.objects.visible_to(analyst(here))) == [run]
    for stranger in (analyst(institutions.institution()), analyst(here, roles=("case_worker",))):
        assert not PublishingRun.objects.visible_to(stranger).exists()


def test_a_run_that_is_not_there_is_nothing_to_do():
    runs.go_on(999_999)

    assert not PublishingRun.objects.exists()


def test_publishing_all_says_that_nothing_is_new():
    here, _version = published()
    client = browser(here)

    address = client.post("/wskazniki/publikuj/", follow=True).redirect_chain[-1][0]
    runs.go_on(PublishingRun.objects.get().pk)

    assert "nic się nie zmieniło" in text(client.get(address))
