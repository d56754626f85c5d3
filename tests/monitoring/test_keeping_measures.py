"""The catalogue of measures: looked through, said better, retired, and by whom."""

from http import HTTPStatus
from pathlib import Path

import pytest
from django.utils import translation

from spoiwo.institutions.types import Role
from spoiwo.monitoring import messages, services
from spoiwo.monitoring.errors import FiguresRefused, MeasureInUse, MeasureNotFound, MeasuresUnknown
from spoiwo.monitoring.models import Measure
from spoiwo.monitoring.queries.catalogue import offered_measures
from spoiwo.monitoring.services import bringing, editions, measures
from spoiwo.monitoring.tables.measures import measure_lines
from spoiwo.monitoring.types import MeasureDraft, MeasureWords, Side, Step
from spoiwo.toolkit.conflicts import Conflict
from tests.makers import institutions
from tests.makers.monitoring import NOON, analyst, approved, draft, measure, office, reported
from tests.monitoring.test_screens_of_figures import browser, text

pytestmark = pytest.mark.django_db
WORDS = {
    "name_pl": "Pracownicy ZAZ na koniec roku",
    "name_en": "Staff of establishments at the end of the year",
    "description_pl": "Bez umów zlecenia.",
    "description_en": "Without contracts of mandate.",
    "source": "sprawozdanie ZAZ",
    "side": Side.CENTRES,
}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path):
    settings.DATA_DIR = tmp_path


def kept(at, code: str = "zaz_staff", **given) -> Measure:
    """A measure that an institution has described."""
    described = MeasureDraft(
        **{
            "code": code,
            "name_pl": "Pracownicy ZAZ",
            "name_en": "Staff of establishments",
            "unit": "person",
            "time_rule": "last",
            "space_rule": "sum",
            "dimensions": ("sex",),
            "source": "ankieta",
            "side": Side.RISK,
            **given,
        }
    )
    return measures.add_measure(described, at=NOON, by=analyst(at))


def words(**given) -> MeasureWords:
    return MeasureWords(**{**WORDS, **given})


def change(at, *, edit_version: int = 1, **given) -> Measure:
    return measures.change_measure(
        code="zaz_staff", words=words(**given), edit_version=edit_version, at=NOON, by=analyst(at)
    )


def test_words_become_clearer_and_divisions_are_added():
    here = office()
    kept(here)

    made = change(here, divisions=("employment", "sex"))

    assert (made.name_pl, made.source, made.side) == (
        "Pracownicy ZAZ na koniec roku",
        "sprawozdanie ZAZ",
        Side.CENTRES,
    )
    assert made.dimensions == ["sex", "employment"]
    assert (made.unit, made.time_rule, made.edit_version) == ("person", "last", 2)


def test_who_saves_second_sees_what_differs():
    here = office()
    kept(here)
    change(here)

    with pytest.raises(Conflict) as refused:
        change(here, source="inne źródło")

    assert [(one.field, one.yours, one.saved) for one in refused.value.differences] == [
        ("source", "inne źródło", "sprawozdanie ZAZ")
    ]


@pytest.mark.parametrize("deed", [measures.retire_measure, measures.bring_back])
def test_only_those_who_described_a_measure_keep_it(deed):
    here = office()
    kept(here)
    strangers = [
        analyst(institutions.institution()),
        analyst(here, roles=("case_worker",)),
    ]

    for stranger in strangers:
        with pytest.raises(MeasureNotFound):
            deed(code="zaz_staff", at=NOON, by=stranger)
        with pytest.raises(MeasureNotFound):
            measures.change_measure(code="zaz_staff", words=words(), edit_version=1, at=NOON, by=stranger)


def test_what_comes_with_the_platform_is_kept_by_nobody():
    measure("finished")

    with pytest.raises(MeasureNotFound):
        measures.retire_measure(code="finished", at=NOON, by=analyst(office()))


def test_of_a_retired_measure_nothing_new_is_made_until_it_is_brought_back():
    here = office()
    made = kept(here)
    content = b"measure,unit_id,territory,period,value\nzaz_staff,ZAZ-1,0801,2025,4\n"

    measures.retire_measure(code="zaz_staff", at=NOON, by=analyst(here))

    assert offered_measures() == []
    assert offered_measures(["zaz_staff"]) == [made], "a card that has it keeps it"
    with pytest.raises(FiguresRefused) as refused:
        bringing.bring_in(content, at=NOON, by=analyst(here))
    assert ("measure", "retired", "zaz_staff") in [
        (row.column, row.fault, row.said) for row in refused.value.rows
    ]
    with pytest.raises(MeasuresUnknown):
        feed(made, here)
    measures.bring_back(code="zaz_staff", at=NOON, by=analyst(here))
    assert offered_measures() == [made]


def feed(made: Measure, at):
    return editions.feed_question(
        questionnaire="zaz",
        question="staff",
        choice="",
        kinds=(),
        measure_id=made.pk,
        cell={},
        by=analyst(at),
    )


def test_a_measure_that_something_stands_on_is_not_retired():
    here = office()
    made = kept(here)
    source = feed(made, here)

    with pytest.raises(MeasureInUse) as by_question:
        measures.retire_measure(code="zaz_staff", at=NOON, by=analyst(here))
    editions.stop_feeding(source_id=source.pk, by=analyst(here))
    version = services.draft_card(draft(entry={"numerator": "zaz_staff"}), at=NOON, by=analyst(here))
    with pytest.raises(MeasureInUse) as by_card:
        measures.retire_measure(code="zaz_staff", at=NOON, by=analyst(here))

    assert (by_question.value.cards, by_question.value.questions) == ((), 1)
    assert "1" in messages.message_for(by_question.value)
    assert by_card.value.cards == (version.indicator.code,)
    assert "graduates" in messages.message_for(by_card.value)


def test_a_measure_of_retired_cards_only_can_be_retired():
    here = office()
    kept(here)
    version = approved(here, entry={"numerator": "zaz_staff"})
    services.take_step(version_id=version.pk, step=Step.RETIRE, at=NOON, by=analyst(here))

    made = measures.retire_measure(code="zaz_staff", at=NOON, by=analyst(here))

    assert made.retired_at == NOON


def test_a_measure_is_changed_and_retired_on_the_screen():
    here = institutions.institution("zaz", name="ZAZ Próbny")
    kept(here)
    client = browser(here)
    typed = {**WORDS, "side": "centres", "dimensions": "employment", "edit_version": "1"}

    shown = text(client.get("/wskazniki/miary/zaz_staff/"))
    form = text(client.get("/wskazniki/miary/zaz_staff/zmiana/"))
    saved = text(client.post("/wskazniki/miary/zaz_staff/zmiana/", typed, follow=True))
    late = client.post("/wskazniki/miary/zaz_staff/zmiana/", {**typed, "source": "inne", "side": "risk"})
    wrong = client.post("/wskazniki/miary/zaz_staff/zmiana/", {**typed, "name_pl": ""})
    retired = text(client.post("/wskazniki/miary/zaz_staff/wycofanie/", {"step": "retire"}, follow=True))
    back = text(client.post("/wskazniki/miary/zaz_staff/wycofanie/", {"step": "bring_back"}, follow=True))

    assert "ZAZ Próbny" in shown
    assert "Nie liczy jej żadna karta" in shown
    assert "Kolejne podziały" in form
    assert "Zapisano miarę." in saved
    assert "Bez umów zlecenia." in saved
    assert "płeć (sex), rodzaj zatrudnienia (employment)" in saved
    assert late.status_code == HTTPStatus.CONFLICT
    assert "Ośrodki wsparcia" in text(late), "sides are told in words"
    assert 'name="edit_version" value="2"' in text(late)
    assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Miara jest wycofana." in retired
    assert "Przywróć miarę" in retired
    assert "Miara znów jest w użyciu." in back


def test_a_measure_in_use_says_why_it_stays():
    here = office()
    kept(here)
    approved(here, entry={"numerator": "zaz_staff"})
    client = browser(here)

    page = text(client.post("/wskazniki/miary/zaz_staff/wycofanie/", {"step": "retire"}, follow=True))

    assert "Tę miarę liczą karty: graduates." in page
    assert "Absolwenci" in page


def test_strangers_read_a_measure_and_change_nothing():
    here = office()
    kept(here)
    services.draft_card(draft(entry={"numerator": "zaz_staff"}), at=NOON, by=analyst(here))
    stranger = browser(institutions.institution("inny"))

    page = text(stranger.get("/wskazniki/miary/zaz_staff/"))

    assert "Popraw opis" not in page
    assert "Absolwenci" not in page, "drafts of others are not told of"
    for address in ("zmiana", "wycofanie"):
        answer = stranger.post(f"/wskazniki/miary/zaz_staff/{address}/", {})
        assert answer.status_code == HTTPStatus.NOT_FOUND
    assert stranger.get("/wskazniki/miary/nobody/").status_code == HTTPStatus.NOT_FOUND
    worker = browser(here, Role.CASE_WORKER)
    assert worker.get("/wskazniki/miary/zaz_staff/zmiana/").status_code == HTTPStatus.FORBIDDEN


def test_the_catalogue_is_looked_through():
    here = office()
    kept(here)
    kept(here, "zazdrosc", name_pl="Żłobki", name_en="Nurseries", side=Side.ENTERPRISES, is_open=True)
    measures.retire_measure(code="zaz_staff", at=NOON, by=analyst(here))
    measure("finished")
    reported(here, 1.0)
    client = browser(here)

    everything = text(client.get("/wskazniki/miary/"))
    by_words = text(client.get("/wskazniki/miary/", {"szukaj": "ŻŁOB"}))
    by_side = text(client.get("/wskazniki/miary/", {"strona": "risk"}))
    nothing = text(client.get("/wskazniki/miary/", {"szukaj": "nikt"}))
    nonsense = text(client.get("/wskazniki/miary/", {"strona": "nic"}))

    assert "3 miary" in everything
    assert everything.index("Miara finished") < everything.index("Pracownicy ZAZ"), "retired ones at the end"
    assert "wycofana" in everything
    assert "nic się nie ukrywa" in by_words
    assert "Miara finished" not in by_words
    assert "Żłobki" not in by_side
    assert "Nie ma takiej miary" in nothing
    assert "3 miary" in nonsense


def test_a_measure_is_read_in_the_language_of_the_reader():
    here = office()
    kept(here, description_pl="Tylko po polsku.")
    kept(here, "zaz_hours", description_pl="Godziny.", description_en="Hours.")

    with translation.override("en"):
        only_polish = dict(measure_lines(Measure.objects.get(code="zaz_staff"), {}))
        both = dict(measure_lines(Measure.objects.get(code="zaz_hours"), {}))

    assert only_polish["Years"] == "–"
    assert only_polish["Description"] == "Tylko po polsku."
    assert both["Description"] == "Hours."
